"""A whole LXQt session: it starts the program by its entry, has its icon and its notes, and ends it at logout."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.desk import NOTIFICATIONS, WATCHER, Desk
from tests.desktop.program import Program
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop(
    *("Xvfb", "dbus-daemon", "setpriv", "xdotool", "openbox"), *("lxqt-session", "lxqt-panel", "lxqt-notificationd")
)
SESSION, PATH = "org.lxqt.session", "/LXQtSession"
SETTINGS = "[General]\n__userfile__=true\nwindow_manager=openbox\nleave_confirmation=false\n"


class Bare(Desk):
    """A display and a bus; the session brings the window manager and all else."""

    def _start_window_manager(self) -> None:
        return


def test_a_session_starts_it_shows_it_and_ends_it(tmp_path: Path) -> None:
    """By its autostart entry; its icon is on the panel, its prompt comes by the session's notes; with it, it ends."""
    places = {"XDG_CONFIG_DIRS": "/etc:/etc/xdg:/usr/share", "XDG_DATA_DIRS": "/usr/local/share:/usr/share"}
    desk = Bare(extra_env={"XDG_CURRENT_DESKTOP": "LXQt", **places})
    try:
        program = Program(desk, tmp_path / "home")
        settings = Path(desk.env["XDG_CONFIG_HOME"]) / "lxqt" / "session.conf"
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS, "utf-8")
        assert program.cli("autostart", "on").returncode == 0
        session = desk.start("lxqt-session", extra_env=program.env)
        desk.bus.wait_for(WATCHER, 60.0)
        desk.bus.wait_for(NOTIFICATIONS, 60.0)
        wait_until(lambda: program.status()["running"], 60.0, "the program, started by the session")
        wait_until(lambda: items(desk), 30.0, "the icon on its panel")
        assert program.type_until("shown", 90.0)
        assert program.status()["last_prompt"]
        desk.bus.call(SESSION, PATH, SESSION, "logout")
        session.wait(30)
        wait_until(lambda: not program.status()["running"], 30.0, "the end of the program with the session")
    finally:
        desk.stop()


def items(desk: Desk) -> list[str]:
    """The icons that the panel has."""
    place = (WATCHER, "/StatusNotifierWatcher", "org.freedesktop.DBus.Properties", "Get")
    (found,) = desk.bus.call(*place, "ss", [WATCHER, "RegisteredStatusNotifierItems"])
    return [str(each) for each in found.value]
