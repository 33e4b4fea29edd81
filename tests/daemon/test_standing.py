"""Sit and stand on notification and card: what somebody with a desk that goes up is offered (spec 2.3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitbreak.core.effects import AskStillStanding
from sitbreak.core.events import Answer, Event, PromptAnswered, StandingDeclared
from sitbreak.core.records import Reason
from sitbreak.core.rules import Rules
from sitbreak.daemon.commands import event_of_key
from sitbreak.daemon.notification_texts import PROMPT, QUESTION
from sitbreak.window import protocol
from tests.daemon.stage import PROMPTED, Stage
from tests.fakes.machine import MINUTE
from tests.fakes.ports import FakeWindow

STANDING = replace(PROMPTED, reason=Reason.STANDING, bout=42 * MINUTE)


def stage(**settings: object) -> Stage:
    """A presenter for somebody whose desk goes up."""
    return Stage(FakeWindow(), day__standing_desk=True, **settings)


def card(shown: Stage) -> protocol.BreakRequest:
    """What the card was last asked to show."""
    assert shown.window is not None
    shown.presenter.open_card()
    request = protocol.request_of(shown.window.opened[-1])
    assert isinstance(request, protocol.BreakRequest)
    return request


def test_the_notification_offers_twenty_minutes_last_but_one() -> None:
    """Where only three buttons have room that one is among them; each of them is understood."""
    shown = stage()
    shown.perform(PROMPTED)
    actions = shown.note(PROMPT).actions
    assert [action.key for action in actions] == ["start", "long", "snooze:5", "stand:20", "not_now"]
    assert actions[3].label == "Stand 20 min"
    assert event_of_key(actions[3].key, Rules()) == PromptAnswered(Answer.STAND, 20 * MINUTE)


def test_the_card_is_told_where_the_desk_is_and_which_minutes_to_offer() -> None:
    """It is down at a prompt to somebody who sits."""
    shown = stage()
    shown.perform(PROMPTED)
    assert (card(shown).desk, card(shown).stand_min) == ("down", (15, 20, 30))


def test_a_prompt_to_somebody_who_stands_offers_to_sit_and_speaks_of_standing() -> None:
    """On the notification and on the card."""
    shown = stage()
    shown.perform(STANDING)
    note = shown.note(PROMPT)
    assert [action.key for action in note.actions] == ["start", "long", "snooze:5", "standing:off", "not_now"]
    assert note.body.endswith("About 42 min standing.")
    assert (card(shown).desk, card(shown).bout) == ("up", "About 42 min standing.")


@pytest.mark.parametrize(
    ("said", "event"),
    [
        ({"event": "answer", "answer": "stand", "minutes": 30}, PromptAnswered(Answer.STAND, 30 * MINUTE)),
        ({"event": "standing_off"}, StandingDeclared(False)),
    ],
)
def test_what_the_card_says_of_the_desk_is_understood(said: dict[str, object], event: Event) -> None:
    """As the event it stands for."""
    assert stage().heard(said) == event


@pytest.mark.parametrize("prompt", [PROMPTED, STANDING])
def test_seated_mode_has_none_of_it(prompt: object) -> None:
    """However high the desk goes, and whatever was said of it."""
    shown = stage(movements__seated_mode=True)
    shown.perform(prompt)  # type: ignore[arg-type]
    assert [action.key for action in shown.note(PROMPT).actions] == ["start", "long", "snooze:5", "not_now"]
    assert card(shown).desk == ""


def test_without_such_a_desk_there_is_none_of_it() -> None:
    """The notification has four buttons, and the card the answers to them."""
    shown = Stage(FakeWindow())
    shown.perform(PROMPTED)
    assert [action.key for action in shown.note(PROMPT).actions] == ["start", "long", "snooze:5", "not_now"]
    assert card(shown).desk == ""


@pytest.mark.parametrize(("measured", "keys"), [(False, ["standing:off", "standing:on"]), (True, [])])
def test_lowering_the_desk_is_offered_quietly(measured: bool, keys: list[str]) -> None:
    """At the end of the chosen time; where a sensor tells of the desk there is nothing to answer."""
    shown = stage()
    shown.perform(AskStillStanding(20 * MINUTE, chosen=True, measured=measured))
    note = shown.note(QUESTION)
    assert (note.title, note.silent) == ("Lower the desk, if you like", True)
    assert note.body.startswith("20 min are noted. ")
    assert [action.key for action in note.actions] == keys
