"""The line to the daemon: reads messages from standard input in a thread, writes events to standard output."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Signal

from sitbreak.window.message_fields import BadMessage, line, parse

CHUNK = 65536
Say = Callable[..., None]  # an event and its values, to the daemon
Leave = Callable[[], None]  # ends the process


def lines_of(descriptor: int) -> Iterator[str]:
    """The lines that come in on a descriptor, until its other end closes."""
    kept = b""
    while chunk := os.read(descriptor, CHUNK):
        *whole, kept = (kept + chunk).split(b"\n")
        yield from (each.decode("utf-8", "replace") for each in whole if each.strip())


class Channel(QObject):
    """Messages of the daemon as a signal, and `say` for the answers. `ended`: the daemon is gone."""

    heard = Signal(dict)
    ended = Signal()

    def __init__(self, lines: Iterator[str], out: int = 1) -> None:
        """`lines`: what comes in; `out`: the descriptor answers go to."""
        super().__init__()
        self._lines, self._out = lines, out
        self._thread = threading.Thread(target=self._read, name="daemon-line", daemon=True)

    def start(self) -> None:
        """Begins to listen."""
        self._thread.start()

    def _read(self) -> None:
        for text in self._lines:
            try:
                self.heard.emit(parse(text))
            except BadMessage as error:
                self.say("complaint", text=str(error))
        self.ended.emit()

    def say(self, event: str, **values: object) -> None:
        """Tells the daemon about an event; one that no longer listens is taken as gone."""
        try:
            os.write(self._out, line({"event": event, **values}).encode())
        except OSError:
            self.ended.emit()
