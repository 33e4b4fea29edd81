"""Somebody logs out and in again: the program of the former session makes room for that of the new one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.conftest import DeskFactory
from tests.desktop.program import Program
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop


def test_a_program_whose_display_is_gone_makes_room(desk_factory: DeskFactory, tmp_path: Path) -> None:
    """Blind, the former one ends; the new one writes the same books and sees the new display."""
    former, present = desk_factory(), desk_factory()
    before = Program(former, tmp_path / "home")
    before.start()
    assert before.process is not None
    server = next(child for child in former.children.running if "Xvfb" in str(child.args))
    server.kill()
    wait_until(lambda: before.status()["blind"], what="blindness")
    now = Program(present, tmp_path / "home")
    now.begin()
    wait_until(lambda: before.process is not None and before.process.poll() == 0, 20.0, "the end of the former")
    wait_until(lambda: now.status()["running"] and not now.status()["blind"], 20.0, "sight")
    now.cli("stop")


def test_a_program_that_sees_is_left_alone(desk_factory: DeskFactory, tmp_path: Path) -> None:
    """Started again at another display while the first is in use, it says that it runs already."""
    former, present = desk_factory(), desk_factory()
    first = Program(former, tmp_path / "home")
    first.start()
    second = Program(present, tmp_path / "home")
    assert second.begin().wait(20) == 1
    assert first.status()["running"]
    assert first.process is not None
    assert first.process.poll() is None
    first.cli("stop")


@pytest.mark.desktop("i3lock")
def test_a_program_locked_elsewhere_makes_room(desk_factory: DeskFactory, tmp_path: Path) -> None:
    """The former session is still there, and locked: whoever is at the other display is the same user."""
    former, present = desk_factory(), desk_factory()
    before = Program(former, tmp_path / "home")
    before.start()
    former.start("i3lock", "--nofork")
    wait_until(lambda: "lock" in before.status()["holds"], 15.0, "the lock")
    now = Program(present, tmp_path / "home")
    now.begin()
    wait_until(lambda: before.process is not None and before.process.poll() == 0, 20.0, "the end of the former")
    wait_until(lambda: now.status()["running"], 20.0, "the new one")
    now.cli("stop")
