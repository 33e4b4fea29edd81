"""What the presenter makes of breaks: the window, or a countdown in notifications, and what the window says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sitbreak.adapters.clock import A_MORNING
from sitbreak.core import effects as fx
from sitbreak.core.events import (
    Answer,
    BreakRequested,
    Event,
    LevelChosen,
    PromptAnswered,
    Signal,
    SignalChanged,
)
from sitbreak.core.records import Outcome
from sitbreak.daemon.notification_texts import PROMPT, QUESTION
from sitbreak.daemon.presenter import BREAK
from sitbreak.window import protocol
from tests.daemon.stage import BEGAN, CATALOGUE, MOVEMENT, PROMPTED, Stage
from tests.daemon.states import Morning
from tests.fakes.machine import MINUTE, SECOND, after
from tests.fakes.ports import FakeWindow


@pytest.fixture
def window() -> FakeWindow:
    """A window that works."""
    return FakeWindow()


@pytest.fixture
def stage(window: FakeWindow) -> Stage:
    """Notifications and a window, both working."""
    return Stage(window)


# -- breaks


def test_a_break_opens_the_window_with_its_length(stage: Stage, window: FakeWindow) -> None:
    """It may take the focus now, and no notification counts down beside it."""
    stage.perform(fx.BreakBegan(A_MORNING, 5 * MINUTE, MOVEMENT.id, 38 * MINUTE, level="easier"))
    (request,) = window.opened
    asked = protocol.request_of(request)
    assert isinstance(asked, protocol.BreakRequest)
    assert (asked.kind, asked.length_s, asked.focus, asked.level) == ("break", 300.0, True, "easier")
    morning = Morning().tell(BreakRequested(5 * MINUTE))
    stage.presenter.refresh(morning.machine, morning.at)
    assert BREAK not in stage.notifier.on_show


def test_a_break_that_was_asked_for_says_why_this_movement(stage: Stage, window: FakeWindow) -> None:
    """Where we chose it; and so it does with another one, which opens in its place."""
    other = next(each.id for each in CATALOGUE.values() if each.id != MOVEMENT.id)
    suggested = replace(BEGAN, suggested=True)
    stage.perform(BEGAN, suggested, fx.BreakChanged(replace(suggested, movement=other, length=MINUTE)))
    told = [(request["movement"]["id"], bool(request["why"]), request["length_s"]) for request in window.opened]  # type: ignore[index]
    assert told == [(MOVEMENT.id, False, 120.0), (MOVEMENT.id, True, 120.0), (other, True, 60.0)]


def test_in_a_call_the_window_keeps_quiet(stage: Stage, window: FakeWindow) -> None:
    """A break begun in a call ends without a chime."""
    stage.perform(fx.BreakBegan(A_MORNING, 2 * MINUTE, MOVEMENT.id, 38 * MINUTE, silent=True))
    assert window.opened[0]["chime"] is False


@pytest.mark.parametrize("how", ["no window", "window fails", "as set", "window dies"])
def test_without_the_window_a_notification_counts_down(how: str) -> None:
    """Each step is shown once, as it comes, silently, with the time left."""
    window = None if how == "no window" else FakeWindow("No display." if how == "window fails" else "")
    stage = Stage(window, break__window="notification" if how == "as set" else "card")
    stage.perform(BEGAN)
    if how == "window dies":
        stage.heard({"event": "gone", "reason": "it crashed"})
    morning = Morning().tell(BreakRequested())
    for second in range(0, 121, 2):
        stage.presenter.refresh(morning.machine, after(second / 60))
    shown = [note for note in stage.notifier.shown if note.tag == BREAK]
    assert [note.body for note in shown] == [step.text for step in MOVEMENT.steps]
    assert shown[0].title == f"{MOVEMENT.title}, 2 min left"
    assert all(note.silent for note in shown)


def test_a_longer_break_stretches_the_steps() -> None:
    """Five minutes show the same steps, each for two and a half times as long."""
    stage = Stage()
    stage.perform(fx.BreakBegan(A_MORNING, 5 * MINUTE, MOVEMENT.id, 38 * MINUTE))
    morning = Morning()
    for second in range(0, 300, 5):
        stage.presenter.refresh(morning.machine, after(second / 60))
    assert [note.body for note in stage.notifier.shown] == [step.text for step in MOVEMENT.steps]


@pytest.mark.parametrize(("chime", "quiet", "silent"), [(True, False, False), (True, True, True), (False, False, True)])
def test_the_end_of_the_countdown_is_told_softly(chime: bool, quiet: bool, silent: bool) -> None:
    """With sound only when it is wanted and nobody is in a call."""
    stage = Stage(break__chime=chime)
    stage.perform(BEGAN, fx.CountdownEnded(quiet))
    note = stage.note(BREAK)
    assert (note.title, note.silent) == ("That was the break", silent)
    assert "as long as you like" in note.body


def test_the_window_chimes_by_itself(stage: Stage) -> None:
    """No notification comes beside it."""
    stage.perform(BEGAN, fx.CountdownEnded())
    assert stage.notifier.shown == []


def test_the_window_is_told_what_the_break_came_to(stage: Stage, window: FakeWindow) -> None:
    """One line with the day so far, in the window that is still there."""
    stage.perform(BEGAN, fx.BreakEnded(Outcome.TAKEN, 160 * SECOND, 7))
    assert window.told == [{"do": "result", "line": "2 min 40 s counted. That makes 14 of 20 minutes today."}]
    assert stage.notifier.shown == []


def test_without_a_window_the_result_is_a_notification() -> None:
    """It takes the place of the countdown."""
    stage = Stage()
    stage.perform(BEGAN, fx.CountdownEnded(), fx.BreakEnded(Outcome.NOT_TAKEN, timedelta(0), 7))
    assert stage.note(BREAK).title == "Back at the desk"
    assert "not counted" in stage.note(BREAK).body


def test_after_done_nothing_counts_down_and_the_result_still_comes(stage: Stage, window: FakeWindow) -> None:
    """Whoever pressed Done has seen enough: no countdown elsewhere, no chime, one line at the end."""
    stage.perform(BEGAN)
    stage.heard({"event": "done"})
    stage.heard({"event": "closed"})
    stage.presenter.refresh(Morning().machine, after(1))
    stage.perform(fx.CountdownEnded())
    assert stage.notifier.shown == []
    stage.perform(fx.BreakEnded(Outcome.TAKEN, 60 * SECOND, 7))
    assert [note.title for note in stage.notifier.shown] == ["Back at the desk"]


def test_a_new_break_takes_an_open_question_away(stage: Stage) -> None:
    """It would be about something else by then."""
    stage.perform(fx.AskWereYouUp(3 * MINUTE), BEGAN)
    assert QUESTION not in stage.notifier.on_show


# -- what the window says


@pytest.mark.parametrize(
    ("message", "event"),
    [
        ({"event": "answer", "answer": "start"}, PromptAnswered(Answer.START)),
        ({"event": "answer", "answer": "snooze", "minutes": 15}, PromptAnswered(Answer.SNOOZE, 15 * MINUTE)),
        ({"event": "answer", "answer": "not_now"}, PromptAnswered(Answer.NOT_NOW)),
        ({"event": "level", "movement": "march", "level": "harder"}, LevelChosen("march", "harder")),
        ({"event": "shown"}, None),
        ({"event": "over"}, None),
        ({"event": "done"}, None),
        ({"event": "closed"}, None),
        ({"event": "gone", "reason": "killed"}, None),
        ({}, None),
        ({"event": "answer"}, None),
        ({"event": "answer", "answer": "perhaps"}, None),
        ({"event": "answer", "answer": "snooze", "minutes": "soon"}, None),
        ({"event": "answer", "answer": "snooze", "minutes": 1e400}, None),
        ({"event": "level", "level": "harder"}, None),
    ],
)
def test_the_windows_words_become_events(stage: Stage, message: dict[str, object], event: Event | None) -> None:
    """And what makes no sense becomes none, without ending anything."""
    assert stage.heard(message) == event


def test_a_card_put_away_is_not_closed_again(stage: Stage, window: FakeWindow) -> None:
    """Escape on the prompt is no answer: the notification stays, and its click opens the card anew."""
    stage.perform(PROMPTED)
    stage.presenter.open_card()
    stage.heard({"event": "closed"})
    assert PROMPT in stage.notifier.on_show
    stage.presenter.open_card()
    assert len(window.opened) == 2


def test_a_call_that_begins_in_the_break_hushes_its_window(stage: Stage, window: FakeWindow) -> None:
    """Told once, when it begins; the chime at the end would ring into it."""
    stage.perform(BEGAN)
    morning = Morning()
    stage.presenter.refresh(morning.machine, morning.at)
    assert window.told == []
    morning.tell(SignalChanged(Signal.CALL, True, "Zoom"))
    for _ in range(3):
        stage.presenter.refresh(morning.machine, morning.at)
    assert window.told == [{"do": "quiet"}]


def test_only_a_break_makes_room_for_today() -> None:
    """The card of a break is told that Today was asked for; one with a prompt waits for its answer."""
    window = FakeWindow()
    stage = Stage(window)
    stage.perform(PROMPTED)
    stage.presenter.make_room()
    assert {"do": "aside"} not in window.told
    stage.perform(fx.WithdrawPrompt(7), BEGAN)
    stage.presenter.make_room()
    assert {"do": "aside"} in window.told
