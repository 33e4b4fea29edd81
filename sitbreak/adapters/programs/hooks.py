"""Commands of the user's own at a reminder, a break and its end: without a shell, with the facts as variables."""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import Any

from sitbreak.language import _
from sitbreak.settings.installation import apart
from sitbreak.settings.written_values import words_of

log = logging.getLogger(__name__)

LIMIT_S = 10.0
QUIET: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
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
            failure = self._done(words_of(command), facts)
            if failure:
                log.warning("%s: %s %s", name, command, failure)
        finally:
            self._slots.release()

    def _done(self, words: list[str], facts: dict[str, str]) -> str:
        """Runs it to its end; how it failed, or nothing."""
        try:
            child = subprocess.Popen(words, env={**os.environ, **facts}, **QUIET, **apart())
        except OSError as error:
            return _("cannot be started ({strerror})", strerror=error.strerror)
        family = _Family(child)
        try:
            ended = child.wait(self._limit_s)
        except subprocess.TimeoutExpired:
            family.end()
            return _("took longer than {limit_s:g} s and was ended", limit_s=self._limit_s)
        finally:
            family.forget()
        return _("ended with {ended}", ended=ended) if ended else ""


class _Family:
    """A program and whatever it starts, to be ended together: its session, on Windows a job object."""

    def __init__(self, first: subprocess.Popen[bytes]) -> None:
        self._first = first
        if sys.platform == "win32":
            self._kernel32 = ctypes.WinDLL("kernel32")
            self._kernel32.CreateJobObjectW.restype = ctypes.c_void_p
            self._job = ctypes.c_void_p(self._kernel32.CreateJobObjectW(None, None))
            self._kernel32.AssignProcessToJobObject(self._job, ctypes.c_void_p(int(first._handle)))  # type: ignore[attr-defined]

    def end(self) -> None:
        """Ends all of them."""
        if sys.platform == "win32":
            self._kernel32.TerminateJobObject(self._job, 1)
        else:
            with contextlib.suppress(OSError):
                os.killpg(self._first.pid, signal.SIGKILL)
        self._first.wait()

    def forget(self) -> None:
        """Leaves those that still run alone."""
        if sys.platform == "win32":
            self._kernel32.CloseHandle(self._job)
