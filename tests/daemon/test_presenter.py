"""What the presenter makes of effects: the first channel that works, questions, breaks, and what is taken off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sitbreak.adapters.catalogue import load_catalogue
from sitbreak.adapters.clock import A_MORNING
from sitbreak.core import effects as fx
from sitbreak.core.events import (
    Answer,
    BreakRequested,
    Event,
    LevelChosen,
    PromptAnswered,
    PromptDelivered,
    PromptFailed,
)
from sitbreak.core.records import Outcome, Reason
from sitbreak.core.rules import Rules
from sitbreak.daemon.commands import event_of
from sitbreak.daemon.presenter import BREAK, PROMPT, QUESTION, TOLD, Channels, Presenter
from sitbreak.ports import Note
from sitbreak.settings.load import apply
from sitbreak.settings.model import Settings
from sitbreak.window import protocol
from tests.daemon.states import Morning
from tests.fakes.machine import MINUTE, SECOND, after
from tests.fakes.ports import FakeNotifier, FakeTray, FakeWindow

CATALOGUE = {each.id: each for each in load_catalogue().movements}
MOVEMENT = next(iter(CATALOGUE.values()))
PROMPTED = fx.ShowPrompt(7, Reason.LULL, MOVEMENT.id, 38 * MINUTE, 2)
BEGAN = fx.BreakBegan(A_MORNING, 2 * MINUTE, MOVEMENT.id, 38 * MINUTE)


class Stage:
    """A presenter and all it shows things on."""

    def __init__(self, window: FakeWindow | None = None, **settings: object) -> None:
        loaded = apply(Settings(), {key.replace("__", "."): value for key, value in settings.items()})
        assert loaded.problems == ()
        self.notifier, self.tray, self.window = FakeNotifier(), FakeTray(), window
        self.posted: list[Event] = []
        self.trouble = ""
        channels = Channels(self.notifier, self.tray, window)
        self.presenter = Presenter(
            channels, CATALOGUE, loaded.settings, self.posted.append, lambda: (14.2, 20.0), lambda: self.trouble
        )

    def perform(self, *effects: fx.Effect) -> None:
        """Carries them out."""
        for effect in effects:
            self.presenter.perform(effect, A_MORNING)

    def note(self, tag: str) -> Note:
        """The notification on show under that tag."""
        return self.notifier.on_show[tag]


@pytest.fixture
def window() -> FakeWindow:
    """A window that works."""
    return FakeWindow()


@pytest.fixture
def stage(window: FakeWindow) -> Stage:
    """Notifications and a window, both working."""
    return Stage(window)


# -- prompts: which channel


def test_a_prompt_is_a_notification_first(stage: Stage, window: FakeWindow) -> None:
    """It is delivered by the notifier, and the window is only got ready."""
    stage.perform(PROMPTED)
    assert stage.posted == [PromptDelivered(7, "fake notifier")]
    assert window.opened == []
    assert window.told == [{"do": "prepare"}]


def test_the_notification_has_the_answers_and_opens_the_card(stage: Stage) -> None:
    """A friendly question, the movement, the reason, four buttons, and a click that leads to all of them."""
    stage.perform(PROMPTED)
    note = stage.note(PROMPT)
    assert note.title == "Good moment for two minutes?"
    assert note.body.startswith(f"{MOVEMENT.title}: ")
    assert note.body.endswith("About 38 min at the desk.")
    assert [action.key for action in note.actions] == ["start", "long", "snooze:5", "not_now"]
    assert note.default == "card"


def test_without_a_window_a_click_starts_the_break() -> None:
    """There is no card to open."""
    stage = Stage()
    stage.perform(PROMPTED)
    assert stage.note(PROMPT).default == "start"
    stage.presenter.open_card()
    assert stage.posted == [PromptDelivered(7, "fake notifier")]


def test_the_card_comes_when_the_notification_fails(stage: Stage, window: FakeWindow) -> None:
    """And takes no focus, since nobody asked for it."""
    stage.notifier.failing = "There is no notification daemon."
    stage.perform(PROMPTED)
    assert stage.posted == [PromptDelivered(7, "fake window")]
    (request,) = window.opened
    asked = protocol.request_of(request)
    assert isinstance(asked, protocol.BreakRequest)
    assert (asked.kind, asked.focus, asked.snooze_left, asked.bout_min) == ("prompt", False, 2, 38.0)
    assert asked.movement.id == MOVEMENT.id


def test_when_both_fail_both_reasons_are_told(window: FakeWindow, caplog: pytest.LogCaptureFixture) -> None:
    """The machine learns that it is undelivered, the log why."""
    stage = Stage(window)
    stage.notifier.failing, window.failing = "No notification daemon.", "No display."
    stage.perform(PROMPTED)
    assert stage.posted == [PromptFailed(7, "No notification daemon. No display.")]
    assert "No notification daemon. No display." in caplog.text


def test_without_a_window_the_reason_names_the_remedy() -> None:
    """Nothing could be shown, and the person is told what would bring the window."""
    stage = Stage()
    stage.notifier.failing = "No notification daemon."
    stage.perform(PROMPTED)
    (failed,) = stage.posted
    assert isinstance(failed, PromptFailed)
    assert "pip install sitbreak[window]" in failed.reason


def test_a_person_may_want_the_card_first(window: FakeWindow) -> None:
    """With prompt.channel card the notification is what comes when the card fails."""
    stage = Stage(window, prompt__channel="card")
    stage.perform(PROMPTED)
    assert stage.posted == [PromptDelivered(7, "fake window")]
    assert stage.notifier.shown == []
    window.failing = "No display."
    stage.perform(PROMPTED)
    assert stage.posted[1:] == [PromptDelivered(7, "fake notifier")]


# -- prompts: what they say


def test_after_a_not_now_the_offer_is_shorter(stage: Stage) -> None:
    """Just stand and walk to the window."""
    stage.perform(fx.ShowPrompt(8, Reason.RETURN, MOVEMENT.id, 70 * MINUTE, 2, brief=True))
    assert stage.note(PROMPT).title == "Just stand and walk to the window?"


def test_no_snooze_is_offered_when_none_is_left(stage: Stage) -> None:
    """The button is gone."""
    stage.perform(fx.ShowPrompt(8, Reason.SNOOZE, MOVEMENT.id, 50 * MINUTE, 0))
    assert [action.key for action in stage.note(PROMPT).actions] == ["start", "long", "not_now"]


def test_a_prompt_has_a_sound_only_when_the_person_wants_one_and_nothing_mutes_it(window: FakeWindow) -> None:
    """Without the setting it is silent, and in full screen it is silent with it."""
    muted = fx.ShowPrompt(8, Reason.HELD_LIMIT, MOVEMENT.id, 75 * MINUTE, 2, silent=True)
    for sound, prompt, silent in ((True, PROMPTED, False), (True, muted, True), (False, PROMPTED, True)):
        stage = Stage(window, prompt__sound=sound)
        stage.perform(prompt)
        assert stage.note(PROMPT).silent is silent


def test_a_movement_nobody_knows_becomes_a_few_steps(stage: Stage) -> None:
    """A removed movement of one's own stops nothing."""
    stage.perform(fx.ShowPrompt(8, Reason.LULL, "gone", 40 * MINUTE, 2))
    assert stage.note(PROMPT).body.startswith("A few steps: stand up")


