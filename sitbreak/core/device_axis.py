"""Where the facts of one device lie on the axis that all devices share: the time since 1970 as its wall clock had it.

A run is what its books hold without a hole and without unobserved time. It is placed by the UTC of its beginning and
moved as one, so that no step or drift of a wall clock makes a minute of it longer or shorter; the unobserved time
between two runs takes up the difference. A run never begins before the one before it has ended.

`BodySpans` makes spans of the pieces that are found on that axis.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Any, TypeVar, cast, get_type_hints

from sitbreak.core.classify import Piece
from sitbreak.core.records import Facts, Quiet, Span, SpanClass
from sitbreak.core.timeline import ZERO, Instant, next_boundary

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
F = TypeVar("F")


def placed(facts: Facts) -> Facts:
    """The facts of a device with every instant on the shared axis; spans and silences of no length are not there."""
    axis = Placing(facts.spans)
    moved = {group.name: tuple(map(axis.moved, getattr(facts, group.name))) for group in fields(facts)}
    spans = tuple(span for span in moved["spans"] if span.duration > ZERO)
    return Facts(
        **{**moved, "spans": spans, "quiets": tuple(quiet for quiet in moved["quiets"] if quiet.length > ZERO)}
    )


def instant_on(axis: timedelta, like: Instant) -> Instant:
    """The instant there, in the zone of another one."""
    return Instant(axis, EPOCH + axis, like.zone)


class Placing:
    """From a device's own steady clock to the shared axis. `spans` in order of time."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._starts: list[timedelta] = []
        self._ends: list[timedelta] = []
        self._places: list[timedelta] = []
        for span in spans:
            start, end = span.start.elapsed, span.end.elapsed
            if span.kind is SpanClass.UNOBSERVED:
                end = start  # only where it begins is held to, so that no step of the clock turns the order around
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
                continue
            place = span.start.utc - EPOCH
            if self._ends:
                place = max(place, self._places[-1] + (self._ends[-1] - self._starts[-1]))
            self._starts.append(start)
            self._ends.append(end)
            self._places.append(place)

    def at(self, moment: Instant) -> Instant:
        """The same moment on the shared axis. Between two runs its own UTC counts, as far as there is room."""
        return instant_on(self._place(moment.elapsed, moment.utc - EPOCH), moment)

    def _place(self, elapsed: timedelta, utc: timedelta) -> timedelta:
        index = bisect_right(self._starts, elapsed) - 1
        latest = self._places[index + 1] if index + 1 < len(self._places) else None
        if index >= 0:
            end = self._places[index] + (self._ends[index] - self._starts[index])
            if elapsed <= self._ends[index]:
                return self._places[index] + (elapsed - self._starts[index])
            utc = max(utc, end)
        return utc if latest is None else min(utc, latest)

    def moved(self, fact: F) -> F:
        """The fact with all its instants there."""
        if isinstance(fact, Quiet):
            start, end = self.at(fact.start), self.at(fact.start.plus(fact.length))
            return Quiet(start, end.elapsed - start.elapsed, fact.absence, fact.held, fact.motion)  # type: ignore[return-value]
        if isinstance(fact, Span):
            start, end = self.at(fact.start), self.at(fact.end)
            return Span(start, end, fact.kind, fact.strength, fact.evidence, fact.day)  # type: ignore[return-value]
        found: dict[str, Any] = {name: getattr(fact, name) for name in _instants(cast(Hashable, type(fact)))}
        changed = {name: self.at(moment) for name, moment in found.items() if moment is not None}
        return replace(fact, **changed) if changed else fact  # type: ignore[type-var]


@cache
def _instants(kind: Hashable) -> tuple[str, ...]:
    """The fields of a kind of fact that hold an instant."""
    return tuple(name for name, hint in get_type_hints(cast(Any, kind)).items() if hint in (Instant, Instant | None))


class BodySpans:
    """Pieces have to come in order; `own` ones stay spans of their own."""

    def __init__(self, day_start: time) -> None:
        self.found: list[Span] = []
        self._day_start = day_start
        self._zone: tzinfo | None = None
        self._day = date.min
        self._begins = self._ends = timedelta(0)  # of the day, in that zone
        self._open = False  # whether the last span may grow

    def book(self, piece: Piece, zone: tzinfo, own: bool = False) -> None:
        """Adds a piece, cut where its logical day ends."""
        low = piece.start
        while low < piece.end:
            day = self.day_at(low, zone)
            high = min(piece.end, self._ends)
            self._add(low, high, piece, zone, day, own)
            low = high

    def day_at(self, moment: timedelta, zone: tzinfo) -> date:
        """The logical day of a moment of the shared axis, in that zone."""
        if zone is not self._zone or not self._begins <= moment < self._ends:
            at = Instant(moment, EPOCH + moment, zone)
            self._zone, self._day, self._begins = zone, at.day(self._day_start), moment
            self._ends = next_boundary(at, self._day_start) - EPOCH
        return self._day

    def _add(self, low: timedelta, high: timedelta, piece: Piece, zone: tzinfo, day: date, own: bool) -> None:
        end, last = Instant(high, EPOCH + high, zone), self.found[-1] if self._open and not own else None
        if (
            last is not None
            and last.end.elapsed == low
            and (last.kind, last.strength, last.evidence, last.day) == (piece.kind, piece.strength, piece.evidence, day)
        ):
            self.found[-1] = Span(last.start, end, last.kind, last.strength, last.evidence, day)
            return
        start = Instant(low, EPOCH + low, zone)
        self.found.append(Span(start, end, piece.kind, piece.strength, piece.evidence, day))
        self._open = not own
