"""The layout of the history file, written as the steps from each version to the next, and what can be wrong with one.

Facts only: every total is derived from them. Instants take three columns: `x` (microseconds on the book axis, a steady
axis that goes on across runs), `x_utc` (microseconds since 1970) and `x_zone` ("+02:00 Europe/Berlin"). Lengths are
microseconds, days ISO dates. Every message is one sentence for people. Nothing is ever deleted.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sitbreak.core.text import NotDone
from sitbreak.language import N_, _
from sitbreak.ports import HistoryDamaged

VERSION = 3

VERSION_1 = """
CREATE TABLE spans (
    "start" INTEGER PRIMARY KEY, start_utc INTEGER NOT NULL, start_zone TEXT NOT NULL,
    "end" INTEGER NOT NULL, end_utc INTEGER, end_zone TEXT, -- NULL: under the same wall clock and zone as the start
    kind TEXT NOT NULL, strength TEXT, evidence TEXT NOT NULL, day TEXT NOT NULL
);
CREATE INDEX spans_day ON spans (day);
CREATE TABLE prompts (
    number INTEGER PRIMARY KEY, shown INTEGER NOT NULL, shown_utc INTEGER NOT NULL, shown_zone TEXT NOT NULL,
    day TEXT NOT NULL, reason TEXT NOT NULL, movement TEXT NOT NULL, bout INTEGER NOT NULL, outcome TEXT,
    closed INTEGER, closed_utc INTEGER, closed_zone TEXT
);
CREATE INDEX prompts_day ON prompts (day);
CREATE TABLE breaks (
    accepted INTEGER PRIMARY KEY, accepted_utc INTEGER NOT NULL, accepted_zone TEXT NOT NULL, day TEXT NOT NULL,
    length INTEGER NOT NULL, movement TEXT NOT NULL, prompt INTEGER, credited INTEGER NOT NULL,
    seated INTEGER NOT NULL, level TEXT NOT NULL
);
CREATE INDEX breaks_day ON breaks (day);
CREATE TABLE gaps (
    "start" INTEGER PRIMARY KEY, start_utc INTEGER NOT NULL, start_zone TEXT NOT NULL,
    "end" INTEGER NOT NULL, end_utc INTEGER NOT NULL, end_zone TEXT NOT NULL, label TEXT NOT NULL,
    at INTEGER NOT NULL, at_utc INTEGER NOT NULL, at_zone TEXT NOT NULL, day TEXT NOT NULL
);
CREATE INDEX gaps_day ON gaps (day);
CREATE TABLE movement (
    at INTEGER NOT NULL, at_utc INTEGER NOT NULL, at_zone TEXT NOT NULL, day TEXT NOT NULL,
    minutes REAL NOT NULL, counted INTEGER NOT NULL, source TEXT NOT NULL, PRIMARY KEY (at, source)
);
CREATE INDEX movement_day ON movement (day);
CREATE TABLE corrections (
    "start" INTEGER NOT NULL, start_utc INTEGER NOT NULL, start_zone TEXT NOT NULL,
    "end" INTEGER NOT NULL, end_utc INTEGER NOT NULL, end_zone TEXT NOT NULL, kind TEXT NOT NULL,
    at INTEGER NOT NULL, at_utc INTEGER NOT NULL, at_zone TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (at, "start")
);
CREATE INDEX corrections_day ON corrections (day);
CREATE TABLE baselines ("first" TEXT PRIMARY KEY, "last" TEXT, firm INTEGER NOT NULL);
CREATE TABLE goals (day TEXT PRIMARY KEY, minutes INTEGER NOT NULL, by_user INTEGER NOT NULL);
CREATE TABLE snapshot (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL);
CREATE TABLE plan_log (
    id INTEGER PRIMARY KEY, plan TEXT NOT NULL, at INTEGER NOT NULL, -- microseconds since 1970, UTC
    what TEXT NOT NULL, amount REAL
);
"""

# Silent gaps of a minute and more, for the estimate (spec 8.1); a table that nothing was ever written to goes.
VERSION_2 = """
CREATE TABLE quiets (
    "start" INTEGER PRIMARY KEY, start_utc INTEGER NOT NULL, start_zone TEXT NOT NULL,
    length INTEGER NOT NULL, absence INTEGER, held TEXT NOT NULL, motion INTEGER NOT NULL, day TEXT NOT NULL
);
CREATE INDEX quiets_day ON quiets (day);
DROP TABLE plan_log;
"""
# Other devices and what they told, and what they are still to be told of ours (others.py).
VERSION_3 = """
CREATE TABLE devices (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, own INTEGER NOT NULL,
    forgotten INTEGER NOT NULL, state TEXT NOT NULL
);
CREATE TABLE others (
    device INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, n INTEGER NOT NULL, day TEXT, cells TEXT NOT NULL,
    PRIMARY KEY (device, kind, key)
) WITHOUT ROWID;
CREATE INDEX others_day ON others (device, kind, day);
CREATE TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, row INTEGER NOT NULL);
CREATE INDEX outbox_row ON outbox (kind, row);
"""
SCRIPTS = (VERSION_1, VERSION_2, VERSION_3)  # the step to each version from the one before

Shape = dict[str, set[str]]


def version_of(connection: sqlite3.Connection) -> int:
    """The file's layout version; raises sqlite3.DatabaseError where it is no database."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def shape_of(connection: sqlite3.Connection) -> Shape:
    """The tables of the file and their columns."""
    rows = connection.execute(
        "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c "
        "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    shape: Shape = {}
    for table, column in rows:
        shape.setdefault(table, set()).add(column)
    return shape


def expected_shape(version: int = VERSION) -> Shape:
    """The tables and columns of a version."""
    connection = sqlite3.connect(":memory:")
    try:
        for script in SCRIPTS[:version]:
            connection.executescript(script)
        return shape_of(connection)
    finally:
        connection.close()


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Runs statements inside the transaction that is open (`executescript` would commit it)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def create(connection: sqlite3.Connection) -> None:
    """Lays out an empty file, inside the transaction that is open."""
    for version in range(VERSION):
        migrate(connection, version)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Takes the one step from `version`, inside the open transaction; raises sqlite3.Error where that fails."""
    run_script(connection, SCRIPTS[version])
    connection.execute(f"PRAGMA user_version = {version + 1}")


# -- what can be wrong with a file: each case by name, how damage is found, and where a broken file goes

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
