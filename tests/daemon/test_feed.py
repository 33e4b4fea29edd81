"""The live feed: what was posted and what was polled, in order; sleep and lateness noticed (spec 1.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from threading import Thread

from sitbreak.adapters.clock import A_MORNING, SimulatedClock
from sitbreak.core.events import (
    Event,
    InputKind,
    Locked,
    Present,
    Slept,
    SourceBack,
    SourceLost,
    Started,
    Stopped,
    Unlocked,
    Woke,
)
from sitbreak.core.timeline import Instant
from sitbreak.daemon.event_queue import Call, Item, LiveFeed
from tests.fakes.machine import KEY, SECOND, after
from tests.fakes.scripted_source import ScriptedSource
from tests.waiting import wait_until

POLL = 5 * SECOND


class Watched:
    """A feed with everything it depends on in reach."""

    def __init__(self, tells_sleep: bool = True) -> None:
        self.clock = SimulatedClock()
        self.source = ScriptedSource(self.clock)
        asleep = self.clock.asleep if tells_sleep else lambda: None
        self.feed = LiveFeed(self.clock, self.source, asleep)

    def take(self, planned: timedelta | None = None) -> list[Item]:
        """What comes without waiting; `planned` is the moment the wake-up was planned for (now)."""
        return list(self.feed.receive(self.clock.now().elapsed if planned is None else planned))


def kinds(items: Sequence[Item]) -> list[Event | Call]:
    """The events alone."""
    return [event for event, _ in items]


def test_what_was_posted_comes_in_the_order_it_was_posted() -> None:
    """Two events of one moment keep their order, each with the instant of its posting."""
    watched = Watched()
    watched.feed.post(Locked())
    watched.feed.post(Unlocked())
    watched.clock.advance(SECOND)
    watched.feed.post(Present())
    assert watched.take() == [(Locked(), A_MORNING), (Unlocked(), A_MORNING), (Present(), A_MORNING.plus(SECOND))]


def test_inputs_stand_between_events_by_their_own_instants() -> None:
    """An input that the poll finds late is told before the lock that followed it."""
    watched = Watched()
    watched.source.add(InputKind.KEY)
    watched.clock.advance(SECOND)
    watched.feed.post(Locked())
    watched.clock.advance(SECOND)
    watched.source.add(InputKind.KEY)
    assert kinds(watched.take()) == [KEY, Locked(), KEY]


def test_nothing_happened_is_nothing_told() -> None:
    """A wait that ends on time brings no events."""
    watched = Watched()
    watched.clock.advance(POLL)
    assert watched.take() == []


def test_a_call_comes_with_the_instant_it_was_made() -> None:
    """What is to run on the loop's thread is handed over, not run by the feed."""
    watched, ran = Watched(), list[Instant]()
    watched.feed.call(ran.append)
    watched.clock.advance(SECOND)
    ((call, at),) = watched.take()
    assert isinstance(call, Call)
    assert ran == []
    call.run(at)
    assert ran == [A_MORNING]


def test_a_late_wake_up_without_sleep_means_nobody_watched() -> None:
    """35 s and more after the planned moment the program stopped at its last observation and started now."""
    watched = Watched()
    watched.clock.advance(POLL + 31 * SECOND)
    now = watched.clock.now()
    assert watched.take(POLL) == [(Stopped(), A_MORNING), (Started(), now)]


def test_half_a_minute_late_is_not_too_late() -> None:
    """At 30 s past the planned moment the program still counts as running."""
    watched = Watched()
    watched.clock.advance(POLL + 30 * SECOND)
    assert watched.take(POLL) == []


def test_lateness_counts_from_the_planned_moment() -> None:
    """A wait that was planned to be long is not a late one."""
    watched = Watched()
    watched.clock.advance(120 * SECOND)
    assert watched.take(100 * SECOND) == []


def test_the_next_wake_up_is_measured_from_this_one() -> None:
    """A late wake-up is told once."""
    watched = Watched()
    watched.clock.advance(600 * SECOND)
    watched.take(POLL)
    watched.clock.advance(POLL)
    assert watched.take() == []


