"""The baseline, and what is measured against it: L, and R as a four-week mean with its band (spec 1.3, 1.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import sqrt
from statistics import fmean, stdev

from sitbreak.core.accounting import DaySummary
from sitbreak.core.records import BaselineRecord

PROVISIONAL = 5  # valid workdays before the baseline is used at all
FIRM = 20  # valid workdays after which it is frozen
STRONG_A_DAY = 2  # strong absences a day below which the strict books have too little to compare
WINDOW = timedelta(days=28)
NORMAL_95 = 1.96  # 95 % of a normal distribution lie within this many standard deviations

Weekdays = frozenset[int]  # Monday is 0, as in date.weekday


@dataclass(frozen=True, slots=True)
class Books:
    """One way of keeping the books over the baseline days: the share up, and its daily scatter."""

    share: float  # e_b = sum(E) / sum(Omega)
    scatter: float  # s, the standard deviation of the daily E / Omega


@dataclass(frozen=True, slots=True)
class Baseline:
    """The usual days of a person: dates, number of days, and shares under both books."""

    first: date
    last: date
    days: int
    firm: bool
    wide: Books
    strict: Books | None  # None: too few strong absences to tell
    prolonged_share: float  # beta30, the share of sitting in stretches of 30 min or more


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean of R over some days, and half the width of its band, both in minutes a day."""

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


@dataclass(frozen=True, slots=True)
class Reduction:
    """The four-week estimate of R under the wide and, where available, the strict books."""

    first: date
    last: date
    days: int
    wide: Estimate
    strict: Estimate | None

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """Those available."""
        return (self.wide,) if self.strict is None else (self.wide, self.strict)

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest mean."""
        means = [estimate.mean for estimate in self.estimates]
        return min(means), max(means)

    @property
    def band(self) -> tuple[float, float]:
        """From the lowest to the highest end of all bands."""
        return min(e.low for e in self.estimates), max(e.high for e in self.estimates)

    @property
    def distinguishable(self) -> bool:
        """Whether the band leaves 0 out."""
        low, high = self.band
        return low > 0 or high < 0


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
    records: Sequence[BaselineRecord], summaries: Sequence[DaySummary], weekdays: Weekdays | None = None
) -> Baseline | None:
    """The baseline in use: the latest that has 5 valid workdays or more; None without any."""
    for record in reversed(records):
        found = usual_days(record, summaries, weekdays)
        if len(found) >= PROVISIONAL:
            return _measured(record, found)
    return None


def reduction(up: float, omega: float, declared: float, share: float) -> float:
    """R of one day: minutes up, less the minutes usually up in as much desk time: E + D - e_b * (Omega + D)."""
    return up + declared - share * (omega + declared)


def moved_out(summary: DaySummary, usual: Baseline) -> float:
    """L, the minutes moved out of stretches of 30 min and more: beta30 * S - S30."""
    return usual.prolonged_share * summary.seated - summary.prolonged()[1]


def four_weeks(
    usual: Baseline, summaries: Iterable[DaySummary], last: date, weekdays: Weekdays | None = None
) -> Reduction | None:
    """R over the valid workdays of the four weeks up to `last`, those of the baseline left out; None without any."""
    first = last - WINDOW + timedelta(days=1)
    found = [
        s
        for s in summaries
        if first <= s.day <= last and not usual.first <= s.day <= usual.last and s.valid and workday(s, weekdays)
    ]
    if not found:
        return None
    wide = _estimate(usual, usual.wide, found, lambda s: s.up)
    strict = _estimate(usual, usual.strict, found, lambda s: s.up_strict) if usual.strict else None
    return Reduction(first, last, len(found), wide, strict)


def _measured(record: BaselineRecord, found: Sequence[DaySummary]) -> Baseline:
    strong = sum(s.strong_spans for s in found) >= STRONG_A_DAY * len(found)
    seated = sum(s.seated for s in found)
    return Baseline(
        first=record.first,
        last=found[-1].day if record.last is None else record.last,
        days=len(found),
        firm=len(found) == FIRM,
        wide=_books(found, lambda s: s.up),
        strict=_books(found, lambda s: s.up_strict) if strong else None,
        prolonged_share=sum(s.prolonged()[1] for s in found) / seated if seated else 0.0,
    )


def _books(found: Sequence[DaySummary], up: Callable[[DaySummary], float]) -> Books:
    share = sum(up(s) for s in found) / sum(s.omega for s in found)
    return Books(share, stdev(up(s) / s.omega for s in found))


def _estimate(
    usual: Baseline, books: Books, found: Sequence[DaySummary], up: Callable[[DaySummary], float]
) -> Estimate:
    mean = fmean(reduction(up(s), s.omega, s.declared, books.share) for s in found)
    omega = fmean(s.omega for s in found)
    return Estimate(mean, NORMAL_95 * omega * books.scatter * sqrt(1 / usual.days + 1 / len(found)))
