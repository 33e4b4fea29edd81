"""What was on show when the program ended is put on show again when it is back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sitbreak.core.effects import BreakBegan, ShowPrompt
from sitbreak.core.events import PauseRequested
from sitbreak.daemon.loop import Loop
from tests.daemon.office import Office
from tests.fakes.machine import MINUTE, SECOND, ScriptedFeed


@pytest.fixture
def office() -> Office:
    """At nine in the morning in Berlin."""
    return Office()


def test_a_prompt_that_waits_for_an_answer_is_shown_again_without_a_sound(office: Office) -> None:
    """The same prompt, with the snoozes that are left."""
    office.prompt()
    first = next(effect for _, effect in office.performer.performed if isinstance(effect, ShowPrompt))
    again = office.machine.on_show(office.clock.now())
    assert isinstance(again, ShowPrompt)
    assert (again.number, again.movement, again.snooze_left) == (first.number, first.movement, first.snooze_left)
    assert again.silent


def test_a_prompt_that_waited_long_enough_is_not(office: Office) -> None:
    """It is about to be withdrawn."""
    office.prompt()
    office.clock.advance(3 * MINUTE)
    assert office.machine.on_show(office.clock.now()) is None


def test_the_rest_of_a_break_is_counted_down(office: Office) -> None:
    """From this moment to where it ended before."""
    office.ask(do="break", minutes=2)
    office.clock.advance(30 * SECOND)
    again = office.machine.on_show(office.clock.now())
    assert isinstance(again, BreakBegan)
    assert again.length == timedelta(seconds=90)
    office.clock.advance(90 * SECOND)
    assert office.machine.on_show(office.clock.now()) is None


def test_the_rest_of_a_break_says_how_long_they_had_sat(office: Office) -> None:
    """As it did when the break began, not since when."""
    office.clock.advance(60 * MINUTE)
    office.type_for(10)
    office.ask(do="break", minutes=2)
    began = next(effect for _, effect in office.performer.performed if isinstance(effect, BreakBegan))
    office.clock.advance(30 * SECOND)
    again = office.machine.on_show(office.clock.now())
    assert isinstance(again, BreakBegan)
    assert again.bout == began.bout == 10 * MINUTE


def test_nothing_on_show_stays_nothing(office: Office) -> None:
    """At work."""
    office.type_for(2)
    assert office.machine.on_show(office.clock.now()) is None


def test_what_a_person_says_is_kept_at_once(office: Office) -> None:
    """A kill right after a pause does not undo it."""
    loop = Loop(
        office.machine,
        office.clock,
        ScriptedFeed(office.clock),
        office.history,
        office.performer,
        5 * SECOND,
        remember=lambda machine: {"paused": machine.memory().context.paused},
    )
    loop.said(PauseRequested(None), office.clock.now())
    assert office.history.snapshot() == {"paused": True}
