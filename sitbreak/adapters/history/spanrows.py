"""Spans to rows and back: thirty thousand a year, hence a path of their own that does without ado."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any

from sitbreak.adapters.history.instants import EPOCH, instant_row, utc_micros, zone_of
from sitbreak.adapters.history.layout import Cell, evidence_of, evidence_text, parse_day
from sitbreak.core.plausible import LONGEST, WALL
from sitbreak.core.records import Span, SpanClass, Strength
from sitbreak.core.timeline import Instant

_CLASSES = {kind.value: kind for kind in SpanClass}
_STRENGTHS: dict[str | None, Strength | None] = {None: None, **{each.value: each for each in Strength}}

MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1) // MICROSECOND
MOST, STEPPED = LONGEST // MICROSECOND, WALL // MICROSECOND

# A frozen dataclass sets each field through object.__setattr__; setting its slots takes less than half the time.
_new = object.__new__
_set_start, _set_end, _set_kind, _set_strength, _set_evidence, _set_day = (
    getattr(Span, name).__set__ for name in ("start", "end", "kind", "strength", "evidence", "day")
)


def encode_span(span: Span) -> tuple[Cell, ...]:
    """The row of a span; what its end has in common with its start is left out."""
    start, end = instant_row(span.start), instant_row(span.end)
    end_utc = None if end[1] - start[1] == end[0] - start[0] else end[1]
    end_zone = None if end[2] == start[2] else end[2]
    strength = None if span.strength is None else span.strength.value
    evidence = evidence_text(span.evidence)
    return (*start, end[0], end_utc, end_zone, span.kind.value, strength, evidence, span.day.isoformat())


class _Instants:
    """Builds the instants of successive spans, which share their wall clock and zone most of the time."""

    def __init__(self) -> None:
        self._offset: int | None = None
        self._text = ""
        self._zone: tzinfo = UTC
        self._base = EPOCH

    def at(self, elapsed: int, offset: int, zone: str) -> Instant:
        """The instant at `elapsed`, where the wall clock is `offset` ahead of the book axis (microseconds)."""
        if offset != self._offset or zone != self._text:
            self._offset, self._text, self._zone = offset, zone, zone_of(zone)
            self._base = EPOCH + timedelta(0, 0, offset)
        steady = timedelta(0, 0, elapsed)
        return Instant(steady, self._base + steady, self._zone)


def _bounds(day: str) -> tuple[int, int]:
    """From when to when (UTC, microseconds) a span of that logical day may begin, in any zone."""
    midnight = utc_micros(datetime.combine(parse_day(day), time(), UTC))
    return midnight - 15 * HOUR, midnight + 61 * HOUR


def decode_spans(rows: Iterable[Any]) -> list[Span]:
    """The spans of rows in order of time; where one begins as the last ended, the two share the Instant.

    Raises ValueError or KeyError for a word this version has not, and for spans that overlap or that plausible.py
    would refuse; that it would not, a second look has to tell.
    """
    spans: list[Span] = []
    at = _Instants().at
    close, last, last_offset, last_zone = at(0, 0, "+00:00"), 0, 0, "+00:00"
    reached: int | None = None
    last_day, low, high = "", 0, 0
    for start, start_utc, zone, end, end_utc, end_zone, kind, strength, evidence, day in rows:
        if day != last_day:
            last_day, (low, high) = day, _bounds(day)
        if not start < end <= start + MOST or (reached is not None and start < reached):
            raise ValueError("a span that overlaps another, has no length or too much of it")
        stepped = end_utc is not None and kind == "BREAK" and abs(end_utc - start_utc - end + start) > STEPPED
        if not low <= start_utc < high or stepped:
            raise ValueError("a span at another time than it says")
        reached = end
        offset = start_utc - start
        shared = start == last and offset == last_offset and zone == last_zone
        begin = close if shared else at(start, offset, zone)
        last, last_offset = end, offset if end_utc is None else end_utc - end
        last_zone = zone if end_zone is None else end_zone
        close = at(last, last_offset, last_zone)
        span = _new(Span)
        _set_start(span, begin)
        _set_end(span, close)
        _set_kind(span, _CLASSES[kind])
        _set_strength(span, _STRENGTHS[strength])
        _set_evidence(span, evidence_of(evidence))
        _set_day(span, parse_day(day))
        spans.append(span)
    return spans
