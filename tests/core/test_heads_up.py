"""The quiet word half a minute before the latest moment, for those who want one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitbreak.core.effects import PromptSoon, ShowPrompt
from sitbreak.core.events import Answer, BreakRequested, PromptAnswered, RulesChanged, Signal, SignalChanged
from tests.daemon.states import Morning
from tests.fakes.machine import MINUTE


def told(morning: Morning) -> list[str]:
    """What was said and shown, in order."""
    return [type(effect).__name__ for effect in morning.effects if isinstance(effect, PromptSoon | ShowPrompt)]


@pytest.fixture
def morning() -> Morning:
    """Of somebody who wants it."""
    morning = Morning()
    return morning.tell(RulesChanged(replace(morning.machine.rules, heads_up=True)))


def test_it_comes_once_half_a_minute_before_the_prompt(morning: Morning) -> None:
    """Typing without a pause: at 44:30 the word, at 45:00 the prompt."""
    assert told(morning.type(44.4)) == []
    assert told(morning.type(0.2)) == ["PromptSoon"]
    assert told(morning.type(0.5)) == ["PromptSoon", "ShowPrompt"]


def test_a_lull_that_comes_first_needs_no_word(morning: Morning) -> None:
    """The prompt is there already."""
    assert told(morning.type(31).wait(1).type(14)) == ["ShowPrompt"]


def test_whoever_did_not_ask_hears_nothing() -> None:
    """It is off to begin with."""
    assert told(Morning().type(45.1)) == ["ShowPrompt"]


def test_a_call_holds_the_word_as_it_holds_the_prompt(morning: Morning) -> None:
    """Nothing is announced that does not come."""
    assert told(morning.type(40).tell(SignalChanged(Signal.CALL, True, "Zoom")).type(6)) == []


def test_a_snooze_is_not_announced(morning: Morning) -> None:
    """The person said when; the next bout is announced again."""
    morning.type(45.1).tell(PromptAnswered(Answer.SNOOZE, 5 * MINUTE)).type(11)
    assert told(morning) == ["PromptSoon", "ShowPrompt", "ShowPrompt"]
    morning.tell(BreakRequested()).wait(6).type(44.7)
    assert told(morning)[3:] == ["PromptSoon"]
