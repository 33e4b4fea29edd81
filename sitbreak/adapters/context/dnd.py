"""Do-not-disturb: as notification daemons tell it, or (GNOME and its kin) the setting that turns banners off.

dconf's writer signals every change with its path, so `gsettings` (the reader that knows defaults and overrides) runs
once per change of this one setting.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sitbreak.adapters.bus import PROPERTIES, BusError, call, property_of
from sitbreak.adapters.bus.exported import NO_PROPERTY
from sitbreak.adapters.context.busprobe import BusProbe
from sitbreak.adapters.context.probe import SlowProbe, Wiring
from sitbreak.core.events import Signal
from sitbreak.core.frozen import frozen
from sitbreak.core.text import printable
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus


NOTIFICATIONS = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
UNSET = "org.xfce.Xfconf.Error.PropertyNotFound"
NO_CHANNEL = "org.xfce.Xfconf.Error.ChannelNotFound"


class _Daemon(BusProbe):
    """A notification daemon, told from the others by the name it gives itself; it announces property changes."""

    SIGNAL: ClassVar[Signal] = Signal.DND
    SERVICE: ClassVar[str] = NOTIFICATIONS
    DAEMON: ClassVar[str] = ""
    INTERFACE: ClassVar[str] = ""
    PROPERTY: ClassVar[str] = ""
    RULES = (f"path='{PATH}',interface='{PROPERTIES}',member='PropertiesChanged'",)

    async def read(self, bus: MessageBus) -> Iterable[str]:
        """The daemon's name while it keeps quiet."""
        self.step_s = None
        told = await call(bus, NOTIFICATIONS, PATH, NOTIFICATIONS, "GetServerInformation")
        if str(told[0]).casefold() != self.DAEMON.casefold():
            self.waits = _("Notifications are shown by {told} now.", told=printable(str(told[0])))
            return ()
        return [self.DAEMON] if self.quiet(await self._value(bus)) else []

    def quiet(self, value: object) -> bool:
        """Whether this value of the property means do-not-disturb."""
        return bool(value)

    def heard(self, message: Message) -> bool:
        """Whether a property of this daemon changed."""
        return bool(message.body) and message.body[0] == self.INTERFACE

    async def _value(self, bus: MessageBus) -> object:
        value: object = await property_of(bus, NOTIFICATIONS, PATH, self.INTERFACE, self.PROPERTY)
        return value


class PlasmaQuiet(_Daemon):
    """Plasma's notifications: the Inhibited property, which apps and the user set."""

    NAME: ClassVar[str] = "dnd-plasma"
    DAEMON: ClassVar[str] = "Plasma"
    INTERFACE: ClassVar[str] = NOTIFICATIONS
    PROPERTY: ClassVar[str] = "Inhibited"


class DunstQuiet(_Daemon):
    """dunst: paused."""

    NAME: ClassVar[str] = "dnd-dunst"
    DAEMON: ClassVar[str] = "dunst"
    INTERFACE: ClassVar[str] = "org.dunstproject.cmd0"
    PROPERTY: ClassVar[str] = "paused"


class MakoQuiet(_Daemon):
    """mako: the mode its manual names do-not-disturb. Before 1.8 it tells its modes when asked, and of no change."""

    NAME: ClassVar[str] = "dnd-mako"
    DAEMON: ClassVar[str] = "mako"
    INTERFACE: ClassVar[str] = "fr.emersion.Mako"
    PROPERTY: ClassVar[str] = "Modes"

    def quiet(self, value: object) -> bool:
        """Whether the mode is among those in force."""
        return isinstance(value, list) and any("do-not-disturb" in str(mode) or mode == "dnd" for mode in value)

    async def _value(self, bus: MessageBus) -> object:
        path = "/fr/emersion/Mako"
        try:
            value: object = await property_of(bus, NOTIFICATIONS, path, self.INTERFACE, self.PROPERTY)
        except BusError as failure:
            if failure.name != NO_PROPERTY:
                raise
            (value,) = await call(bus, NOTIFICATIONS, path, self.INTERFACE, "ListModes")
            self.step_s = self.wiring.slow.step_s
        return value

    RULES = (f"path='/fr/emersion/Mako',interface='{PROPERTIES}',member='PropertiesChanged'",)


class SwayncQuiet(BusProbe):
    """SwayNotificationCenter: its own service tells, and signals each change."""

    NAME: ClassVar[str] = "dnd-swaync"
    SIGNAL: ClassVar[Signal] = Signal.DND
    SERVICE: ClassVar[str] = "org.erikreider.swaync.cc"
    RULES = (f"interface='{SERVICE}'",)

    async def read(self, bus: MessageBus) -> Iterable[str]:
        """Its name while it keeps quiet."""
        (quiet,) = await call(bus, self.SERVICE, "/org/erikreider/swaync/cc", self.SERVICE, "GetDnd")
        return ["swaync"] if quiet else []


