"""One sitbreak a user, and one a history: two that write the same books would spoil each other's minutes.

The system's own locks, which end with their process. filelock has them, too, and ways without them, for which it holds
1.1 MB and takes 15 ms of each start.
"""

from __future__ import annotations

import errno
import logging
import os
import platform
import sys
from pathlib import Path

from sitbreak.core.text import NotDone
from sitbreak.language import N_, _
from sitbreak.settings.files import read_regular
from sitbreak.settings.paths import Paths

log = logging.getLogger(__name__)

RUNNING = N_("sitbreak is already running; `sitbreak today` opens its window, `sitbreak status` tells how it is doing.")


class AlreadyRunning(NotDone):
    """Another sitbreak of this user runs, here or on another machine."""

    exit_code = 1


class RunsElsewhere(AlreadyRunning):
    """It is in another session or on another machine, where no command from here reaches it."""


class FileLock:
    """A file that one process at a time may hold."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Whether nobody else holds it, and we do now. Raises OSError where that cannot be known."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            if sys.platform != "win32" and error.errno not in (errno.EACCES, errno.EAGAIN):
                raise  # Windows knows locks everywhere, and Wine gives no number
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Lets go of it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def hold(paths: Paths) -> list[FileLock]:
    """The locks of this user's session and of the history, held until they are released; raises AlreadyRunning.

    The second one counts where a home is shared by several machines, each with a run-time folder of its own.
    """
    ours = FileLock(paths.lock_file)
    if not ours.acquire():
        raise AlreadyRunning(_(RUNNING))
    books = FileLock(paths.history_file.with_name(f"{paths.history_file.name}.lock"))
    owner = paths.history_file.with_name(f"{paths.history_file.name}.owner")
    try:
        if not books.acquire():
            ours.release()
            raise RunsElsewhere(_elsewhere(owner))
        owner.write_text(platform.node(), encoding="utf-8")
    except OSError as error:  # a file system without locks, or a full disk: the first one holds
        log.info("the history cannot be locked: %s", error)
    return [ours, books]


def _elsewhere(owner: Path) -> str:
    try:
        host = read_regular(owner, 300).decode("utf-8", "replace").strip()
    except OSError:
        host = ""
    other = bool(host) and host != platform.node()
    whose = (
        _("A sitbreak on {host} writes this history", host=host)
        if other
        else _("A sitbreak of another session writes this history")
    )
    return _(
        "{whose}: stop it there, or set SITBREAK_HOME to another folder here; "
        "`sitbreak export` and `import` bring the two together.",
        whose=whose,
    )