# -- taking things off


def test_withdrawing_takes_the_prompt_off_every_channel(stage: Stage, window: FakeWindow) -> None:
    """The notification and the card, and the default action finds nothing any more."""
    stage.perform(PROMPTED)
    stage.presenter.open_card()
    assert window.on_show is not None
    stage.perform(fx.WithdrawPrompt(7))
    assert PROMPT not in stage.notifier.on_show
    assert window.on_show is None
    stage.presenter.open_card()
    assert window.on_show is None


def test_closing_takes_everything_off(stage: Stage, window: FakeWindow) -> None:
    """When the program ends nothing stays behind."""
    stage.perform(PROMPTED, fx.AskStillStanding())
    stage.presenter.open_card()
    stage.presenter.close()
    assert (stage.notifier.on_show, window.on_show) == ({}, None)


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
        stage.presenter.window_said({"event": "gone", "reason": "it crashed"})
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
    assert window.told == [{"do": "result", "line": "2 min 40 s hands off, counted. Today 14 of 20."}]
    assert stage.notifier.shown == []


def test_without_a_window_the_result_is_a_notification() -> None:
    """It takes the place of the countdown."""
    stage = Stage()
    stage.perform(BEGAN, fx.CountdownEnded(), fx.BreakEnded(Outcome.NOT_TAKEN, timedelta(0), 7))
    assert stage.note(BREAK).title == "Back at the desk"
    assert "Later is fine." in stage.note(BREAK).body


