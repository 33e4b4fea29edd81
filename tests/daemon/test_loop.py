"""The loop: what it keeps and when, what it has performed, and how it lives with a history that fails."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any, NoReturn

import pytest

from sitbreak.adapters.clock import A_MORNING, SimulatedClock
from sitbreak.adapters.history import HistoryDamaged, SpansOverlap
from sitbreak.core.effects import BreakBegan, Effect, ShowPrompt, WithdrawPrompt
from sitbreak.core.events import (
    Answer,
    BreakRequested,
    Event,
    Locked,
    Present,
    PromptAnswered,
    PromptFailed,
    Tick,
    WalkLogged,
)
from sitbreak.core.machine import Machine
from sitbreak.core.prompt_states import State
from sitbreak.core.records import BreakRecord, DeclaredMovement, Outcome, PromptRecord, Span, SpanClass
from sitbreak.core.timeline import Instant
from sitbreak.daemon.loop import CHECKPOINT, Loop
from sitbreak.ports import History
from tests.fakes.machine import KEY, MINUTE, SECOND, ScriptedFeed, after, machine_at
from tests.fakes.ports import FakeHistory, FakePerformer

POLL = 5 * SECOND
DAY = A_MORNING.utc.date()
DISK_FULL = "The history cannot be written (the disk is full)."
OVERLAP = SpansOverlap("two spans at once")


class Room:
    """A loop with everything it depends on in reach."""

    def __init__(self, checkpoint: timedelta | None = CHECKPOINT, strict: bool = False) -> None:
        self.clock = SimulatedClock()
        self.feed = ScriptedFeed(self.clock)
        self.history = FakeHistory()
        self.performer = FakePerformer()
        self.machine = machine_at()
        self.told: list[tuple[Event, Instant]] = []
        self.loop = self.build(self.history, self.performer, checkpoint, strict)

    def build(
        self, history: History, performer: FakePerformer, checkpoint: timedelta | None, strict: bool = False
    ) -> Loop:
        """The loop."""
        return Loop(
            self.machine, self.clock, self.feed, history, performer, POLL, checkpoint,
            recorder=lambda event, at: self.told.append((event, at)), remember=seen, strict=strict,
        )  # fmt: skip

    def run_until(self, minutes: float) -> None:
        """Steps until so many minutes after the morning began."""
        while self.clock.now().elapsed < after(minutes).elapsed:
            self.loop.step()

    def prompt(self) -> int:
        """Types until a reminder is on screen; its number."""
        self.feed.plan_typing(0, 2400)
        while True:
            self.loop.step()
            for _, effect in self.performer.performed:
                if isinstance(effect, ShowPrompt):
                    return effect.number


def seen(machine: Machine) -> dict[str, object]:
    """A snapshot that tells how far the machine had come."""
    return {"seen_s": machine.memory().seen.elapsed / SECOND}


def spans_of(history: FakeHistory) -> tuple[Span, ...]:
    """The spans kept of the day."""
    return history.facts(DAY, DAY).spans


# -- what is kept, and when


def test_the_open_span_is_kept_at_least_every_half_minute() -> None:
    """Steady typing for ten minutes: between two keeps lie at most 30 s and one poll."""
    room = Room()
    room.feed.plan_typing(0, 600, 1)
    ends: list[timedelta] = []
    while room.clock.now().elapsed < after(10).elapsed:
        room.loop.step()
        ends.append(room.history.keeps[-1][-1].end.elapsed if room.history.keeps else timedelta(0))  # type: ignore[union-attr]
        assert room.clock.now().elapsed - ends[-1] <= CHECKPOINT + POLL
    assert len(room.history.keeps) >= 19


def test_every_keep_has_the_open_span_and_the_memory() -> None:
    """A walk that is logged is stored together with the sitting so far and with what the machine remembers."""
    room = Room()
    room.feed.plan_typing(0, 20, 10)
    room.feed.plan(21, WalkLogged(5))
    room.run_until(0.4)
    (kept,) = room.history.keeps
    assert [type(fact) for fact in kept] == [DeclaredMovement, Span]
    assert spans_of(room.history)[-1].end.elapsed == A_MORNING.elapsed + 21 * SECOND
    assert room.history.snapshot() == {"seen_s": 21.0}


def test_a_fact_puts_the_next_checkpoint_off() -> None:
    """What was kept with a fact need not be kept again for half a minute."""
    room = Room()
    room.feed.plan_typing(0, 60, 10)
    room.feed.plan(25, WalkLogged(5))
    room.run_until(50 / 60)
    assert len(room.history.keeps) == 1
    room.run_until(1)
    assert len(room.history.keeps) == 2


def test_without_a_checkpoint_only_facts_are_kept() -> None:
    """A replay keeps nothing by the clock."""
    room = Room(checkpoint=None)
    room.feed.plan_typing(0, 600)
    room.run_until(10)
    assert room.history.keeps == []


def test_all_is_kept_when_the_loop_ends() -> None:
    """What was typed in the last seconds is in the books after a stop."""
    room = Room()
    room.feed.plan_typing(0, 8, 4)
    room.feed.plan_call(9, lambda at: setattr(room.loop, "stopping", True))
    room.loop.run()
    assert spans_of(room.history)[-1].end.elapsed == A_MORNING.elapsed + 8 * SECOND


def test_nothing_follows_the_call_that_stops_the_loop() -> None:
    """An event that came with it is not dealt with any more."""
    room = Room()
    room.feed.plan_call(1, lambda at: setattr(room.loop, "stopping", True))
    room.feed.plan(1, Locked())
    room.loop.run()
    assert room.told == []


# -- order


def test_each_step_ends_with_a_tick_and_a_refresh_of_that_moment() -> None:
    """So that tray and status are never behind the machine."""
    room = Room()
    room.feed.plan(2, KEY)
    room.loop.step()
    assert [event for event, _ in room.told] == [KEY, Tick()]
    assert room.performer.refreshed == [A_MORNING.plus(POLL)]


def test_the_loop_wakes_for_a_deadline_before_the_next_poll() -> None:
    """A deadline 2 s off is waited for 2 s, not a whole poll."""
    room = Room()
    room.feed.plan(0.5, BreakRequested(timedelta(seconds=6.5), "seated-reach"))
    room.run_until(1)
    assert [wait / SECOND for wait in room.feed.waits[:3]] == [5.0, 2.0, 5.0]


def test_facts_are_kept_before_anything_is_shown() -> None:
    """Whoever sees a break begin can rely on it being in the books."""
    room = Room()
    kept_then: list[int] = []

    def look(effect: Effect, at: Instant) -> None:
        kept_then.append(len(room.history.facts(DAY, DAY).breaks))

    room.performer = FakePerformer(look)
    room.loop = room.build(room.history, room.performer, CHECKPOINT)
    room.feed.plan(1, BreakRequested())
    room.loop.step()
    assert kept_then == [1]
    assert room.performer.times_kept == 1


def test_effects_are_performed_in_their_order() -> None:
    """An accepted prompt is taken off before the break is shown."""
    room = Room()
    number = room.prompt()
    room.performer.performed.clear()
    room.feed.post(PromptAnswered(Answer.START))
    room.loop.step()
    effects = [effect for _, effect in room.performer.performed]
    assert effects[0] == WithdrawPrompt(number)
    assert isinstance(effects[1], BreakBegan)
    assert len(effects) == 2


# -- channels


def test_a_prompt_that_no_channel_showed_is_undelivered_and_comes_again() -> None:
    """It is never booked as ignored, and ten minutes later the next one is tried."""
    room = Room()

    def fail(effect: Effect, at: Instant) -> None:
        if isinstance(effect, ShowPrompt):
            room.feed.post(PromptFailed(effect.number, "no channel"))

    room.performer = FakePerformer(fail)
    room.loop = room.build(room.history, room.performer, CHECKPOINT)
    room.feed.plan_typing(0, 3600)
    room.run_until(55)
    prompts = room.history.facts(DAY, DAY).prompts
    assert [prompt.outcome for prompt in prompts] == [Outcome.UNDELIVERED, Outcome.UNDELIVERED]
    assert 10 * MINUTE <= prompts[1].shown.since(prompts[0].shown) <= 15 * MINUTE


# -- a history that fails


def test_a_full_disk_does_not_end_the_loop_and_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """Ten minutes without being able to write: one warning, the trouble for all to see, and prompts go on."""
    room = Room()
    room.history.trouble = DISK_FULL
    with caplog.at_level(logging.INFO, "sitbreak"):
        room.prompt()
    assert [record.message for record in caplog.records] == [DISK_FULL]
    assert room.loop.trouble == DISK_FULL
    assert len(room.history.tried) > 50


def test_the_end_of_the_trouble_is_noticed(caplog: pytest.LogCaptureFixture) -> None:
    """Once it can be written again nothing is wrong any more; the next trouble is told anew."""
    room = Room()
    room.history.trouble = DISK_FULL
    room.run_until(2)
    room.history.trouble = ""
    room.run_until(4)
    assert room.loop.trouble == ""
    caplog.clear()
    room.history.trouble = DISK_FULL
    room.run_until(6)
    assert [record.message for record in caplog.records] == [DISK_FULL]


def test_a_span_the_books_refuse_is_left_out_and_the_rest_is_kept(caplog: pytest.LogCaptureFixture) -> None:
    """A break that begins beside such a span is in the books, the error is logged, and the loop goes on."""
    room = Room()
    room.history.refusing = OVERLAP
    room.feed.plan_typing(0, 100, 10)
    room.feed.plan(15, BreakRequested())
    room.run_until(3)
    assert [type(fact) for fact in room.history.facts(DAY, DAY).breaks] == [BreakRecord]
    assert [(record.levelname, "two spans at once" in record.message) for record in caplog.records] == [("ERROR", True)]
    assert room.history.snapshot() is not None
    assert room.loop.trouble == ""


def test_a_replay_stops_at_facts_that_can_never_be_stored() -> None:
    """There such a thing is a bug to be found."""
    room = Room(strict=True)
    room.history.refusing = OVERLAP
    room.feed.plan_typing(0, 60, 10)
    with pytest.raises(SpansOverlap, match="two spans at once"):
        room.run_until(2)


def test_a_request_that_meets_a_damaged_history_does_not_end_the_loop(caplog: pytest.LogCaptureFixture) -> None:
    """It is logged, and what came after it is dealt with."""

    def ask(at: Instant) -> None:
        raise HistoryDamaged("It was set aside.")

    room = Room()
    room.feed.plan_call(1, ask)
    room.feed.plan(2, Present())
    room.loop.step()
    assert [event for event, _ in room.told] == [Present(), Tick()]
    assert [record.message for record in caplog.records] == ["It was set aside."]


# -- no moment without an end


def test_the_loop_never_runs_hot() -> None:
    """Over a day of typing, prompts, breaks, calls and pauses, every wait leads somewhere."""
    room = Room()
    for hour in range(8):
        room.feed.plan_typing(hour * 3600, hour * 3600 + 3000)
    room.feed.plan(4000, BreakRequested())
    room.run_until(480)
    steps = len(room.feed.waits)
    assert steps < 480 * 60 / 5 * 1.2
    assert room.machine.status(room.clock.now()).state in set(State)
    kinds = {span.kind for span in spans_of(room.history)}
    assert SpanClass.SEATED in kinds
    assert all(isinstance(prompt, PromptRecord) for prompt in room.history.facts(DAY, DAY).prompts)


# -- what fails ends nothing else


class Failing:
    """Stands where a part should be: everything one does with it raises `error`."""

    NAME = "failing"

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> NoReturn:
        raise self._error

    def __call__(self, *given: object) -> NoReturn:
        """Fails, too."""
        raise self._error


ERRORS = [RuntimeError("gone"), OSError(28, "No space left"), ValueError("lone surrogate"), KeyError("none")]


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_no_part_ends_the_loop(error: Exception) -> None:
    """With performer, books, memory, recording and a request failing all the time, an hour is lived through."""
    room = Room()
    failing: Any = Failing(error)
    loop = Loop(
        room.machine, room.clock, room.feed, failing, failing, POLL, recorder=failing, remember=failing,
    )  # fmt: skip
    room.feed.plan_typing(0, 3600)
    room.feed.plan_call(1, failing)
    while room.clock.now().elapsed < after(60).elapsed:
        loop.step()
    assert room.machine.status(room.clock.now()).state is not State.RESTING
    assert set(loop.isolation.troubles()) >= {"the books", "what is on show", "the recording", "the memory"}
    assert "cannot be written" in loop.trouble


def test_what_could_not_be_kept_is_kept_later(caplog: pytest.LogCaptureFixture) -> None:
    """The books fail in a way nobody foresaw; once they work again the walk said meanwhile is in them."""
    room = Room()
    room.history.refusing_all = RuntimeError("gone")
    room.feed.plan(5, WalkLogged(5))
    room.run_until(1)
    assert room.loop.trouble
    room.history.refusing_all = None
    room.run_until(2)
    assert room.history.facts(DAY, DAY).movement
    assert room.loop.trouble == ""
