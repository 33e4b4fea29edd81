"""Commands of the user's own: started without a shell, with facts, within a limit, and never in the way."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest

from sitbreak.adapters.programs.hooks import AT_ONCE, Hooks
from tests.waiting import wait_until


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """What was logged."""
    caplog.set_level(logging.INFO)
    return caplog


def script(folder: Path, text: str) -> str:
    """A command that runs this."""
    path = folder / "a hook"
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)
    return f"'{path}' one 'two three'"


def settled() -> bool:
    """Whether no hook runs any more."""
    return not any(thread.name == "hook" for thread in threading.enumerate())


def test_a_command_gets_its_arguments_and_the_facts(tmp_path: Path, log: pytest.LogCaptureFixture) -> None:
    """As typed, without a shell; the facts are variables beside the usual ones."""
    command = script(tmp_path, f'echo "$2:$SITBREAK_EVENT:${{HOME:+home}}" > "{tmp_path}/said"')
    Hooks().run("programs.on_prompt", command, {"SITBREAK_EVENT": "on_prompt"})
    wait_until((tmp_path / "said").exists, what="the command")
    wait_until(settled, what="its end")
    assert (tmp_path / "said").read_text().startswith("two three:on_prompt:")
    assert log.messages == []


@pytest.mark.parametrize(
    ("text", "said"),
    [("exit 3", "ended with 3"), ("exec sleep 60", "took longer than 0.3 s"), (None, "cannot be started")],
)
def test_a_failure_is_one_line(tmp_path: Path, log: pytest.LogCaptureFixture, text: str | None, said: str) -> None:
    """One that ends with an error, one that hangs, and one that is not there."""
    Hooks(limit_s=0.3).run("programs.on_back", "/nonexistent" if text is None else script(tmp_path, text), {})
    wait_until(settled, what="its end")
    (line,) = log.messages
    assert line.startswith("programs.on_back: ")
    assert said in line


def test_what_a_hanging_command_started_is_ended_with_it(tmp_path: Path) -> None:
    """Nothing is left behind in its session."""
    command = script(tmp_path, f'(sleep 60; touch "{tmp_path}/late") & echo $! > "{tmp_path}/child"; wait')
    Hooks(limit_s=0.5).run("programs.on_break", command, {})
    wait_until(settled, what="its end")
    child = Path("/proc") / (tmp_path / "child").read_text().strip()
    wait_until(lambda: not child.exists() or "Z" in (child / "stat").read_text().split(")")[1][:3], what="its child")


def test_no_command_is_no_start(log: pytest.LogCaptureFixture) -> None:
    """An empty setting starts nothing."""
    Hooks().run("programs.on_prompt", "", {})
    assert settled()


def test_more_than_a_few_at_once_are_left_out(tmp_path: Path, log: pytest.LogCaptureFixture) -> None:
    """A command that hangs each time cannot pile up."""
    hooks, command = Hooks(limit_s=0.5), script(tmp_path, "exec sleep 60")
    for _ in range(AT_ONCE + 1):
        hooks.run("programs.on_prompt", command, {})
    assert any("left out" in line for line in log.messages)
    wait_until(settled, what="their end")
