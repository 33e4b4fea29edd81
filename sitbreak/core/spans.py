"""Spans in order of time: corrections laid over them, the runs they make, which gaps lie within a day (1.1, 1.3)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from sitbreak.core.frozen import frozen
from sitbreak.core.records import AT_DESK, Correction, Evidence, Span, SpanClass, Strength
from sitbreak.core.text import Sentence
from sitbreak.core.timeline import MICROSECOND, MINUTE, ZERO, Instant

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


NORMAL_90 = 1.645  # 90 % of a normal distribution lie within this many standard deviations


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


# -- gaps between the first and the last presence of a day


def with_reach(spans: Sequence[Span], day_start: time) -> Iterator[tuple[Span, bool, bool]]:
    """Each span, and whether it lies in a gap that began on an earlier logical day, or ends on a later one."""
    return zip(spans, _reaching_back(spans, day_start), _reaching_on(spans, day_start), strict=True)


def _reaching_back(spans: Sequence[Span], day_start: time) -> list[bool]:
    found: list[bool] = []
    before: Span | None = None
    for span in spans:
        # Only a break has a rest in its gap; two unobserved spans of one day are two gaps, with a presence between.
        rest = before is not None and before.kind is SpanClass.BREAK and touch(before, span)
        goes_on = rest and found[-1]
        found.append(span.kind not in AT_DESK and (goes_on or _cut_at_start(before, span, day_start)))
        before = span
    return found


def _reaching_on(spans: Sequence[Span], day_start: time) -> list[bool]:
    found: list[bool] = []
    after: Span | None = None
    for span in reversed(spans):
        found.append(span.kind not in AT_DESK and _cut_at_end(span, after, day_start))
        after = span
    return found[::-1]


def _cut_at_start(before: Span | None, span: Span, day_start: time) -> bool:
    if before is not None and touch(before, span):
        return before.day != span.day and before.kind not in AT_DESK
    return _moment_before(span.start).day(day_start) != span.day


def _cut_at_end(span: Span, after: Span | None, day_start: time) -> bool:
    if after is not None and touch(span, after):
        return after.day != span.day and after.kind not in AT_DESK
    return span.end.day(day_start) != span.day


def _moment_before(instant: Instant) -> Instant:
    return instant.plus(-MICROSECOND)


# -- corrections; the observed spans themselves are never changed


def overlay(spans: Iterable[Span], corrections: Iterable[Correction]) -> list[Span]:
    """The spans as corrected: in order, of the same total length, split at the corrections' edges.

    The correction made later wins. A corrected piece keeps its evidence and gains DECLARED; an AWAY said by the user
    is strong. A correction to BREAK leaves pieces with input as they are: C never counts a second with input in it.
    """
    result = list(spans)
    for correction in sorted(standing(corrections), key=lambda c: c.at.elapsed):
        result = [piece for span in result for piece in _corrected(span, correction)]
    return result


def standing(corrections: Iterable[Correction]) -> list[Correction]:
    """Those that were not taken back."""
    return [each for each in corrections if each.end.elapsed > each.start.elapsed]


def taken_back(correction: Correction) -> Correction:
    """What is kept in its place: the stretch is again what was observed, or what was said of it before."""
    return replace(correction, end=correction.start)


def allowed(spans: Iterable[Span], correction: Correction) -> str | None:
    """Why this correction cannot be booked on these spans, as one sentence for people; None when it can."""
    if correction.end.elapsed <= correction.start.elapsed:
        return Sentence("The end has to come after the start; nothing was changed.")
    if correction.end.elapsed > correction.at.elapsed:
        return Sentence("That stretch is not over yet; please correct it once it is.")
    touched = [span for span in spans if _overlap(span, correction)]
    if not touched:
        return Sentence("Nothing was recorded then, so there is nothing to correct; a walk can be noted in Plans.")
    if any(not _applies(span, correction) for span in touched):
        return Sentence(
            "There was keyboard or mouse input in that stretch, so it cannot count as a break; choose times "
            "without input, or say that it was at the desk."
        )
    return None


def within(span: Span, correction: Correction) -> bool:
    """Whether the correction is about the whole span."""
    return correction.start.elapsed <= span.start.elapsed and span.end.elapsed <= correction.end.elapsed


def _overlap(span: Span, correction: Correction) -> bool:
    return span.start.elapsed < correction.end.elapsed and correction.start.elapsed < span.end.elapsed


def _applies(span: Span, correction: Correction) -> bool:
    return correction.kind is not SpanClass.BREAK or Evidence.INPUT not in span.evidence


def _corrected(span: Span, correction: Correction) -> Sequence[Span]:
    if not _overlap(span, correction) or not _applies(span, correction):
        return (span,)
    low = max(span.start.elapsed, correction.start.elapsed)
    high = min(span.end.elapsed, correction.end.elapsed)
    before, middle, after = (
        cut(span, span.start.elapsed, low),
        cut(span, low, high),
        cut(span, high, span.end.elapsed),
    )
    strength = Strength.STRONG if correction.kind is SpanClass.AWAY else None
    evidence = span.evidence | {Evidence.DECLARED}
    said = replace(middle, kind=correction.kind, strength=strength, evidence=evidence)
    return [piece for piece in (before, said, after) if piece.duration]


def cut(span: Span, low: timedelta, high: timedelta) -> Span:
    """The part of a span from `low` to `high` (elapsed); untouched edges keep their own instant."""
    start = span.start if low == span.start.elapsed else span.start.plus(low - span.start.elapsed)
    end = span.end if high == span.end.elapsed else span.start.plus(high - span.start.elapsed)
    return replace(span, start=start, end=end)
