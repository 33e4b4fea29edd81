"""What several devices' facts have in common beside spans: united, told apart by number, and fitted to one body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sitbreak.core.accounting import of_day
from sitbreak.core.device_axis import instant_on
from sitbreak.core.device_sightings import Part, cut_out
from sitbreak.core.frozen import frozen
from sitbreak.core.records import BaselineRecord, DeclaredMovement, Facts, GoalRecord, PromptRecord, Span, SpanClass
from sitbreak.core.timeline import ZERO

MINUTE = timedelta(minutes=1)
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
