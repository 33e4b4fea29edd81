"""The program on a real Python for Windows, under Wine: `make soak ARGS="-k wine"`. Needs Wine and a package index."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import Desk
from tests.desktop.screen import PANEL_HEIGHT, Screen
from tests.waiting import wait_until

pytestmark = [pytest.mark.soak, pytest.mark.desktop("wine64")]

ROOT = Path(__file__).parents[2]
CHECK = ROOT / "packaging" / "wine_check.py"
SETTINGS = """
[hotkeys]
start = "ctrl+alt+b"
"""
# Ctrl+Alt+B as Windows makes it: of the keys of the X server Wine hears only those that go to its own windows.
PRESSED = """
import ctypes
keys = (0x11, 0x12, ord("B"))
for key in keys:
    ctypes.windll.user32.keybd_event(key, 0, 0, 0)
for key in reversed(keys):
    ctypes.windll.user32.keybd_event(key, 0, 2, 0)
"""
ENDS = """
import ctypes
user32 = ctypes.windll.user32
user32.FindWindowW.restype = ctypes.c_void_p
window = ctypes.c_void_p(user32.FindWindowW("sitbreak-end", None))
print("answered", user32.SendMessageW(window, 0x0016, 1, 0), bool(window))
"""


def wine_folder() -> Path:
    """Where the Windows Python is kept between runs; not in the home of the desk."""
    named = os.environ.get("SITBREAK_WINE")
    return Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "sitbreak-wine"


class Windows:
    """The program under Wine on a desk."""

    def __init__(self, desk: Desk, home: Path) -> None:
        home.mkdir()
        (home / "sitbreak.toml").write_text(SETTINGS, "utf-8")
        self.env = {**desk.env, "SITBREAK_HOME": "Z:" + str(home).replace("/", "\\")}
        self.env["SITBREAK_WINE"] = str(wine_folder())
        self.desk, self.home = desk, home
        self.daemon: subprocess.Popen[bytes] | None = None

    def python(self, *words: str) -> str:
        """What the Windows Python prints; AssertionError when it fails."""
        command = [sys.executable, str(CHECK), "python", *words]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=500, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def cli(self, *words: str) -> str:
        """What a command prints."""
        return self.python("-m", "sitbreak", *words)

    def status(self) -> Any:
        """The status as the program tells it; nothing while it does not run."""
        command = [sys.executable, str(CHECK), "python", "-m", "sitbreak", "status", "--json"]
        told = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=60, check=False).stdout
        return json.loads(told or "{}")

    def start(self) -> None:
        """`sitbreak run`, until it answers."""
        self.daemon = self.desk.start(sys.executable, str(CHECK), "python", "-m", "sitbreak", "run", extra_env=self.env)
        wait_until(lambda: self.status().get("running"), 90.0, "the program to answer")

    def ended(self) -> int:
        """Its exit code, once it has ended."""
        assert self.daemon is not None
        return self.daemon.wait(30)


@pytest.fixture
def windows(desk_factory: DeskFactory, tmp_path: Path) -> Iterator[Windows]:
    """The program, installed and running, beside a panel."""
    made = Windows(desk_factory(panel="xfce"), tmp_path / "home")
    made.python("-c", "")  # sets everything up
    yield made
    if made.daemon is not None and made.daemon.poll() is None:
        made.cli("stop")


def test_a_day_under_wine(windows: Windows, tmp_path: Path) -> None:
    """Commands, the icon on the panel, a shortcut of the whole system, and the end of the session."""
    screen = Screen(windows.desk, tmp_path)
    bare = screen.shot(0, PANEL_HEIGHT).tobytes()
    windows.start()
    assert "paused" in windows.cli("pause", "60")
    windows.cli("resume")
    assert "windows" in windows.cli("doctor")
    assert screen.shot(0, PANEL_HEIGHT).tobytes() != bare, "no icon on the panel"
    windows.python("-c", PRESSED)
    wait_until(lambda: windows.status()["state"] == "on_break", 30.0, "the break")
    windows.desk.wait_for_window("^sitbreak$", 60.0)
    assert "answered" in windows.python("-c", ENDS)
    assert windows.ended() == 0
    assert windows.status().get("running") is False
    assert "WARNING" not in (windows.home / "sitbreak.log").read_text("utf-8")