class XfceQuiet(BusProbe):
    """xfce4-notifyd: a setting, kept and announced by xfconf."""

    NAME: ClassVar[str] = "dnd-xfce"
    SIGNAL: ClassVar[Signal] = Signal.DND
    SERVICE: ClassVar[str] = "org.xfce.Xfconf"
    RULES = (f"path='/org/xfce/Xfconf',interface='{SERVICE}',arg0='xfce4-notifyd'",)

    async def read(self, bus: MessageBus) -> Iterable[str]:
        """Its name while it keeps quiet; a setting never touched is off."""
        where = ["xfce4-notifyd", "/do-not-disturb"]
        try:
            (quiet,) = await call(bus, self.SERVICE, "/org/xfce/Xfconf", self.SERVICE, "GetProperty", "ss", where)
        except BusError as failure:
            if failure.name in (UNSET, NO_CHANNEL):
                return ()
            raise
        return ["xfce4-notifyd"] if quiet.value else []


class LxqtQuiet(SlowProbe):
    """LXQt's notification daemon: a line of its settings file, which it reads itself when that changes."""

    NAME: ClassVar[str] = "dnd-lxqt"
    SIGNAL: ClassVar[Signal] = Signal.DND

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On LXQt."""
        return Viable() if "lxqt" in env.desktops else NotViable(_("This is not LXQt."))

    def look(self) -> Sequence[str]:
        """Its name while it keeps quiet; no file, or no such line, is off."""
        from configparser import ConfigParser

        told = self.wiring.env.variables
        home = told.get("XDG_CONFIG_HOME") or f"{told.get('HOME', '~')}/.config"
        settings = ConfigParser(interpolation=None, strict=False)
        settings.read(Path(home).expanduser() / "lxqt" / "notifications.conf", "utf-8")
        quiet = settings.get("General", "doNotDisturb", fallback="false").strip().lower() == "true"
        return ["lxqt-notificationd"] if quiet else []


@frozen
class DesktopSetting:
    """A setting, the value that means do-not-disturb, and the folder of dconf it is in, as its schema says."""

    schema: str
    key: str
    quiet: str
    folder: str

    @property
    def path(self) -> str:
        """Where dconf keeps it."""
        return f"{self.folder}{self.key}"


BANNERS = DesktopSetting(
    "org.gnome.desktop.notifications", "show-banners", "false", "/org/gnome/desktop/notifications/"
)
SETTINGS = {
    "gnome": BANNERS,
    "unity": BANNERS,
    "budgie": BANNERS,
    "x-cinnamon": DesktopSetting(
        "org.cinnamon.desktop.notifications", "display-notifications", "false", "/org/cinnamon/desktop/notifications/"
    ),
    "mate": DesktopSetting("org.mate.NotificationDaemon", "do-not-disturb", "true", "/org/mate/notification-daemon/"),
}


def setting_of(env: Env) -> DesktopSetting | None:
    """The setting of the desktop that runs here."""
    return next((setting for name, setting in SETTINGS.items() if name in env.desktops), None)


class GsettingsQuiet(BusProbe):
    """Reads the setting at the start and at each change."""

    NAME: ClassVar[str] = "dnd-gsettings"
    SIGNAL: ClassVar[Signal] = Signal.DND
    RULES = ("interface='ca.desrt.dconf.Writer',member='Notify'",)

    def __init__(self, wiring: Wiring) -> None:
        super().__init__(wiring)
        self._setting = setting_of(wiring.env) or BANNERS

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On GNOME, Budgie, Cinnamon and MATE, with the gsettings program."""
        if env.platform != "linux" or setting_of(env) is None:
            return NotViable(_("This is not GNOME, Budgie, Cinnamon or MATE."))
        if shutil.which("gsettings", path=env.variables.get("PATH")) is None:
            return NotViable(_("The program gsettings is missing."), _("Install libglib2.0-bin."))
        return Viable()

    async def read(self, bus: MessageBus) -> Iterable[str]:
        """The desktop's setting, as a holder without a name."""
        return [""] if await self._value() == self._setting.quiet else []

    def heard(self, message: Message) -> bool:
        """Whether dconf names our setting: by a path, or by a folder and keys within it."""
        prefix, keys = message.body[0], message.body[1]
        return any(self._setting.path.startswith(f"{prefix}{key}") for key in (keys or [""]))

    async def _value(self) -> str:
        quiet = asyncio.subprocess.DEVNULL
        argv = ("gsettings", "get", self._setting.schema, self._setting.key)
        try:
            child = await asyncio.create_subprocess_exec(
                *argv, stdin=quiet, stdout=asyncio.subprocess.PIPE, stderr=quiet, env=dict(self.wiring.env.variables)
            )
        except OSError as failure:
            raise BusError("", _("gsettings cannot be run ({error})", error=failure.strerror)) from failure
        output, _none = await child.communicate()
        if child.returncode:
            raise BusError("", _("gsettings does not know {schema}", schema=self._setting.schema))
        return output.decode().strip()
