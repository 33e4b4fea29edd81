"""The axis of the books across restarts, reboots and kills (spec 1.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sitbreak.adapters.clock import SimulatedClock
from sitbreak.adapters.history import SqliteHistory
from sitbreak.core.events import BreakRequested, Started, Stopped
from sitbreak.core.records import Evidence, PromptRecord, Reason, Span, SpanClass
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import Instant
from sitbreak.daemon.book_clock import OpenedBooks, open_books, remember
from sitbreak.daemon.event_queue import Item
from sitbreak.daemon.loop import Loop
from tests.fakes.machine import KEY, MINUTE, SECOND, Walks
from tests.fakes.ports import FakePerformer

BERLIN = ZoneInfo("Europe/Berlin")
UP_FOR = timedelta(hours=50)  # how long the machine has been running when the first run begins
NINE = Instant(UP_FOR, datetime(2026, 3, 2, 8, 0, tzinfo=UTC), BERLIN)
DAY = NINE.local.date()
POLL = 5 * SECOND


OPEN: list[SqliteHistory] = []  # what the fixture closes, as a kill does not


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """A history that is not there yet; whatever a test left open is closed."""
    yield tmp_path / "history.db"
    while OPEN:
        OPEN.pop().close()


class _Silence:
    """A feed that never waits and has nothing to tell."""

    def receive(self, until: timedelta) -> Iterator[Item]:
        return iter(())


class Run:
    """One run of the program on a machine's clocks, on the history in a file."""

    def __init__(self, file: Path, system: SimulatedClock) -> None:
        self.system = system
        self.history = SqliteHistory(file, system.now().utc)
        OPEN.append(self.history)
        self.opened: OpenedBooks = open_books(system, self.history, self.history.ends(), Rules(), Walks())
        self.machine, self.clock = self.opened.machine, self.opened.clock
        self.loop = Loop(
            self.machine, self.clock, _Silence(), self.history, FakePerformer(), POLL,
            remember=lambda machine: remember(machine, self.clock, system.boot_id()), strict=True,
        )  # fmt: skip
        if self.opened.last_seen is not None:  # as the program begins
            self.loop.apply(Stopped(), self.opened.last_seen)
            self.loop.apply(Started(), self.clock.now())

    def type(self, seconds: int) -> Run:
        """A key every second, and a step of the loop every five."""
        for second in range(1, seconds + 1):
            self.system.advance(SECOND)
            self.loop.apply(KEY, self.clock.now())
            if second % 5 == 0:
                self.loop.step()
        return self

    def kill(self) -> None:
        """It ends here, and nothing more is written."""
        self.history.close()

    def stop(self) -> None:
        """It ends as the person told it to."""
        self.loop.checkpoint(self.clock.now())
        self.history.close()

    @property
    def elapsed(self) -> timedelta:
        """Where the axis stands."""
        return self.clock.now().elapsed

    @property
    def spans(self) -> tuple[Span, ...]:
        """All that is in the file."""
        days = self.history.days()
        return self.history.facts(days[0], days[-1]).spans if days else ()


@pytest.fixture
def system() -> SimulatedClock:
    """A machine that has been up for two days."""
    return SimulatedClock(NINE, boot="first boot")


def rebooted(system: SimulatedClock, after: timedelta) -> SimulatedClock:
    """The same machine started anew, `after` later by its wall clock (which may be set back meanwhile)."""
    return SimulatedClock(Instant(20 * SECOND, system.now().utc + after, system.now().zone), boot="second boot")


def tiled(spans: Sequence[Span]) -> bool:
    """Whether each span begins where the one before it ends."""
    return all(one.end.elapsed == other.start.elapsed for one, other in pairwise(spans))


# -- the axis


def test_the_first_run_begins_at_nought(file: Path, system: SimulatedClock) -> None:
    """However long the machine has been up, and nobody was seen before."""
    run = Run(file, system)
    assert run.elapsed == timedelta(0)
    assert run.opened.last_seen is None


def test_within_one_boot_the_steady_clock_goes_on(file: Path, system: SimulatedClock) -> None:
    """Ten minutes between two runs are ten minutes, though the wall clock was set an hour forward in between."""
    Run(file, system).type(600).stop()
    system.advance(10 * MINUTE)
    system.step(timedelta(hours=1))
    assert Run(file, system).elapsed == 20 * MINUTE


