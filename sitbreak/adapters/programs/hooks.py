"""Commands of the user's own at a reminder, a break and its end: without a shell, with the facts as variables."""

from __future__ import annotations

import contextlib
import logging
import os
import shlex
import signal
import subprocess
import threading
from collections.abc import Mapping

from sitbreak.language import _

log = logging.getLogger(__name__)

LIMIT_S = 10.0
AT_ONCE = 4  # commands that run at the same time; one more is left out


class Hooks:
    """Starts commands and sees to their end, each on a thread of its own. A failure is one line in the log."""

    def __init__(self, limit_s: float = LIMIT_S) -> None:
        """`limit_s`: how long a command may take; then it and what it started are ended."""
        self._limit_s = limit_s
        self._slots = threading.BoundedSemaphore(AT_ONCE)

    def run(self, name: str, command: str, facts: Mapping[str, str]) -> None:
        """Starts `command`, the setting `name`, with the facts in its environment; returns at once."""
        if not command:
            return
        if not self._slots.acquire(blocking=False):
            log.warning("%s was left out: %d commands are still running", name, AT_ONCE)
            return
        threading.Thread(target=self._serve, args=(name, command, dict(facts)), name="hook", daemon=True).start()

    def _serve(self, name: str, command: str, facts: dict[str, str]) -> None:
        try:
            failure = self._done(shlex.split(command), facts)
            if failure:
                log.warning("%s: %s %s", name, command, failure)
        finally:
            self._slots.release()

    def _done(self, words: list[str], facts: dict[str, str]) -> str:
        """Runs it to its end; how it failed, or nothing."""
        nowhere = subprocess.DEVNULL
        try:
            child = subprocess.Popen(
                words,
                stdin=nowhere,
                stdout=nowhere,
                stderr=nowhere,
                env={**os.environ, **facts},
                start_new_session=True,
            )
        except OSError as error:
            return _("cannot be started ({strerror})", strerror=error.strerror)
        try:
            ended = child.wait(self._limit_s)
        except subprocess.TimeoutExpired:
            _end(child)
            return _("took longer than {limit_s:g} s and was ended", limit_s=self._limit_s)
        return _("ended with {ended}", ended=ended) if ended else ""


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ends a command and whatever it started in its session."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    child.wait()
