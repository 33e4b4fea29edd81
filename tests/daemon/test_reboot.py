"""A machine that starts with a wrong clock, set right minutes later: no lunch is sitting, and no hour is made up."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sitbreak.core.accounting import days
from sitbreak.core.corrections import overlay
from sitbreak.core.records import SpanClass
from tests.daemon.test_books import Run, file, rebooted, system
from tests.fakes.machine import MINUTE

__all__ = ["file", "system"]  # the fixtures
HOUR = timedelta(hours=1)


def lunch(file: Path, system: object, off: timedelta, wrong: timedelta) -> Run:
    """An hour of work, the machine off for `off`, started with its clock `wrong`, set right ten minutes later."""
    run = Run(file, system)  # type: ignore[arg-type]
    run.type(3600).stop()
    again = Run(file, rebooted(run.system, off + wrong))
    again.type(600)
    again.system.step(-wrong)
    return again.type(600)


def minutes(run: Run) -> dict[str, int]:
    """The whole minutes of the day by class, as corrected."""
    run.loop.checkpoint(run.clock.now())
    found = run.history.days()
    facts = run.history.facts(found[0], found[-1])
    told: dict[str, float] = {}
    for span in overlay(facts.spans, facts.corrections):
        told[span.kind] = told.get(span.kind, 0.0) + span.duration / MINUTE
    return {kind: round(length) for kind, length in told.items()}


def test_a_lunch_that_looked_like_a_minute_is_no_sitting(file: Path, system: object) -> None:
    """Started an hour behind: the minute was an hour that nobody knows of, and the sitting begins after it."""
    run = lunch(file, system, off=HOUR + MINUTE, wrong=-HOUR)
    assert minutes(run) == {SpanClass.SEATED: 80, SpanClass.UNOBSERVED: 1}
    assert run.machine.state.presence.bout_start is not None
    assert run.elapsed - run.machine.state.presence.bout_start < 25 * MINUTE
    (day,) = days(run.history.facts(*[run.history.days()[0]] * 2))
    assert [round(bout.duration / MINUTE) for bout in day.bouts] == [60, 20]


def test_an_hour_that_never_was_is_taken_back(file: Path, system: object) -> None:
    """Started an hour ahead: of the sixty-two minutes off two are left, and nobody is asked about the rest."""
    run = lunch(file, system, off=2 * MINUTE, wrong=HOUR)
    assert minutes(run) == {SpanClass.SEATED: 80, SpanClass.UNOBSERVED: 2}
    assert run.machine.state.question is None


@pytest.mark.parametrize("wrong", [timedelta(seconds=59), timedelta(seconds=-59)])
def test_a_clock_that_was_nearly_right_changes_nothing(file: Path, system: object, wrong: timedelta) -> None:
    """Below a minute it is the usual setting of a clock."""
    run = lunch(file, system, off=HOUR, wrong=wrong)
    facts = run.history.facts(*[run.history.days()[0]] * 2)
    assert facts.corrections == ()
    assert run.machine.state.boot is not None


def test_a_clock_set_long_after_the_start_is_somebodys_doing(file: Path, system: object) -> None:
    """After an hour the clock is taken as right; a step then changes no minute (spec 1.5)."""
    run = Run(file, system)  # type: ignore[arg-type]
    run.type(3600).stop()
    again = Run(file, rebooted(run.system, 2 * MINUTE))
    again.type(3700)
    again.system.step(HOUR)
    again.type(60)
    assert again.machine.state.boot is None
    assert again.history.facts(*[again.history.days()[0]] * 2).corrections == ()
