"""Facts to rows and back, as their layout says, and reading rows of which some may be damaged.

Spans have a path of their own that does without ado: there are thirty thousand a year. What cannot be read or cannot
be true is told apart from the rest.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Any

from sitbreak.adapters.history.fact_columns import (
    INSTANT,
    SPAN,
    Cell,
    TableColumn,
    TableKind,
    day_of,
    evidence_of,
    evidence_text,
    instant_of,
    instant_row,
    kind_of,
    order_names,
    parse_day,
    utc_micros,
    zone_of,
)
from sitbreak.core.frozen import frozen
from sitbreak.core.records import LONGEST, WALL, Fact, Span, SpanClass, Strength, implausible
from sitbreak.core.timeline import EPOCH, MICROSECOND, Instant
from sitbreak.language import _, ngettext, said

_CLASSES = {kind.value: kind for kind in SpanClass}
_STRENGTHS: dict[str | None, Strength | None] = {None: None, **{each.value: each for each in Strength}}

HOUR = timedelta(hours=1) // MICROSECOND
MOST, STEPPED = LONGEST // MICROSECOND, WALL // MICROSECOND


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

    Raises ValueError or KeyError for a word this version has not, and for spans that overlap or that records.py
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
        told = _CLASSES[kind], _STRENGTHS[strength], evidence_of(evidence)
        spans.append(Span(begin, close, *told, parse_day(day)))
    return spans


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
    """Reads rows in order of time: those of the days from `:first` to `:last`, or all where the kind has no days.

    `more` are further columns, to be read first.
    """
    text = f'SELECT {more}{_quoted(column_names(kind))} FROM "{kind.table}"'
    if kind is SPAN:
        # Along the key from the first to the last of those days: quicker than row by row through the index of days,
        # and in order of time. The days are asked for again because a wall clock may have been wrong in between.
        days = "FROM spans WHERE day BETWEEN :first AND :last"
        within = f'(SELECT min("start") {days}) AND (SELECT max("start") {days})'
        return f'{text} NOT INDEXED WHERE "start" BETWEEN {within} AND day BETWEEN :first AND :last ORDER BY "start"'
    within = "WHERE day BETWEEN :first AND :last" if kind.moment else ""
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


# What a cell of the wrong type, an unknown word, or a number out of all bounds raises on its way to a fact.
SENSELESS = (ValueError, KeyError, TypeError, AttributeError, OverflowError)

_ASIDE = """
CREATE TABLE IF NOT EXISTS aside (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, of_table TEXT NOT NULL, cells TEXT NOT NULL, why TEXT NOT NULL
)
"""


@frozen
class BadRow:
    """A row that makes no sense: where it stands, what is in it (as JSON), and why it is left out."""

    table: str
    rowid: int
    cells: str
    why: str


def read_sound(connection: sqlite3.Connection, kind: TableKind, days: Sequence[str], bad: list[BadRow]) -> list[Any]:
    """The facts of a kind of the days (first and last; none for all), in order of time.

    Rows that cannot be read or cannot be true are added to `bad` instead.
    """
    asked = dict(zip(("first", "last"), days, strict=False))  # by name: 3.12.0 to 3.12.3 complain of numbered ones
    with suppress(*SENSELESS, sqlite3.OperationalError):
        facts = decode_all(kind, connection.execute(select(kind), asked))
        if kind is SPAN or not any(implausible(fact) for fact in facts):  # spans are checked where they are made
            return facts
    with _any_text(connection):
        rows = connection.execute(select(kind, "rowid, "), asked).fetchall()
    return list(_sifted(kind, rows, bad))


def last_sound(connection: sqlite3.Connection, bad: list[BadRow]) -> Any | None:
    """The latest span that makes sense, or None; the damaged ones after it are added to `bad`."""
    columns = ", ".join(f'"{name}"' for name in column_names(SPAN))
    with _any_text(connection):
        for row in connection.execute(f'SELECT rowid, {columns} FROM spans ORDER BY "start" DESC'):
            for span in _sifted(SPAN, [row], bad):
                return span
    return None


def _sifted(kind: TableKind, rows: Sequence[Any], bad: list[BadRow]) -> Iterator[Any]:
    reached = timedelta.min
    for rowid, *cells in rows:
        try:
            (fact,) = decode_all(kind, [cells])
            "".join(cell for cell in cells if isinstance(cell, str)).encode()
            why = said(implausible(fact))
            if not why and kind is SPAN:
                why = _("it overlaps the one before") if fact.start.elapsed < reached else ""
                reached = reached if why else fact.end.elapsed
        except SENSELESS as error:
            why = _("it cannot be read: {error}", error=error)
        if why:
            bad.append(BadRow(kind.table, rowid, json.dumps(cells, default=repr), why))
        else:
            yield fact


@contextmanager
def _any_text(connection: sqlite3.Connection) -> Iterator[None]:
    """Meanwhile text that is no UTF-8 is read all the same, with surrogates in the place of its bytes."""
    usual = connection.text_factory
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = usual


def put_aside(connection: sqlite3.Connection, bad: Sequence[BadRow], day: date) -> None:
    """Moves the rows into the table `aside`, inside the open transaction; nothing of them is lost."""
    connection.execute(_ASIDE)
    for row in bad:
        values = (day.isoformat(), row.table, row.cells, row.why)
        connection.execute("INSERT INTO aside (at, of_table, cells, why) VALUES (?, ?, ?, ?)", values)
        connection.execute(f'DELETE FROM "{row.table}" WHERE rowid = ?', (row.rowid,))


def count_aside(connection: sqlite3.Connection) -> int:
    """How many rows were moved there so far."""
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'aside'").fetchone()
    return int(connection.execute("SELECT count(*) FROM aside").fetchone()[0]) if there else 0


def left_out(bad: Sequence[BadRow], kept: bool) -> str:
    """What the user is told. `kept`: they lie in the table `aside` now."""
    if kept:
        return ngettext(
            "The history holds {count} record that cannot be true ({why}): left out of every figure and kept apart, "
            "in the table `aside` of its file.",
            "The history holds {count} records that cannot be true ({why}): left out of every figure and kept apart, "
            "in the table `aside` of its file.",
            len(bad),
            why=bad[0].why,
        )
    return ngettext(
        "The history holds {count} record that cannot be true ({why}): left out of every figure and left where it is.",
        "The history holds {count} records that cannot be true ({why}): left out of every figure and left where it is.",
        len(bad),
        why=bad[0].why,
    )
