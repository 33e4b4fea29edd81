"""Sharing with the person's other devices: a pass over the folder every ten seconds, on a thread of its own."""

from __future__ import annotations

import logging
import platform
import secrets
import sqlite3
import threading
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

from sitbreak.adapters.devices import FolderTrouble, SharedFolder
from sitbreak.adapters.history import others
from sitbreak.daemon.exchange import Exchange, Exchanged
from sitbreak.language import _

log = logging.getLogger(__name__)

EVERY_S = 10.0
CLOSING_S = 1.0


class Sharing:
    """`history` is the file, which has to be there; `now` the wall clock, local.

    `changed` is called when others told news, `tell` with a sentence for the person; both on this thread.
    """

    def __init__(
        self,
        history: Path,
        day_start: time,
        now: Callable[[], datetime],
        changed: Callable[[], None],
        tell: Callable[[str], None],
        every_s: float = EVERY_S,
    ) -> None:
        self.trouble = ""  # why nothing is shared now, for people
        self._history, self._day_start, self._now = history, day_start, now
        self._changed, self._tell, self._every_s = changed, tell, every_s
        self._mark = secrets.token_hex(6)
        self._folder = ""
        self._wake, self._ending = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def use(self, folder: str) -> None:
        """From now on this folder; empty: nothing is shared."""
        self._folder = folder
        self._wake.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="sharing", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Ends; a pass that hangs in a folder is left behind, and costs nothing."""
        self._ending.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(CLOSING_S)

    def _run(self) -> None:
        while not self._ending.is_set():
            self._wake.clear()
            self.look()
            self._wake.wait(self._every_s if self._folder else None)

    def look(self) -> Exchanged:
        """One pass, whatever fails in it."""
        done = Exchanged()
        try:
            with others.opened(self._history) as connection:
                if self._folder:
                    done = self._pass(connection)
                elif others.sharing(connection):
                    others.share_no_more(connection)
            self.trouble = ""
        except FolderTrouble as error:
            self._note(str(error))
        except (sqlite3.Error, OSError) as error:
            self._note(_("What other devices tell cannot be kept now ({why}); it is read later.", why=error))
        return done

    def _pass(self, connection: sqlite3.Connection) -> Exchanged:
        folder, name = SharedFolder(Path(self._folder).expanduser()), platform.node() or "computer"
        done = Exchange(connection, folder, self._now(), self._day_start, name, self._mark).run()
        for sentence in done.sentences:
            log.warning("%s", sentence)
            self._tell(sentence)
        if done.news:
            self._changed()
        return done

    def _note(self, sentence: str) -> None:
        if sentence != self.trouble:
            log.warning("%s", sentence)
        self.trouble = sentence
