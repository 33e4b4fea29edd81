"""A break leads away from the desk and the hands are off: the moment to lock the screen, for whoever wants that."""

from __future__ import annotations

import pytest

from sitbreak.core.effects import LeftTheDesk
from sitbreak.core.events import Answer, BreakRequested, Event, Locked, PromptAnswered, SourceLost, Tick
from sitbreak.core.rules import Rules
from tests.fakes.machine import KEY, MINUTE, after, machine_at

Told = list[tuple[float, Event]]  # seconds into the morning


def left(*told: tuple[float, Event], rules: Rules | None = None) -> list[LeftTheDesk]:
    """What is said of having left, of all that happens."""
    machine = machine_at(rules=rules)
    effects = [effect for at, event in told for effect in machine.handle(event, after(at / 60))]
    return [effect for effect in effects if isinstance(effect, LeftTheDesk)]


BEGIN = (300, BreakRequested(2 * MINUTE))


def test_ten_seconds_after_the_last_input_of_a_break() -> None:
    """Not at its ninth second."""
    assert left(BEGIN, (309, Tick())) == []
    assert left(BEGIN, (310, Tick())) == [LeftTheDesk(2 * MINUTE, "walk")]


def test_input_puts_it_off() -> None:
    """Whoever finishes a sentence has not left."""
    assert left(BEGIN, (305, KEY), (312, KEY), (321, Tick())) == []
    assert len(left(BEGIN, (305, KEY), (312, KEY), (322, Tick()))) == 1


def test_once_in_a_break() -> None:
    """However often they come by; another break is another time."""
    assert len(left(BEGIN, (312, KEY), (340, Tick()), (360, KEY), (400, Tick()))) == 1
    assert len(left(BEGIN, (340, Tick()), (900, KEY), (901, BreakRequested()), (920, Tick()))) == 2


def test_not_for_an_absence_that_nobody_chose() -> None:
    """Only a break says that they meant to go."""
    assert left((300, KEY), (600, Tick())) == []


def test_a_prompt_that_was_answered_with_a_break() -> None:
    """As one that was asked for."""
    typed: Told = [(second, KEY) for second in range(0, 2700, 6)]
    assert len(left(*typed, (2705, PromptAnswered(Answer.START)), (2720, Tick()))) == 1


@pytest.mark.parametrize("rules", [Rules(), Rules(seated_mode=True)])
def test_not_where_the_movement_stays_at_the_desk(rules: Rules) -> None:
    """Seated ones, also of those who have no others."""
    assert left((300, BreakRequested(movement="seated-reach")), (400, Tick()), rules=rules) == []


def test_not_where_the_screen_is_locked_already() -> None:
    """They did it themselves."""
    assert left(BEGIN, (305, Locked()), (400, Tick())) == []


def test_not_while_nothing_is_seen() -> None:
    """Hands may be on the keys."""
    assert left(BEGIN, (305, SourceLost("gone")), (400, Tick())) == []
