"""What the shortcuts mean, depending on what goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sitbreak.adapters.clock import A_MORNING
from sitbreak.core.machine import Machine
from sitbreak.core.memory import begin
from sitbreak.core.movements import Chooser
from sitbreak.core.prompt_states import State
from sitbreak.core.rules import Rules
from sitbreak.core.status import Status
from sitbreak.daemon.commands import SHORTCUTS, bindings, event_of_key, shortcut_meaning
from sitbreak.settings.load import apply
from sitbreak.settings.model import Settings


@pytest.fixture
def resting() -> Status:
    """Sitting, no prompt on show."""
    rules = Rules()
    machine = Machine(rules, Chooser((), Settings().movements.wishes, 1), begin(A_MORNING, rules))
    return machine.status(A_MORNING)


def meanings(now: Status) -> list[str]:
    """Start, snooze, not now and pause."""
    return [shortcut_meaning(f"shortcut:{name}", now) for name in SHORTCUTS]


def test_without_a_prompt_one_may_start_a_break_or_pause(resting: Status) -> None:
    """There is nothing to snooze or to decline then."""
    assert meanings(resting) == ["break", "", "", "pause:60"]


def test_a_prompt_on_show_is_answered(resting: Status) -> None:
    """Start answers it; snooze does while there is a snooze left."""
    shown = replace(resting, state=State.SHOWN, snoozes_left=1)
    assert meanings(shown) == ["start", "snooze:10", "not_now", "pause:60"]
    assert meanings(replace(shown, snoozes_left=0))[1] == ""


def test_during_a_break_start_does_nothing(resting: Status) -> None:
    """A second press does not begin a second break."""
    assert meanings(replace(resting, break_left=timedelta(seconds=60)))[0] == ""


def test_paused_the_same_key_resumes(resting: Status) -> None:
    """Pause is a toggle."""
    assert meanings(replace(resting, paused=True))[3] == "resume"


def test_every_meaning_is_a_command(resting: Status) -> None:
    """Whatever a shortcut means, the table of commands knows it."""
    states = (resting, replace(resting, state=State.SHOWN, snoozes_left=1), replace(resting, paused=True))
    keys = {key for now in states for key in meanings(now) if key}
    assert all(event_of_key(key, Rules()) for key in keys)


def test_only_what_is_set_is_listened_for() -> None:
    """None by default."""
    assert bindings(Settings()) == {}
    chosen = apply(Settings(), {"hotkeys.start": "ctrl+alt+b", "hotkeys.pause": "super+f5"}).settings
    assert bindings(chosen) == {"ctrl+alt+b": "shortcut:start", "super+f5": "shortcut:pause"}
