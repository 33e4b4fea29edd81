"""Sharing with the person's other devices: a pass over the folder every ten seconds, on a thread of its own."""

from __future__ import annotations

import logging
import os
import platform
import queue
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import time
from pathlib import Path

from sitbreak.adapters.history import HistoryDamaged, HistoryReader, HistoryUnwritable, others
from sitbreak.adapters.history.merged_history import BodyHistory
from sitbreak.adapters.history.others import Device
from sitbreak.adapters.shared_folder import FolderTrouble, SharedFolder
from sitbreak.core.device_books import TOLERANCE
from sitbreak.core.event_messages import NotUnderstood, event_of, message_of
from sitbreak.core.events import (
    BodySeen,
    Event,
    PauseRequested,
    Present,
    PromptAnswered,
    ResumeRequested,
    SaidElsewhere,
)
from sitbreak.core.machine import Machine
from sitbreak.core.timeline import Instant
from sitbreak.daemon.exchange import SAID_WITHIN, Exchange, Exchanged, Said, new_id
from sitbreak.daemon.mqtt_link import MqttLink
from sitbreak.language import _
from sitbreak.settings.model import Settings

log = logging.getLogger(__name__)

EVERY_S = 10.0
TOLD_TO_ALL = (PromptAnswered, PauseRequested, ResumeRequested)
CLOSING_S = 1.0
NAMELESS = "computer"


class Sharing:
    """`history` is the file, which has to be there; `now` the wall clock, local.

    `changed` is called when others told news, `tell` with a sentence for the person, `post` with what the machine has
    to know; all on this thread.
    """

    def __init__(
        self,
        history: Path,
        day_start: time,
        now: Callable[[], Instant],
        changed: Callable[[], None],
        tell: Callable[[str], None],
        post: Callable[[Event], None],
        link: MqttLink,
        every_s: float = EVERY_S,
    ) -> None:
        self._link, self._settings = link, Settings()
        link.heard = self.hear
        self.trouble = ""  # why nothing is shared now, for people
        self._history, self._day_start, self._now = history, day_start, now
        self._changed, self._tell, self._post, self._every_s = changed, tell, post, every_s
        self._said: queue.SimpleQueue[Said] = queue.SimpleQueue()
        self._mark = os.urandom(6).hex()
        self._folder = ""
        self._wake, self._ending = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def use(self, settings: Settings) -> None:
        """From now on the folder and the broker of these settings; where both are empty nothing is shared."""
        self._settings, self._folder = settings, settings.sync.folder
        self._wake.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="sharing", daemon=True)
            self._thread.start()

    def note(
        self, event: Event, at: Instant, machine: Machine, further: Callable[[Event, Instant], None] | None = None
    ) -> None:
        """Keeps what the person says to this device, for the others; called on the loop's thread, before `machine` is
        told. `further` is told of each event, too.
        """
        if further is not None:
            further(event, at)
        if isinstance(event, PromptAnswered) and not machine.occupied:
            return
        message = message_of(event, lambda moment: moment.utc.isoformat()) if isinstance(event, TOLD_TO_ALL) else None
        if message is None:
            return
        said = ((at if isinstance(event, PromptAnswered) else machine.word_at(at)).utc, message)
        self._link.say(said)
        if self._folder:
            self._said.put(said)
            self._wake.set()

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
            self._wake.wait(self._every_s if self._folder or self._settings.mqtt.broker else None)

    def look(self) -> Exchanged:
        """One pass, whatever fails in it."""
        done = Exchanged()
        try:
            with others.opened(self._history) as connection:
                self._link.use(self._settings, self._family(connection))
                if self._folder:
                    done = self._pass(connection)
                elif others.sharing(connection):
                    others.share_no_more(connection)
            self.trouble = ""
        except FolderTrouble as error:
            self._note(str(error))
        except (sqlite3.Error, OSError, HistoryDamaged, HistoryUnwritable) as error:
            self._note(_("What other devices tell cannot be kept now ({why}); it is read later.", why=error))
        return done

    def _family(self, connection: sqlite3.Connection) -> list[Device]:
        """This device and those it shares a folder with, as far as the broker has to do with them."""
        if not self._settings.mqtt.broker:
            return []
        found = others.devices(connection)
        if not any(each.own for each in found):
            own = Device(0, new_id(), platform.node() or NAMELESS, own=True)
            found.append(others.keep_device(connection, own))
        return [each for each in found if each.own or each.forgotten or self._folder]

    def _pass(self, connection: sqlite3.Connection) -> Exchanged:
        folder, name = SharedFolder(Path(self._folder).expanduser()), platform.node() or NAMELESS
        said, at = [self._said.get() for _each in range(self._said.qsize())], self._now()
        try:
            done = Exchange(connection, folder, at.local, self._day_start, name, self._mark, said=said).run()
        except (FolderTrouble, sqlite3.Error):
            for each in said:
                self._said.put(each)
            raise
        for sentence in done.sentences:
            log.warning("%s", sentence)
            self._tell(sentence)
        if done.news:
            self._changed()
        self._tell_machine(done, at)
        return done

    def _tell_machine(self, done: Exchanged, at: Instant) -> None:
        for said in sorted(done.said, key=lambda each: each[0]):
            self.hear(said)
        with closing(HistoryReader(self._history)) as own:
            seen = BodyHistory(own, self._history, self._day_start).now(at)
        if seen is not None:
            self._post(seen)

    def hear(self, said: Said) -> None:
        """Tells the machine what was said to another device, within the last day; for any thread."""
        (when, message), at = said, self._now()
        try:
            event = event_of(message)
        except NotUnderstood as error:
            log.warning("what was said to another device is not understood: %s", error)
            return
        if not -TOLERANCE <= at.utc - when < SAID_WITHIN:
            return
        there = at.plus(when - at.utc)
        if isinstance(event, TOLD_TO_ALL):
            self._post(SaidElsewhere(event, there))
        elif isinstance(event, Present):
            self._post(BodySeen(there, elsewhere=there))

    def _note(self, sentence: str) -> None:
        if sentence != self.trouble:
            log.warning("%s", sentence)
        self.trouble = sentence
