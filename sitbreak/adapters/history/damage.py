"""Finding out whether a history file is sound, and setting a broken one aside. Nothing is ever deleted."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sitbreak.adapters.history.errors import HistoryDamaged, too_new
from sitbreak.adapters.history.migrate import MIGRATIONS
from sitbreak.adapters.history.schema import VERSION, expected_shape, shape_of, version_of

COMPANIONS = ("", "-wal", "-shm")  # the file itself, and what SQLite keeps beside it


def examine(connection: sqlite3.Connection, path: Path, thorough: bool = True) -> int | None:
    """The layout version of a sound file, None for one without any table yet. `thorough`: every page is looked at.

    Raises HistoryTooNew, HistoryDamaged (not set aside yet), or sqlite3.DatabaseError from a file that is no database.
    """
    version, shape = version_of(connection), shape_of(connection)
    if version > VERSION:
        raise too_new(path, version, VERSION)
    if thorough:
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise HistoryDamaged(str(verdict))
    if version == 0 and not shape:
        return None
    if version != VERSION and version not in MIGRATIONS:
        raise HistoryDamaged(f"there never was a layout {version}")
    expected = expected_shape() if version == VERSION else MIGRATIONS[version].shape
    if any(not columns <= shape.get(table, set()) for table, columns in expected.items()):
        raise HistoryDamaged("tables are missing")
    return version


def set_aside(path: Path, at: datetime) -> Path:
    """Renames the file and its companions to `history.damaged-<UTC stamp>.sqlite`; returns the new name.

    Raises OSError when the folder does not allow it. No connection may be open.
    """
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = unused(path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}"))
    for tail in COMPANIONS:
        source = path.with_name(path.name + tail)
        if source.exists():
            source.rename(target.with_name(target.name + tail))
    return target


def unused(path: Path) -> Path:
    """The path, or with -2, -3 ... where that name is taken."""
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate


def damaged_notice(target: Path) -> str:
    """What the user is told."""
    return (
        f"The history could not be read and was set aside as {target}; a new one was begun, "
        "and the latest daily backup beside it can be imported."
    )
