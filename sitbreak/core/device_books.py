"""The facts of several devices before they are merged: put on one axis, told apart by number, united, fitted to a body.

The axis that all devices share is the time since 1970 as a device's wall clock had it. A run is what its books hold
without a hole and without unobserved time. It is placed by the UTC of its beginning and moved as one, so that no step
or drift of a wall clock makes a minute of it longer or shorter; the unobserved time between two runs takes up the
difference. A run never begins before the one before it has ended.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date, time, timedelta, tzinfo
from typing import Any, TypeVar

from sitbreak.core.accounting import of_day
from sitbreak.core.classify import Piece
from sitbreak.core.device_sightings import Part, cut_out
from sitbreak.core.frozen import frozen
from sitbreak.core.records import (
    BaselineRecord,
    DeclaredMovement,
    Facts,
    GoalRecord,
    PromptRecord,
    Quiet,
    Span,
    SpanClass,
)
from sitbreak.core.timeline import EPOCH, MINUTE, ZERO, Instant, moved, next_boundary

TOLERANCE = timedelta(minutes=2)  # clocks that differ by less are taken at their word (spec 1.8)


@frozen
class DeviceBooks:
    """One device's facts, on its own axis; on the days in `astray` its clock was too far off to be relied on."""

    device: str
    facts: Facts
    astray: frozenset[date] = frozenset()


def united(groups: Iterable[Iterable[Any]], moment: str) -> tuple[Any, ...]:
    """The facts of one kind of all devices in order of time; what two devices have alike is there once."""
    found = dict.fromkeys(fact for group in groups for fact in group)
    return tuple(sorted(found, key=lambda fact: getattr(fact, moment).elapsed))


def goals(groups: Iterable[Iterable[GoalRecord]]) -> tuple[GoalRecord, ...]:
    """The goals of all; of several for one day the highest, for somebody raised it."""
    highest: dict[date, GoalRecord] = {}
    for goal in (each for group in groups for each in group):
        former = highest.get(goal.day)
        if former is None or (goal.minutes, goal.by_user) > (former.minutes, former.by_user):
            highest[goal.day] = goal
    return tuple(highest[day] for day in sorted(highest))


def baselines(groups: Iterable[Iterable[BaselineRecord]]) -> tuple[BaselineRecord, ...]:
    """The baselines of all; of two that began on one day the one that is over, and then the longer one."""
    found: dict[date, BaselineRecord] = {}
    for record in (each for group in groups for each in group):
        former = found.get(record.first)
        if former is None or (record.last or date.min, record.firm) > (former.last or date.min, former.firm):
            found[record.first] = record
    return tuple(found[first] for first in sorted(found))


def fitted(walks: Sequence[DeclaredMovement], spans: Iterable[Span]) -> tuple[DeclaredMovement, ...]:
    """The walks, those that count (D) cut to the unobserved time that the body's day has: nothing counts twice."""
    rows = of_day(span for span in spans if span.kind is SpanClass.UNOBSERVED)
    room = {day: sum((row.duration for row in found), ZERO) / MINUTE for day, found in rows.items()}
    found = []
    for walk in walks:
        if walk.counted:
            left = room.get(walk.day, 0.0)
            room[walk.day] = max(0.0, left - walk.minutes)
            walk = replace(walk, minutes=min(walk.minutes, left)) if left > 0 else replace(walk, counted=False)
        found.append(walk)
    return tuple(found)


def numbered_apart(books: Sequence[DeviceBooks]) -> list[DeviceBooks]:
    """The same books, in which no two devices give one number to different prompts."""
    given: dict[PromptRecord, int] = {}
    taken: set[int] = set()
    return [replace(each, facts=_renumbered(each.facts, given, taken)) for each in books]


def _renumbered(facts: Facts, given: dict[PromptRecord, int], taken: set[int]) -> Facts:
    numbers: dict[int, int] = {}
    for prompt in facts.prompts:
        free = prompt.number if prompt.number not in taken else min(0, *taken) - 1
        numbers[prompt.number] = given.setdefault(prompt, free)
        taken.add(numbers[prompt.number])
    return replace(
        facts,
        prompts=tuple(replace(prompt, number=numbers[prompt.number]) for prompt in facts.prompts),
        breaks=tuple(
            brk if brk.prompt is None else replace(brk, prompt=numbers.get(brk.prompt)) for brk in facts.breaks
        ),
    )


# -- a device whose clock is off


def room_left(one: DeviceBooks, books: Sequence[DeviceBooks]) -> Facts:
    """The facts of a device, those of its astray days only as far as no other device knows anything of that time."""
    if not one.astray:
        return one.facts
    known = sorted(
        (span.start.elapsed, span.end.elapsed)
        for other in books
        if other is not one
        for span in other.facts.spans
        if span.kind is not SpanClass.UNOBSERVED and span.day not in other.astray
    )
    spans = [part for span in one.facts.spans for part in _free(span, known, one.astray)]
    held = {(span.start.elapsed, span.end.elapsed) for span in one.facts.spans} - {
        (span.start.elapsed, span.end.elapsed) for span in spans
    }
    taken = sorted(held)
    return replace(
        one.facts,
        spans=tuple(spans),
        quiets=tuple(q for q in one.facts.quiets if not _meets(q.start.elapsed, q.end, taken)),
        breaks=tuple(b for b in one.facts.breaks if not _meets(b.accepted.elapsed, b.accepted.elapsed, taken)),
    )


def _free(span: Span, known: Sequence[Part], astray: frozenset[date]) -> Iterator[Span]:
    if span.day not in astray:
        yield span
        return
    for low, high in cut_out(span.start.elapsed, span.end.elapsed, known):
        yield replace(span, start=instant_on(low, span.start), end=instant_on(high, span.end))


def _meets(low: timedelta, high: timedelta, parts: Iterable[Part]) -> bool:
    return any((start < high and low < end) or start <= low < end for start, end in parts)


# -- the axis that all devices share

F = TypeVar("F")


def placed(facts: Facts) -> Facts:
    """The facts of a device with every instant on the shared axis; spans and silences of no length are not there."""
    axis = Placing(facts.spans)
    groups = {group.name: tuple(map(axis.moved, getattr(facts, group.name))) for group in fields(facts)}
    groups["spans"] = tuple(span for span in groups["spans"] if span.duration > ZERO)
    groups["quiets"] = tuple(quiet for quiet in groups["quiets"] if quiet.length > ZERO)
    return Facts(**groups)


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
        return moved(fact, self.at)


class BodySpans:
    """Makes spans of pieces on the shared axis, which have to come in order; `own` ones stay spans of their own."""

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
