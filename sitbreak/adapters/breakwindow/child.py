"""One window process: started, written to, listened to, and seen to its end."""

from __future__ import annotations

import json
import logging
import queue
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence

from sitbreak.settings.installation import self_command

log = logging.getLogger(__name__)

Message = Mapping[str, object]
COMMAND = tuple(self_command("window"))
MOST_UNREAD = 60  # messages; about a minute of what an open window is told
LAST_WORDS = 400  # characters of what it wrote to standard error, kept for the log


class Child:
    """A window process. `said` is called with each message and, when it dies, with {"event": "gone"}, on its thread."""

    def __init__(
        self, said: Callable[[Message], None], variables: Mapping[str, str], command: Sequence[str] = COMMAND
    ) -> None:
        """Starts it; raises OSError when there is no such program."""
        self._said = said
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self._guard = threading.Lock()  # over the file of its last words
        self._unread: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._deaf = False  # its pipe is closed
        self._farewell = self._ended = False
        self.shown = threading.Event()  # set when the window is on the screen, or never will be
        self.on_screen = False
        self._lived = False  # it was on the screen at least once
        self._last_words = ""
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, env=dict(variables)
            )
        except OSError:
            self._errors.close()
            raise
        self._reader = threading.Thread(target=self._read, name="window", daemon=True)
        self._reader.start()
        threading.Thread(target=self._write, name="to window", daemon=True).start()

    def write(self, message: Message) -> bool:
        """Sends a message and returns at once; False when it no longer listens. One that hangs is ended."""
        if not self.alive or self._deaf:
            return False
        if self._unread.qsize() >= MOST_UNREAD:
            self._process.kill()
            return False
        self._unread.put(json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode() + b"\n")
        return True

    def _write(self) -> None:
        """The writing thread: a pipe that nobody reads takes some 64 kB and then holds up whoever writes to it."""
        pipe = self._process.stdin
        while pipe is not None and (line := self._unread.get()) is not None:
            try:
                pipe.write(line)
                pipe.flush()
            except (OSError, ValueError):  # it is gone, or its pipe was closed under our hands
                self._deaf = True
                return

    @property
    def alive(self) -> bool:
        """Whether it still runs and has not said goodbye."""
        return self._process.poll() is None and not self._farewell and not self._ended

    def _read(self) -> None:
        """The listening thread: every line it says, then its end."""
        for line in self._process.stdout or ():
            message = parsed(line)
            if message.get("event") == "shown":
                self.on_screen = self._lived = True
                self.shown.set()
            elif message.get("event") == "closed":
                self._farewell = True
            if message:
                self._said(message)
        self._process.wait()
        self._last_words = self.last_words()
        dead, self._ended = not self._farewell and self._lived, True
        if dead:
            log.warning("a window died (%s): %s", self._process.returncode, self._last_words or "without a word")
            self._said({"event": "gone", "reason": self._last_words})
        self.shown.set()
        self._let_go()

    def _let_go(self) -> None:
        self._unread.put(None)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                close_quietly(pipe.close)
        with self._guard:
            self._errors.close()

    def last_words(self) -> str:
        """The last line it wrote to standard error, for the log and for people who mend it."""
        with self._guard:  # the listening thread closes it at the end
            if self._errors.closed:
                return self._last_words
            self._errors.seek(0)
            lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1][:LAST_WORDS] if lines else ""

    def show(self, request: Message, limit_s: float) -> bool:
        """Sends a request and waits for the window; False when it ended, or was not there within the limit."""
        self.shown.clear()
        self.on_screen = False
        return self.write(request) and self.shown.wait(limit_s) and self.on_screen

    @property
    def said_goodbye(self) -> bool:
        """Whether it closed in good order."""
        return self._farewell

    def give_up(self) -> str:
        """Ends it without a word to the daemon; what it last wrote to standard error."""
        self._farewell = True
        reason = self.last_words()
        self.end(grace_s=0.2)
        return reason

    def end(self, grace_s: float = 1.0) -> None:
        """Asks it to close, and ends it if it does not within the grace; waits for neither more than that."""
        self.write({"do": "close"})
        if self._reader is threading.current_thread():
            return
        self._reader.join(grace_s)
        if self._process.poll() is None:
            self._process.kill()
            self._reader.join(grace_s)


def parsed(line: bytes) -> dict[str, object]:
    """A line as a message; an empty one for what is none (a library's chatter)."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def close_quietly(close: Callable[[], None]) -> None:
    """Closes a pipe whose other end may be gone: then there is nothing left to flush to."""
    try:
        close()
    except OSError:
        return
