"""Without a display, as over ssh: keys in terminals are seen, and prompts are lines in one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from sitbreak.adapters.activity.last_input import TerminalSource
from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.notify import TerminalNotes
from sitbreak.adapters.ttys import STEP
from sitbreak.core.events import InputKind
from sitbreak.ports import Env, Note, SourceUnreadable, Viable
from tests.desktop.children import Children
from tests.desktop.program import CHECKOUT, SECONDS_LONG
from tests.waiting import wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="terminals tell their idle time on Linux only")


class Pty:
    """A terminal in which a program reads, as a shell does; what is written to it is kept."""

    def __init__(self) -> None:
        self.keyboard, self.terminal = os.openpty()
        os.set_blocking(self.keyboard, False)
        self.name = os.ttyname(self.terminal)
        self._shown = b""

    def rest(self, duration: timedelta) -> None:
        """Nobody has typed for so long."""
        typed = os.stat(self.name).st_atime - duration.total_seconds()
        os.utime(self.name, (typed, typed))

    def type(self) -> None:
        """A line, which the shell reads."""
        os.write(self.keyboard, b"ls\n")
        os.read(self.terminal, 100)

    def shown(self) -> str:
        """All that was written so far."""
        with suppress(BlockingIOError):
            self._shown += os.read(self.keyboard, 65536)
        return self._shown.decode()

    def close(self) -> None:
        """Hangs up."""
        os.close(self.keyboard)
        os.close(self.terminal)


@pytest.fixture
def pty() -> Iterator[Pty]:
    """A terminal."""
    made = Pty()
    yield made
    made.close()


def test_a_key_is_seen_and_so_is_the_silence_after_it(pty: Pty) -> None:
    """A step of the kernel's in which a key came counts whole; then nothing is told until the next key."""
    clock = SystemClock()
    pty.rest(timedelta(hours=1))
    source = TerminalSource(clock, [pty.name])
    assert source.poll() == []
    pty.type()
    (seen,) = source.poll()
    assert seen.kind is InputKind.KEY
    assert clock.now().since(seen.at) < timedelta(seconds=1)
    pty.rest(STEP + timedelta(seconds=2))
    assert source.poll() == []


def test_no_terminal_is_blindness(tmp_path: Path) -> None:
    """Once the last one is closed nothing can be seen, and that is said."""
    with pytest.raises(SourceUnreadable, match="No terminal of yours is open"):
        TerminalSource(SystemClock(), [f"{tmp_path}/none*"])


class SshLogin:
    """Somebody logged in over ssh; `run` starts the program with its errors written to a file or a terminal."""

    def __init__(self, children: Children, home: Path) -> None:
        self.children = children
        home.mkdir()
        (home / "sitbreak.toml").write_text(SECONDS_LONG, encoding="utf-8")
        self.env = {
            **{name: value for name, value in os.environ.items() if name in ("PATH", "LANG")},
            **{"HOME": str(home), "SITBREAK_HOME": str(home), "PYTHONPATH": str(CHECKOUT), "SSH_TTY": "/dev/pts/0"},
            "XDG_RUNTIME_DIR": str(home),
        }

    def cli(self, *words: str) -> str:
        """What a command prints."""
        command = [sys.executable, "-m", "sitbreak", *words]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=30, check=False).stdout

    @contextmanager
    def running(self, errors: int) -> Iterator[None]:
        """The program runs within the block."""
        command = [sys.executable, "-m", "sitbreak", "run"]
        with subprocess.Popen(command, env=self.env, stdin=subprocess.DEVNULL, stderr=errors) as program:
            try:
                wait_until(lambda: '"running": true' in self.cli("status", "--json"), 20, "the program")
                yield
            finally:
                program.terminate()
                program.wait(10)


@pytest.fixture
def login(tmp_path: Path) -> Iterator[SshLogin]:
    """A login."""
    children = Children()
    yield SshLogin(children, tmp_path / "home")
    children.stop()


def prompted(login: SshLogin, pty: Pty) -> bool:
    """Types until it is time, then rests; whether a prompt is on show."""
    state = json.loads(login.cli("status", "--json"))["state"]
    if state not in ("shown", "seeking", "due"):
        pty.type()
    return bool(state == "shown")


def test_a_prompt_is_a_line_in_the_terminal_and_a_break_is_counted_down_there(login: SshLogin, pty: Pty) -> None:
    """Typed in one terminal, told in that of the program; answered by a command, counted down to its end."""
    with login.running(pty.terminal):
        wait_until(lambda: "terminals, to about 8 seconds" in pty.shown(), what="how it is without a display")
        wait_until(lambda: prompted(login, pty), 60, "the prompt")
        assert "for a break?" in pty.shown()
        login.cli("answer", "start")
        wait_until(lambda: " left" in pty.shown(), what="the countdown")


def test_in_the_background_it_writes_where_somebody_typed_last(pty: Pty, capsys: pytest.CaptureFixture[str]) -> None:
    """Started from a terminal that is closed since, it finds the one in use."""
    left = Pty()
    left.rest(timedelta(hours=1))
    notes = TerminalNotes(lambda tag, key: None, lambda tag: None, places=[left.name, pty.name])
    notes.show(Note("prompt", "Good moment for a break?", "About 38 min at the desk."))
    wait_until(lambda: "for a break?" in pty.shown(), what="the line")
    assert (left.shown(), capsys.readouterr().err) == ("", "")
    left.close()
    assert isinstance(TerminalNotes.viable(Env("linux", {"SSH_TTY": left.name})), Viable)
