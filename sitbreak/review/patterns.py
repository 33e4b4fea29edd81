"""What several days have in common: when of the week long sitting gathers, and how many goal days follow each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import timedelta

from sitbreak.core import rounding
from sitbreak.core.accounting import DaySummary
from sitbreak.core.frozen import frozen
from sitbreak.core.spans import as_minutes
from sitbreak.language import _, paragraph
from sitbreak.review import dates
from sitbreak.review.day import DayView

HOUR = timedelta(hours=1)
WINDOW = 2  # hours that a suggestion is about
LEAST_DAYS = 5  # with a record, before anything is suggested
LEAST_MINUTES = 20.0  # of long sitting in those two hours on an average day
STANDS_OUT = 1.5  # times the average of all weekdays, for a weekday to be named
SEEN_TWICE = 2


@frozen
class LongSitting:
    """Minutes in long stretches by weekday (Monday 0) and hour of the day, for an average day with a record.

    `days`: how many days with a record there were of each weekday.
    """

    cells: Mapping[tuple[int, int], float] = field(default_factory=dict)
    days: Mapping[int, int] = field(default_factory=dict)

    @property
    def hours(self) -> range:
        """From the first hour with any long sitting to the last."""
        known = [hour for (__, hour), minutes in self.cells.items() if minutes]
        return range(min(known), max(known) + 1) if known else range(0)

    @property
    def weekdays(self) -> tuple[int, ...]:
        """Those with a record, Monday first."""
        return tuple(sorted(self.days))

    def at(self, weekday: int, hour: int) -> float:
        """Minutes of this hour on an average such day."""
        return self.cells.get((weekday, hour), 0.0)


def long_sitting(summaries: Iterable[DaySummary], latest: float) -> LongSitting:
    """When long sitting was; `latest`: minutes from which on a stretch is long to this person."""
    sums: defaultdict[tuple[int, int], float] = defaultdict(float)
    days: Counter[int] = Counter()
    for summary in summaries:
        weekday = summary.day.weekday()
        days[weekday] += 1
        for bout in summary.bouts:
            if as_minutes(bout.duration) < latest:
                continue
            at, end = bout.start.local, bout.start.local + bout.duration
            while at < end:
                next_hour = min(end, at.replace(minute=0, second=0, microsecond=0) + HOUR)
                sums[weekday, at.hour] += as_minutes(next_hour - at)
                at = next_hour
    return LongSitting({cell: minutes / days[cell[0]] for cell, minutes in sums.items()}, dict(days))


def suggestion(found: LongSitting) -> str:
    """Where a break would meet the most long sitting, in sentences; empty while little is known or there is none."""
    known = sum(found.days.values())
    if known < LEAST_DAYS or not found.hours:
        return ""

    def in_window(weekday: int, first: int) -> float:
        return sum(found.at(weekday, first + number) for number in range(WINDOW))

    def average(first: int) -> float:
        return sum(in_window(weekday, first) * days for weekday, days in found.days.items()) / known

    first = max(range(found.hours[0], max(found.hours[-1], found.hours[0] + 1)), key=average)
    minutes = average(first)
    if minutes < LEAST_MINUTES:
        return ""
    most = max(found.weekdays, key=lambda weekday: in_window(weekday, first))
    named = in_window(most, first) >= STANDS_OUT * minutes and found.days[most] >= SEEN_TWICE
    middle, end = (first + 1) % 24, (first + WINDOW) % 24
    values = {"start": f"{first:02}:00", "end": f"{end:02}:00", "minutes": rounding.whole(minutes), "of": WINDOW * 60}
    when = (
        _(
            "Long stretches gather between {start} and {end}, on {weekday}s above all: "
            "{minutes} of those {of} minutes on an average day.",
            weekday=dates.day_name(most),
            **values,
        )
        if named
        else _(
            "Long stretches gather between {start} and {end}: {minutes} of those {of} minutes on an average day.",
            **values,
        )
    )
    return paragraph(when, _("One thing to try: a break of your own at about {time}.", time=f"{middle:02}:00"))


@frozen
class GoalRun:
    """Days on which the goal was met, one after the other: up to now, and at best."""

    now: int = 0
    best: int = 0


def goal_run(days: Sequence[DayView], weekdays: Collection[int] | None = None) -> GoalRun:
    """The goal days in a row of these days, oldest first; `weekdays`: those with working hours, Monday 0.

    A day without a record, a day off and the day that still runs end no row; on each of them the goal may be met.
    """
    now = best = 0
    for view in days:
        if view.summary is None:
            continue
        if view.met:
            now += 1
            best = max(best, now)
        elif not view.running and (weekdays is None or view.day.weekday() in weekdays):
            now = 0
    return GoalRun(now, best)
