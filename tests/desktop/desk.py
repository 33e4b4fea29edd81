"""A throw-away X desktop: server, bus, window manager, and if wanted a panel, notifications and accessibility."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from tests.desktop.bus import Bus
from tests.desktop.children import Children, end
from tests.desktop.needs import hidden
from tests.waiting import wait_until

Panel = Literal["lxqt", "mate", "xfce"]
Notifier = Literal["dunst", "lxqt", "mate", "xfce"]
NOTIFIERS: Mapping[Notifier, str] = {
    "dunst": "dunst",
    "lxqt": "lxqt-notificationd",
    "mate": "mate-notification-daemon",
    "xfce": "xfce4-notifyd",
}

STARTS_WITHIN_S = 60.0  # on a machine with other work; a server that ends is noticed at once
NOTIFICATIONS = "org.freedesktop.Notifications"
WATCHER = "org.kde.StatusNotifierWatcher"
# A panel with nothing but an expanding gap and the tray; configver 2 keeps the first-start question away.
PANEL = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="32"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/><value type="int" value="2"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-2" type="string" value="systray">
      <property name="icon-size" type="int" value="24"/>
    </property>
  </property>
</channel>
"""

# The same of LXQt.
LXQT_PANEL = """[General]
__userfile__=true
panels=panel1

[panel1]
alignment=-1
panelSize=32
iconSize=24
plugins=spacer, statusnotifier
position=Top
width=100
width-percent=true

[spacer]
type=spacer
expandable=true

[statusnotifier]
type=statusnotifier
"""

# The same of MATE, as GSettings keeps it in a file.
MATE_PANEL = """[org/mate/panel/general]
toplevel-id-list=['top']
object-id-list=['tray']

[org/mate/panel/toplevels/top]
expand=true
orientation='top'
size=32

[org/mate/panel/objects/tray]
object-type='applet'
applet-iid='NotificationAreaAppletFactory::NotificationArea'
toplevel-id='top'
position=0
panel-right-stick=true
"""
PANEL_SETTINGS: Mapping[Panel, tuple[str, str]] = {
    "lxqt": ("lxqt/panel.conf", LXQT_PANEL),
    "mate": ("glib-2.0/settings/keyfile", MATE_PANEL),
    "xfce": ("xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml", PANEL),
}
PANEL_COMMANDS: Mapping[Panel, tuple[str, ...]] = {
    "lxqt": ("lxqt-panel",),
    "mate": ("mate-panel",),
    "xfce": ("xfce4-panel", "--disable-wm-check"),
}


