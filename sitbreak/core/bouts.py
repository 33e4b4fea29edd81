"""Runs of spans: sitting bouts and prolonged ones, and which gaps lie between the first and the last presence (1.3)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta

from sitbreak.core.frozen import frozen
from sitbreak.core.records import Span, SpanClass
from sitbreak.core.timeline import ZERO, Instant

MINUTE = timedelta(minutes=1)
PROLONGED = 30 * MINUTE  # SBRN consensus: Tremblay et al. 2017, IJBNPA 14:75
VERY_LONG = 60 * MINUTE


@frozen
class Bout:
    """A sitting bout: a maximal run of SEATED, with its full length, on the day it began."""

    start: Instant
    duration: timedelta
    day: date


def as_minutes(duration: timedelta) -> float:
    """A duration as minutes, unrounded."""
    return duration / MINUTE


def total(durations: Iterable[timedelta]) -> timedelta:
    """The exact sum."""
    return sum(durations, ZERO)


def average(values: Iterable[float]) -> float:
    """The arithmetic mean. The library's brings fractions and decimals with it: 0.4 MB. Raises ZeroDivisionError."""
    given = list(values)
    return math.fsum(given) / len(given)


def at_least(lengths: Iterable[timedelta], least: timedelta) -> list[timedelta]:
    """The lengths of `least` or more."""
    return [length for length in lengths if length >= least]


def w50(lengths: Iterable[timedelta]) -> timedelta | None:
    """The usual bout duration: the length at which, in ascending order, the sum reaches half; None without any."""
    ordered = sorted(lengths)
    whole, reached = total(ordered), ZERO
    for length in ordered:
        reached += length
        if 2 * reached >= whole:
            return length
    return None


def bouts(spans: Iterable[Span]) -> list[Bout]:
    """The sitting bouts of spans in order of time; neither a day boundary nor a cut in the records ends one."""
    found = []
    for run in runs(spans, frozenset({SpanClass.SEATED})):
        length = run[-1].end.since(run[0].start)
        if length:
            found.append(Bout(run[0].start, length, run[0].day))
    return found


def runs(spans: Iterable[Span], kinds: frozenset[SpanClass]) -> list[list[Span]]:
    """The maximal runs of touching spans whose class is one of `kinds`."""
    found: list[list[Span]] = []
    for span in spans:
        if span.kind not in kinds:
            continue
        if found and touch(found[-1][-1], span):
            found[-1].append(span)
        else:
            found.append([span])
    return found


def touch(earlier: Span, later: Span) -> bool:
    """Whether `later` begins where `earlier` ends, on the steady clock."""
    return earlier.end.elapsed == later.start.elapsed


PRESENCE = frozenset({SpanClass.SEATED, SpanClass.STANDING})
_LEAST = timedelta(microseconds=1)


def reaching_back(spans: Sequence[Span], day_start: time) -> list[bool]:
    """For each span, whether it belongs to a gap that began on an earlier logical day."""
    found: list[bool] = []
    before: Span | None = None
    for span in spans:
        # Only a break has a rest in its gap; two unobserved spans of one day are two gaps, with a presence between.
        rest = before is not None and before.kind is SpanClass.BREAK and touch(before, span)
        goes_on = rest and found[-1]
        found.append(span.kind not in PRESENCE and (goes_on or _cut_at_start(before, span, day_start)))
        before = span
    return found


def reaching_on(spans: Sequence[Span], day_start: time) -> list[bool]:
    """For each span, whether it belongs to a gap that ends on a later logical day."""
    found: list[bool] = []
    after: Span | None = None
    for span in reversed(spans):
        found.append(span.kind not in PRESENCE and _cut_at_end(span, after, day_start))
        after = span
    return found[::-1]


def _cut_at_start(before: Span | None, span: Span, day_start: time) -> bool:
    if before is not None and touch(before, span):
        return before.day != span.day and before.kind not in PRESENCE
    return _moment_before(span.start).day(day_start) != span.day


def _cut_at_end(span: Span, after: Span | None, day_start: time) -> bool:
    if after is not None and touch(span, after):
        return after.day != span.day and after.kind not in PRESENCE
    return span.end.day(day_start) != span.day


def _moment_before(instant: Instant) -> Instant:
    return instant.plus(-_LEAST)
