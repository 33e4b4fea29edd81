"""Settings changed while the program runs: what is in force at once is, and the rest is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.desk import Desk
from tests.desktop.program import Program
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop


@pytest.fixture
def program(desk: Desk, tmp_path: Path) -> Program:
    """One that runs."""
    program = Program(desk, tmp_path / "home", "[activity]\npoll_seconds = 0.25\n")
    program.start()
    return program


def test_an_app_put_on_the_quiet_list_holds_at_once(program: Program) -> None:
    """And one taken off it holds no longer."""
    assert "quiet_app" not in program.status()["holds"]
    assert program.cli("config", "set", "prompt.quiet_apps", "openbox").returncode == 0
    wait_until(lambda: "quiet_app" in program.status()["holds"], 20.0, "the hold")
    assert program.cli("config", "reset", "prompt.quiet_apps").returncode == 0
    wait_until(lambda: "quiet_app" not in program.status()["holds"], 20.0, "no hold")


def test_a_setting_that_waits_is_told(program: Program) -> None:
    """By the command that changes it and by doctor; the days go on as they were."""
    assert "next start" in program.cli("config", "set", "day.start", "05:00").stdout
    at_work = program.ask("doctor", "--json")["running"]["backends"]
    assert at_work["settings that wait for the next start"] == "day.start"


def test_a_change_is_taken_when_its_command_ends(program: Program) -> None:
    """Nobody has to wait for what was typed, whichever command typed it."""

    def earliest() -> int:
        return int(str(program.cli("status").stdout).partition("next reminder in ")[2].split()[0])

    assert 25 < earliest() <= 30
    assert program.cli("config", "set", "prompt.earliest_minutes", "40").returncode == 0
    assert 35 < earliest() <= 40
    program.env["EDITOR"] = "sed -i s/40/35/"
    assert program.cli("config", "edit").returncode == 0
    assert 30 < earliest() <= 35
