"""The baseline, the estimate against it, and the goal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import sqrt
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitbreak.core.accounting import DaySummary
from sitbreak.core.baseline_goal import (
    baseline,
    four_weeks,
    freeze,
    goal_on,
    moved_out,
    next_rung,
    reduction,
    usual_days,
)
from sitbreak.core.records import BaselineRecord, GoalRecord
from sitbreak.core.sitting_pattern import broken
from sitbreak.core.spans import Bout
from tests.review.made import Story

MONDAY = date(2026, 3, 2)


def summary(
    offset: int,
    seated: float = 400,
    strong: float = 30,
    weak: float = 10,
    c: float = 0,
    bouts: tuple[float, ...] = (),
    walked: float = 0,
) -> DaySummary:
    """A day `offset` days after the first Monday."""
    day = MONDAY + timedelta(days=offset)
    start = Story("2026-03-02T09:00").now
    return DaySummary(
        day=day,
        seated=seated,
        moved=c,
        standing=0,
        away_strong=strong,
        away_weak=weak,
        unobserved=0,
        declared=walked,
        omega=seated + strong + weak + c,
        breaks_seen=4,
        bouts=tuple(Bout(start, timedelta(minutes=length), day) for length in bouts),
    )


def ups(days: Sequence[DaySummary]) -> dict[date, float]:
    """U of these days where half of each weak absence was spent up."""
    return {day.day: day.up - day.away_weak / 2 for day in days}


RECORD = BaselineRecord(MONDAY)


@pytest.mark.parametrize(("number", "there", "firm"), [(4, False, False), (5, True, False), (20, True, True)])
def test_provisional_at_five_firm_at_twenty(number: int, there: bool, firm: bool) -> None:
    """Five valid days give a provisional baseline, twenty a firm one."""
    found = baseline([RECORD], [summary(n) for n in range(number)], {})
    assert (found is not None) is there
    assert found is None or (found.firm, found.days) == (firm, number)


def test_short_days_do_not_count() -> None:
    """A day observed for less than two hours is no baseline day, two hours are."""
    days = [summary(n, seated=80) for n in range(4)] + [summary(5, seated=79.9)]
    assert len(usual_days(RECORD, days)) == 4


def test_working_hours_name_the_workdays() -> None:
    """With working hours set, only their weekdays enter the baseline."""
    assert [s.day.weekday() for s in usual_days(RECORD, [summary(n) for n in range(7)], frozenset({0, 2}))] == [0, 2]


def test_frozen_with_its_dates_and_never_rolled_on() -> None:
    """At twenty days the record is frozen; later days change nothing."""
    days = [summary(n, strong=20 + n) for n in range(30)]
    assert freeze(RECORD, days[:19]) is None
    frozen = freeze(RECORD, days)
    assert frozen == BaselineRecord(MONDAY, MONDAY + timedelta(days=19), firm=True)
    assert freeze(frozen, days) is None
    assert baseline([frozen], days, ups(days)) == baseline([frozen], days[:20], ups(days))


def test_a_new_measurement_takes_over_once_it_has_five_days() -> None:
    """Redone on request: the old baseline stays in use until the new one has five days."""
    again = BaselineRecord(MONDAY + timedelta(days=10))
    days = [summary(n, strong=30 if n < 10 else 60) for n in range(15)]
    old, new = baseline([RECORD, again], days[:14], {}), baseline([RECORD, again], days, {})
    assert old is not None
    assert new is not None
    assert (old.first, new.first) == (RECORD.first, again.first)


def test_shares_and_scatter() -> None:
    """e_b is the share of sums, walks noted on both sides; s_b the standard deviation of the daily shares."""
    days = [summary(n, strong=20 + 5 * n, bouts=(40, 10), walked=n) for n in range(6)]
    found = baseline([RECORD], days, ups(days))
    assert found is not None
    walked = sum(s.declared for s in days)
    assert found.share == pytest.approx((sum(ups(days).values()) + walked) / (sum(s.omega for s in days) + walked))
    daily = [(ups(days)[s.day] + s.declared) / (s.omega + s.declared) for s in days]
    assert found.scatter == pytest.approx(stdev(daily))
    assert found.prolonged_share == pytest.approx(6 * 40 / (6 * 400))
    assert moved_out(summary(9, bouts=(35,)), found) == pytest.approx(0.1 * 400 - 35)


def test_a_day_without_an_estimate_counts_as_it_was_observed() -> None:
    """All its absences reach into another day, say."""
    days = [summary(n) for n in range(5)]
    found = baseline([RECORD], days, {})
    assert found is not None
    assert found.share == pytest.approx(40 / 440)


def test_four_week_mean_and_band() -> None:
    """The mean is over the valid days of four weeks outside the baseline; the band knows the scatter of both."""
    days = [summary(n, strong=20 + 5 * n) for n in range(5)]
    later = [summary(n, strong=20 + n, c=30) for n in range(20, 33)] + [summary(33, seated=20)]
    known = days + later
    usual = baseline([BaselineRecord(MONDAY, MONDAY + timedelta(days=4), firm=True)], known, ups(known))
    assert usual is not None
    found = four_weeks(usual, known, ups(known), MONDAY + timedelta(days=33))
    assert found is not None
    valid = later[:13]
    assert (found.days, found.first) == (13, MONDAY + timedelta(days=6))
    assert found.mean == pytest.approx(fmean(reduction(ups(known)[s.day], s.omega, 0, usual.share) for s in valid))
    window, scatter = fmean(s.omega for s in valid), stdev(ups(known)[s.day] / s.omega for s in valid)
    band = 1.645 * sqrt(window**2 * (usual.scatter**2 / 5 + scatter**2 / 13) + 4**2)
    assert found.low == pytest.approx(found.mean - band)
    assert found.high == pytest.approx(found.mean + band)


@pytest.mark.parametrize(("walked", "c", "told"), [(0, 0, False), (12, 0, False), (0, 120, True)])
def test_what_did_not_change_is_not_distinguishable(walked: float, c: float, told: bool) -> None:
    """Days as usual are as usual, with the walks that were always noted; two hours of breaks a day are told."""
    days = [summary(n, strong=20 + 5 * n, walked=walked) for n in range(5)]
    later = [summary(n, strong=20 + 5 * (n % 5), c=c, walked=walked) for n in range(10, 20)]
    usual = baseline([BaselineRecord(MONDAY, MONDAY + timedelta(days=4))], days, ups(days))
    assert usual is not None
    found = four_weeks(usual, later, ups(later), MONDAY + timedelta(days=20))
    assert found is not None
    assert found.distinguishable is told
    assert told or found.mean == pytest.approx(0, abs=1e-9)


def test_one_day_has_the_scatter_of_the_baseline() -> None:
    """A single day tells nothing of how days differ."""
    days = [summary(n, strong=20 + 5 * n) for n in range(5)]
    usual = baseline([RECORD], days, ups(days))
    assert usual is not None
    found = four_weeks(usual, [summary(30)], ups(days), MONDAY + timedelta(days=30))
    assert found is not None
    assert found.band == pytest.approx(1.645 * sqrt(440**2 * usual.scatter**2 * (1 / 5 + 1) + 4**2))


def test_no_days_no_estimate() -> None:
    """Without a valid day after the baseline there is nothing to show."""
    days = [summary(n) for n in range(5)]
    usual = baseline([RECORD], days, {})
    assert usual is not None
    assert four_weeks(usual, days, {}, MONDAY + timedelta(days=4)) is None


DAY = st.tuples(st.floats(130, 600), st.floats(0, 120), st.floats(0, 60), st.floats(0, 60))


@given(st.lists(DAY, min_size=5, max_size=20))
def test_r_of_the_baseline_days_averages_nothing(found: list[tuple[float, float, float, float]]) -> None:
    """Measured against themselves the baseline days sum to 0, whatever walks were noted."""
    days = [summary(n, *values[:3], walked=values[3]) for n, values in enumerate(found)]
    usual = baseline([RECORD], days, ups(days))
    assert usual is not None
    total = sum(reduction(ups(days)[s.day], s.omega, s.declared, usual.share) for s in days)
    assert total == pytest.approx(0, abs=1e-6)


def test_goal_in_force() -> None:
    """A goal holds from its day on; of two set on one day the later one."""
    goals = [GoalRecord(MONDAY, 20), GoalRecord(MONDAY + timedelta(days=2), 40), GoalRecord(MONDAY, 10)]
    assert [goal_on(MONDAY + timedelta(days=n), goals) for n in (-1, 0, 1, 2, 3)] == [10, 10, 10, 40, 40]
    assert goal_on(MONDAY, [], default=25) == 25


@pytest.mark.parametrize(
    ("minutes", "goal", "offered"),
    [
        ((20, 20, 20, 0, 0), 20, 40),
        ((20, 20, 0, 0, 0), 20, None),
        ((20, 20, 20, 0, 0, 0), 20, None),
        ((90, 90, 90), 60, None),
        ((90, 90, 90), 15, 20),
    ],
)
def test_next_rung(minutes: tuple[float, ...], goal: int, offered: int | None) -> None:
    """The next rung is offered once the goal was met on three of the last five workdays."""
    days = [summary(n, c=value) for n, value in enumerate(minutes)]
    assert next_rung(days, [GoalRecord(MONDAY, goal)], MONDAY + timedelta(days=9)) == offered


def test_before_any_goal_was_set_the_default_counts() -> None:
    """For the rung that is offered."""
    days = [summary(n, c=25) for n in range(5)]
    assert next_rung(days, [], MONDAY + timedelta(days=9), default=20) == 40
    assert next_rung(days, [], MONDAY + timedelta(days=9), default=30) is None


def test_only_workdays_freeze_a_baseline() -> None:
    """Twenty valid days, but a weekend among them is none where working hours are set."""
    days = [summary(n) for n in range(26)]
    weekdays = frozenset(range(5))
    assert freeze(RECORD, days, weekdays) == BaselineRecord(MONDAY, MONDAY + timedelta(days=25), firm=True)
    assert freeze(RECORD, days[:25], weekdays) is None


def test_walks_alone_climb_no_ladder() -> None:
    """The walk at lunch was there before: the next rung is offered for breaks and a raised desk (spec 8.7)."""
    days = [summary(n, c=5, walked=60) for n in range(5)]
    assert next_rung(days, [GoalRecord(MONDAY, 20)], MONDAY + timedelta(days=9)) is None


def test_no_rung_twice_for_the_same_days() -> None:
    """Days before the present goal was set do not make the next one due."""
    days = [summary(n, c=90) for n in range(5)]
    goals = [GoalRecord(MONDAY, 10), GoalRecord(MONDAY + timedelta(days=3), 20)]
    assert next_rung(days, goals, MONDAY + timedelta(days=5)) is None


def test_broken_up_sitting_of_a_week() -> None:
    """Shares, W50 and visible breaks are of all bouts of the week together."""
    found = broken([summary(0, bouts=(10, 20)), summary(1, bouts=(30, 60))])
    assert (found.seated, found.share30, found.share60, found.w50, found.longest) == (120, 0.75, 0.5, 30, 60)
    assert found.breaks_per_hour == 4
    assert broken([summary(0, bouts=(44, 45, 111))], latest=timedelta(minutes=45)).long == 0.78
    nothing = broken([])
    assert (nothing.share30, nothing.w50, nothing.breaks_per_hour) == (None, None, None)
