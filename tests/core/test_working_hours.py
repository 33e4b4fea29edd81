"""Working hours as pure functions: ranges, midnight, and both DST nights."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitbreak.core.context import Hours, next_change, within
from sitbreak.core.timeline import Instant

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE: Hours = {day: ((time(9), time(12)), (time(13), time(17, 30))) for day in range(5)}
NIGHT: Hours = {4: ((time(22), time(6)),)}


def berlin(year: int, month: int, day: int, hour: int, minute: int = 0) -> Instant:
    """The instant at which a clock in Berlin shows this."""
    local = datetime(year, month, day, hour, minute, tzinfo=BERLIN)
    return Instant(timedelta(0), local.astimezone(UTC), BERLIN)


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(8, 59, False), (9, 0, True), (11, 59, True), (12, 0, False), (13, 0, True), (17, 29, True), (17, 30, False)],
)
def test_a_start_is_in_and_an_end_is_out(hour: int, minute: int, expected: bool) -> None:
    """Several ranges of a day are read with their starts included and their ends excluded."""
    assert within(OFFICE, berlin(2026, 11, 18, hour, minute).local) is expected


def test_a_range_over_midnight_reaches_into_the_next_day() -> None:
    """A Friday range until 06:00 covers Saturday morning, and no other morning."""
    assert within(NIGHT, berlin(2026, 11, 21, 5, 59).local)
    assert not within(NIGHT, berlin(2026, 11, 21, 6).local)
    assert not within(NIGHT, berlin(2026, 11, 20, 5, 59).local)


def test_equal_ends_span_a_whole_day() -> None:
    """A range from midnight to midnight is the whole day."""
    assert within({0: ((time(0), time(0)),)}, berlin(2026, 11, 16, 23, 59).local)
    assert not within({0: ((time(0), time(0)),)}, berlin(2026, 11, 17, 0).local)


def test_next_change_finds_the_end_then_the_next_start() -> None:
    """During work the next change is the end of the range, after it the next start, over the weekend too."""
    assert next_change(OFFICE, berlin(2026, 11, 20, 10)) == berlin(2026, 11, 20, 12).utc
    assert next_change(OFFICE, berlin(2026, 11, 20, 12)) == berlin(2026, 11, 20, 13).utc
    assert next_change(OFFICE, berlin(2026, 11, 20, 17, 30)) == berlin(2026, 11, 23, 9).utc


def test_next_change_looks_a_week_ahead() -> None:
    """With one range a week the next start is found from just after its end."""
    assert next_change(NIGHT, berlin(2026, 11, 21, 6)) == berlin(2026, 11, 27, 22).utc


def test_hours_that_never_change_have_no_next_change() -> None:
    """No hours at all, or all hours of the week, never change."""
    assert next_change({}, berlin(2026, 11, 20, 10)) is None
    assert next_change({day: ((time(0), time(0)),) for day in range(7)}, berlin(2026, 11, 20, 10)) is None


def test_adjoining_ranges_are_one() -> None:
    """Where one range ends and another begins nothing changes."""
    hours: Hours = {4: ((time(9), time(12)), (time(12), time(17)))}
    assert next_change(hours, berlin(2026, 11, 20, 10)) == berlin(2026, 11, 20, 17).utc


def test_a_start_in_the_spring_gap_is_at_the_step() -> None:
    """Hours from 02:30 begin at 03:00 summer time on the night that has no 02:30."""
    hours: Hours = {6: ((time(2, 30), time(8)),)}
    assert next_change(hours, berlin(2026, 3, 29, 1)) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_the_autumn_fold_runs_through_its_hour_twice() -> None:
    """Hours until 02:30 end at the first 02:30, apply again when the clock is set back, and end at the second."""
    hours: Hours = {6: ((time(1), time(2, 30)),)}
    changes = []
    at = berlin(2026, 10, 25, 1, 30)
    for _ in range(3):
        change = next_change(hours, at)
        assert change is not None
        changes.append(change)
        at = Instant(timedelta(0), change, BERLIN)
    assert changes == [datetime(2026, 10, 25, hour, minute, tzinfo=UTC) for hour, minute in [(0, 30), (1, 0), (1, 30)]]


clock = st.times().map(lambda t: t.replace(second=0, microsecond=0))
weeks = st.dictionaries(st.integers(0, 6), st.lists(st.tuples(clock, clock), max_size=3).map(tuple))


@given(weeks, st.sampled_from([(2026, 3, 28), (2026, 10, 24), (2026, 7, 1)]), st.integers(0, 2 * 24 * 60))
def test_nothing_changes_before_the_next_change(hours: Hours, day: tuple[int, int, int], minute: int) -> None:
    """Minute by minute up to the next change the answer stays, and there it turns, on DST nights too."""
    start = Instant(timedelta(0), berlin(*day, 0).utc + timedelta(minutes=minute), BERLIN)
    change = next_change(hours, start)
    present = within(hours, start.local)
    for step in range(0, 36 * 60, 7):
        moment = start.utc + timedelta(minutes=step)
        if change is not None and moment >= change:
            break
        assert within(hours, moment.astimezone(BERLIN)) == present
    if change is not None:
        assert within(hours, change.astimezone(BERLIN)) != present
