"""Reading rows of which some may be damaged: what cannot be read or cannot be true is told apart from the rest."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sitbreak.adapters.history.layout import SPAN, TableKind
from sitbreak.adapters.history.rows import column_names, decode_all, select
from sitbreak.core.plausible import implausible

# What a cell of the wrong type, an unknown word, or a number out of all bounds raises on its way to a fact.
SENSELESS = (ValueError, KeyError, TypeError, AttributeError, OverflowError)

_ASIDE = """
CREATE TABLE IF NOT EXISTS aside (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, of_table TEXT NOT NULL, cells TEXT NOT NULL, why TEXT NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
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
    try:
        facts = decode_all(kind, connection.execute(select(kind), days))
        if kind is SPAN or not any(implausible(fact) for fact in facts):  # spans are checked where they are made
            return facts
    except (*SENSELESS, sqlite3.OperationalError):
        pass
    with _any_text(connection):
        rows = connection.execute(select(kind, "rowid, "), days).fetchall()
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
            why = implausible(fact)
            if not why and kind is SPAN:
                why = "it overlaps the one before" if fact.start.elapsed < reached else ""
                reached = reached if why else fact.end.elapsed
        except SENSELESS as error:
            why = f"it cannot be read: {error}"
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
    many = "1 record" if len(bad) == 1 else f"{len(bad)} records"
    whereto = "kept apart, in the table `aside` of its file" if kept else "left where it is"
    return f"The history holds {many} that cannot be true ({bad[0].why}): left out of every figure and {whereto}."