def test_within_one_boot_a_wall_clock_set_back_turns_nothing_back(file: Path, system: SimulatedClock) -> None:
    """Nor does one that was set back by a day."""
    Run(file, system).type(600).stop()
    system.step(timedelta(days=-1))
    system.advance(MINUTE)
    assert Run(file, system).elapsed == 11 * MINUTE


def test_across_a_reboot_the_wall_clock_tells_the_time_between(file: Path, system: SimulatedClock) -> None:
    """Half an hour from the last moment seen."""
    Run(file, system).type(600).stop()
    run = Run(file, rebooted(system, 30 * MINUTE))
    assert run.elapsed == 40 * MINUTE
    assert run.opened.last_seen is not None
    assert run.opened.last_seen.elapsed == 10 * MINUTE


def test_a_wall_clock_set_back_between_boots_never_turns_the_axis_back(file: Path, system: SimulatedClock) -> None:
    """The new run goes on at the last moment seen, and its spans come after the older ones."""
    Run(file, system).type(600).stop()
    run = Run(file, rebooted(system, timedelta(hours=-2)))
    assert run.elapsed == 10 * MINUTE
    run.type(600).stop()
    assert tiled(Run(file, run.system).spans)


def test_a_shift_that_would_turn_the_axis_back_is_not_believed(file: Path, system: SimulatedClock) -> None:
    """Books copied to another machine that happens to bear the same boot mark go on by the wall clock."""
    Run(file, system).type(600).stop()
    other = SimulatedClock(Instant(MINUTE, system.now().utc + 5 * MINUTE, BERLIN), boot="first boot")
    assert Run(file, other).elapsed == 15 * MINUTE


def test_the_clock_of_the_books_tells_sleep_as_the_system_does(file: Path, system: SimulatedClock) -> None:
    """The feed reads it there."""
    run = Run(file, system)
    system.suspend(MINUTE)
    assert run.clock.asleep() == MINUTE


# -- what is remembered


def test_a_break_goes_on_in_the_next_run(file: Path, system: SimulatedClock) -> None:
    """Accepted before a restart of a few seconds, it is still under way after it."""
    run = Run(file, system).type(600)
    run.loop.apply(BreakRequested(), run.clock.now())
    run.stop()
    system.advance(5 * SECOND)
    again = Run(file, system)
    brk = again.machine.memory().brk
    assert brk is not None
    assert brk.ends == 12 * MINUTE


def test_time_between_runs_counts_as_not_running(file: Path, system: SimulatedClock) -> None:
    """Ten minutes of it are unobserved, on evidence of just that."""
    Run(file, system).type(600).stop()
    system.advance(10 * MINUTE)
    run = Run(file, system).type(60)
    run.stop()
    spans = Run(file, system).spans
    assert [span.kind for span in spans] == [SpanClass.SEATED, SpanClass.UNOBSERVED, SpanClass.SEATED]
    assert Evidence.NOT_RUNNING in spans[1].evidence
    assert tiled(spans)


DAMAGED: list[object] = [
    None, "text", 7, [], {}, {"seen": None}, {"seen": [1, 2, 3]}, {"seen": ["x", "2026-03-02T08:00:00+00:00", "UTC"]},
    {"seen": [10**30, "2026-03-02T08:00:00+00:00", "UTC"], "presence": {}, "tally": {}},
    {"seen": [0, "2026-03-02T08:00:00+00:00", "Atlantis/Harbour"], "presence": {}, "tally": {}},
    {"seen": [0, "yesterday", "UTC"], "presence": {}, "tally": {}},
    {"seen": [0, "2026-03-02T08:00:00+00:00", "UTC"], "presence": {"last": 0, "last_input": 0, "bout_start": 0},
     "tally": {"day": "2026-03-02"}, "prompting": {"state": "dancing"}},
    {"seen": [600_000_000, "2026-03-02T08:10:00+00:00", "UTC"], "tally": {"day": "2026-03-02"},
     "presence": {"last": 600_000_000, "last_input": 600_000_000, "bout_start": 0}, "next_number": "seven"},
]  # fmt: skip


@pytest.mark.parametrize("memory", DAMAGED, ids=[str(index) for index in range(len(DAMAGED))])
def test_a_memory_that_makes_no_sense_is_left_aside(file: Path, system: SimulatedClock, memory: object) -> None:
    """The machine begins anew where the spans end, and no minute is lost or booked twice."""
    Run(file, system).type(600).stop()
    history = SqliteHistory(file, system.now().utc)
    history.keep((), {"machine": memory, "boot": "first boot", "shift": 0})
    history.close()
    system.advance(20 * MINUTE)
    run = Run(file, system)
    assert run.elapsed == 30 * MINUTE
    assert run.opened.last_seen is not None
    run.type(60).stop()
    spans = Run(file, system).spans
    assert tiled(spans)
    assert spans[-1].end.elapsed == 31 * MINUTE


