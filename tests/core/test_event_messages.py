"""One spelling for what a person says: every event there and back, and what does not fit is named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitbreak.adapters.clock import A_MORNING
from sitbreak.core import events
from sitbreak.core.event_messages import FIELDS, MOST_MINUTES, NotUnderstood, event_of, message_of
from sitbreak.core.events import (
    AnotherAsked,
    Answer,
    BreakDone,
    BreakRequested,
    CorrectionRequested,
    Declared,
    Event,
    GapAnswered,
    LevelChosen,
    PauseRequested,
    Present,
    PromptAnswered,
    ResumeRequested,
    Signal,
    StandingDeclared,
    UpAnswered,
    WalkLogged,
)
from sitbreak.core.movements import LEVELS
from sitbreak.core.records import GapLabel, SpanClass
from sitbreak.core.timeline import Instant
from tests.fakes.machine import MINUTE

LENGTHS = st.integers(1, MOST_MINUTES * 4).map(lambda quarters: quarters * MINUTE / 4)
MOMENTS = st.integers(0, 10_000).map(lambda seconds: A_MORNING.plus(timedelta(seconds=seconds)))
SAID = st.one_of(
    st.builds(PromptAnswered, st.sampled_from(Answer), LENGTHS),
    st.builds(BreakRequested, LENGTHS, st.sampled_from(["", "walk-stairs"])),
    st.builds(BreakDone),
    st.builds(AnotherAsked, st.booleans()),
    st.builds(LevelChosen, st.just("walk-stairs"), st.sampled_from(LEVELS)),
    st.builds(UpAnswered, st.booleans()),
    st.builds(GapAnswered, st.sampled_from(GapLabel), st.integers(0, 60).map(float)),
    st.builds(CorrectionRequested, MOMENTS, MOMENTS, st.sampled_from(SpanClass)),
    st.builds(WalkLogged, st.integers(1, 60).map(float), st.sampled_from(["log", "walking"])),
    st.builds(PauseRequested, LENGTHS),
    st.builds(PauseRequested, st.none(), st.booleans()),
    st.builds(ResumeRequested),
    st.builds(Declared, st.sampled_from([Signal.MEETING, Signal.READING]), st.booleans()),
    st.builds(Declared, st.just(Signal.MEETING), st.just(True), MOMENTS),
    st.builds(StandingDeclared, st.booleans()),
    st.builds(StandingDeclared, st.just(True), LENGTHS),
    st.builds(Present),
)


def _read(name: str, value: object) -> Instant:
    """Moments told in seconds after the morning began."""
    assert isinstance(value, float)
    return A_MORNING.plus(timedelta(seconds=value))


@given(SAID)
def test_every_event_that_is_said_comes_back_as_it_was(event: Event) -> None:
    """Written as a message and read again it is the same event."""
    message = message_of(event, lambda moment: moment.since(A_MORNING).total_seconds())
    assert message is not None
    assert event_of(message, _read) == event


def test_there_is_a_message_for_all_that_is_said() -> None:
    """The list above leaves out nothing of what the core takes as said."""
    kinds = {
        AnotherAsked,
        PromptAnswered,
        BreakRequested,
        BreakDone,
        LevelChosen,
        UpAnswered,
        GapAnswered,
        CorrectionRequested,
    }
    kinds |= {WalkLogged, PauseRequested, ResumeRequested, Declared, StandingDeclared, Present}
    assert {*events.SAID, LevelChosen, AnotherAsked} == kinds


@pytest.mark.parametrize("minutes", [0, -1, MOST_MINUTES + 1, 1e308, float("nan"), float("inf"), True, "10", [5]])
@pytest.mark.parametrize("do", sorted(do for do, fields in FIELDS.items() if "minutes" in fields))
def test_minutes_have_the_same_bounds_everywhere(do: str, minutes: object) -> None:
    """Above 0 and at most a day, whatever is said; only a walk in a gap may be of no length."""
    if do == "gap_answer" and minutes == 0 and minutes is not False:
        return
    needed = {"answer": "snooze"} if do == "answer" else {"answer": "walked"} if do == "gap_answer" else {}
    with pytest.raises(NotUnderstood, match=r"^minutes: .* is not allowed; allowed: a number of minutes"):
        event_of({"do": do, **needed, "minutes": minutes})


@pytest.mark.parametrize("do", [None, 7, "dance", "", "input", ["break"]])
def test_what_is_no_message_is_none(do: object) -> None:
    """Whoever takes messages says in its own words what it takes."""
    assert event_of({"do": do}) is None


def test_no_time_can_be_said_where_none_can_be_read() -> None:
    """A message with a moment is refused, not guessed at."""
    with pytest.raises(NotUnderstood, match="until: no time can be said here"):
        event_of({"do": "meeting", "until": "12:00"})
