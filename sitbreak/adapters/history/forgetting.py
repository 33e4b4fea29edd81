"""Forgetting for good: out of the file, its free pages, its log and every copy beside it."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from sitbreak.adapters.history.fact_fields import KINDS
from sitbreak.adapters.history.opening import copies
from sitbreak.adapters.history.queries import transaction
from sitbreak.core.frozen import frozen


@frozen
class Forgotten:
    """How many records were removed, and which copies of the file."""

    records: int
    copies: tuple[Path, ...]


def forget(connection: sqlite3.Connection, path: Path, before: date | None) -> Forgotten:
    """Removes the records of the days before `before` (None: everything, the snapshot too) and all copies.

    The goal in force stays; a finished baseline that began earlier goes, for its days are gone.
    Raises sqlite3.Error or OSError; asked again, it finishes what is left.
    """
    connection.execute("PRAGMA secure_delete = ON")
    with transaction(connection):
        connection.execute("DROP TABLE IF EXISTS aside")  # damaged, so nobody can tell of which day
        records = _delete_all(connection) if before is None else _delete_before(connection, before)
        _forget_elsewhere(connection, before)
    connection.execute("VACUUM")
    _empty_log(connection)
    removed = copies(path)
    for copy in removed:
        copy.unlink(missing_ok=True)
    return Forgotten(records, tuple(removed))


def _delete_all(connection: sqlite3.Connection) -> int:
    records = sum(connection.execute(f'DELETE FROM "{kind.table}"').rowcount for kind in KINDS)
    connection.execute("DELETE FROM snapshot")
    return records


def _delete_before(connection: sqlite3.Connection, before: date) -> int:
    day = before.isoformat()
    tables = [kind.table for kind in KINDS if kind.moment]
    records = sum(connection.execute(f'DELETE FROM "{table}" WHERE day < ?', (day,)).rowcount for table in tables)
    records += connection.execute(
        "DELETE FROM goals WHERE day < (SELECT max(day) FROM goals WHERE day <= ?)", (day,)
    ).rowcount
    return (
        records + connection.execute('DELETE FROM baselines WHERE "first" < ? AND "last" IS NOT NULL', (day,)).rowcount
    )


def _forget_elsewhere(connection: sqlite3.Connection, before: date | None) -> None:
    """What others told goes, too; and they forget us as we were: what is left is told anew, under a new identity."""
    connection.execute(
        "DELETE FROM others WHERE ? IS NULL OR day < ?", [None if before is None else before.isoformat()] * 2
    )
    connection.execute("DELETE FROM outbox")
    connection.execute("UPDATE devices SET own = 0, forgotten = 1 WHERE own = 1")


def _empty_log(connection: sqlite3.Connection) -> None:
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise sqlite3.OperationalError("another program is reading it; ask again when it has finished")
