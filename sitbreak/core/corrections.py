"""Corrections laid over the spans as observed; the observed spans themselves are never changed (spec 1.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from sitbreak.core.records import Correction, Evidence, Span, SpanClass, Strength
from sitbreak.core.text import Sentence


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