@pytest.mark.parametrize("shift", [None, "far", 1.5, [3]])
def test_a_shift_that_makes_no_sense_is_replaced_by_the_wall_clock(
    file: Path, system: SimulatedClock, shift: object
) -> None:
    """The memory itself is good and goes on."""
    run = Run(file, system).type(600)
    run.history.keep((), {**remember(run.machine, run.clock, "first boot"), "shift": shift})
    run.kill()
    system.advance(MINUTE)
    assert Run(file, system).elapsed == 11 * MINUTE


def test_a_memory_older_than_the_spans_is_left_aside(file: Path, system: SimulatedClock) -> None:
    """Somebody imported a later day, or brought an old memory back: the axis goes on after the last span."""
    run = Run(file, system).type(600)
    run.stop()
    history = SqliteHistory(file, system.now().utc)
    later = run.clock.now().plus(timedelta(hours=2))
    end = later.plus(30 * MINUTE)
    history.keep([Span(later, end, SpanClass.SEATED, None, frozenset({Evidence.INPUT}), DAY)])
    history.close()
    again = Run(file, system)
    assert again.opened.last_seen == end
    assert again.elapsed == end.elapsed  # the wall clock is still before that, and nothing is turned back
    again.type(120).stop()
    spans = Run(file, system).spans
    assert [span.start.elapsed for span in spans] == sorted(span.start.elapsed for span in spans)


def test_prompt_numbers_go_on_after_the_highest_kept(file: Path, system: SimulatedClock) -> None:
    """With a memory, without one, and with one that is behind."""
    run = Run(file, system).type(600)
    number = 41
    run.history.keep([PromptRecord(number, run.clock.now(), DAY, Reason.LULL, "walk", 10 * MINUTE)])
    run.stop()
    again = Run(file, system)
    assert again.machine.memory().next_number == 42
    again.machine.memory().next_number = 50
    again.stop()
    third = Run(file, system)
    assert third.machine.memory().next_number == 50
    third.history.keep((), {"machine": "damaged"})
    third.kill()
    assert Run(file, system).machine.memory().next_number == 42


def test_a_first_run_with_a_history_of_prompts_only_numbers_on(file: Path, system: SimulatedClock) -> None:
    """No span and no memory, and still no number is used twice."""
    history = SqliteHistory(file, system.now().utc)
    history.keep([PromptRecord(3, NINE, DAY, Reason.LULL, "walk", 30 * MINUTE)])
    history.close()
    assert Run(file, system).machine.memory().next_number == 4


# -- kills


@pytest.mark.parametrize("seconds", [1, 4, 29, 30, 31, 61, 299, 613])
def test_a_kill_loses_at_most_the_last_minute(file: Path, system: SimulatedClock, seconds: int) -> None:
    """Whenever it comes, what was typed up to a minute before it is in the file."""
    Run(file, system).type(seconds).kill()
    history = SqliteHistory(file, system.now().utc)
    end, _ = history.ends()
    history.close()
    kept = end.elapsed if end is not None else timedelta(0)
    assert seconds * SECOND - kept <= MINUTE


def test_many_kills_leave_books_without_gap_or_overlap(file: Path, system: SimulatedClock) -> None:
    """Killed every few minutes for an hour: one sitting, tiled, and all of it there but the last seconds."""
    typed = 0
    for seconds in (100, 37, 250, 5, 61, 29, 400, 333, 7, 600):
        Run(file, system).type(seconds).kill()
        typed += seconds
    spans = Run(file, system).spans
    assert tiled(spans)
    assert {span.kind for span in spans} == {SpanClass.SEATED}
    assert spans[0].start.elapsed == timedelta(0)
    assert typed * SECOND - spans[-1].end.elapsed <= MINUTE


def test_a_kill_never_takes_an_older_span(file: Path, system: SimulatedClock) -> None:
    """What was in the file before is in it afterwards, as it was."""
    Run(file, system).type(300).stop()
    system.advance(30 * MINUTE)
    run = Run(file, system).type(120)
    before = run.spans[:-1]
    run.type(50).kill()
    assert Run(file, system).spans[: len(before)] == before