class Desk:
    """A running desktop on a display of its own. `env` is all a program needs to be on it."""

    def __init__(
        self,
        *,
        panel: Panel | None = None,
        notifier: Notifier | None = None,
        accessibility: bool = False,
        size: str = "1280x800",
        extra_env: Mapping[str, str] | None = None,
    ) -> None:
        """Start it and return when every part answers.

        `panel` is one with a tray; `notifier` the notification daemon, None for none at all; `accessibility`
        starts the AT-SPI bus; `size` is in pixels. Raises AssertionError with the programs' last words otherwise.
        """
        self.children = Children()
        with self.children.stopped_on_error():
            self.env = {**private_env(self.children.folder), **(extra_env or {})}
            self.bus = Bus(self.children, Path(self.env["XDG_RUNTIME_DIR"]), self.env)
            self.env["DBUS_SESSION_BUS_ADDRESS"] = self.bus.address
            self._start_display(size)
            if accessibility:
                self._start_accessibility()
            if panel:
                self._set_panel_up(panel)
                self.start_panel()
            if notifier:
                self._start_notifier(notifier)

    def start(self, *command: str, extra_env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start a program on this desktop; it ends with the desktop at the latest."""
        return self.children.start(command, {**self.env, **(extra_env or {})})

    def run(self, *command: str, limit_s: float = 20.0) -> str:
        """Run a program on this desktop to its end and return what it printed. AssertionError with its complaint."""
        done = subprocess.run(
            command,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=limit_s,
        )
        assert done.returncode == 0, f"{' '.join(command)}: {done.returncode} {done.stderr}"
        return done.stdout

    def xdotool(self, *arguments: str) -> str:
        """Act as the user's hands (XTEST), or ask about windows."""
        return self.run("xdotool", *arguments)

    def type_key(self) -> None:
        """Presses a key and lets it go."""
        self.xdotool("key", "a")

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Goes there and presses a button: 1 the left one, 3 the right one."""
        self.xdotool("mousemove", str(x), str(y), "click", str(button))

    def windows(self, name: str, by: Literal["name", "class"] = "name") -> list[str]:
        """The ids of the visible windows whose title (or class) matches the regular expression `name`."""
        search = ["xdotool", "search", "--onlyvisible", f"--{by}", name]  # its status is 1 when there is none
        found = subprocess.run(search, env=self.env, capture_output=True, text=True, check=False)
        return found.stdout.split()

    def wait_for_window(self, name: str, limit_s: float = 15.0) -> str:
        """The id of the first visible window titled like `name`, once there is one."""
        return wait_until(lambda: self.windows(name), limit_s, f"a window named {name}")[0]

    def screenshot(self, path: Path) -> Path:
        """Write what the screen shows to `path` (PNG by its suffix) and return it."""
        self.run("import", "-window", "root", str(path))
        return path

    def kill_server(self) -> None:
        """The X server dies, and with it whatever cannot do without."""
        self._server.kill()
        self._server.wait()

    def stop(self) -> None:
        """End every program of this desktop and remove its folder."""
        self.children.stop()

    def _start_display(self, size: str) -> None:
        self.env["DISPLAY"] = self._start_server(size)
        self._start_window_manager()

    def _start_server(self, size: str) -> str:
        ours, theirs = os.pipe()
        try:
            options = ("-nolisten", "tcp", "-ac", "-noreset", "-displayfd", str(theirs))
            self._server = self.children.start([*self._server_command(size), *options], self.env, pass_fds=(theirs,))
            os.close(theirs)
            return f":{read_line(ours, STARTS_WITHIN_S)}"
        finally:
            os.close(ours)

    def _server_command(self, size: str) -> list[str]:
        return ["Xvfb", "-screen", "0", f"{size}x24"]

    def _start_window_manager(self) -> None:
        # openbox names itself before it manages windows, and forgets those mapped in between; this runs after both.
        ready = self.children.folder / "managed"
        self.start("openbox", "--startup", f"touch {ready}")
        wait_until(ready.exists, STARTS_WITHIN_S, what="a window manager")

    def _start_accessibility(self) -> None:
        del self.env["NO_AT_BRIDGE"]
        self.start(library("at-spi-bus-launcher"), "--launch-immediately")
        self.bus.wait_for("org.a11y.Bus")

    def start_panel(self) -> None:
        """The panel of this desktop starts, and has a tray on return."""
        if self._kind == "mate":
            self.start(library("notification-area-applet"))  # it ends with the panel
        self._panel = self.start(*PANEL_COMMANDS[self._kind])
        self.bus.wait_for(WATCHER)
        wait_until(lambda: self.windows(f"^{PANEL_COMMANDS[self._kind][0]}$", by="class"), 15.0, "the panel")

    def stop_panel(self) -> None:
        """It ends."""
        end(self._panel)
        wait_until(lambda: not self.bus.owned(WATCHER), what="the panel to end")

    def _set_panel_up(self, panel: Panel) -> None:
        self._kind = panel
        place, text = PANEL_SETTINGS[panel]
        file = Path(self.env["XDG_CONFIG_HOME"]) / place
        file.parent.mkdir(parents=True)
        file.write_text(text, "utf-8")
        if panel == "lxqt":
            self.env["XDG_CURRENT_DESKTOP"] = "LXQt"
        elif panel == "mate":
            self.env |= {"XDG_CURRENT_DESKTOP": "MATE", "GSETTINGS_BACKEND": "keyfile"}
        else:
            self._start_settings()

    def _start_notifier(self, notifier: Notifier) -> None:
        if notifier == "xfce":
            self._start_settings()
        self.start(NOTIFIERS[notifier] if shutil.which(NOTIFIERS[notifier]) else library(NOTIFIERS[notifier]))
        self.bus.wait_for(NOTIFICATIONS)

    def _start_settings(self) -> None:
        if not self.bus.owned("org.xfce.Xfconf"):
            self.start(library("xfconfd"))
            self.bus.wait_for("org.xfce.Xfconf")


def private_env(folder: Path) -> dict[str, str]:
    """Variables for programs that shall know nothing of the user or of the system the tests run on."""
    home = folder / "home"
    runtime = folder / "run"
    home.mkdir()
    runtime.mkdir(mode=0o700)
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_STATE_HOME": str(home / ".local/state"),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_SESSION_TYPE": "x11",
        "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={runtime}/system-bus",  # nobody there, unless a test sees to it
        "PULSE_SERVER": f"unix:{runtime}/pulse/native",  # named, so that asking does not start a server
        "GSETTINGS_BACKEND": "memory",
        "NO_AT_BRIDGE": "1",
    }


def library(program: str) -> str:
    """The path of a program that distributions keep out of PATH. Raises AssertionError where it is not installed."""
    found = hidden(program)
    assert found, f"{program} is not installed"
    return str(found)


def read_line(descriptor: int, limit_s: float) -> str:
    """One line from a pipe, without its end. AssertionError when none comes within `limit_s` seconds."""
    text = b""
    while not text.endswith(b"\n"):
        readable, _, _ = select.select([descriptor], [], [], limit_s)
        piece = os.read(descriptor, 64) if readable else b""
        assert piece, "the X server did not start"
        text += piece
    return re.sub(r"\s", "", text.decode("ascii"))
