"""The only time types: Instant, and the map from the steady clock to local days (spec 1.5).

Durations are `timedelta`s on a clock that counts sleep and never steps; whole microseconds, so sums are exact.
The wall clock only says on which logical day a moment falls.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar, cast, get_type_hints

from sitbreak.core.frozen import frozen

ZERO = timedelta(0)
MICROSECOND = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
DAY_START = time(4, 0)  # where the settings say nothing else
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@frozen
class Instant:
    """One moment: `elapsed` on the steady clock, and what the wall clock said then (UTC, with the local zone)."""

    elapsed: timedelta
    utc: datetime
    zone: tzinfo = UTC

    @property
    def local(self) -> datetime:
        """The local wall-clock reading."""
        return self.utc.astimezone(self.zone)

    def plus(self, duration: timedelta) -> Instant:
        """The instant `duration` later, under the same wall clock (no step in between)."""
        return Instant(self.elapsed + duration, self.utc + duration, self.zone)

    def since(self, earlier: Instant) -> timedelta:
        """Elapsed time from `earlier` to here; sleep counts, wall-clock steps do not."""
        return self.elapsed - earlier.elapsed

    def day(self, day_start: time) -> date:
        """The logical day: the local date, with the hours before `day_start` belonging to the day before."""
        return logical_day(self.local, day_start)


R = TypeVar("R")


def moved(kept: R, place: Callable[[Instant], Instant]) -> R:
    """The record with each instant among its fields where `place` puts it."""
    found = {name: getattr(kept, name) for name in _instants(cast(Hashable, type(kept)))}
    changed: dict[str, Any] = {name: place(at) for name, at in found.items() if at is not None}
    return replace(kept, **changed) if changed else kept  # type: ignore[type-var]


@cache
def _instants(kind: Hashable) -> tuple[str, ...]:
    """The fields of a kind of record that hold an instant."""
    return tuple(name for name, hint in get_type_hints(cast(Any, kind)).items() if hint in (Instant, Instant | None))


def logical_day(local: datetime, day_start: time) -> date:
    """The logical day of a local time; `day_start` is usually 04:00."""
    early = local.time() < day_start
    return local.date() - timedelta(days=1) if early else local.date()


def next_boundary(instant: Instant, day_start: time) -> datetime:
    """The UTC moment at which the logical day after `instant` begins; in a DST gap, the first moment that exists."""
    tomorrow = instant.day(day_start) + timedelta(days=1)
    naive = datetime.combine(tomorrow, day_start)
    return naive.replace(tzinfo=instant.zone).astimezone(UTC)


class WallMap:
    """Where the wall clock stood along the steady clock: one anchor per step or zone change."""

    # A wall clock that drifts against the steady one by less than this is being slewed, not stepped.
    TOLERANCE = timedelta(seconds=1)

    def __init__(self) -> None:
        self._anchors: list[Instant] = []
        self._keys: list[timedelta] = []
        self._version = 0

    def observe(self, at: Instant) -> None:
        """Takes note of a reading; a step or a new zone becomes an anchor."""
        if self._anchors:
            last = self._anchors[-1]
            drift = (at.utc - last.utc) - (at.elapsed - last.elapsed)
            if abs(drift) < self.TOLERANCE and at.zone == last.zone:
                return
        self._anchors.append(at)
        self._keys.append(at.elapsed)
        self._version += 1

    def redate(self, since: timedelta, step: timedelta) -> None:
        """The wall clock was wrong by `step` from `since` on: what it said from there is read that much later."""
        first = self.at(since)
        kept = bisect_right(self._keys, since - timedelta.resolution)
        right = [Instant(since, first.utc + step, first.zone)]
        right += [Instant(a.elapsed, a.utc + step, a.zone) for a in self._anchors[kept:] if a.elapsed > since]
        self._anchors[kept:] = right
        self._keys[kept:] = [anchor.elapsed for anchor in right]
        self._version += 1

    def at(self, elapsed: timedelta) -> Instant:
        """The instant at `elapsed`, read off the anchor in force then."""
        index = max(0, bisect_right(self._keys, elapsed) - 1)
        anchor = self._anchors[index]
        return anchor.plus(elapsed - anchor.elapsed)

    @property
    def version(self) -> int:
        """Changes whenever an anchor is added or dropped."""
        return self._version

    @property
    def anchors(self) -> list[Instant]:
        """The anchors kept, oldest first."""
        return list(self._anchors)

    def forget_before(self, elapsed: timedelta) -> None:
        """Drops anchors that no moment from `elapsed` on can need."""
        index = max(0, bisect_right(self._keys, elapsed) - 1)
        del self._anchors[:index], self._keys[:index]
        self._version += 1 if index else 0

    def cuts(self, start: timedelta, end: timedelta, day_start: time) -> list[timedelta]:
        """The moments strictly between `start` and `end` at which the logical day changes."""
        if end - start < timedelta(hours=1) and len(self._keys) == 1:  # the common case, kept cheap
            first = self.at(start)
            boundary = first.elapsed + (next_boundary(first, day_start) - first.utc)
            return [boundary] if boundary < end else []
        points = [start, *(k for k in self._keys if start < k < end), end]
        found: list[timedelta] = []
        day = self.at(start).day(day_start)
        for low, high in pairwise(points):
            here = self.at(low)
            if here.day(day_start) != day:
                found.append(low)
                day = here.day(day_start)
            while True:
                boundary = here.elapsed + (next_boundary(here, day_start) - here.utc)
                if boundary >= high:
                    break
                here = self.at(boundary)
                found.append(boundary)
                day = here.day(day_start)
        return found
