"""What can go wrong with the history file: each case by name, how damage is found, and where a broken file goes.

Every message is one sentence for people. Nothing is ever deleted.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sitbreak.adapters.history.schema import VERSION, expected_shape, shape_of, version_of
from sitbreak.core.text import NotDone
from sitbreak.language import N_, _
from sitbreak.ports import HistoryDamaged

__all__ = ["HistoryDamaged", "HistoryTooNew", "HistoryUnwritable", "SpansOverlap", "is_damage", "unwritable"]

_PRIMARY = 0xFF  # the low byte of an extended result code is the primary one
_REASONS = {
    sqlite3.SQLITE_FULL: N_("the disk is full"),
    sqlite3.SQLITE_READONLY: N_("it is read-only"),
    sqlite3.SQLITE_PERM: N_("permission denied"),
    sqlite3.SQLITE_AUTH: N_("permission denied"),
    sqlite3.SQLITE_BUSY: N_("another program is using it"),
    sqlite3.SQLITE_LOCKED: N_("another program is using it"),
    sqlite3.SQLITE_CANTOPEN: N_("the file or its folder cannot be opened"),
    sqlite3.SQLITE_IOERR: N_("the disk reports an error"),
}

MOVED = N_(
    "The history {path} was moved or replaced while sitbreak ran: what stands there now is written on; where it was "
    "moved to, the former records still are."
)
NOT_COPIED = N_("The history {path} could not be copied ({why}); its records are safe: please try again.")
NOT_COPIED_TO = N_(
    "The history {path} could not be copied to {target} ({why}); its records are safe: please try again."
)
NOT_CLEARED = N_("The history {path} could not be cleared ({why}); its records are safe: please try again.")


class HistoryUnwritable(NotDone):
    """The history cannot be written now; what was given to `keep` waits in memory and goes in with the next one."""


class HistoryTooNew(NotDone):
    """The history was written by a newer sitbreak; nothing was touched."""


class SpansOverlap(ValueError):
    """A span would cover time that another span has; nothing of that `keep` was stored."""


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code, or 0 where the error carries none."""
    code = getattr(error, "sqlite_errorcode", None)
    return 0 if code is None else int(code) & _PRIMARY


# What reading a broken file raises; where even its table names are no text, Python cannot decode SQLite's complaint.
READING = (sqlite3.DatabaseError, UnicodeDecodeError)


def is_damage(error: sqlite3.Error | UnicodeDecodeError) -> bool:
    """Whether the error means that the file itself is broken, not that it cannot be reached or written."""
    if isinstance(error, UnicodeDecodeError):
        return True
    return primary_code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def reason_of(error: sqlite3.Error | OSError) -> str:
    """A few words on why a file could not be written or read."""
    if isinstance(error, sqlite3.Error):
        return _(_REASONS.get(primary_code(error), str(error)))
    return (error.strerror if error.strerror is not None else str(error)).lower()


def unwritable(path: Path, error: sqlite3.Error | OSError) -> HistoryUnwritable:
    """The exception to raise when `error` kept the file at `path` from being written."""
    return HistoryUnwritable(
        _(
            "The history {path} cannot be written ({reason_of}); new records wait in memory and are stored as "
            "soon as it can be: please check its folder and the free space.",
            path=path,
            reason_of=reason_of(error),
        )
    )


def too_new(path: Path, found: int, known: int) -> HistoryTooNew:
    """The exception for a file of layout `found` when this program knows layouts up to `known`."""
    return HistoryTooNew(
        _(
            "The history {path} was written by a newer sitbreak (layout {found}, this one knows {known}) and was "
            "left as it is: please update sitbreak, or move the file away to begin a new one.",
            path=path,
            found=found,
            known=known,
        )
    )


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
    if not 0 < version <= VERSION:
        raise HistoryDamaged(_("there never was a layout {version}", version=version))
    if any(not columns <= shape.get(table, set()) for table, columns in expected_shape(version).items()):
        raise HistoryDamaged(_("tables are missing"))
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
    return _(
        "The history could not be read and was set aside as {target}; a new one was begun, and the latest "
        "daily backup beside it can be imported.",
        target=target,
    )
