"""What a break suggests that a person asks for."""

from __future__ import annotations

from sitbreak.adapters.clock import A_MORNING
from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.core.effects import BreakBegan
from sitbreak.core.events import BreakRequested
from sitbreak.core.machine import Machine
from sitbreak.core.memory import begin
from sitbreak.core.movements import Chooser, Wishes
from sitbreak.core.rules import Rules
from tests.fakes.machine import MINUTE, after


def test_breaks_asked_for_take_turns_like_reminders() -> None:
    """Five in a row bring five movements, none of them twice."""
    rules = Rules()
    machine = Machine(rules, Chooser(load_catalogue().movements, Wishes()), begin(A_MORNING, rules))
    begun = [
        effect.movement
        for minute in range(0, 50, 10)
        for effect in machine.handle(BreakRequested(2 * MINUTE), after(minute))
        if isinstance(effect, BreakBegan)
    ]
    assert len(begun) == len(set(begun)) == 5
