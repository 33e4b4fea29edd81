"""Bus, X server, window manager, panel and notifications that end and come back at random, under a fast life.

`make soak ARGS="-k come_and_go"`; MINUTES in the environment says for how long.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.desktop.bus import listens
from tests.desktop.children import end
from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import NOTIFICATIONS, WATCHER, Desk
from tests.desktop.program import Program
from tests.desktop.soak_faults import FAST, MINUTES, held, live
from tests.waiting import wait_until

pytestmark = [pytest.mark.desktop, pytest.mark.soak]

PARTS = ("dbus-daemon", "Xvfb", "openbox", "xfconfd", "xfce4-panel", "dunst")  # in the order in which they start
SECONDS_A_ROUND = 8
KILLED = ("dbus-daemon", "Xvfb", "openbox", "xfce4-panel", "dunst")


class Partners:
    """The programs that the desktop consists of, by name."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.again: dict[str, list[str]] = {}
        for child in desk.children.running:
            command = [str(word) for word in child.args]  # type: ignore[union-attr]
            command = command[command.index("--") + 1 :]
            name = Path(command[0]).name
            self.running[name], self.again[name] = child, command
        screen = self.again["Xvfb"][1:4]
        self.again["Xvfb"] = ["Xvfb", desk.env["DISPLAY"], *screen, "-nolisten", "tcp", "-ac", "-noreset"]

    def kill(self, name: str) -> None:
        """Ends one; those that cannot be without it end by themselves."""
        end(self.running[name])

    def revive(self) -> None:
        """Starts those that are gone, and waits until each can be used."""
        for name in PARTS:
            if self.running[name].poll() is None and not self._useless(name):
                continue
            end(self.running[name])
            self.running[name] = self.desk.start(*self.again[name])
            if name == "dbus-daemon":
                wait_until(lambda: listens(Path(self.desk.env["XDG_RUNTIME_DIR"]) / "session-bus"), what="the bus")
            if name == "Xvfb":
                wait_until(self._displayed, what="the X server")
            owner = {"xfconfd": "org.xfce.Xfconf", "xfce4-panel": WATCHER, "dunst": NOTIFICATIONS}.get(name)
            if owner:
                self.desk.bus.wait_for(owner)

    def _useless(self, name: str) -> bool:
        """Whether it runs, but not on this bus."""
        owner = {"xfconfd": "org.xfce.Xfconf", "xfce4-panel": WATCHER, "dunst": NOTIFICATIONS}.get(name)
        return owner is not None and not self.desk.bus.owned(owner)

    def _displayed(self) -> bool:
        asked = subprocess.run(["xdotool", "getmouselocation"], env=self.desk.env, capture_output=True, check=False)
        return asked.returncode == 0


def test_partners_come_and_go_and_it_goes_on(desk_factory: DeskFactory, tmp_path: Path) -> None:
    """It answers throughout, ends by itself never, and has tray, input and prompts again once they are there."""
    desk = desk_factory(panel=True, notifier="dunst")
    partners, random = Partners(desk), Random(5)
    program = Program(desk, tmp_path / "home", FAST.format(window="notification"))
    program.start()
    assert program.process is not None
    pid, killed, first = program.process.pid, Counter[str](), held(program.process.pid)
    warm: dict[str, int] = {}
    for number in range(round(MINUTES * 60 / SECONDS_A_ROUND)):
        name = random.choice(KILLED)
        partners.kill(name)
        killed[name] += 1
        for _ in range(random.randrange(3)):
            assert program.status()["running"], f"{name} gone"
        partners.revive()
        for _ in range(random.randrange(1, 8)):
            live(program, random)
        print(number, name, held(pid), flush=True)
        if number == min(20, MINUTES):
            warm = held(pid)
    assert program.process.poll() is None
    wait_until(
        lambda: desk.bus.call(*_items(), "ss", [WATCHER, "RegisteredStatusNotifierItems"])[0].value, 60.0, "a tray"
    )
    wait_until(lambda: _prompted(program), 120.0, "a prompt")
    now = held(pid)
    print(f"{dict(killed)}: {first} -> {warm} -> {now}, trouble {program.status()['trouble']!r}")
    assert now["descriptors"] <= warm["descriptors"] + 8
    assert now["threads"] <= warm["threads"] + 4
    assert program.cli("stop").returncode == 0


def _items() -> tuple[str, str, str, str]:
    return WATCHER, "/StatusNotifierWatcher", "org.freedesktop.DBus.Properties", "Get"


def _prompted(program: Program) -> bool:
    """Whether a prompt comes in the pause after a key."""
    program.desk.xdotool("key", "a")
    return any(program.status()["state"] == "shown" for _ in range(8))