def test_after_done_nothing_counts_down_and_the_result_still_comes(stage: Stage, window: FakeWindow) -> None:
    """Whoever pressed Done has seen enough: no countdown elsewhere, no chime, one line at the end."""
    stage.perform(BEGAN)
    stage.presenter.window_said({"event": "done"})
    stage.presenter.window_said({"event": "closed"})
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
        ({"event": "answer", "answer": "not_now", "minutes": 0}, PromptAnswered(Answer.NOT_NOW, timedelta(0))),
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
    assert stage.presenter.window_said(message) == event


def test_a_card_put_away_is_not_closed_again(stage: Stage, window: FakeWindow) -> None:
    """Escape on the prompt is no answer: the notification stays, and its click opens the card anew."""
    stage.perform(PROMPTED)
    stage.presenter.open_card()
    stage.presenter.window_said({"event": "closed"})
    assert PROMPT in stage.notifier.on_show
    stage.presenter.open_card()
    assert len(window.opened) == 2


# -- questions


@pytest.mark.parametrize(
    ("effect", "title", "keys"),
    [
        (fx.AskWereYouUp(3 * MINUTE), "Were you up? 3 min", ["up:yes", "up:no"]),
        (
            fx.AskAboutGap(after(10), after(50)),
            "What was this gap?",
            ["gap:walked-10", "gap:walked-20", "gap:stood", "gap:sat"],
        ),
        (fx.AskStillStanding(), "Is the desk still raised?", ["standing:on", "standing:off"]),
    ],
)
def test_a_question_has_answers_that_are_understood(
    stage: Stage, effect: fx.Effect, title: str, keys: list[str]
) -> None:
    """Every button is a key that the table of commands knows; it comes without a sound and goes when it is over."""
    stage.perform(effect)
    note = stage.note(QUESTION)
    assert (note.title, [action.key for action in note.actions], note.silent) == (title, keys, True)
    assert all(event_of(key, after(60), Rules()) is not None for key in keys)
    stage.perform(fx.WithdrawQuestion())
    assert QUESTION not in stage.notifier.on_show


def test_the_question_about_a_gap_names_its_local_times(stage: Stage) -> None:
    """So that the person knows which one is meant."""
    stage.perform(fx.AskAboutGap(after(10), after(50)))
    assert stage.note(QUESTION).body.startswith("07:10 to 07:50, 40 min.")


def test_a_question_that_cannot_be_shown_ends_nothing(stage: Stage) -> None:
    """It is in the tray anyway."""
    stage.notifier.failing = "No notification daemon."
    stage.perform(fx.AskAboutGap(after(10), after(50)), fx.WithdrawQuestion())
    assert stage.notifier.shown == []


def test_a_notice_of_the_program_says_whether_it_was_seen(stage: Stage) -> None:
    """False where there is nothing to show it on."""
    assert stage.presenter.tell("sitbreak", "A backup was made.")
    assert stage.note(TOLD).body == "A backup was made."
    stage.notifier.failing = "No notification daemon."
    assert not stage.presenter.tell("sitbreak", "Another one.")


def test_a_refusal_shows_nothing(stage: Stage) -> None:
    """Whoever asked is told by the answer to the request."""
    stage.perform(fx.Refused("No snooze is left."))
    assert stage.notifier.shown == []


# -- the tray


def test_the_tray_shows_the_present(stage: Stage) -> None:
    """Glyph, ring, tooltip and menu of one and the same status."""
    morning = Morning().type(30)
    stage.presenter.refresh(morning.machine, morning.at)
    view = stage.tray.view
    assert view.glyph == "sitting"
    assert view.progress == pytest.approx(30 / 45)
    assert view.tooltip == (
        "About 30 min at the desk: waiting for a pause in your typing. Today 14 of 20 min out of the chair"
    )
    assert view.menu[1].label == "Today 14 of 20 min out of the chair"


def test_the_tray_tells_that_records_have_to_wait(stage: Stage) -> None:
    """As long as the history cannot be written, and no longer."""
    morning = Morning()
    stage.trouble = "The history cannot be written."
    stage.presenter.refresh(morning.machine, morning.at)
    assert any("wait in memory" in entry.label for entry in stage.tray.view.menu)
    stage.trouble = ""
    stage.presenter.refresh(morning.machine, morning.at)
    assert not any("wait in memory" in entry.label for entry in stage.tray.view.menu)
