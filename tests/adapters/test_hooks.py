"""Commands of the user's own: started without a shell, with facts, within a limit, and never in the way."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import sys
import threading
from pathlib import Path

import pytest

from sitbreak.adapters.programs.hooks import AT_ONCE, Hooks
from tests.waiting import wait_until

STARTED_S = 1.0 if sys.platform != "win32" else 8.0  # two programs have started by then
HANGS = "socket.create_server(('127.0.0.1', 0)).accept()"


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """What was logged."""
    caplog.set_level(logging.INFO)
    return caplog


def script(folder: Path, text: str) -> str:
    """A command that runs this Python."""
    path = folder / "a hook.py"
    path.write_text(f"import os, socket, subprocess, sys\n{text}\n", "utf-8")
    return f'"{sys.executable}" "{path}" one \'two three\''


def settled() -> bool:
    """Whether no hook runs any more."""
    return not any(thread.name == "hook" for thread in threading.enumerate())


def test_a_command_gets_its_arguments_and_the_facts(tmp_path: Path, log: pytest.LogCaptureFixture) -> None:
    """As typed, without a shell; the facts are variables beside the usual ones."""
    said = tmp_path / "said"
    text = (
        f"open({str(said)!r}, 'w').write(':'.join([*sys.argv[1:], os.environ['SITBREAK_EVENT'], os.environ['PATH']]))"
    )
    command = script(tmp_path, text)
    Hooks().run("programs.on_prompt", command, {"SITBREAK_EVENT": "on_prompt"})
    wait_until(said.exists, what="the command")
    wait_until(settled, what="its end")
    assert said.read_text() == f"one:two three:on_prompt:{os.environ['PATH']}"
    assert log.messages == []


@pytest.mark.parametrize(
    ("text", "said"),
    [("sys.exit(3)", "ended with 3"), (HANGS, "took longer than "), (None, "cannot be started")],
)
def test_a_failure_is_one_line(tmp_path: Path, log: pytest.LogCaptureFixture, text: str | None, said: str) -> None:
    """One that ends with an error, one that hangs, and one that is not there."""
    Hooks(limit_s=STARTED_S).run("programs.on_back", "/nonexistent" if text is None else script(tmp_path, text), {})
    wait_until(settled, what="its end")
    (line,) = log.messages
    assert line.startswith("programs.on_back: ")
    assert said in line


def test_what_a_hanging_command_started_is_ended_with_it(tmp_path: Path) -> None:
    """Nothing is left behind: the line of its child breaks."""
    with socket.create_server(("127.0.0.1", 0)) as ours:
        child = f"import socket; socket.create_connection({ours.getsockname()!r}).recv(1)"
        command = script(tmp_path, f"subprocess.run([sys.executable, '-c', {child!r}])")
        Hooks(limit_s=STARTED_S).run("programs.on_break", command, {})
        ours.settimeout(30)
        line, _ = ours.accept()
    with line, contextlib.suppress(ConnectionResetError):
        line.settimeout(30)
        assert line.recv(1) == b""
    wait_until(settled, what="its end")


def test_no_command_is_no_start(log: pytest.LogCaptureFixture) -> None:
    """An empty setting starts nothing."""
    Hooks().run("programs.on_prompt", "", {})
    assert settled()


def test_more_than_a_few_at_once_are_left_out(tmp_path: Path, log: pytest.LogCaptureFixture) -> None:
    """A command that hangs each time cannot pile up."""
    hooks, command = Hooks(limit_s=0.5), script(tmp_path, HANGS)
    for _ in range(AT_ONCE + 1):
        hooks.run("programs.on_prompt", command, {})
    assert any("left out" in line for line in log.messages)
    wait_until(settled, what="their end")
