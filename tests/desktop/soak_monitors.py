"""Monitors that are plugged into and out of a real X server, under openbox and under KWin.

`make soak ARGS="-k monitor"`. KWin goes by the outputs of the server and not by its monitors, and Xvfb has one output.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

from sitbreak.adapters.breakwindow import QtWindow
from tests.desktop.desk import STARTS_WITHIN_S, Desk
from tests.desktop.plasma import KDE
from tests.desktop.test_window_x11 import BREAK, LIGHT, place
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.soak,
    pytest.mark.desktop("Qt", "Xorg", "openbox", "kwin_x11", "xrandr", "xdotool", "dbus-daemon", "setpriv"),
]

# A server without devices and with sixteen outputs, of which one is plugged in.
SERVER = """Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoAddGPU" "false"
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5-1000
  VertRefresh 5-200
EndSection
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 256000
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Virtual 4096 2048
    Modes "800x600"
  EndSubSection
EndSection
"""
SECOND = ("xrandr", "--output", "DUMMY1")
LEFT, RIGHT = (0, 0, 800, 600), (800, 0, 800, 600)


class Monitors(Desk):
    """A desk whose monitors can be plugged in and out."""

    def _server_command(self, size: str) -> list[str]:
        config = self.children.folder / "xorg.conf"
        config.write_text(SERVER, "utf-8")
        log = str(self.children.folder / "xorg.log")
        return ["Xorg", "-config", str(config), "-logfile", log, "-novtswitch", "-sharevts"]


class MonitorsOnKWin(Monitors):
    """The same with KWin as its window manager."""

    def _start_window_manager(self) -> None:
        self.start("kwin_x11", "--replace", extra_env=KDE)
        self.bus.wait_for("org.kde.KWin", STARTS_WITHIN_S)


@pytest.fixture(params=[Monitors, MonitorsOnKWin])
def monitors(request: pytest.FixtureRequest) -> Iterator[Monitors]:
    """A desk with one monitor."""
    desk = request.param()
    yield desk
    desk.stop()


def test_a_monitor_that_is_plugged_in_is_covered_too(monitors: Monitors) -> None:
    """During a full-screen break a monitor comes, goes and comes again: each has one window as large as it."""
    env = {**monitors.env, "PYTHONPATH": os.pathsep.join(sys.path), "QT_QPA_PLATFORM": "xcb"}
    window = QtWindow(lambda message: None, env, shown_within_s=20.0)

    def covered() -> list[tuple[int, int, int, int]]:
        return sorted(place(monitors, each) for each in monitors.windows("^sitbreak$"))

    try:
        window.open({**BREAK, "look": {**LIGHT, "style": "fullscreen", "monitor": "all"}})
        wait_until(lambda: covered() == [LEFT], what="a window over the one monitor")
        monitors.run("xrandr", "--addmode", "DUMMY1", "800x600")
        for _ in range(2):
            monitors.run(*SECOND, "--mode", "800x600", "--right-of", "DUMMY0")
            wait_until(lambda: covered() == [LEFT, RIGHT], what="a window over each")
            monitors.run(*SECOND, "--off")
            wait_until(lambda: covered() == [LEFT], what="one window again")
    finally:
        window.close(at_once=True)
