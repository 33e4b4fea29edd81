"""The words about the present: every state and every hold has some, short and plain (spec 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sitbreak.core.events import (
    ActivityObserved,
    BreakRequested,
    InputKind,
    Locked,
    Signal,
    SignalChanged,
    Stopped,
    Unlocked,
)
from sitbreak.core.prompt_states import Hold, State
from sitbreak.core.records import Outcome, Reason
from sitbreak.daemon import words
from sitbreak.language import sentence
from tests.daemon.states import STATES, Morning
from tests.fakes.machine import MINUTE, SECOND

TOOLTIP_MOST = 127  # characters, on Windows


@pytest.mark.parametrize("name", STATES)
def test_each_state_has_its_words_and_its_glyph(name: str) -> None:
    """What is so, and why there is or is no prompt."""
    told, now = STATES[name], STATES[name].live().status
    assert told.words in words.first_line(now)
    assert words.glyph(now) == told.glyph


@pytest.mark.parametrize("name", STATES)
def test_each_tooltip_fits_and_reads_as_sentences(name: str) -> None:
    """No state that people meet every day needs more than 127 characters, and none has two stops in a row."""
    tooltip = words.tooltip(STATES[name].live().status, 12.0, 20.0)
    assert len(tooltip) <= TOOLTIP_MOST
    assert not any(wrong in tooltip for wrong in ("..", "?.", ":.", "  ", "None"))


def test_every_state_of_the_prompt_is_among_them() -> None:
    """The list above leaves none out."""
    assert {told.live().status.state for told in STATES.values()} == set(State)


@pytest.mark.parametrize("hold", Hold)
def test_every_hold_is_put_in_words(hold: Hold) -> None:
    """Whatever holds a prompt, the person is told what it is."""
    held = replace(STATES["called"].live().status, holds=frozenset({hold}), holder="")
    assert words.HELD[hold] in words.why(held)


@pytest.mark.parametrize("name", ["resting", "seeking"])
def test_outside_working_hours_no_reminder_is_announced(name: str) -> None:
    """Neither in so many minutes, nor at the next pause."""
    status = replace(STATES[name].live().status, holds=frozenset({Hold.OFF_HOURS}))
    assert words.why(status) == "outside your working hours, no reminders"


def test_several_holds_are_all_named() -> None:
    """A shared screen in a call: both, and the app behind the call."""
    now = replace(STATES["called"].live().status, holds=frozenset({Hold.CALL, Hold.SHARING}))
    assert words.held(now) == "microphone or camera in use, you are sharing your screen (Zoom)"


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_of_a_prompt_is_put_in_words(reason: Reason) -> None:
    """Why the last prompt came when it did."""
    now = replace(STATES["shown"].live().status, last_reason=reason.value)
    assert words.last_prompt(now).startswith("Last reminder at 07:")
    assert reason.value not in words.last_prompt(now).split()


def test_without_a_prompt_there_is_no_last_one() -> None:
    """Nothing is said rather than something empty."""
    assert words.last_prompt(STATES["resting"].live().status) == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "0 s"), (0, "0 s"), (59.9, "59 s"), (60, "1 min"), (119, "1 min"), (3599, "59 min"), (3600, "1 h"),
        (3661, "1 h 1 min"), (7200, "2 h"), (90000, "25 h"),
    ],
)  # fmt: skip
def test_minutes(seconds: float, text: str) -> None:
    """Whole minutes, cut and not rounded up."""
    assert words.minutes(timedelta(seconds=seconds)) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 s"), (9, "9 s"), (60, "1 min"), (160, "2 min 40 s"), (3700, "61 min 40 s")]
)
def test_exactly(seconds: float, text: str) -> None:
    """To the second, as a countdown needs it."""
    assert words.exactly(timedelta(seconds=seconds)) == text


def test_the_ring_fills_toward_the_end_of_the_window() -> None:
    """Empty at the start, two thirds at 30 of 45 min, full when the prompt is overdue, empty while standing."""
    assert words.progress(Morning().status) == 0.0
    assert words.progress(Morning().type(30).status) == pytest.approx(30 / 45)
    assert words.progress(STATES["called"].live().status) == 1.0
    assert words.progress(STATES["standing"].live().status) == 0.0


def test_the_ring_never_leaves_its_bounds() -> None:
    """Whatever the durations are, it is between empty and full."""
    now = Morning().type(1).status
    for sitting, closes in ((-5, 3), (5, -5), (5, -9), (0, 0), (10_000, 1)):
        odd = replace(now, sitting=sitting * MINUTE, closes_in=closes * MINUTE)
        assert 0.0 <= words.progress(odd) <= 1.0


def test_less_than_a_minute_is_said_so() -> None:
    """No "About 40 s at the desk"."""
    assert words.sitting(Morning().type(0.5).status) == "Under a minute at the desk"


@pytest.mark.parametrize(
    ("outcome", "start"),
    [
        (Outcome.TAKEN, "2 min 40 s counted."),
        (Outcome.STRETCHED, "Stretched. It is noted"),
        (Outcome.NOT_TAKEN, "That was under a minute away from the desk, so it is not counted"),
    ],
)
def test_what_a_break_came_to_is_told_without_scolding(outcome: Outcome, start: str) -> None:
    """Each outcome in one line that ends with the day so far."""
    line = words.result(outcome, 160 * SECOND, 14.2, 20.0)
    assert line.startswith(start)
    assert line.endswith("14 of 20 minutes today.")


def test_words_become_a_sentence_of_their_own() -> None:
    """A capital letter in front and one stop at the end."""
    assert sentence("paused until you resume") == "Paused until you resume."
    assert sentence("were you up just now?") == "Were you up just now?"
    assert sentence("It was set aside.") == "It was set aside."


def test_minutes_held_against_the_goal_are_complete_ones() -> None:
    """As in the summary: 19.9 of 20 is not 20."""
    assert words.today(19.9, 20.0, seated_mode=False) == "Today 19 of 20 min out of the chair"
    assert words.result(Outcome.TAKEN, 2 * MINUTE, 2.7, 10.0) == "2 min counted. That makes 2 of 10 minutes today."


def test_a_voice_channel_left_open_is_named_with_the_way_to_ignore_it() -> None:
    """After three hours a call is no sign of presence, and the status says which app, and what to do."""
    morning = Morning().tell(SignalChanged(Signal.CALL, True, "Zoom")).type(179)
    assert words.not_counted(morning.status) == ""
    told = words.not_counted(morning.type(3).status)
    assert "Zoom" in told
    assert "prompt.ignored_apps" in told


def test_nobody_sits_on_while_they_are_away() -> None:
    """Of a night, a lock and a lunch the sitting ends where the last input was, and nothing is said to wait."""
    for morning in (Morning().type(30), Morning().type(30).tell(Locked()), Morning().type(30).tell(Stopped())):
        told = words.first_line(morning.wait(6).status)
        assert told.startswith("About 30 min at the desk, until 07:30: ")
        told = words.first_line(morning.wait(24 * 60).status)
        assert told.startswith("About 30 min at the desk, until Monday 07:30: ")
        assert "reminder" not in told
        assert words.glyph(morning.status) in ("sitting", "withheld")
        assert words.progress(morning.status) == pytest.approx(30 / 45, abs=0.01)


def test_a_jiggler_is_named() -> None:
    """What moves the pointer at a beat and is nobody stands in the status, with its interval."""
    morning = Morning().type(5)
    for _ in range(1, 140):
        morning.wait(0.15).tell(ActivityObserved(InputKind.MOTION))
    assert "every 9 s" in words.not_counted(morning.status)


def test_a_pointer_that_never_rests_is_named() -> None:
    """What moves the pointer at no interval is named, too."""
    morning = Morning().type(5)
    for n in range(400):
        morning.wait((3, 4, 5)[n % 3] / 60).tell(ActivityObserved(InputKind.MOTION))
    assert "without a pause" in words.not_counted(morning.status)


def test_a_source_that_is_deaf_to_answers_is_named() -> None:
    """Three breaks are begun and it tells of no click: that is said until it tells of something; once is chance."""
    morning = Morning().type(5)
    for begun in (False, False, True):
        assert morning.tell(BreakRequested()).wait(20).status.deaf is begun
    assert "may not work" in words.not_counted(morning.status)
    assert words.not_counted(morning.type(0.1).status) == ""


def test_input_under_a_lock_for_long_is_named() -> None:
    """Source or lock is wrong: that is said after twenty minutes, for as long as it goes on, and ends with the lock."""
    morning = Morning().type(5).tell(Locked()).type(19)
    assert words.not_counted(morning.status) == ""
    assert "counts as locked" in words.not_counted(morning.type(2).status)
    assert words.not_counted(morning.tell(Unlocked()).status) == ""


def test_input_without_a_rest_for_hours_is_named() -> None:
    """Hands rest for a minute now and then; what never does is said to be doubtful, and counts all the same."""
    morning = Morning().type(239)
    assert words.not_counted(morning.status) == ""
    assert "without a minute's rest" in words.not_counted(morning.type(2).status)
    assert words.not_counted(morning.wait(1.5).type(1).status) == ""


def test_somebody_who_types_between_breaks_has_a_source_that_hears() -> None:
    """Whatever it tells of between two answers will do."""
    morning = Morning().type(5)
    for _ in range(5):
        morning.tell(BreakRequested()).wait(20).type(1)
    assert not morning.status.deaf
