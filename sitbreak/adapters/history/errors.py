"""What can go wrong with the history file, by name. Each message is one sentence for people."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sitbreak.ports import HistoryDamaged

__all__ = ["HistoryDamaged", "HistoryTooNew", "HistoryUnwritable", "SpansOverlap", "is_damage", "unwritable"]

_PRIMARY = 0xFF  # the low byte of an extended result code is the primary one
_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it is read-only",
    sqlite3.SQLITE_PERM: "permission denied",
    sqlite3.SQLITE_AUTH: "permission denied",
    sqlite3.SQLITE_BUSY: "another program is using it",
    sqlite3.SQLITE_LOCKED: "another program is using it",
    sqlite3.SQLITE_CANTOPEN: "the file or its folder cannot be opened",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
}


class HistoryUnwritable(Exception):
    """The history cannot be written now; what was given to `keep` waits in memory and goes in with the next one."""


class HistoryTooNew(Exception):
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
        return _REASONS.get(primary_code(error), str(error))
    return (error.strerror if error.strerror is not None else str(error)).lower()


def unwritable(path: Path, error: sqlite3.Error | OSError) -> HistoryUnwritable:
    """The exception to raise when `error` kept the file at `path` from being written."""
    return HistoryUnwritable(
        f"The history {path} cannot be written ({reason_of(error)}); new records wait in memory and are stored "
        "as soon as it can be: please check its folder and the free space."
    )


def too_new(path: Path, found: int, known: int) -> HistoryTooNew:
    """The exception for a file of layout `found` when this program knows layouts up to `known`."""
    return HistoryTooNew(
        f"The history {path} was written by a newer sitbreak (layout {found}, this one knows {known}) and was "
        "left as it is: please update sitbreak, or move the file away to begin a new one."
    )
