"""Started so that it outlives the terminal, and started anew, as typed."""

from __future__ import annotations

import os
import pty
import select
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.desk import Desk
from tests.desktop.program import Program
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop


@pytest.fixture
def program(desk: Desk, tmp_path: Path) -> Iterator[Program]:
    """A program that is not running yet, and is ended at the end."""
    found = Program(desk, tmp_path / "home")
    yield found
    found.cli("stop")


def running(program: Program) -> list[int]:
    """The processes of this program, by what they were started with."""
    home, found = f"SITBREAK_HOME={program.home}".encode(), []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            ours = home in (process / "environ").read_bytes().split(b"\0")
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue  # it has ended meanwhile
        if ours and b"run" in words:
            found.append(int(process.name))
    return found


def test_it_goes_on_without_its_terminal(program: Program) -> None:
    """The command returns once the program answers; a second one says that it runs."""
    begun = program.cli("run", "--background")
    assert (begun.returncode, begun.stderr) == (0, "")
    assert "runs in the background" in begun.stdout
    assert program.status()["state"] == "resting"
    again = program.cli("run", "--background")
    assert again.returncode == 1
    assert "already running" in again.stderr


def test_what_it_writes_has_somewhere_to_go(program: Program) -> None:
    """The command that started it is gone, and with it the other end of any pipe."""
    assert program.cli("run", "--background").returncode == 0
    (process,) = running(program)
    ends = [os.readlink(f"/proc/{process}/fd/{number}") for number in (0, 1, 2)]
    assert not [end for end in ends if end.startswith("pipe:")]


def test_restart_ends_one_and_begins_another(program: Program) -> None:
    """Where none runs it only begins one; the books go on."""
    assert program.cli("restart").returncode == 0
    (first,) = running(program)
    assert program.cli("restart").returncode == 0
    assert program.status()["state"] == "resting"
    (second,) = running(program)
    assert second != first


def test_what_keeps_it_from_starting_is_said(program: Program) -> None:
    """In the words of the start itself, with its exit code."""
    (program.home / "history.db").mkdir(parents=True)
    refused = program.cli("run", "--background")
    assert refused.returncode in (2, 75)
    assert "history" in refused.stderr


def test_in_a_terminal_it_says_how_to_go_on_without_it(program: Program) -> None:
    """On the terminal only: a service's log does not hear it."""
    ours, theirs = pty.openpty()
    command = [*program.command, "run"]
    running = subprocess.Popen(command, env=program.env, stderr=theirs, stdout=subprocess.DEVNULL, cwd=program.home)
    os.close(theirs)
    wait_until(lambda: select.select([ours], [], [], 0)[0], 20.0, "a word on the terminal")
    assert b"`sitbreak run --background` goes on" in os.read(ours, 4096)
    wait_until(lambda: program.ask("status", "--json")["running"], 20.0, "the program to answer")
    program.cli("stop")
    running.wait(10)
    os.close(ours)
