"""What holds for any day, tried on days nobody wrote."""

from __future__ import annotations

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.day import DAYS, STARTS, Row
from tests.properties import laws

DAY = settings(settings.get_profile("days-ci" if "CI" in os.environ else "days"))
PART = st.floats(0, 1, exclude_max=True)


@DAY
@given(DAYS)
def test_spans_tile(rows: list[Row]) -> None:
    """Every moment from the first to the last observation belongs to exactly one span."""
    laws.spans_tile(rows)


@DAY
@given(DAYS, st.lists(st.tuples(PART, st.sampled_from(["seat_empty", "seat_silent", "desk_silent"])), max_size=8))
def test_a_sensor_that_never_agrees_changes_nothing(rows: list[Row], readings: list[tuple[float, str]]) -> None:
    """A seat that was never occupied, and sensors that cannot be heard, are as good as none."""
    laws.a_sensor_that_never_agrees_changes_nothing(rows, readings)


@DAY
@given(DAYS)
def test_measured_time_is_what_the_seat_says(rows: list[Row]) -> None:
    """No second is measured against the seat's own word, and none that it did not speak of."""
    laws.measured_time_is_what_the_seat_says(rows)


@DAY
@given(DAYS, st.sampled_from([0.7, 5, 31]))
def test_polls_do_not_matter(rows: list[Row], poll: float) -> None:
    """Edges lie on events and limits, never on polls; the same day twice is the same answer twice."""
    laws.polls_do_not_matter(rows, poll)


@DAY
@given(DAYS, st.sampled_from(STARTS))
def test_the_wall_clock_does_not_matter(rows: list[Row], start: tuple[str, str]) -> None:
    """Wall-clock jumps, zones, DST nights and the day boundary create and destroy no minutes."""
    laws.the_wall_clock_does_not_matter(rows, *start)


@DAY
@given(DAYS)
def test_no_second_counts_twice_or_with_input(rows: list[Row]) -> None:
    """C never counts a second with input in it, and none twice."""
    laws.no_second_counts_twice_or_with_input(rows)


@DAY
@given(DAYS, st.booleans())
def test_prompts_find_somebody(rows: list[Row], through_silent_gaps: bool) -> None:
    """No prompt comes to an empty chair, or into a call, and no small question twice, over a prompt or into a hold."""
    laws.prompts_find_somebody(rows, through_silent_gaps)


@DAY
@given(DAYS, PART)
def test_snapshots_change_nothing(rows: list[Row], moment: float) -> None:
    """The machine's memory survives being written down."""
    laws.snapshots_change_nothing(rows, moment)


@DAY
@given(DAYS, PART, st.sampled_from([0, 1, 5]))
def test_a_short_kill_changes_little(rows: list[Row], moment: float, down: float) -> None:
    """A kill at any moment loses at most the open minute, and never earns one."""
    laws.a_short_kill_changes_little(rows, moment, down)


@DAY
@given(DAYS, st.data())
def test_illegal_events_change_nothing(rows: list[Row], choice: st.DataObject) -> None:
    """An event that cannot be in the present state changes nothing."""
    laws.illegal_events_change_nothing(rows, choice.draw(st.integers(0, len(rows) - 1)))
