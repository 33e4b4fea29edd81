"""A throw-away Plasma on X: plasmashell with its panel and its notifications, without a screen."""

from __future__ import annotations

import asyncio

from dbus_fast import Message
from dbus_fast.aio import MessageBus

from tests.desktop.desk import NOTIFICATIONS, WATCHER, Desk, library
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
