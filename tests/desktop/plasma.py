"""A throw-away Plasma on X or on Wayland: plasmashell with its panel and its notifications, without a screen."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from dbus_fast import Message
from dbus_fast.aio import MessageBus
from PIL import Image

from tests.desktop.desk import NOTIFICATIONS, WATCHER, Desk, library
from tests.desktop.kwin import SOCKET, Hands, KWin
from tests.waiting import wait_until

NEEDS = ("plasmashell", "kded5", "kglobalaccel5", "kactivitymanagerd", "kwriteconfig5", "org.kde.plasma.desktop")
KDE = {
    "XDG_CURRENT_DESKTOP": "KDE",
    "KDE_FULL_SESSION": "true",
    "KDE_SESSION_VERSION": "5",
    "QT_QPA_PLATFORM": "xcb",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "QT_QUICK_BACKEND": "software",
    "KWIN_COMPOSE": "N",
}
STARTS_WITHIN_S = 90.0  # plasmashell compiles its parts first
SHOTS = "org.kde.KWin.ScreenShot2"
NOTIFY = "plasmanotifyrc"  # where the settings of its notifications are kept


class Plasma(Desk):
    """A running Plasma: its panel is along the lower edge, and its notes come up above the right end of that."""

    def __init__(self) -> None:
        """Starts what plasmashell needs, and it; ready when there is a tray."""
        super().__init__(extra_env=KDE)
        with self.children.stopped_on_error():
            self.start("kded5")
            self.start("kglobalaccel5")
            self.start(library("kactivitymanagerd"))
            self.bus.wait_for("org.kde.ActivityManager", STARTS_WITHIN_S)
            self.bus.wait_for(WATCHER, STARTS_WITHIN_S)
            self.start("plasmashell", "--no-respawn")
            self.bus.wait_for(NOTIFICATIONS, STARTS_WITHIN_S)
            wait_until(self._hosts, STARTS_WITHIN_S, "a panel that shows icons")

    def be_quiet(self, until: str) -> None:
        """Keeps notes back until a time, as the switch in the panel does: numbers with commas; empty: shows them."""
        self.run("kwriteconfig5", "--file", NOTIFY, "--group", "DoNotDisturb", "--key", "Until", until)
        asyncio.run(self._tell_of_settings())

    def _hosts(self) -> bool:
        place = (WATCHER, "/StatusNotifierWatcher", "org.freedesktop.DBus.Properties", "Get")
        (there,) = self.bus.call(*place, "ss", [WATCHER, "IsStatusNotifierHostRegistered"])
        return bool(there.value)

    async def _tell_of_settings(self) -> None:
        """What KDE's programs send when one of them changed a setting."""
        bus = await MessageBus(bus_address=self.bus.address).connect()
        changed: dict[str, list[bytes]] = {"DoNotDisturb": [b"Until"]}
        await bus.send(
            Message.new_signal(f"/{NOTIFY}", "org.kde.kconfig.notify", "ConfigChanged", "a{saay}", [changed])
        )
        bus.disconnect()
        await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # the library leaves this one untyped


class PlasmaOnWayland(Plasma):
    """The same on KWin's Wayland, with hands by KWin's own protocol for that and pictures that KWin takes itself."""

    def _start_display(self, size: str) -> None:
        width, height = map(int, size.split("x"))
        kwin = KWin(self, "O2", (width, height))
        kwin.begin()
        self.bus.wait_for("org.kde.KWin", STARTS_WITHIN_S)
        self.env |= {"WAYLAND_DISPLAY": SOCKET, "XDG_SESSION_TYPE": "wayland", "QT_QPA_PLATFORM": "wayland"}
        self._hands = Hands(kwin)

    def type_key(self) -> None:
        """Presses a key and lets it go."""
        self._hands.type_key()

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Goes there and presses a button."""
        self._hands.point(x, y)
        self._hands.click(button)

    def screenshot(self, path: Path) -> Path:
        """Writes what is on the screen to a file."""
        with path.with_suffix(".raw").open("w+b") as file:
            shape = asyncio.run(self._capture(file.fileno()))
            wait_until(lambda: os.fstat(file.fileno()).st_size == shape["stride"] * shape["height"], what="a picture")
            file.seek(0)
            size = (shape["width"], shape["height"])
            Image.frombytes("RGBA", size, file.read(), "raw", "BGRA", shape["stride"]).convert("RGB").save(path)
        return path

    def stop(self) -> None:
        """Ends all of it."""
        self._hands.close()
        super().stop()

    async def _capture(self, into: int) -> dict[str, int]:
        bus = await MessageBus(bus_address=self.bus.address, negotiate_unix_fd=True).connect()
        call = Message("org.kde.KWin", "/org/kde/KWin/ScreenShot2", SHOTS, "CaptureWorkspace", signature="a{sv}h")
        call.body, call.unix_fds = [{}, 0], [into]
        answer = await bus.call(call)
        bus.disconnect()
        return {name: each.value for name, each in answer.body[0].items() if name in ("width", "height", "stride")}