def test_inputs_of_the_time_nobody_watched_lie_between_stop_and_start() -> None:
    """A source that went on seeing while the loop did not is told in order of time."""
    watched = Watched()
    watched.clock.advance(60 * SECOND)
    watched.source.add(InputKind.KEY)
    watched.clock.advance(60 * SECOND)
    assert kinds(watched.take(POLL)) == [Stopped(), KEY, Started()]


def test_sleep_is_told_as_sleep() -> None:
    """The growth of the sleep counter is the sleep, which ended now; the seconds awake before it lie before it."""
    watched = Watched()
    watched.clock.advance(3 * SECOND)
    watched.clock.suspend(timedelta(hours=8))
    assert watched.take(POLL) == [(Slept(), after(0.05)), (Woke(), watched.clock.now())]


def test_a_short_sleep_is_told_too() -> None:
    """Two seconds of sleep are a sleep, whether or not the wake-up was late."""
    watched = Watched()
    watched.clock.suspend(2 * SECOND)
    assert kinds(watched.take()) == [Slept(), Woke()]


def test_two_clocks_read_one_after_the_other_make_no_sleep() -> None:
    """A difference under a second is the time between two readings."""
    watched = Watched()
    watched.clock.suspend(0.9 * SECOND)
    assert watched.take() == []


def test_where_nobody_can_tell_sleep_it_is_time_not_watched() -> None:
    """Without a sleep counter a night is Stopped and Started."""
    watched = Watched(tells_sleep=False)
    watched.clock.suspend(timedelta(hours=8))
    assert kinds(watched.take(POLL)) == [Stopped(), Started()]


def test_the_key_that_woke_the_machine_comes_after_the_waking() -> None:
    """At one and the same instant the waking is told first, so that the input counts."""
    watched = Watched()
    watched.clock.suspend(timedelta(hours=1))
    watched.source.add(InputKind.KEY)
    assert kinds(watched.take(POLL)) == [Slept(), Woke(), KEY]


def test_a_lost_source_is_told_once_and_so_is_its_return() -> None:
    """Losing it, having it lost, having it back, having it: two events in all."""
    watched = Watched()
    watched.source.lose("The keyboard cannot be read.")
    assert kinds(watched.take()) == [SourceLost("The keyboard cannot be read.")]
    assert watched.take() == []
    watched.source.regain()
    assert kinds(watched.take()) == [SourceBack()]
    assert watched.take() == []


def test_the_return_of_the_source_comes_before_its_first_input() -> None:
    """So that this input is not taken for one that could not be seen."""
    watched = Watched()
    watched.source.lose()
    watched.take()
    watched.source.regain()
    watched.source.add(InputKind.KEY)
    watched.clock.advance(SECOND)
    assert [(event, at) for event, at in watched.take()] == [(SourceBack(), A_MORNING), (KEY, A_MORNING)]


def test_a_post_from_another_thread_ends_the_waiting() -> None:
    """A wait of an hour is over as soon as something is posted."""
    watched, got = Watched(), list[Item]()
    waiting = Thread(target=lambda: got.extend(watched.feed.receive(timedelta(hours=1))), daemon=True)
    waiting.start()
    watched.feed.post(Present())
    wait_until(lambda: not waiting.is_alive(), 5.0, "the waiting to end")
    assert kinds(got) == [Present()]


def test_wake_ends_the_waiting_with_nothing_to_do() -> None:
    """What is told then is a call that changes nothing."""
    watched, got = Watched(), list[Item]()
    waiting = Thread(target=lambda: got.extend(watched.feed.receive(timedelta(hours=1))), daemon=True)
    waiting.start()
    watched.feed.wake()
    wait_until(lambda: not waiting.is_alive(), 5.0, "the waiting to end")
    (call,) = kinds(got)
    assert isinstance(call, Call)
    call.run(A_MORNING)


def test_a_moment_in_the_past_is_not_waited_for() -> None:
    """A deadline that has passed already is dealt with at once."""
    watched = Watched()
    watched.clock.advance(10 * SECOND)
    assert watched.take(POLL) == []
