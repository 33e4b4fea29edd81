"""The history file itself: opened, copied (before an upgrade, and one a day, never torn), and forgotten for good.

Made if missing, brought up to date if old, set aside if broken, refused if too new. What is forgotten is gone from the
file, its free pages, its log and every copy beside it.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sitbreak.adapters.history.fact_columns import KINDS
from sitbreak.adapters.history.queries import transaction
from sitbreak.adapters.history.schema import (
    READING,
    VERSION,
    HistoryUnwritable,
    create,
    damaged_notice,
    examine,
    is_damage,
    migrate,
    set_aside,
    unused,
    unwritable,
)
from sitbreak.core.frozen import frozen
from sitbreak.language import _
from sitbreak.ports import HistoryDamaged

FOLDER = "backups"
KEEP = 7  # daily copies


def private_file(path: Path) -> None:
    """Makes sure the folder (0700 if it is made here) and the file (0600) exist. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if os.name == "posix":
            _own_and_private(path)


def _own_and_private(path: Path) -> None:
    """Refuses what is not a file of ours: a link there could have root change or write any file of the system."""
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is a link or no regular file", str(path))
    if found.st_uid != os.geteuid():
        raise OSError(errno.EPERM, "it belongs to somebody else", str(path))
    if found.st_mode & 0o077:
        with suppress(PermissionError):  # a file system without such modes; whether it can be written shows later
            path.chmod(0o600)


FileMark = tuple[int, int] | None


def file_mark(path: Path) -> FileMark:
    """What tells this file from another one under the same name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def copy_to(connection: sqlite3.Connection, path: Path) -> None:
    """A copy of the open history at `path`, complete or not there at all. Raises sqlite3.Error or OSError."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    private_file(part)
    with closing(sqlite3.connect(part, isolation_level=None)) as target:
        connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, readable anywhere
    part.replace(path)


def daily_copy(connection: sqlite3.Connection, history: Path, day: date, keep: int = KEEP) -> Path:
    """The copy of that day, in the folder `backups`; of earlier ones the latest `keep` - 1 stay."""
    folder = history.parent / FOLDER
    target = folder / f"{history.stem}-{day.isoformat()}{history.suffix}"
    copy_to(connection, target)
    for old in _daily(history)[:-keep]:
        old.unlink()
    return target


def upgrade_copy(history: Path, version: int, day: date) -> Path:
    """The name of the copy made before the file is brought up from `version`."""
    return history.with_name(f"{history.stem}-v{version}-before-upgrade-{day.isoformat()}{history.suffix}")


def _daily(history: Path) -> list[Path]:
    return sorted((history.parent / FOLDER).glob(f"{history.stem}-????-??-??{history.suffix}"))


def copies(history: Path) -> list[Path]:
    """Every copy beside the history: daily ones, from before an upgrade, set aside as damaged, and half-made ones."""
    stem, suffix = history.stem, history.suffix
    beside = [*history.parent.glob(f"{stem}-v*-before-upgrade-*{suffix}")]
    damaged = [*history.parent.glob(f"{stem}.damaged-*{suffix}*")]
    torn = [*history.parent.glob(f"{stem}*.part*"), *(history.parent / FOLDER).glob(f"{stem}*.part*")]
    return [*_daily(history), *sorted(beside), *sorted(damaged), *sorted(torn)]


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
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise  # a full disk or a lock is no fault of the file
        raise HistoryDamaged(str(error)) from error
    return _(
        "The history was brought from layout {version} to {version2}; the former file is kept as {target}.",
        version=version,
        version2=version + 1,
        target=target,
    )


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
    return HistoryUnwritable(
        _("The history {path} cannot be read now ({why}); please check its folder.", path=path, why=why)
    )


def _unreadable(path: Path, why: str) -> HistoryDamaged:
    return HistoryDamaged(
        _("The history {path} cannot be read ({why}); sitbreak sets it aside when it next starts.", path=path, why=why)
    )


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
