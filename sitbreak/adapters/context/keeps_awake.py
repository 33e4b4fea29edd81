"""Who keeps the screen awake, from the services that know: logind, GNOME's session, KDE's and Xfce's power manager.

`org.freedesktop.ScreenSaver`, which most players call, has Inhibit and UnInhibit but no listing, and calls to others
cannot be overheard (monitoring the bus would show every message of the user). Those who implement it do list: GNOME
and its kin (MATE, Cinnamon) forward it to their session manager, Plasma to its policy agent. Xfce's power manager
says only that there is one, so its app is not named. Under Wayland an inhibitor may be known to the compositor alone:
see sway.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from sitbreak.adapters.bus import PROPERTIES, BusError, call
from sitbreak.adapters.context.busprobe import MediaProbe

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus

IDLE = 8  # GsmInhibitorFlag: marking the session as idle
SCREEN = 4  # PolicyAgent: changing screen settings
UNKNOWN_OBJECTS = frozenset({"org.freedesktop.DBus.Error.UnknownMethod", "org.freedesktop.DBus.Error.UnknownObject"})


class LogindMedia(MediaProbe):
    """logind: blocking inhibitors of idle, our own user's. It tells of each change by its BlockInhibited property."""

    NAME: ClassVar[str] = "media-logind"
    BUS: ClassVar[Literal["session", "system"]] = "system"
    SERVICE: ClassVar[str] = "org.freedesktop.login1"
    RULES = (
        f"sender='{SERVICE}',path='/org/freedesktop/login1',interface='{PROPERTIES}',member='PropertiesChanged',"
        "arg0='org.freedesktop.login1.Manager'",
    )

    async def inhibitors(self, bus: MessageBus) -> Mapping[Any, str]:
        """By app, reason and process."""
        path, interface = "/org/freedesktop/login1", "org.freedesktop.login1.Manager"
        (found,) = await call(bus, self.SERVICE, path, interface, "ListInhibitors")
        return {
            (who, why, process): who
            for what, who, why, mode, user, process in found
            if "idle" in what.split(":") and mode == "block" and user == os.getuid()
        }


class GnomeMedia(MediaProbe):
    """The session manager of GNOME, MATE and Cinnamon: inhibitors of idle."""

    NAME: ClassVar[str] = "media-gnome"
    SERVICE: ClassVar[str] = "org.gnome.SessionManager"
    RULES = (
        f"sender='{SERVICE}',interface='{SERVICE}',member='InhibitorAdded'",
        f"sender='{SERVICE}',interface='{SERVICE}',member='InhibitorRemoved'",
    )

    async def inhibitors(self, bus: MessageBus) -> Mapping[Any, str]:
        """By object."""
        (paths,) = await call(bus, self.SERVICE, "/org/gnome/SessionManager", self.SERVICE, "GetInhibitors")
        found = {path: await self._app(bus, path) for path in paths}
        return {path: name for path, name in found.items() if name is not None}

    async def _app(self, bus: MessageBus, path: str) -> str | None:
        """The app of an inhibitor; None if it lets the session become idle, or has ended meanwhile."""
        interface = "org.gnome.SessionManager.Inhibitor"
        try:
            (flags,) = await call(bus, self.SERVICE, path, interface, "GetFlags")
            (name,) = await call(bus, self.SERVICE, path, interface, "GetAppId")
        except BusError as failure:
            if failure.name in UNKNOWN_OBJECTS:
                return None
            raise
        return str(name) if flags & IDLE else None


class PlasmaMedia(MediaProbe):
    """KDE's power management: inhibitions, as long as one of them concerns the screen."""

    NAME: ClassVar[str] = "media-plasma"
    SERVICE: ClassVar[str] = "org.kde.Solid.PowerManagement.PolicyAgent"
    RULES = (f"sender='{SERVICE}',interface='{SERVICE}',member='InhibitionsChanged'",)

    async def inhibitors(self, bus: MessageBus) -> Mapping[Any, str]:
        """By app and reason; the listing does not say which of them concern the screen."""
        path = "/org/kde/Solid/PowerManagement/PolicyAgent"
        (found,) = await call(bus, self.SERVICE, path, self.SERVICE, "ListInhibitions")
        (screen,) = await call(bus, self.SERVICE, path, self.SERVICE, "HasInhibition", "u", [SCREEN])
        return {(who, why): who for who, why in found} if screen else {}


class XfceMedia(MediaProbe):
    """The power managers with org.freedesktop.PowerManagement (Xfce): whether there is an inhibitor, not whose."""

    NAME: ClassVar[str] = "media-power-manager"
    SERVICE: ClassVar[str] = "org.freedesktop.PowerManagement"
    RULES = (f"sender='{SERVICE}',interface='{SERVICE}.Inhibit',member='HasInhibitChanged'",)

    async def inhibitors(self, bus: MessageBus) -> Mapping[Any, str]:
        """One without a name, or none."""
        path = "/org/freedesktop/PowerManagement/Inhibit"
        (found,) = await call(bus, self.SERVICE, path, "org.freedesktop.PowerManagement.Inhibit", "HasInhibit")
        return {"inhibitor": ""} if found else {}
