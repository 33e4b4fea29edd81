"""The control socket: JSON objects, one request and one answer a connection, for whoever holds the key file.

Each connection has a thread of its own, so that a client that says nothing holds up nobody.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener, answer_challenge, deliver_challenge
from pathlib import Path

from sitbreak.language import _
from sitbreak.settings.paths import Paths

log = logging.getLogger(__name__)

Answer = Callable[[Mapping[str, object]], Mapping[str, object]]
FAMILY = "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"
LONGEST = 64 * 1024  # bytes of a request
PATIENCE = 5.0  # seconds a client may take to say who it is and what it wants
AGAIN = 1.0  # seconds until the next try when no connection can be taken
AT_ONCE = 16  # connections served at the same time
REFUSALS = (AuthenticationError, EOFError, OSError, ValueError)
CUTTING = threading.Lock()  # a line that is closed twice at once may be another's by the second time


def write_key(path: Path) -> bytes:
    """A new key, readable by this user only."""
    key = os.urandom(32)
    path.unlink(missing_ok=True)  # made anew, so that it is nobody's link and nobody has it open
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key)
    return key


class ControlServer:
    """Listens until closed. `answer` is called on a connection's thread."""

    def __init__(
        self,
        paths: Paths,
        answer: Answer,
        listen: Callable[[str], Listener] | None = None,
        patience_s: float = PATIENCE,
        again_s: float = AGAIN,
    ) -> None:
        """`listen` opens the address. Where that fails, on a full disk say, it is tried again once started.

        `patience_s`: how long a client may take to say what it wants, and again to take the answer; `again_s`: how
        long to wait when no connection can be taken.
        """
        self._paths, self._listen = paths, listen or _listen
        self._answer, self._patience, self._again = answer, patience_s, again_s
        self._served: set[object] = set()
        self._key = b""
        self._listener: Listener | None = None
        self.trouble = ""  # why commands cannot reach the program now, as a sentence; empty: they can
        self._open()
        self._slots = threading.BoundedSemaphore(AT_ONCE)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._accept, name="control", daemon=True)

    @property
    def busy(self) -> int:
        """How many connections are served now."""
        return len(self._served)

    def start(self) -> None:
        """Begins to take connections."""
        self._thread.start()

    def close(self) -> None:
        """Takes no further connection."""
        self._closing.set()
        if self._listener is not None:
            if FAMILY == "AF_PIPE":  # whoever waits there for a client would go on, and let the next one in
                with suppress(OSError):
                    Client(self._paths.address, FAMILY).close()
            self._listener.close()

    def _open(self) -> None:
        """Writes the key and listens; the trouble says why that failed."""
        try:
            self._key = write_key(self._paths.key_file)
            if FAMILY == "AF_UNIX":
                Path(self._paths.address).unlink(missing_ok=True)  # ours: the single-instance lock is held
            self._listener = self._listen(self._paths.address)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            place = self._paths.key_file.parent
            trouble = _(
                "Commands cannot reach it: nothing can be kept in {place} ({why}); it is tried again.",
                place=place,
                why=why,
            )
            if trouble != self.trouble:
                log.warning("%s", trouble)
            self.trouble = trouble
        else:
            self.trouble = ""

    def _accept(self) -> None:
        while not self._closing.is_set():
            if self._listener is None:
                if not self._closing.wait(self._again):
                    self._open()
                continue
            try:
                connection = self._listener.accept()
            except OSError as error:
                if not self._closing.is_set():  # too many files open, say: that passes
                    log.warning("commands cannot reach me for a moment: %s", error)
                self._closing.wait(self._again)
                continue
            if self._closing.is_set() or not self._slots.acquire(blocking=False):
                connection.close()
                continue
            self._served.add(connection)
            threading.Thread(target=self._serve, args=(connection,), name="control-client", daemon=True).start()

    def _serve(self, connection: Connection) -> None:
        try:
            self._talk(connection)
        except REFUSALS as error:
            log.info("a client of the control socket was turned away: %s", type(error).__name__)
        finally:
            with CUTTING, suppress(OSError):
                connection.close()
            self._served.discard(connection)
            self._slots.release()

    def _talk(self, connection: Connection) -> None:
        with _cut_after(self._patience, connection):
            deliver_challenge(connection, self._key)
            answer_challenge(connection, self._key)
            raw = connection.recv_bytes(LONGEST)
        try:
            request = json.loads(raw)
        except (ValueError, RecursionError):  # RecursionError: brackets nested by the thousand
            request = None
        if not isinstance(request, dict):
            reply: Mapping[str, object] = {"error": _('A request is one JSON object, such as {"do": "status"}.')}
        else:
            reply = self._answer(request)
        with _cut_after(self._patience, connection):
            connection.send_bytes(json.dumps(reply).encode())


def _listen(address: str) -> Listener:
    return Listener(address, FAMILY, backlog=AT_ONCE)


@contextmanager
def _cut_after(seconds: float, connection: Connection) -> Iterator[None]:
    """Meanwhile the other side has so long; then the line is cut, which ends a read or a write that waits for it."""
    timer = threading.Timer(seconds, _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(connection: Connection) -> None:
    with CUTTING, suppress(OSError):  # it may have gone by itself
        if FAMILY == "AF_UNIX":
            with socket.socket(fileno=os.dup(connection.fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)
        else:
            connection.close()
