"""Programs a test starts: each in a session of its own, logged to one file, and gone at the end whatever happened."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

LAST_WORDS = 2000
"""How much of the log an error quotes, in characters."""


class Children:
    """Starts programs with one environment, in one short-named folder, and stops them all."""

    def __init__(self, uid: int | None = None) -> None:
        """Make the folder. With `uid` the programs run as that user and group, who must then own their files."""
        self.folder = Path(tempfile.mkdtemp(prefix="sb-"))  # short: the path of a socket holds 107 bytes
        self.log = self.folder / "log"
        self.uid = uid
        self.running: list[subprocess.Popen[bytes]] = []

    def start(
        self, command: Sequence[str], env: Mapping[str, str], pass_fds: Sequence[int] = ()
    ) -> subprocess.Popen[bytes]:
        """Start `command`. It dies with the test run, even when that is killed (where the user is not changed)."""
        with self.log.open("ab") as log:
            child = subprocess.Popen(
                [*self._prefix(), *command],
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=pass_fds,
                start_new_session=True,
            )
        self.running.append(child)
        return child

    def _prefix(self) -> list[str]:
        if self.uid is None:
            return ["setpriv", "--pdeathsig", "KILL", "--"]
        return ["setpriv", f"--reuid={self.uid}", f"--regid={self.uid}", "--clear-groups", "--"]

    def last_words(self) -> str:
        """The end of what the programs wrote, to put into an error."""
        return self.log.read_text("utf-8", "replace")[-LAST_WORDS:] if self.log.exists() else ""

    def stop(self) -> None:
        """End all, the youngest first, and remove the folder."""
        for child in reversed(self.running):
            end(child)
        self.running.clear()
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextlib.contextmanager
    def stopped_on_error(self) -> Iterator[None]:
        """Stop everything when the block raises, and add the last words of the programs to the error."""
        try:
            yield
        except BaseException as error:
            error.add_note(self.last_words())
            self.stop()
            raise


def end(child: subprocess.Popen[bytes], limit_s: float = 3.0) -> None:
    """Ask the child's process group to end, and force it after `limit_s` seconds."""
    for request in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, request)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(limit_s)
            break
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)  # what the child left behind
