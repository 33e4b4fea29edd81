"""Working hours: when they apply, and when that changes next. Ranges of local wall-clock time, several a weekday."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from sitbreak.core.timeline import Instant

# Weekday (0 is Monday) -> ranges; an end at or before its start is on the next day, so equal ones span 24 hours.
Hours = Mapping[int, tuple[tuple[time, time], ...]]

# The week ahead, and a day more for a range that today is already over.
DAYS_AHEAD = 8


def within(hours: Hours, local: datetime) -> bool:
    """Whether the wall-clock reading `local` falls in one of the ranges; a start is in, an end is out.

    Without any range the answer is no: that no hours were set is for the caller to know.
    """
    reading = local.replace(tzinfo=None, fold=0)
    yesterday = reading.date() - timedelta(days=1)
    return any(start <= reading < end for start, end in _ranges(hours, yesterday, 2))


def next_change(hours: Hours, instant: Instant) -> datetime | None:
    """The first moment after `instant`, in UTC, at which `within` changes in the instant's zone; None if it never does.

    A reading that a DST gap leaves out is taken at the first moment after the gap, as `within` sees it.
    """
    yesterday = instant.local.date() - timedelta(days=1)
    readings = {reading for pair in _ranges(hours, yesterday, DAYS_AHEAD + 1) for reading in pair}
    present = within(hours, instant.local)
    for moment in sorted({moment for reading in readings for moment in _moments(reading, instant)}):
        if moment > instant.utc and within(hours, moment.astimezone(instant.zone)) != present:
            return moment
    return None


def _moments(reading: datetime, instant: Instant) -> Iterator[datetime]:
    """When the wall clock shows `reading` or steps over it, in UTC: two moments in a DST fold, else one."""
    first, second = (reading.replace(tzinfo=instant.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(instant.zone).replace(tzinfo=None) == reading:
        yield from (first, second)
        # In a fold the clock is set back from after the reading to before it: a change may lie at that step too.
        if first != second:
            yield _step(first, second, instant)
    else:
        yield _step(second, first, instant)


def _step(before: datetime, after: datetime, instant: Instant) -> datetime:
    """The first moment, to the second, between two UTC moments from which the zone's offset is that of `after`."""
    target = after.astimezone(instant.zone).utcoffset()
    low, high = before, after
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if middle.astimezone(instant.zone).utcoffset() == target:
            high = middle
        else:
            low = middle
    return high


def _ranges(hours: Hours, first: date, count: int) -> Iterator[tuple[datetime, datetime]]:
    """The ranges that begin on `count` days from `first`, as readings of the wall clock."""
    for day in (first + timedelta(days=offset) for offset in range(count)):
        for start, end in hours.get(day.weekday(), ()):
            last = day if end > start else day + timedelta(days=1)
            yield datetime.combine(day, start), datetime.combine(last, end)
