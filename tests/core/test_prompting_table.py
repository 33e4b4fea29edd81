"""The table of the prompt's transitions (spec 2): what is not in it changes nothing."""

from __future__ import annotations

from itertools import product

import pytest

from sitbreak.core.prompt_states import TRANSITIONS, PromptState, State, Trigger


@pytest.mark.parametrize(("state", "trigger"), list(product(State, Trigger)))
def test_every_pair(state: State, trigger: Trigger) -> None:
    """A trigger moves the state as the table says, or leaves everything as it was."""
    machine = PromptState(state=state)
    moved = machine.fire(trigger)
    assert moved is ((state, trigger) in TRANSITIONS)
    assert machine == PromptState(state=TRANSITIONS.get((state, trigger), state))


def test_no_dead_end() -> None:
    """Every state can be reached from rest, and rest from every state."""
    for start in State:
        reached, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            found = {to for (state, _), to in TRANSITIONS.items() if state is here} - reached
            reached |= found
            waiting.extend(found)
        assert reached == set(State)
