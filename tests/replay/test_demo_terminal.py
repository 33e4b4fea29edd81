"""The demo in a real terminal: drawn anew in place, and stopped by Ctrl-C."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys

import pytest

from sitbreak.cli import recorded_day

COMMAND = [sys.executable, "-m", "sitbreak", "demo", "--seconds"]
LIMIT_S = 20.0
MOST_READINGS = 400  # ten pictures a second


class Terminal:
    """A program in a terminal of its own, 80 columns wide."""

    def __init__(self, *words: str) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 80, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "PYTHONUTF8": "1"}
        environment.pop("NO_COLOR", None)
        # A run that was itself started with Ctrl+C ignored (nohup, some build machines) would hand that on.
        listening = "import os, signal, sys; signal.signal(2, signal.SIG_DFL); os.execv(sys.executable, sys.argv[1:])"
        command = [sys.executable, "-c", listening, *COMMAND, *words]
        self.program = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True
        )
        os.close(theirs)
        self.text = ""

    def read_until(self, wanted: str) -> bool:
        """Reads on until `wanted` was written; False when the program ended, fell silent, or wrote on without it."""
        readings = 0
        while wanted not in self.text:
            readings += 1
            ready, _, _ = select.select([self._ours], [], [], LIMIT_S)
            try:
                found = os.read(self._ours, 65536) if ready else b""
            except OSError:  # how a terminal says that nobody holds its other end any more
                found = b""
            if not found or readings > MOST_READINGS:
                return False
            self.text += found.decode("utf-8", "replace")
        return True

    def close(self) -> int:
        """Lets the program end; returns its exit code."""
        self.read_until("\0 never written")
        os.close(self._ours)
        if self.program.poll() is None:
            self.program.terminate()
        return self.program.wait(LIMIT_S)


@pytest.mark.unix("pseudo-terminals")
def test_the_day_is_drawn_and_ends_with_its_summary() -> None:
    """Pictures in place, then the summary, and the cursor is back."""
    terminal = Terminal("0.5")
    assert terminal.read_until("A made-up Monday")
    assert terminal.read_until("a reminder is on screen")
    assert terminal.read_until("nothing was kept")
    assert terminal.close() == 0
    assert terminal.text.rindex("\x1b[?25h") > terminal.text.rindex("\x1b[?25l")


@pytest.mark.unix("pseudo-terminals")
def test_ctrl_c_ends_it_calmly() -> None:
    """One sentence, exit code 130, the cursor is back, and no traceback."""
    terminal = Terminal("600")
    assert terminal.read_until("next reminder in")
    terminal.program.send_signal(signal.SIGINT)
    assert terminal.read_until(recorded_day.STOPPED)
    assert terminal.close() == recorded_day.INTERRUPTED
    assert "Traceback" not in terminal.text
    assert terminal.text.rindex("\x1b[?25h") > terminal.text.rindex("\x1b[?25l")
