"""What the presenter makes of prompts and questions: the first channel that works, and what is taken off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitbreak.core import effects as fx
from sitbreak.core.events import AnotherAsked, PromptDelivered, PromptDismissed, PromptFailed
from sitbreak.core.movements import SHORT_WALK
from sitbreak.core.records import Reason
from sitbreak.core.rules import Rules
from sitbreak.daemon import window_contents
from sitbreak.daemon.commands import event_of_key
from sitbreak.daemon.menu import NOT_WRITTEN, RULE
from sitbreak.daemon.notification_texts import PROMPT, QUESTION
from sitbreak.daemon.presenter import TOLD
from sitbreak.settings.model import Settings
from sitbreak.window import protocol
from tests.daemon.stage import BEGAN, CATALOGUE, MOVEMENT, PROMPTED, Stage
from tests.daemon.states import Morning
from tests.fakes.machine import MINUTE, after
from tests.fakes.ports import FakeWindow


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
    assert (asked.kind, asked.focus, asked.snooze_left, asked.bout) == (
        "prompt",
        False,
        2,
        "About 38 min at the desk.",
    )
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
    assert "`sitbreak doctor` says why" in failed.reason


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
    """What it suggests is what its title asks."""
    stage.perform(fx.ShowPrompt(8, Reason.RETURN, SHORT_WALK, 70 * MINUTE, 2, brief=True))
    assert stage.note(PROMPT).title == "Just stand and walk to the window?"
    stage.perform(fx.ShowPrompt(9, Reason.RETURN, MOVEMENT.id, 70 * MINUTE, 2, brief=True))
    assert stage.note(PROMPT).title == "Just a short one?"


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
    stage.perform(PROMPTED, fx.AskStillStanding(40 * MINUTE))
    stage.presenter.open_card()
    stage.presenter.close()
    assert (stage.notifier.on_show, window.on_show) == ({}, None)


# -- questions


@pytest.mark.parametrize(
    ("effect", "title", "keys"),
    [
        (fx.AskWereYouUp(3 * MINUTE), "Were you up just now?", ["up:yes", "up:no"]),
        (
            fx.AskAboutGap(after(10), after(50)),
            "Where were you from 07:10 to 07:50?",
            ["gap:here", "gap:walked-10", "gap:walked-20", "gap:stood", "gap:sat"],
        ),
        (fx.AskAboutGap(after(10), after(18), small=True), "Were you up?", ["gap:up", "gap:part", "gap:here"]),
        (fx.AskStillStanding(40 * MINUTE), "Still standing?", ["standing:on", "standing:off"]),
    ],
)
def test_a_question_has_answers_that_are_understood(
    stage: Stage, effect: fx.Effect, title: str, keys: list[str]
) -> None:
    """Every button is a key that the table of commands knows; it comes without a sound and goes when it is over."""
    stage.perform(effect)
    note = stage.note(QUESTION)
    found = [action.key for action in note.actions]
    assert (note.title, found, note.silent, note.default) == (title, keys, True, "today")
    assert all(event_of_key(key, Rules()) is not None for key in keys)
    stage.perform(fx.WithdrawQuestion())
    assert QUESTION not in stage.notifier.on_show


def test_the_question_about_a_gap_names_its_local_times(stage: Stage) -> None:
    """So that the person knows which one is meant."""
    stage.perform(fx.AskAboutGap(after(10), after(50)))
    assert stage.note(QUESTION).title == "Where were you from 07:10 to 07:50?"


def test_the_small_question_names_its_local_times(stage: Stage) -> None:
    """And what the answer is for."""
    stage.perform(fx.AskAboutGap(after(10), after(18), small=True))
    assert stage.note(QUESTION).body.startswith("07:10 to 07:18 nothing was typed. The estimate learns from it")


def test_a_question_that_cannot_be_shown_ends_nothing(stage: Stage) -> None:
    """It is in the tray anyway."""
    stage.notifier.failing = "No notification daemon."
    stage.perform(fx.AskAboutGap(after(10), after(50)), fx.WithdrawQuestion())
    assert stage.notifier.shown == []


def test_a_notice_of_the_program_is_shown_where_notices_are(stage: Stage) -> None:
    """Where there is nothing to show it on, nothing happens."""
    stage.presenter.tell("sitbreak", "A backup was made.")
    assert stage.note(TOLD).body == "A backup was made."
    stage.notifier.failing = "No notification daemon."
    stage.presenter.tell("sitbreak", "Another one.")
    assert stage.note(TOLD).body == "A backup was made."


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
    assert view.progress == pytest.approx(30 / 45, abs=0.005)
    assert view.tooltip == (
        "About 30 min at the desk: waiting for a pause in your typing. Today 14 of 20 min out of the chair"
    )
    assert view.menu[1].label == "Today 14 of 20 min out of the chair"


def test_the_tray_tells_that_records_have_to_wait(stage: Stage) -> None:
    """As long as the history cannot be written, and no longer."""
    morning = Morning()
    stage.notes = [NOT_WRITTEN]
    stage.presenter.refresh(morning.machine, morning.at)
    assert any("wait in memory" in entry.label for entry in stage.tray.view.menu)
    stage.notes = []
    stage.presenter.refresh(morning.machine, morning.at)
    assert not any("wait in memory" in entry.label for entry in stage.tray.view.menu)


def test_a_present_that_is_on_show_is_not_shown_again(stage: Stage) -> None:
    """The tray is told of changes only, so that an idle program sleeps."""
    morning = Morning().type(30)
    for _ in range(3):
        stage.presenter.refresh(morning.machine, morning.at)
    assert len(stage.tray.views) == 1
    morning.type(1)
    stage.presenter.refresh(morning.machine, morning.at)
    assert len(stage.tray.views) == 2


def test_another_movement_is_shown_on_the_card_alone(stage: Stage, window: FakeWindow) -> None:
    """It was asked for there: no second notification, and the card takes the keyboard."""
    other = next(each.id for each in CATALOGUE.values() if each.id != MOVEMENT.id)
    stage.perform(PROMPTED, fx.PromptChanged(replace(PROMPTED, movement=other)))
    assert len(stage.notifier.shown) == 1
    shown = window.opened[-1]
    assert isinstance(shown["movement"], dict)
    assert (shown["movement"]["id"], shown["focus"]) == (other, True)


@pytest.mark.parametrize(("said", "event"), [("another", AnotherAsked()), ("never_again", AnotherAsked(never=True))])
def test_what_the_card_says_of_its_movement_is_understood(stage: Stage, said: str, event: AnotherAsked) -> None:
    """As an event of the core."""
    assert stage.heard({"event": said}) == event


def test_the_word_before_a_prompt_is_quiet_and_gives_way_to_it(stage: Stage) -> None:
    """One note, without a sound or a button; the prompt stands in its place."""
    stage.perform(fx.PromptSoon())
    note = stage.note(PROMPT)
    assert (note.title, note.actions, note.silent) == ("Two minutes soon", (), True)
    stage.perform(PROMPTED)
    assert stage.note(PROMPT).title == "Good moment for two minutes?"


def test_a_prompt_that_is_on_the_card_alone_is_dismissed_with_it(stage: Stage) -> None:
    """After another movement was asked for the notification would lie, so it is gone; not before."""
    stage.perform(PROMPTED)
    stage.presenter.open_card()
    assert stage.heard({"event": "closed"}) is None
    stage.perform(fx.PromptChanged(PROMPTED))
    assert PROMPT not in stage.notifier.on_show
    assert stage.heard({"event": "closed"}) == PromptDismissed(7)


def test_a_card_is_known_to_be_there_and_gone(stage: Stage) -> None:
    """Today keeps out of its corner meanwhile."""
    stage.perform(PROMPTED)
    assert not stage.presenter.on_card
    stage.presenter.open_card()
    assert stage.presenter.on_card
    stage.heard({"event": "closed"})
    assert not stage.presenter.on_card
    stage.perform(BEGAN)
    for event, there in (("minimised", False), ("restored", True), ("gone", False)):
        stage.heard({"event": event})
        assert stage.presenter.on_card is there
    now = Morning().type(5).status
    corners = [window_contents.status_request(now, 0, 20, (RULE,), Settings(), on).card for on in (True, False)]
    assert corners == ["bottom-right", ""]


def test_a_card_that_was_answered_is_not_dismissed(stage: Stage) -> None:
    """It is closed because of the answer."""
    stage.perform(PROMPTED, fx.PromptChanged(PROMPTED), fx.WithdrawPrompt(7))
    assert stage.heard({"event": "closed"}) is None


def test_a_prompt_that_came_as_a_card_is_dismissed_with_it() -> None:
    """There is no notification to go back to."""
    stage = Stage(FakeWindow(), prompt__channel="card")
    stage.perform(PROMPTED)
    assert stage.heard({"event": "closed"}) == PromptDismissed(7)


def test_card_and_notification_ask_the_same(stage: Stage, window: FakeWindow) -> None:
    """Of two minutes only where it is two."""
    for minutes, title in ((2, "Good moment for two minutes?"), (3, "Good moment for a break?")):
        stage = Stage(window, break__minutes=minutes)
        stage.perform(PROMPTED)
        assert stage.note(PROMPT).title == title
        stage.presenter.open_card()
        assert window.opened[-1]["title"] == title
