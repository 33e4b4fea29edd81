"""How bright is the panel? No desktop says so; this is the best guess, and the setting overrules it.

`either` is the answer to "cannot tell": that variant is legible on both.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sitbreak.adapters.bus import BusError, call, on_signal, subscribe_owner
from sitbreak.adapters.tray.glyph import Variant
from sitbreak.ports import Env

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Task

    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

AUTO = "auto"
SETTINGS = ("auto", "light", "dark")
PORTAL = "org.freedesktop.portal.Desktop"
PORTAL_PATH = "/org/freedesktop/portal/desktop"
PORTAL_SETTINGS = "org.freedesktop.portal.Settings"
APPEARANCE = "org.freedesktop.appearance"
SCHEME = "color-scheme"
DAEMON = "org.freedesktop.DBus"
# What the portal's color-scheme means: 0 no preference, 1 dark, 2 light.
MEANING: Mapping[int, Variant] = {1: "dark", 2: "light"}
WINDOWS_KEY = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"


def from_desktop(variables: Mapping[str, str]) -> Variant | None:
    """The brightness of a panel whose desktop never changes it, else None. GNOME's top bar is dark in both schemes."""
    return "dark" if "gnome" in Env(sys.platform, variables).desktops else None


def first_guess(setting: str, variables: Mapping[str, str]) -> Variant:
    """The variant to begin with; `setting` is one of SETTINGS, anything but light and dark counts as auto."""
    if setting == "light":
        return "light"
    if setting == "dark":
        return "dark"
    return from_desktop(variables) or from_windows()


def from_windows() -> Variant:
    """The brightness of the Windows taskbar, from the registry; `either` where the value is missing."""
    try:
        import winreg
    except ImportError:
        return "either"
    opened: Any = winreg  # its names exist on Windows only
    try:
        with opened.OpenKey(opened.HKEY_CURRENT_USER, WINDOWS_KEY) as key:
            light, _ = opened.QueryValueEx(key, "SystemUsesLightTheme")
    except OSError:
        return "either"
    return "light" if light else "dark"


class SchemeWatch:
    """Follows the desktop's colour scheme over the settings portal, where one runs; never starts one.

    `told(variant)` is called on the bus loop, first with the present scheme and then on each change.
    """

    def __init__(self, bus: MessageBus, loop: AbstractEventLoop, told: Callable[[Variant], None]) -> None:
        self._bus = bus
        self._loop = loop
        self._told = told
        self._asking: Task[None] | None = None  # held here: the loop itself would let it be collected
        self._ends: list[Callable[[], None]] = []

    async def start(self) -> None:
        """Begins to follow; raises BusError when the bus is gone."""
        changed = f"interface='{PORTAL_SETTINGS}',member='SettingChanged'"
        self._ends.append(await on_signal(self._bus, changed, self._changed))
        self._ends.append(await subscribe_owner(self._bus, PORTAL, self._owned))
        (running,) = await call(self._bus, DAEMON, "/org/freedesktop/DBus", DAEMON, "NameHasOwner", "s", [PORTAL])
        self._owned(running)

    def close(self) -> None:
        """Follows no more."""
        for end in self._ends:
            end()

    def _owned(self, running: bool) -> None:
        if running:
            self._asking = self._loop.create_task(self._ask())

    async def _ask(self) -> None:
        try:
            (value,) = await call(self._bus, PORTAL, PORTAL_PATH, PORTAL_SETTINGS, "Read", "ss", [APPEARANCE, SCHEME])
        except BusError:
            return  # a portal without this setting: the guess stays what it was
        self._told(meaning(value))

    def _changed(self, message: Message) -> None:
        if message.signature == "ssv" and message.body[:2] == [APPEARANCE, SCHEME]:
            self._told(meaning(message.body[2]))


def meaning(value: Any) -> Variant:
    """The variant for a color-scheme as the portal gives it: a number, wrapped in one variant or (in Read) two."""
    while hasattr(value, "value"):
        value = value.value
    return MEANING.get(value, "either")
