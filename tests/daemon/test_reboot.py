"""A machine that starts with a wrong clock, set right minutes later: no lunch is sitting, and no hour is made up."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from sitbreak.adapters.clock import SimulatedClock
from sitbreak.core.accounting import days
from sitbreak.core.events import BreakRequested, WalkLogged
from sitbreak.core.records import SpanClass
from sitbreak.core.spans import overlay
from sitbreak.core.timeline import Instant
from tests.daemon.test_books import BERLIN, NINE, UP_FOR, Run, file, rebooted, system
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


def wall(run: Run) -> list[tuple[str, str, str]]:
    """The day as its wall-clock times tell it, as corrected."""
    run.loop.checkpoint(run.clock.now())
    facts = run.history.facts(*[run.history.days()[0]] * 2)
    told: list[tuple[str, str, str]] = []
    for span in overlay(facts.spans, facts.corrections):
        start, end = f"{span.start.local:%H:%M}", f"{span.end.local:%H:%M}"
        if told and told[-1][2] == span.kind and told[-1][1] == start:
            start = told.pop()[0]
        told.append((start, end, span.kind))
    return told


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
    bout_start = run.machine.memory().presence.bout_start
    assert bout_start is not None
    assert run.elapsed - bout_start < 25 * MINUTE
    (day,) = days(run.history.facts(*[run.history.days()[0]] * 2))
    assert [round(bout.duration / MINUTE) for bout in day.bouts] == [60, 20]


def test_an_hour_that_never_was_is_taken_back(file: Path, system: object) -> None:
    """Started an hour ahead: of the sixty-two minutes off two are left, and nobody is asked about the rest."""
    run = lunch(file, system, off=2 * MINUTE, wrong=HOUR)
    assert minutes(run) == {SpanClass.SEATED: 80, SpanClass.UNOBSERVED: 2}
    assert run.machine.memory().question is None


@pytest.mark.parametrize(("off", "wrong"), [(HOUR + MINUTE, -HOUR), (2 * MINUTE, HOUR), (3 * HOUR, -2 * HOUR)])
def test_what_came_before_the_clock_was_set_is_dated_anew(
    file: Path, system: object, off: timedelta, wrong: timedelta
) -> None:
    """Whichever way it was wrong: the books say when that work was, not what the clock said then."""
    back = f"{(NINE.local + HOUR + off):%H:%M}"
    end = f"{(NINE.local + HOUR + off + 20 * MINUTE):%H:%M}"
    run = lunch(file, system, off, wrong)
    assert wall(run) == [("09:00", "10:00", "SEATED"), ("10:00", back, "UNOBSERVED"), (back, end, "SEATED")]


def test_what_was_said_before_the_clock_was_set_is_dated_anew(file: Path, system: object) -> None:
    """A break, a walk logged and a prompt carry the time at which they were."""
    run = Run(file, system)  # type: ignore[arg-type]
    run.type(60).stop()
    again = Run(file, rebooted(run.system, 10 * MINUTE - HOUR))
    again.type(60)
    again.loop.apply(WalkLogged(1.0), again.clock.now())
    again.type(48 * 60)
    again.loop.apply(BreakRequested(), again.clock.now())
    again.type(60)
    before = again.history.facts(*[again.history.days()[0]] * 2)
    again.system.step(HOUR)
    again.type(60)
    again.loop.checkpoint(again.clock.now())
    facts = again.history.facts(*[again.history.days()[0]] * 2)
    moments = [facts.prompts[0].shown, facts.breaks[0].accepted, facts.movement[0].at]
    former = [before.prompts[0].shown, before.breaks[0].accepted, before.movement[0].at]
    assert [now.utc - then.utc for now, then in zip(moments, former, strict=True)] == [HOUR] * 3
    assert [now.elapsed for now in moments] == [then.elapsed for then in former]


def test_a_clock_set_over_the_start_of_the_day_moves_the_minutes_to_their_day(file: Path, system: object) -> None:
    """Work from three o'clock on, by a clock an hour behind, was after four: it is the new day's."""
    late = SimulatedClock(Instant(UP_FOR, datetime(2026, 3, 3, 1, 0, tzinfo=UTC), BERLIN), boot="first boot")
    Run(file, late).type(60).stop()
    again = Run(file, rebooted(late, timedelta(minutes=49)))
    again.type(600)
    again.system.step(HOUR + 10 * MINUTE)
    again.type(60)
    again.loop.checkpoint(again.clock.now())
    spans = [span for span in again.spans if span.kind is SpanClass.SEATED]
    assert all(span.day == span.start.day(time(4)) for span in again.spans)
    assert {span.day.day for span in spans if span.start.local.hour >= 4} == {3}


@pytest.mark.parametrize("wrong", [timedelta(seconds=59), timedelta(seconds=-59)])
def test_a_clock_that_was_nearly_right_changes_nothing(file: Path, system: object, wrong: timedelta) -> None:
    """Below a minute it is the usual setting of a clock."""
    run = lunch(file, system, off=HOUR, wrong=wrong)
    facts = run.history.facts(*[run.history.days()[0]] * 2)
    assert facts.corrections == ()
    assert run.machine.memory().boot is not None


def test_a_clock_set_long_after_the_start_is_somebodys_doing(file: Path, system: object) -> None:
    """After an hour the clock is taken as right; a step then changes no minute (spec 1.5)."""
    run = Run(file, system)  # type: ignore[arg-type]
    run.type(3600).stop()
    again = Run(file, rebooted(run.system, 2 * MINUTE))
    again.type(3700)
    again.system.step(HOUR)
    again.type(60)
    assert again.machine.memory().boot is None
    assert again.history.facts(*[again.history.days()[0]] * 2).corrections == ()
