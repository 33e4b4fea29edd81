"""What a record can be at all; the last that can, and the first that cannot."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sitbreak.core.records import DeclaredMovement, Fact, GoalRecord, SpanClass, implausible
from tests.contracts.history_facts import MONDAY, at, one_of_each, span

DAY = 24 * 60.0


def test_what_the_program_keeps_is_plausible() -> None:
    """One of each kind."""
    assert [implausible(fact) for fact in one_of_each()] == [""] * len(one_of_each())


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        (span(0, 2 * DAY), ""),
        (span(0, 2 * DAY + 0.1), "longer than 2 days"),
        (span(5, 5), "ends before it begins"),
        (replace(span(0, 5), day=MONDAY - timedelta(days=1)), ""),  # before 04:00 the day before is the day
        (replace(span(0, 5), day=MONDAY - timedelta(days=2)), "its day"),
        (replace(span(0, 5), day=MONDAY + timedelta(days=1)), "its day"),
        (replace(span(0, 5, SpanClass.BREAK), end=replace(at(5), utc=at(65).utc)), ""),
        (replace(span(0, 5, SpanClass.BREAK), end=replace(at(5), utc=at(66).utc)), "its length"),
        (replace(span(0, 5), end=replace(at(5), utc=at(9000).utc)), ""),  # the wall clock was set
        (DeclaredMovement(at(0), MONDAY, 1440.0, True), ""),
        (DeclaredMovement(at(0), MONDAY, 1440.1, True), "at most a day"),
        (DeclaredMovement(at(0), MONDAY, 0.0, True), "above 0"),
        (DeclaredMovement(at(0), MONDAY, float("nan"), True), "above 0"),
        (GoalRecord(MONDAY, 0), "cannot be"),
        (GoalRecord(MONDAY, 481), "cannot be"),
    ],
)
def test_the_bounds(fact: Fact, why: str) -> None:
    """A clause says what is wrong; an empty one, that nothing is."""
    assert why in implausible(fact)
    assert bool(why) == bool(implausible(fact))
