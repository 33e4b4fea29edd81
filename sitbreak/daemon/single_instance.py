"""One sitbreak a user, and one a history: two that write the same books would spoil each other's minutes."""

from __future__ import annotations

import logging
import platform
from pathlib import Path

from filelock import FileLock, Timeout

from sitbreak.language import N_, _
from sitbreak.settings.files import read_regular
from sitbreak.settings.paths import Paths

log = logging.getLogger(__name__)

RUNNING = N_("sitbreak is already running; `sitbreak today` opens its window, `sitbreak status` tells how it is doing.")


class AlreadyRunning(Exception):
    """Another sitbreak of this user runs, here or on another machine; the message says so."""


def hold(paths: Paths) -> list[FileLock]:
    """The locks of this user's session and of the history, held until they are released; raises AlreadyRunning.

    The second one counts where a home is shared by several machines, each with a run-time folder of its own.
    """
    ours = FileLock(paths.lock_file)
    try:
        ours.acquire(timeout=0)
    except Timeout as error:
        raise AlreadyRunning(RUNNING) from error
    books = FileLock(paths.history_file.with_name(f"{paths.history_file.name}.lock"))
    owner = paths.history_file.with_name(f"{paths.history_file.name}.owner")
    try:
        books.acquire(timeout=0)
        owner.write_text(platform.node(), encoding="utf-8")
    except Timeout as error:
        ours.release()
        raise AlreadyRunning(_elsewhere(owner)) from error
    except (OSError, NotImplementedError) as error:  # a file system without locks, or a full disk: the first one holds
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
