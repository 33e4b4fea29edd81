"""Whatever stops answering, the program answers, prompts on another channel, and ends when it is asked to."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import Desk
from tests.desktop.program import Program
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop

ENDS_WITHIN_S = 6.0  # two seconds for all that is closed side by side, the same for bus and books; the rest is Python
PARTNERS = ["Xvfb", "openbox", "xfce4-panel", "dunst", "dbus-daemon"]


def _pids(desk: Desk, name: str) -> list[int]:
    """The processes of that name that belong to this desk."""
    found = subprocess.run(["pgrep", "-x", name], capture_output=True, text=True, check=False).stdout.split()
    home = f"HOME={desk.env['HOME']}".encode()
    return [int(pid) for pid in found if home in _environment(pid)]


def _environment(pid: str) -> bytes:
    """Nothing for one that has ended, also where nobody has asked about its end yet."""
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


@contextmanager
def _stopped(pids: list[int]) -> Iterator[None]:
    """Meanwhile these processes do nothing at all."""
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def _answers(program: Program) -> None:
    """Within the three seconds that a command waits for the program."""
    told = program.status()
    assert told["running"]
    assert "error" not in told


@pytest.fixture
def program(desk_factory: DeskFactory, tmp_path: Path) -> Program:
    """The program on a desk with everything, its break in a window."""
    settings = """
[prompt]
earliest_minutes = 0.1
latest_minutes = 0.2
[break]
minutes = 0.5
[activity]
poll_seconds = 0.25
"""
    return Program(desk_factory(panel="xfce", notifier="dunst"), tmp_path / "home", settings)


@pytest.mark.parametrize("partner", PARTNERS)
def test_it_answers_and_ends_while_a_partner_hangs(program: Program, partner: str) -> None:
    """Stopped while it runs: status, a break, and the stop all work."""
    program.start()
    with _stopped(_pids(program.desk, partner)):
        for _ in range(3):
            _answers(program)
        assert program.cli("break", "1").returncode == 0
        for _ in range(5):
            _answers(program)
        assert program.process is not None
        program.process.send_signal(signal.SIGTERM)
        assert program.process.wait(ENDS_WITHIN_S) == 0


def test_a_prompt_comes_as_a_card_where_notifications_hang(program: Program) -> None:
    """The next channel is tried, and meanwhile the program answers."""
    program.start()
    with _stopped(_pids(program.desk, "dunst")):
        program.type_until("shown", 20.0)
        _answers(program)
        program.desk.wait_for_window("sitbreak")
        assert program.status()["state"] == "shown"


@pytest.mark.parametrize("partner", PARTNERS)
def test_it_starts_while_a_partner_hangs(program: Program, partner: str) -> None:
    """Stopped before it is started."""
    with _stopped(_pids(program.desk, partner)):
        program.start()
        _answers(program)
        assert program.process is not None
        program.process.send_signal(signal.SIGTERM)
        assert program.process.wait(ENDS_WITHIN_S) == 0


def test_a_window_that_hangs_holds_up_nothing(program: Program) -> None:
    """The break card stops reading: the program answers on, and the stop ends the card with it."""
    program.start()
    assert program.process is not None
    assert program.cli("break", "1").returncode == 0
    program.desk.wait_for_window("sitbreak")
    found = ["pgrep", "-f", "sitbreak.window", "-P", str(program.process.pid)]
    cards = [int(pid) for pid in subprocess.run(found, capture_output=True, text=True, check=True).stdout.split()]
    with _stopped(cards):
        for _ in range(20):
            _answers(program)
        program.process.send_signal(signal.SIGTERM)
        assert program.process.wait(ENDS_WITHIN_S) == 0
        wait_until(lambda: not any(map(_alive, cards)), 5.0, "the card to be gone")


def _alive(pid: int) -> bool:
    """Whether it is there and no zombie."""
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except OSError:
        return False
