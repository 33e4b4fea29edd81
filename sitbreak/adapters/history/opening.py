"""Opening a history file: made if missing, brought up to date if old, set aside if broken, refused if too new."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sitbreak.adapters.history.copies import copy_to, private_file, upgrade_copy
from sitbreak.adapters.history.damage import damaged_notice, examine, set_aside, unused
from sitbreak.adapters.history.errors import READING, HistoryDamaged, HistoryUnwritable, is_damage, unwritable
from sitbreak.adapters.history.migrate import migrate
from sitbreak.adapters.history.queries import transaction
from sitbreak.adapters.history.schema import VERSION, create


@dataclass(slots=True)
class OpenedFile:
    """An open file, and sentences for the user about what had to be done to it."""

    connection: sqlite3.Connection
    notices: list[str] = field(default_factory=list)


def open_history(path: Path, at: datetime, patience_s: float) -> OpenedFile:
    """Opens the file for writing. `at` stamps what is set aside; a lock is waited for `patience_s` seconds.

    Raises HistoryTooNew or HistoryUnwritable.
    """
    try:
        try:
            return _open(path, at, patience_s)
        except HistoryDamaged:
            target = set_aside(path, at)
        opened = _open(path, at, patience_s)
    except (sqlite3.Error, OSError) as error:
        raise unwritable(path, error) from error
    opened.notices.insert(0, damaged_notice(target))
    return opened


def _open(path: Path, at: datetime, patience_s: float) -> OpenedFile:
    private_file(path)
    version = _look(path)
    # The daemon opens the file in the thread that starts it and uses it in the one that owns all state.
    connection = sqlite3.connect(path, timeout=patience_s, isolation_level=None, check_same_thread=False)
    with ExitStack() as unless_ready:
        unless_ready.callback(connection.close)
        opened = OpenedFile(connection, _make_ready(connection, path, version, at))
        unless_ready.pop_all()
    return opened


def _look(path: Path) -> int | None:
    """Examines the file without changing a byte: opened for writing, SQLite would drop the log of a broken file."""
    try:
        with closing(_read_only(path)) as connection:
            return examine(connection, path)
    except READING as error:
        if is_damage(error):
            raise HistoryDamaged(str(error)) from error
        raise


def _make_ready(connection: sqlite3.Connection, path: Path, version: int | None, at: datetime) -> list[str]:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if version is None:
        with transaction(connection):
            create(connection)
        return []
    return [_upgrade(connection, path, old, at) for old in range(version, VERSION)]


def _upgrade(connection: sqlite3.Connection, path: Path, version: int, at: datetime) -> str:
    target = unused(upgrade_copy(path, version, at.date()))
    copy_to(connection, target)
    try:
        with transaction(connection):
            migrate(connection, version)
    except (sqlite3.IntegrityError, sqlite3.DataError) as error:
        raise HistoryDamaged(str(error)) from error
    return f"The history was brought from layout {version} to {version + 1}; the former file is kept as {target}."


def open_to_read(path: Path) -> sqlite3.Connection | None:
    """Opens an existing file for reading only, whatever its age; None where there is nothing to read yet.

    An older layout is read through an upgraded copy in memory. Raises HistoryTooNew, HistoryDamaged, HistoryUnwritable.
    """
    with reading(path):
        return _open_to_read(path) if path.exists() else None


def _open_to_read(path: Path) -> sqlite3.Connection | None:
    connection = _read_only(path)
    with ExitStack() as unless_ready:
        unless_ready.callback(connection.close)
        version = examine(connection, path, thorough=False)
        unless_ready.pop_all()
    if version == VERSION:
        return connection
    with closing(connection):
        return None if version is None else _upgraded_copy(connection, version)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turns what SQLite raises while reading into HistoryDamaged or HistoryUnwritable, with a sentence for people."""
    try:
        yield
    except READING as error:
        if is_damage(error):
            raise _unreadable(path, str(error)) from error
        raise _unreachable(path, str(error)) from error
    except OSError as error:
        raise _unreachable(path, str(error.strerror)) from error
    except HistoryDamaged as error:
        raise _unreadable(path, str(error).rstrip(".")) from error


def _unreachable(path: Path, why: str) -> HistoryUnwritable:
    return HistoryUnwritable(f"The history {path} cannot be read now ({why}); please check its folder.")


def _unreadable(path: Path, why: str) -> HistoryDamaged:
    return HistoryDamaged(f"The history {path} cannot be read ({why}); sitbreak sets it aside when it next starts.")


def _read_only(path: Path) -> sqlite3.Connection:
    # Nobody but SQLite may open the file: closing any other handle on it would drop this process's locks.
    uri = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=2.0, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise
        # A folder that may not be written, or a full disk, and no writer: nothing can change while we read.
        return sqlite3.connect(f"{uri}&immutable=1", uri=True, isolation_level=None)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _upgraded_copy(connection: sqlite3.Connection, version: int) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    connection.backup(memory)
    for old in range(version, VERSION):
        with transaction(memory):
            migrate(memory, old)
    return memory
