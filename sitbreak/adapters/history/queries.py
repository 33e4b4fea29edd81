"""What is asked of an open history file: reading a range of days, and storing one batch."""

from __future__ import annotations

import gc
import json
import sqlite3
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import Any

from sitbreak.adapters.history.fact_columns import GAP, KINDS, SPAN, Identity, TableKind, identity, kind_of, parse_day
from sitbreak.adapters.history.rows import BadRow, Row, last_sound, read_sound, upsert
from sitbreak.adapters.history.schema import SpansOverlap
from sitbreak.core.away_share import ANSWERED_PROMPTS, LEARNED_FROM
from sitbreak.core.frozen import frozen
from sitbreak.core.records import HIGHEST_NUMBER, Fact, Facts, GapAnswer, Outcome, Reason, Span
from sitbreak.language import N_, _
from sitbreak.ports import HistoryDamaged

UNREAD = N_("What the program remembered cannot be read ({error}).")
_NEIGHBOURS = (
    'SELECT (SELECT "end" FROM spans WHERE "start" < ? ORDER BY "start" DESC LIMIT 1), '
    '(SELECT "start" FROM spans WHERE "start" > ? ORDER BY "start" LIMIT 1)'
)
# A damaged cell may hold anything: only text is a day, and it is read as bytes, for it may be no text after all.
_A_DAY = "typeof(day) = 'text' AND day GLOB '????-??-??'"
_SNAPSHOT = "INSERT INTO snapshot (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body"


@frozen
class Batch:
    """What one `keep` was given: the facts, their rows, and the snapshot as JSON."""

    facts: tuple[Fact, ...]
    rows: tuple[Row, ...]
    snapshot: str | None

    def without(self, keys: Set[Identity], snapshot: bool) -> Batch | None:
        """What is left of it beside a later batch with facts of these keys, and perhaps a snapshot; None: nothing."""
        pairs = [(fact, row) for fact, row in zip(self.facts, self.rows, strict=True) if identity(fact) not in keys]
        kept = None if snapshot else self.snapshot
        if not pairs and kept is None:
            return None
        return Batch(tuple(fact for fact, _ in pairs), tuple(row for _, row in pairs), kept)


@contextmanager
def transaction(connection: sqlite3.Connection, mode: str = "IMMEDIATE") -> Iterator[sqlite3.Connection]:
    """One transaction: committed at the end, rolled back on any exception."""
    connection.execute(f"BEGIN {mode}")
    try:
        yield connection
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


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
    crosses = (isinstance(before, int) and before > start) or (isinstance(after, int) and after < end)
    if crosses or end < start:
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


def read_facts(connection: sqlite3.Connection, first: date, last: date, margin_days: int, bad: list[BadRow]) -> Facts:
    """The facts of the days, read at one moment; the rows that make no sense are added to `bad` instead."""
    spans = widened(first, last, margin_days)
    ranges = {kind: spans if kind is SPAN else (first, last) for kind in KINDS}
    with transaction(connection, "DEFERRED"), collector_paused():
        return Facts(**{kind.table: tuple(_fetch(connection, kind, *days, bad)) for kind, days in ranges.items()})


def _fetch(connection: sqlite3.Connection, kind: TableKind, first: date, last: date, bad: list[BadRow]) -> list[Any]:
    return read_sound(connection, kind, (first.isoformat(), last.isoformat()) if kind.moment else (), bad)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Spares the cycle collector from walking over a hundred thousand new records, none of which is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_answers(connection: sqlite3.Connection, bad: list[BadRow]) -> list[GapAnswer]:
    """Every answer about a gap; rows that make no sense are added to `bad`."""
    return _fetch(connection, GAP, date.min, date.max, bad)


def read_outcomes(connection: sqlite3.Connection) -> list[Outcome]:
    """What became of the latest prompts that were answered while sitting was thought, the latest first; words that are
    none are passed over.
    """
    marks = ", ".join("?" * len(ANSWERED_PROMPTS))
    rows = connection.execute(
        f"SELECT outcome FROM prompts WHERE outcome IN ({marks}) AND reason <> ? "
        f"ORDER BY number DESC LIMIT {LEARNED_FROM}",
        [*(outcome.value for outcome in ANSWERED_PROMPTS), Reason.STANDING.value],
    )
    return [Outcome(word) for (word,) in rows]


def read_days(connection: sqlite3.Connection) -> list[date]:
    """The logical days that have spans, ascending; hops from day to day along the index."""
    days = []
    (raw,) = connection.execute(f"SELECT CAST(min(day) AS BLOB) FROM spans WHERE {_A_DAY}").fetchone()
    while raw is not None:
        with suppress(ValueError):  # damaged; its span is in no figure
            days.append(parse_day(raw.decode()))
        after = f"SELECT CAST(min(day) AS BLOB) FROM spans WHERE {_A_DAY} AND day > CAST(? AS TEXT)"
        (raw,) = connection.execute(after, (raw,)).fetchone()
    return days


def read_ends(connection: sqlite3.Connection, bad: list[BadRow]) -> tuple[Span | None, int]:
    """The latest span that makes sense, and the highest prompt number ever given (0: none)."""
    (highest,) = connection.execute("SELECT max(number) FROM prompts WHERE number < ?", (HIGHEST_NUMBER,)).fetchone()
    return last_sound(connection, bad), 0 if highest is None else max(0, highest)


def read_snapshot(connection: sqlite3.Connection) -> Mapping[str, object] | None:
    """The snapshot kept last, None where there is none; raises HistoryDamaged where it is no JSON object."""
    row = connection.execute("SELECT CAST(body AS BLOB) FROM snapshot").fetchone()
    return None if row is None else parse_snapshot(row[0])


def parse_snapshot(body: str | bytes) -> Mapping[str, object]:
    """The snapshot behind its JSON text; raises HistoryDamaged where that is no object."""
    try:
        found = json.loads(body)
    except (ValueError, TypeError, RecursionError) as error:
        raise HistoryDamaged(_(UNREAD, error=error)) from None
    if not isinstance(found, dict):
        raise HistoryDamaged(_(UNREAD, error=type(found).__name__))
    return found
