"""What is asked of an open history file: reading a range of days, and storing one batch."""

from __future__ import annotations

import gc
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sitbreak.adapters.history.errors import HistoryDamaged, SpansOverlap
from sitbreak.adapters.history.layout import KINDS, SPAN, Kind, kind_of, parse_day
from sitbreak.adapters.history.rows import Row, column_names, decode_all, select, upsert
from sitbreak.core.records import Fact, Facts, Span

_NEIGHBOURS = (
    'SELECT (SELECT "end" FROM spans WHERE "start" < ? ORDER BY "start" DESC LIMIT 1), '
    '(SELECT "start" FROM spans WHERE "start" > ? ORDER BY "start" LIMIT 1)'
)
_SNAPSHOT = "INSERT INTO snapshot (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body"


@dataclass(frozen=True, slots=True)
class Batch:
    """What one `keep` was given: the facts, their rows, and the snapshot as JSON."""

    facts: tuple[Fact, ...]
    rows: tuple[Row, ...]
    snapshot: str | None


@contextmanager
def transaction(connection: sqlite3.Connection, mode: str = "IMMEDIATE") -> Iterator[None]:
    """One transaction: committed at the end, rolled back on any exception."""
    connection.execute(f"BEGIN {mode}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def store(connection: sqlite3.Connection, batch: Batch) -> None:
    """Stores a batch whole or not at all, inside the open transaction.

    Raises SpansOverlap where a span would cover another's time, sqlite3.IntegrityError for a missing value.
    """
    connection.execute("SAVEPOINT batch")
    try:
        for fact, row in zip(batch.facts, batch.rows, strict=True):
            connection.execute(upsert(kind_of(fact)), row)
        for fact in batch.facts:
            if isinstance(fact, Span):
                _check_apart(connection, fact)
        if batch.snapshot is not None:
            connection.execute(_SNAPSHOT, (batch.snapshot,))
    except (SpansOverlap, sqlite3.IntegrityError):
        connection.execute("ROLLBACK TO batch")
        raise
    finally:
        if connection.in_transaction:
            connection.execute("RELEASE batch")


def _check_apart(connection: sqlite3.Connection, span: Span) -> None:
    start = span.start.elapsed // timedelta(microseconds=1)
    (end,) = connection.execute('SELECT "end" FROM spans WHERE "start" = ?', (start,)).fetchone()
    before, after = connection.execute(_NEIGHBOURS, (start, start)).fetchone()
    if (before is not None and before > start) or (after is not None and after < end) or end < start:
        raise overlap(span)


def overlap(span: Span) -> SpansOverlap:
    """The exception for a span that covers time another has, or ends before it begins."""
    return SpansOverlap(f"The span {span.start.local} to {span.end.local} ({span.kind}) overlaps another one.")


def widened(first: date, last: date, days: int) -> tuple[date, date]:
    """The range of days with so many more at either end, as far as the calendar goes."""
    margin = timedelta(days=days)
    low = first - margin if first - date.min >= margin else date.min
    high = last + margin if date.max - last >= margin else date.max
    return low, high


def read_facts(connection: sqlite3.Connection, first: date, last: date, margin_days: int = 0) -> Facts:
    """The facts of the days, read at one moment; raises HistoryDamaged for a record that makes no sense."""
    spans = widened(first, last, margin_days)
    ranges = {kind: spans if kind is SPAN else (first, last) for kind in KINDS}
    try:
        with transaction(connection, "DEFERRED"), _collector_paused():
            return Facts(**{kind.group: tuple(_fetch(connection, kind, *days)) for kind, days in ranges.items()})
    except (ValueError, KeyError, TypeError) as error:
        raise HistoryDamaged(f"The history holds a record that makes no sense ({error}); it was left alone.") from None


def _fetch(connection: sqlite3.Connection, kind: Kind, first: date, last: date) -> list[Any]:
    days = (first.isoformat(), last.isoformat()) if kind.moment else ()
    return decode_all(kind, connection.execute(select(kind), days))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Spares the cycle collector from walking over a hundred thousand new records, none of which is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_days(connection: sqlite3.Connection) -> list[date]:
    """The logical days that have spans, ascending; hops from day to day along the index."""
    days = []
    row = connection.execute("SELECT min(day) FROM spans").fetchone()
    while row[0] is not None:
        days.append(parse_day(row[0]))
        row = connection.execute("SELECT min(day) FROM spans WHERE day > ?", row).fetchone()
    return days


def read_ends(connection: sqlite3.Connection) -> tuple[Span | None, int]:
    """The latest span, and the highest prompt number ever given (0: none)."""
    columns = ", ".join(f'"{name}"' for name in column_names(SPAN))
    last = decode_all(SPAN, connection.execute(f'SELECT {columns} FROM spans ORDER BY "start" DESC LIMIT 1'))
    (highest,) = connection.execute("SELECT max(number) FROM prompts").fetchone()
    return (last[0] if last else None), 0 if highest is None else max(0, highest)


def read_snapshot(connection: sqlite3.Connection) -> Mapping[str, object] | None:
    """The snapshot kept last; raises HistoryDamaged where it is no JSON object."""
    row = connection.execute("SELECT body FROM snapshot").fetchone()
    return None if row is None else parse_snapshot(row[0])


def parse_snapshot(body: str) -> Mapping[str, object]:
    """The snapshot behind its JSON text; raises HistoryDamaged where that is no object."""
    try:
        found = json.loads(body)
    except json.JSONDecodeError as error:
        raise HistoryDamaged(f"The snapshot in the history cannot be read ({error}); the records can.") from None
    if not isinstance(found, dict):
        raise HistoryDamaged("The snapshot in the history is not an object; the records can be read.")
    return found
