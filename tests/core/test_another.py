"""Another movement for the prompt on show."""

from __future__ import annotations

import pytest

from sitbreak.adapters.clock import A_MORNING
from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.core.effects import MovementRefused, PromptChanged, Record, ShowPrompt
from sitbreak.core.events import AnotherAsked, Answer, PromptAnswered
from sitbreak.core.machine import Machine
from sitbreak.core.memory import begin
from sitbreak.core.movements import Chooser, Wishes
from sitbreak.core.records import PromptRecord
from sitbreak.core.rules import Rules
from tests.daemon.states import Morning


@pytest.fixture
def morning() -> Morning:
    """With the whole catalogue to choose from, and a prompt on show."""
    morning = Morning()
    chooser = Chooser(load_catalogue().movements, Wishes())
    morning.machine = Machine(Rules(), chooser, begin(A_MORNING, Rules()))
    return morning.prompted()


def test_each_time_another_one_comes(morning: Morning) -> None:
    """Five times over no movement comes twice, the prompt stays one prompt, and its record follows."""
    (first,) = [effect for effect in morning.effects if isinstance(effect, ShowPrompt)]
    movements = [first.movement]
    for _ in range(5):
        morning.effects.clear()
        morning.tell(AnotherAsked())
        (changed,) = [effect.prompt for effect in morning.effects if isinstance(effect, PromptChanged)]
        (kept,) = [effect.fact for effect in morning.effects if isinstance(effect, Record)]
        assert isinstance(kept, PromptRecord)
        assert (changed.number, kept.number, kept.movement) == (first.number, first.number, changed.movement)
        movements.append(changed.movement)
    assert len(set(movements)) == len(movements)
    assert morning.status.prompt_movement == movements[-1]


def test_one_that_is_refused_is_told_for_the_settings(morning: Morning) -> None:
    """However it was asked for, by the card or over the socket."""
    refused = morning.status.prompt_movement
    morning.effects.clear()
    morning.tell(AnotherAsked(never=True))
    assert [effect for effect in morning.effects if isinstance(effect, MovementRefused)] == [MovementRefused(refused)]
    assert morning.status.prompt_movement != refused


def test_the_break_is_that_of_the_other_one(morning: Morning) -> None:
    """What was asked for last is what begins."""
    morning.tell(AnotherAsked())
    wanted = morning.status.prompt_movement
    morning.tell(PromptAnswered(Answer.START))
    assert morning.status.break_movement == wanted


def test_without_a_prompt_nothing_happens() -> None:
    """A click that comes too late changes nothing, and is no input."""
    morning = Morning().type(5)
    before = morning.status
    morning.effects.clear()
    morning.tell(AnotherAsked())
    assert morning.effects == []
    assert morning.status == before
