"""Settings changed in the middle of a bout hold for that bout."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sitbreak.core.effects import ShowPrompt
from sitbreak.core.events import RulesChanged
from sitbreak.core.machine import Machine
from sitbreak.core.rules import Rules
from tests.fakes.machine import KEY, after, machine_at


def window(earliest: float, latest: float) -> RulesChanged:
    """Another window for prompts, in minutes."""
    return RulesChanged(Rules(earliest=timedelta(minutes=earliest), latest=timedelta(minutes=latest)))


def prompted_at(machine: Machine, first: float, last: float) -> float | None:
    """Types every six seconds from minute `first` to `last`; the minute in which the first prompt came."""
    for tenth in range(round(first * 10), round(last * 10)):
        if any(isinstance(effect, ShowPrompt) for effect in machine.handle(KEY, after(tenth / 10))):
            return tenth / 10
    return None


@pytest.mark.parametrize(
    ("changed", "rules", "prompted"),
    [
        (10, window(50, 60), 60),  # later, before the window opened
        (35, window(50, 60), 60),  # later, while a lull is sought
        (10, window(15, 20), 20),  # sooner
        (30, window(15, 20), 30),  # sooner than now: at once
    ],
)
def test_a_changed_window_holds_for_the_bout_under_way(changed: float, rules: RulesChanged, prompted: float) -> None:
    """The prompt comes when the new window says, counted from the beginning of the bout."""
    machine = machine_at()
    assert prompted_at(machine, 0.1, changed) is None
    at_once = any(isinstance(effect, ShowPrompt) for effect in machine.handle(rules, after(changed)))
    shown = changed if at_once else prompted_at(machine, changed, 70)
    assert shown == pytest.approx(prompted, abs=0.11)


def test_a_prompt_that_was_put_off_keeps_its_time() -> None:
    """The window of a prompt that comes back belongs to the answer, not to the settings."""
    machine = machine_at()
    assert prompted_at(machine, 0.1, 50) == 45
    assert prompted_at(machine, 45.1, 50) is None
    machine.handle(window(60, 70), after(50))
    assert prompted_at(machine, 50, 62.1) == pytest.approx(62, abs=0.11)
