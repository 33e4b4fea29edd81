"""Another movement for the prompt on show, or for the break under way."""

from __future__ import annotations

import pytest

from sitbreak.adapters.clock import A_MORNING
from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.core.effects import BreakBegan, BreakChanged, MovementRefused, PromptChanged, Record, ShowPrompt
from sitbreak.core.events import AnotherAsked, Answer, BreakRequested, PromptAnswered
from sitbreak.core.machine import Machine
from sitbreak.core.memory import begin
from sitbreak.core.movements import Chooser, Wishes
from sitbreak.core.records import BreakRecord, PromptRecord
from sitbreak.core.rules import Rules
from tests.daemon.states import Morning
from tests.fakes.machine import MINUTE


def on_show(at_desk: Morning) -> str:
    """The movement of the prompt on show, or of the break under way."""
    shown = at_desk.machine.on_show(at_desk.machine.seen)
    assert isinstance(shown, ShowPrompt | BreakBegan)
    return shown.movement


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
    assert on_show(morning) == movements[-1]


def test_one_that_is_refused_is_told_for_the_settings(morning: Morning) -> None:
    """However it was asked for, by the card or over the socket."""
    refused = on_show(morning)
    morning.effects.clear()
    morning.tell(AnotherAsked(never=True))
    assert [effect for effect in morning.effects if isinstance(effect, MovementRefused)] == [MovementRefused(refused)]
    assert on_show(morning) != refused


def test_the_break_is_that_of_the_other_one(morning: Morning) -> None:
    """What was asked for last is what begins."""
    morning.tell(AnotherAsked())
    wanted = on_show(morning)
    morning.tell(PromptAnswered(Answer.START))
    assert on_show(morning) == wanted


def test_without_a_prompt_nothing_happens() -> None:
    """A click that comes too late changes nothing, and is no input."""
    morning = Morning().type(5)
    before = morning.status
    morning.effects.clear()
    morning.tell(AnotherAsked())
    assert morning.effects == []
    assert morning.status == before


@pytest.fixture
def resting() -> Morning:
    """In a break that was asked for, with the whole catalogue to choose from."""
    morning = Morning()
    morning.machine = Machine(Rules(), Chooser(load_catalogue().movements, Wishes()), begin(A_MORNING, Rules()))
    return morning.type(5).tell(BreakRequested())


def test_a_break_that_was_asked_for_has_another_movement_too(resting: Morning) -> None:
    """For the rest of it: the same break goes on, its record follows, and its movement is still our choice."""
    (began,) = [effect for effect in resting.effects if isinstance(effect, BreakBegan)]
    resting.wait(0.5).effects.clear()
    resting.tell(AnotherAsked())
    (rest,) = [effect.rest for effect in resting.effects if isinstance(effect, BreakChanged)]
    (kept,) = [effect.fact for effect in resting.effects if isinstance(effect, Record)]
    assert isinstance(kept, BreakRecord)
    assert began.suggested
    assert rest.suggested
    assert rest.movement == kept.movement == on_show(resting) != began.movement
    assert (kept.accepted, kept.length, rest.length) == (began.accepted, began.length, 1.5 * MINUTE)


def test_what_was_refused_in_a_break_is_told_for_the_settings(resting: Morning) -> None:
    """As on a prompt."""
    refused = on_show(resting)
    resting.effects.clear()
    resting.tell(AnotherAsked(never=True))
    assert [effect for effect in resting.effects if isinstance(effect, MovementRefused)] == [MovementRefused(refused)]


def test_after_its_countdown_a_break_keeps_its_movement(resting: Morning) -> None:
    """There is nothing left to do otherwise."""
    resting.wait(3).effects.clear()
    resting.tell(AnotherAsked())
    assert [effect for effect in resting.effects if isinstance(effect, BreakChanged | Record)] == []


def test_a_movement_that_was_chosen_is_not_our_suggestion() -> None:
    """Whoever asks for a movement by its name is not told whose turn it is."""
    morning = Morning().type(5).tell(BreakRequested(movement="walk"))
    (began,) = [effect for effect in morning.effects if isinstance(effect, BreakBegan)]
    assert not began.suggested
