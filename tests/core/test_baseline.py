"""The baseline, the estimate against it, and the goal."""

from __future__ import annotations

from datetime import date, timedelta
from math import sqrt
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitbreak.core.accounting import DaySummary
from sitbreak.core.baseline import baseline, four_weeks, freeze, moved_out, reduction, usual_days
from sitbreak.core.goals import goal_on, met, next_rung
from sitbreak.core.records import BaselineRecord, GoalRecord
from sitbreak.core.stretches import Bout
from sitbreak.core.week import broken
from tests.review.made import Story

MONDAY = date(2026, 3, 2)


def summary(
    offset: int, seated: float = 400, strong: float = 30, weak: float = 10, c: float = 0, bouts: tuple[float, ...] = ()
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
        declared=0,
        omega=seated + strong + weak + c,
        strong_spans=3,
        breaks_seen=4,
        bouts=tuple(Bout(start, timedelta(minutes=length), day) for length in bouts),
    )


RECORD = BaselineRecord(MONDAY)


@pytest.mark.parametrize(("number", "there", "firm"), [(4, False, False), (5, True, False), (20, True, True)])
def test_provisional_at_five_firm_at_twenty(number: int, there: bool, firm: bool) -> None:
    """Five valid days give a provisional baseline, twenty a firm one."""
    found = baseline([RECORD], [summary(n) for n in range(number)])
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
    assert baseline([frozen], days) == baseline([frozen], days[:20])


def test_a_new_measurement_takes_over_once_it_has_five_days() -> None:
    """Redone on request: the old baseline stays in use until the new one has five days."""
    again = BaselineRecord(MONDAY + timedelta(days=10))
    days = [summary(n, strong=30 if n < 10 else 60) for n in range(15)]
    old, new = baseline([RECORD, again], days[:14]), baseline([RECORD, again], days)
    assert old is not None
    assert new is not None
    assert (old.first, new.first) == (RECORD.first, again.first)


def test_shares_and_scatter() -> None:
    """e_b is the share of sums, s the standard deviation of the daily shares, under both books."""
    days = [summary(n, strong=20 + 5 * n, bouts=(40, 10)) for n in range(6)]
    found = baseline([RECORD], days)
    assert found is not None
    assert found.strict is not None
    omega = sum(s.omega for s in days)
    assert found.wide.share == pytest.approx(sum(s.up for s in days) / omega)
    assert found.strict.share == pytest.approx(sum(s.up - 10 for s in days) / omega)
    assert found.wide.scatter == pytest.approx(stdev(s.up / s.omega for s in days))
    assert found.prolonged_share == pytest.approx(6 * 40 / (6 * 400))
    assert moved_out(summary(9, bouts=(35,)), found) == pytest.approx(0.1 * 400 - 35)


def test_strict_books_need_strong_absences() -> None:
    """With fewer than two strong absences a day the strict books are not available."""
    scarce = [
        DaySummary(MONDAY + timedelta(days=n), 400, 0, 0, 10, 10, 0, 0, 420, strong_spans=1 + (n % 2)) for n in range(6)
    ]
    found = baseline([RECORD], scarce)
    assert found is not None
    assert found.strict is None
    estimate = four_weeks(found, [summary(30)], MONDAY + timedelta(days=30))
    assert estimate is not None
    assert estimate.strict is None
    assert estimate.range == (estimate.wide.mean, estimate.wide.mean)


def test_four_week_mean_and_band() -> None:
    """The mean is over the valid days of four weeks outside the baseline; the band follows the formula."""
    days = [summary(n, strong=20 + 5 * n) for n in range(5)]
    later = [summary(n, c=30) for n in range(20, 33)] + [summary(33, seated=20)]
    usual = baseline([BaselineRecord(MONDAY, MONDAY + timedelta(days=4), firm=True)], days + later)
    assert usual is not None
    found = four_weeks(usual, days + later, MONDAY + timedelta(days=33))
    assert found is not None
    assert found.days == 13
    assert found.wide.mean == pytest.approx(reduction(70, 470, 0, usual.wide.share))
    assert found.wide.band == pytest.approx(1.96 * 470 * usual.wide.scatter * sqrt(1 / 5 + 1 / 13))
    assert found.first == MONDAY + timedelta(days=6)


def test_zero_within_the_band_is_not_distinguishable() -> None:
    """An estimate whose band holds 0 is not told from the baseline; one far from it is."""
    days = [summary(n, strong=20 + 5 * n) for n in range(5)]
    usual = baseline([BaselineRecord(MONDAY, MONDAY + timedelta(days=4))], days)
    assert usual is not None
    same = four_weeks(usual, [summary(9)], MONDAY + timedelta(days=9))
    other = four_weeks(usual, [summary(n, c=120) for n in range(6, 20)], MONDAY + timedelta(days=20))
    assert same is not None
    assert other is not None
    assert (same.distinguishable, other.distinguishable) == (False, True)


def test_no_days_no_estimate() -> None:
    """Without a valid day after the baseline there is nothing to show."""
    days = [summary(n) for n in range(5)]
    usual = baseline([RECORD], days)
    assert usual is not None
    assert four_weeks(usual, days, MONDAY + timedelta(days=4)) is None


DAY = st.tuples(st.floats(130, 600), st.floats(0, 120), st.floats(0, 60))


@given(st.lists(DAY, min_size=5, max_size=20))
def test_r_of_the_baseline_days_averages_nothing(found: list[tuple[float, float, float]]) -> None:
    """Measured against themselves the baseline days sum to 0, under both books."""
    days = [summary(n, *values) for n, values in enumerate(found)]
    usual = baseline([RECORD], days)
    assert usual is not None
    assert usual.strict is not None
    for share, ups in ((usual.wide.share, [s.up for s in days]), (usual.strict.share, [s.up_strict for s in days])):
        total = sum(reduction(up, s.omega, 0, share) for up, s in zip(ups, days, strict=True))
        assert total == pytest.approx(0, abs=1e-6)


def test_goal_in_force() -> None:
    """A goal holds from its day on; of two set on one day the later one."""
    goals = [GoalRecord(MONDAY, 20), GoalRecord(MONDAY + timedelta(days=2), 40), GoalRecord(MONDAY, 10)]
    assert [goal_on(MONDAY + timedelta(days=n), goals) for n in (-1, 0, 1, 2, 3)] == [10, 10, 10, 40, 40]
    assert goal_on(MONDAY, [], default=25) == 25
    assert met(summary(2, c=40), goals)
    assert not met(summary(2, c=39.9), goals)


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
    nothing = broken([])
    assert (nothing.share30, nothing.w50, nothing.breaks_per_hour) == (None, None, None)
