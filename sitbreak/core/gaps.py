"""Unobserved gaps: which of them lie between the first and the last presence of a day (spec 1.3, 6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta

from sitbreak.core.records import Span, SpanClass
from sitbreak.core.stretches import touch
from sitbreak.core.timeline import Instant

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
