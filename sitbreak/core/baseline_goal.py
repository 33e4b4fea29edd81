"""The baseline, what is measured against it (L, and R as a four-week mean with its band), and the goal (1.3, 1.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import fsum, sqrt

from sitbreak.core.accounting import DaySummary
from sitbreak.core.frozen import frozen
from sitbreak.core.records import BaselineRecord, GoalRecord
from sitbreak.core.spans import NORMAL_90, average

PROVISIONAL = 5  # valid workdays before the baseline is used at all
FIRM = 20  # valid workdays after which it is frozen
WINDOW = timedelta(days=28)
UNKNOWN = 4.0  # minutes a day by which two periods differ for no reason that is counted here (spec 8.6)

Weekdays = frozenset[int]  # Monday is 0, as in date.weekday


Ups = Mapping[date, float]  # U of each day: expected minutes up within its desk window (core/estimate.py)


@frozen
class Baseline:
    """The usual days of a person: dates and number of days, and how they were spent."""

    first: date
    last: date
    days: int
    firm: bool
    share: float  # e_b = sum(U + D) / sum(Omega + D)
    scatter: float  # s_b, the standard deviation of the daily share
    prolonged_share: float  # beta30, the share of sitting in stretches of 30 min or more


@frozen
class Reduction:
    """The four-week mean of R and half the width of its band, both in minutes a day."""

    first: date
    last: date
    days: int
    mean: float
    band: float

    @property
    def low(self) -> float:
        """The lower end of the band."""
        return self.mean - self.band

    @property
    def high(self) -> float:
        """The upper end of the band."""
        return self.mean + self.band

    @property
    def distinguishable(self) -> bool:
        """Whether the band leaves 0 out."""
        return self.low > 0 or self.high < 0


def workday(summary: DaySummary, weekdays: Weekdays | None) -> bool:
    """Whether this is a workday: a day of the working hours where these are set, else any valid day."""
    return summary.valid if weekdays is None else summary.day.weekday() in weekdays


def usual_days(
    record: BaselineRecord, summaries: Iterable[DaySummary], weekdays: Weekdays | None = None
) -> list[DaySummary]:
    """The valid workdays of a baseline record, oldest first; at most the 20 after which it is firm."""
    last = record.last if record.last is not None else date.max
    inside = [s for s in summaries if record.first <= s.day <= last and s.valid and workday(s, weekdays)]
    return sorted(inside, key=lambda s: s.day)[:FIRM]


def freeze(
    record: BaselineRecord, summaries: Iterable[DaySummary], weekdays: Weekdays | None = None
) -> BaselineRecord | None:
    """The record frozen with its dates once 20 valid workdays are over; None while it is to go on, or frozen already.

    `summaries` are of days that are over.
    """
    found = usual_days(record, summaries, weekdays)
    if record.firm or len(found) < FIRM:
        return None
    return replace(record, last=found[-1].day, firm=True)


def baseline(
    records: Sequence[BaselineRecord], summaries: Sequence[DaySummary], ups: Ups, weekdays: Weekdays | None = None
) -> Baseline | None:
    """The baseline in use: the latest that has 5 valid workdays or more; None without any."""
    for record in reversed(records):
        found = usual_days(record, summaries, weekdays)
        if len(found) >= PROVISIONAL:
            return _measured(record, found, ups)
    return None


def reduction(up: float, omega: float, declared: float, share: float) -> float:
    """R of one day: minutes up, less those usually up in as much time: U + D - e_b * (Omega + D), spec 8.6."""
    return up + declared - share * (omega + declared)


def moved_out(summary: DaySummary, usual: Baseline) -> float:
    """L, the minutes moved out of stretches of 30 min and more: beta30 * S - S30."""
    return usual.prolonged_share * summary.seated - summary.prolonged()[1]


def four_weeks(
    usual: Baseline, summaries: Iterable[DaySummary], ups: Ups, last: date, weekdays: Weekdays | None = None
) -> Reduction | None:
    """R over the valid workdays of the four weeks up to `last`, those of the baseline left out; None without any.

    The band is 1.645 sqrt(W^2 (s_b^2 / n_b + s^2 / n) + 4^2) with W the mean of Omega + D (spec 8.6).
    """
    first = last - WINDOW + timedelta(days=1)
    found = [
        s
        for s in summaries
        if first <= s.day <= last and not usual.first <= s.day <= usual.last and s.valid and workday(s, weekdays)
    ]
    if not found:
        return None
    reduced = average(reduction(_up(s, ups), s.omega, s.declared, usual.share) for s in found)
    window = average(s.omega + s.declared for s in found)
    scatter = _scatter([_share(s, ups) for s in found]) if len(found) > 1 else usual.scatter
    spread = window**2 * (usual.scatter**2 / usual.days + scatter**2 / len(found))
    return Reduction(first, last, len(found), reduced, NORMAL_90 * sqrt(spread + UNKNOWN**2))


def _scatter(shares: Sequence[float]) -> float:
    """The standard deviation of a sample of two or more."""
    middle = average(shares)
    return sqrt(fsum((each - middle) ** 2 for each in shares) / (len(shares) - 1))


def _measured(record: BaselineRecord, found: Sequence[DaySummary], ups: Ups) -> Baseline:
    seated = sum(s.seated for s in found)
    return Baseline(
        first=record.first,
        last=found[-1].day if record.last is None else record.last,
        days=len(found),
        firm=len(found) == FIRM,
        share=sum(_up(s, ups) + s.declared for s in found) / sum(s.omega + s.declared for s in found),
        scatter=_scatter([_share(s, ups) for s in found]),
        prolonged_share=sum(s.prolonged()[1] for s in found) / seated if seated else 0.0,
    )


def _up(summary: DaySummary, ups: Ups) -> float:
    """U of a day; where it is not estimated (all of it reaches into another day), what was observed."""
    return ups.get(summary.day, summary.up)


def _share(summary: DaySummary, ups: Ups) -> float:
    return (_up(summary, ups) + summary.declared) / (summary.omega + summary.declared)


# -- the daily goal in minutes out of the chair, and when a higher one is offered (spec 1.3)

LADDER = (10, 20, 40, 60)  # minutes; in 8 desk hours with every prompt obeyed, two-minute breaks give 20 to 30
LOOKED_AT = 5  # workdays
MET_ON = 3  # of them


def goal_on(day: date, goals: Iterable[GoalRecord], default: int = LADDER[0]) -> int:
    """The goal in force on `day`, in minutes; `default` before the first one."""
    record = _in_force(day, goals)
    return default if record is None else record.minutes


def next_rung(
    summaries: Sequence[DaySummary],
    goals: Sequence[GoalRecord],
    today: date,
    weekdays: Weekdays | None = None,
    default: int = LADDER[0],
) -> int | None:
    """The rung to offer on `today`: the goal was met on 3 of the last 5 workdays. None when it was not, or at the top.

    It is met here by breaks and a raised desk, M + T: else the walk at lunch alone would climb the ladder (spec 8.7).

    Days without observation are no workdays here (missing days are gaps, not failures), and days before the present
    goal was set do not count as met, so that no rung is offered twice for the same days.
    """
    record = _in_force(today, goals)
    goal, since = (default, date.min) if record is None else (record.minutes, record.day)
    before = sorted((s for s in summaries if s.day < today and workday(s, weekdays)), key=lambda s: s.day)
    kept = [s for s in before[-LOOKED_AT:] if s.day >= since and s.moved + s.standing >= goal]
    higher = [rung for rung in LADDER if rung > goal]
    return higher[0] if len(kept) >= MET_ON and higher else None


def _in_force(day: date, goals: Iterable[GoalRecord]) -> GoalRecord | None:
    """The latest goal set by `day`; of several set on one day the last."""
    found: GoalRecord | None = None
    for goal in goals:
        if goal.day <= day and (found is None or goal.day >= found.day):
            found = goal
    return found
