"""Facts to rows and back. Spans, of which there are a hundred a day, have a quick path of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from functools import cache
from typing import Any

from sitbreak.adapters.history.instants import instant_of, instant_row
from sitbreak.adapters.history.layout import (
    INSTANT,
    SPAN,
    Cell,
    Column,
    Kind,
    day_of,
    evidence_of,
    evidence_text,
    kind_of,
    parse_day,
)
from sitbreak.core.records import Fact, Span, SpanClass, Strength
from sitbreak.core.timeline import Instant

Row = tuple[Cell, ...]
_CLASSES = {kind.value: kind for kind in SpanClass}
_STRENGTHS: dict[str | None, Strength | None] = {None: None, **{each.value: each for each in Strength}}


def derived_day(kind: Kind) -> bool:
    """Whether the table has a `day` column that the record itself has not."""
    return bool(kind.moment) and all(column.name != "day" for column in kind.columns)


@cache
def column_names(kind: Kind) -> tuple[str, ...]:
    """The columns of the kind's table, in the order of its rows."""
    names: list[str] = []
    for column in kind.columns:
        names.append(column.name)
        if column.form is INSTANT:
            names += [f"{column.name}_utc", f"{column.name}_zone"]
    return (*names, "day") if derived_day(kind) else tuple(names)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


@cache
def upsert(kind: Kind) -> str:
    """The statement that stores a row, over the one with the same key."""
    names = column_names(kind)
    rest = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in kind.key)
    marks = ", ".join("?" for _ in names)
    return (
        f'INSERT INTO "{kind.table}" ({_quoted(names)}) VALUES ({marks}) '
        f"ON CONFLICT ({_quoted(kind.key)}) DO UPDATE SET {rest}"
    )


@cache
def select(kind: Kind) -> str:
    """The statement that reads rows: those of the days from `?` to `?`, or all where the kind has no days."""
    text = f'SELECT {_quoted(column_names(kind))} FROM "{kind.table}"'
    return f"{text} WHERE day BETWEEN ? AND ?" if kind.moment else text


def _cells(column: Column, value: Any) -> Row:
    if column.form is INSTANT:
        return (None, None, None) if value is None else instant_row(value)
    return (None,) if value is None else (column.form.cell(value),)


def encode(fact: Fact, day_start: time) -> Row:
    """The row of a fact. Raises AttributeError or TypeError for a field of the wrong type."""
    if isinstance(fact, Span):
        return _encode_span(fact)
    kind = kind_of(fact)
    row: list[Cell] = []
    for column in kind.columns:
        row += _cells(column, getattr(fact, column.name))
    if derived_day(kind):
        day = day_of(fact, day_start)
        row.append(None if day is None else day.isoformat())
    return tuple(row)


def _encode_span(span: Span) -> Row:
    start, end = instant_row(span.start), instant_row(span.end)
    end_zone = None if end[2] == start[2] else end[2]
    strength = None if span.strength is None else span.strength.value
    evidence = evidence_text(span.evidence)
    return (*start, end[0], end[1], end_zone, span.kind.value, strength, evidence, span.day.isoformat())


def decode_spans(rows: Iterable[Any]) -> list[Span]:
    """The spans of rows. Where one begins as the last ended, both share the Instant: time and memory are saved."""
    spans: list[Span] = []
    last = instant_of(0, 0, "+00:00")
    seam: tuple[int, int, str] | None = None
    for start, start_utc, zone, end, end_utc, end_zone, kind, strength, evidence, day in rows:
        begin: Instant = last if seam == (start, start_utc, zone) else instant_of(start, start_utc, zone)
        if end_zone is None:
            end_zone = zone
        last = instant_of(end, end_utc, end_zone)
        seam = (end, end_utc, end_zone)
        spans.append(Span(begin, last, _CLASSES[kind], _STRENGTHS[strength], evidence_of(evidence), parse_day(day)))
    return spans


def _decode(kind: Kind, row: Any) -> Any:
    cells = iter(row)
    values: list[Any] = []
    for column in kind.columns:
        cell = next(cells)
        if column.form is INSTANT:
            utc, zone = next(cells), next(cells)
            values.append(None if cell is None else instant_of(cell, utc, zone))
        else:
            values.append(None if cell is None else column.form.value(cell))
    return kind.of(*values)


def decode_all(kind: Kind, rows: Iterable[Any]) -> list[Any]:
    """The facts of a kind's rows, in their order. Raises ValueError or KeyError for a word this version has not."""
    if kind is SPAN:
        return decode_spans(rows)
    return [_decode(kind, row) for row in rows]
