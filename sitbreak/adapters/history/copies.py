"""Copies of the history file: before an upgrade, and one a day. All made through SQLite, so never torn."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

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
