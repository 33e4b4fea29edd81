"""The first minutes with the program on a real desktop: chosen in the menu it shows a window, at first and later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.desk import Desk
from tests.desktop.program import Program
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop
MENU = "--window"  # what the entry in the menu of the desktop adds


@pytest.fixture
def program(desk: Desk, tmp_path: Path) -> Iterator[Program]:
    """Not started yet, and without a settings file; one that was started anew outlives its desk unless it is ended."""
    program = Program(desk, tmp_path / "home", settings="")
    yield program
    program.cli("stop")


def leave(program: Program, window: str, key: str = "Escape") -> None:
    """Escape, or another key, until the window is gone."""
    program.desk.xdotool("windowactivate", "--sync", program.desk.wait_for_window(window))
    program.desk.xdotool("key", key)
    wait_until(lambda: not program.desk.windows(window), 15.0, f"{window} to close")


@pytest.mark.parametrize("key", ["Escape", "Return"])
def test_the_first_start_shows_the_first_window_whatever_was_said_before(program: Program, key: str) -> None:
    """A goal that was set in a terminal keeps it from nobody, and stays the goal, however the window is left."""
    assert program.cli("goal", "set", "25").returncode == 0
    program.start(MENU)
    leave(program, "^sitbreak$", key)
    assert program.status()["goal_minutes"] == 25


def test_a_first_window_that_was_not_answered_comes_again(program: Program) -> None:
    """Once it was left, the entry in the menu opens Today; a start at login opens nothing."""
    program.start()
    program.desk.wait_for_window("^sitbreak$")
    assert program.cli("restart").returncode == 0
    leave(program, "^sitbreak$")
    assert program.cli("stop").returncode == 0
    wait_until(lambda: not program.status()["running"], 15.0, "the end")
    program.start(MENU)
    program.desk.wait_for_window("^Today$")
    assert not program.desk.windows("^sitbreak$")
