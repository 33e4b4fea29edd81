"""Facts to rows and back, as their layout says."""

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
    TableColumn,
    TableKind,
    day_of,
    kind_of,
    order_names,
)
from sitbreak.adapters.history.spanrows import decode_spans, encode_span
from sitbreak.core.records import Fact, Span

Row = tuple[Cell, ...]


def derived_day(kind: TableKind) -> bool:
    """Whether the table has a `day` column that the record itself has not."""
    return bool(kind.moment) and all(column.name != "day" for column in kind.columns)


@cache
def column_names(kind: TableKind) -> tuple[str, ...]:
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
def upsert(kind: TableKind) -> str:
    """The statement that stores a row, over the one with the same key."""
    names = column_names(kind)
    rest = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in kind.key)
    marks = ", ".join("?" for _ in names)
    return (
        f'INSERT INTO "{kind.table}" ({_quoted(names)}) VALUES ({marks}) '
        f"ON CONFLICT ({_quoted(kind.key)}) DO UPDATE SET {rest}"
    )


@cache
def select(kind: TableKind, more: str = "") -> str:
    """Reads rows in order of time: those of the days from `?1` to `?2`, or all where the kind has no days.

    `more` are further columns, to be read first.
    """
    text = f'SELECT {more}{_quoted(column_names(kind))} FROM "{kind.table}"'
    if kind is SPAN:
        # Along the key from the first to the last of those days: quicker than row by row through the index of days,
        # and in order of time. The days are asked for again because a wall clock may have been wrong in between.
        days = "FROM spans WHERE day BETWEEN ?1 AND ?2"
        within = f'(SELECT min("start") {days}) AND (SELECT max("start") {days})'
        return f'{text} NOT INDEXED WHERE "start" BETWEEN {within} AND day BETWEEN ?1 AND ?2 ORDER BY "start"'
    within = "WHERE day BETWEEN ?1 AND ?2" if kind.moment else ""
    return f"{text} {within} ORDER BY {_quoted(order_names(kind))}"


def _cells(column: TableColumn, value: Any) -> Row:
    if column.form is INSTANT:
        return (None, None, None) if value is None else instant_row(value)
    return (None,) if value is None else (column.form.cell(value),)


def encode(fact: Fact, day_start: time) -> Row:
    """The row of a fact. Raises AttributeError or TypeError for a field of the wrong type."""
    if isinstance(fact, Span):
        return encode_span(fact)
    kind = kind_of(fact)
    row: list[Cell] = []
    for column in kind.columns:
        row += _cells(column, getattr(fact, column.name))
    if derived_day(kind):
        day = day_of(fact, day_start)
        row.append(None if day is None else day.isoformat())
    return tuple(row)


def _decode(kind: TableKind, row: Any) -> Any:
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


def decode_all(kind: TableKind, rows: Iterable[Any]) -> list[Any]:
    """The facts of a kind's rows, in their order. Raises ValueError or KeyError for a word this version has not."""
    if kind is SPAN:
        return decode_spans(rows)
    return [_decode(kind, row) for row in rows]
