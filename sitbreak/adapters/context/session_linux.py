"""Lock and sleep on Linux: by logind, by the lockers that say so on the session bus, by those that merely run.

Lock and Unlock of logind are requests, not states: a locker that heeds them may be left by password without a word.
So only LockedHint, which the locker itself sets and clears, is believed; a session cannot stay locked by mistake. XFCE,
MATE and some light lockers speak on the session bus instead; small lockers (i3lock, swaylock) tell nobody anything,
xscreensaver whoever asks at its display.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from sitbreak.adapters.bus import PROPERTIES, BusError, call, property_of
from sitbreak.adapters.context.busprobe import BusProbe
from sitbreak.adapters.context.edges import Session
from sitbreak.adapters.context.probe import SlowProbe, Wiring
from sitbreak.adapters.running_programs import LinuxPrograms
from sitbreak.adapters.xserver import opened
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

LOGIN = "org.freedesktop.login1"
ROOT = "/org/freedesktop/login1"
MANAGER = f"{LOGIN}.Manager"
SESSION = f"{LOGIN}.Session"


class LogindLock(BusProbe):
    """logind: our own session, or the user's display where that is over; locked, or another one in front."""

    NAME: ClassVar[str] = "lock-logind"
    SIGNAL: ClassVar[Session] = Session.LOCK
    BUS: ClassVar[Literal["session", "system"]] = "system"
    SERVICE: ClassVar[str] = LOGIN
    RULES = (
        f"interface='{PROPERTIES}',member='PropertiesChanged',arg0='{SESSION}'",
        f"interface='{MANAGER}',member='SessionNew'",
        f"interface='{MANAGER}',member='SessionRemoved'",
    )

    def __init__(self, wiring: Wiring) -> None:
        super().__init__(wiring)
        self._wanted = wiring.env.variables.get("XDG_SESSION_ID", "")
        self._session = ""
        self._properties: dict[str, Any] = {}

    async def read(self, bus: MessageBus) -> Iterable[str]:
        """What the session says of itself; nothing holds where there is none."""
        self._session, self._properties = await self._found(bus)
        return self._holders()

    def heard(self, message: Message) -> bool:
        """A change of our session counts at once; sessions that come and go may make another one ours."""
        if message.member != "PropertiesChanged":
            return True
        if message.path == self._session:
            self._properties |= message.body[1]
            self.hold(self._holders())
        return False

    def _holders(self) -> list[str]:
        told = {name: bool(value.value) for name, value in self._properties.items() if name in ("LockedHint", "Active")}
        locked, in_front = told.get("LockedHint", False), told.get("Active", True)
        return [*(["the lock"] if locked else []), *([] if in_front else ["another session"])]

    async def _found(self, bus: MessageBus) -> tuple[str, dict[str, Any]]:
        """The object of our own session, or of the user's display, and its properties; empty when there is none."""
        async for path in self._candidates(bus):
            try:
                (properties,) = await call(bus, LOGIN, path, PROPERTIES, "GetAll", "s", [SESSION])
            except BusError:
                continue  # a session that is over, or one that was never there
            if "State" in properties and properties["State"].value != "closing":
                return path, dict(properties)
        return "", {}

    async def _candidates(self, bus: MessageBus) -> AsyncIterator[str]:
        for name in filter(None, (self._wanted, "auto")):
            path = await _asked(bus, "GetSession", "s", name)
            if path:
                yield path
        user = await _asked(bus, "GetUser", "u", os.getuid())
        if user:
            yield (await property_of(bus, LOGIN, user, f"{LOGIN}.User", "Display"))[1]


class LogindSleep(BusProbe):
    """logind: the machine is about to sleep, or has woken up."""

    NAME: ClassVar[str] = "sleep-logind"
    SIGNAL: ClassVar[Session] = Session.SLEEP
    BUS: ClassVar[Literal["session", "system"]] = "system"
    SERVICE: ClassVar[str] = LOGIN
    RULES = (f"interface='{MANAGER}',member='PrepareForSleep',path='{ROOT}'",)

    async def read(self, bus: MessageBus) -> Iterable[str]:
        """Whether it is about to sleep."""
        return ["sleep"] if await property_of(bus, LOGIN, ROOT, MANAGER, "PreparingForSleep") else []

    def heard(self, message: Message) -> bool:
        """The signal says it all, and there may be no time left to ask."""
        self.hold(["sleep"] if message.body[0] else [])
        return False


async def _asked(bus: MessageBus, member: str, signature: str, argument: object) -> str:
    """The object that logind names, or "" when it knows of none; raises BusError when the bus cannot reach logind."""
    try:
        (path,) = await call(bus, LOGIN, ROOT, MANAGER, member, signature, [argument])
    except BusError as error:
        if error.name.startswith("org.freedesktop.DBus.Error."):
            raise
        return ""  # logind's own no
    return str(path)


class _Saver(BusProbe):
    """A locker that says ActiveChanged on the session bus. `service` is a bus name, and the interface of that name."""

    SIGNAL: ClassVar[Session] = Session.LOCK

    def __init_subclass__(cls, service: str) -> None:
        cls.SERVICE = service
        cls.RULES = (f"interface='{service}',member='ActiveChanged'",)

    async def read(self, bus: MessageBus) -> Iterable[str]:
        """Its name while it is on; some only take inhibitors and know no state."""
        try:
            (active,) = await call(bus, self.SERVICE, f"/{self.SERVICE.replace('.', '/')}", self.SERVICE, "GetActive")
        except BusError:
            return ()
        return [self.NAME] if active else []

    def heard(self, message: Message) -> bool:
        """The signal says it all."""
        self.hold([self.NAME] if message.body and message.body[0] else [])
        return False


class FreedesktopSaver(_Saver, service="org.freedesktop.ScreenSaver"):
    """KDE and light lockers."""

    NAME: ClassVar[str] = "lock-freedesktop"


class GnomeSaver(_Saver, service="org.gnome.ScreenSaver"):
    """GNOME and its kin."""

    NAME: ClassVar[str] = "lock-gnome"


class CinnamonSaver(_Saver, service="org.cinnamon.ScreenSaver"):
    """Cinnamon."""

    NAME: ClassVar[str] = "lock-cinnamon"


class MateSaver(_Saver, service="org.mate.ScreenSaver"):
    """MATE."""

    NAME: ClassVar[str] = "lock-mate"


class XfceSaver(_Saver, service="org.xfce.ScreenSaver"):
    """XFCE."""

    NAME: ClassVar[str] = "lock-xfce"


SAVERS: tuple[type[_Saver], ...] = (FreedesktopSaver, GnomeSaver, CinnamonSaver, MateSaver, XfceSaver)

# Only programs that run while the screen is locked and at no other time; of what runs only the names are read.
LOCKERS = frozenset(
    {"i3lock", "swaylock", "gtklock", "waylock", "hyprlock", "xsecurelock", "slock", "xtrlock", "physlock", "vlock"}
)
# Runs all the time, and says on the root window of its display whether it has locked it (seen on 6.06).
XSCREENSAVER, STATUS, LOCK = "xscreensaver", "_SCREENSAVER_STATUS", "LOCK"
SOUGHT = LOCKERS | {XSCREENSAVER}
# Desktops whose own lock says so on a bus; there nothing is looked for. Xfce and LXQt take whatever locker is there.
TELL = frozenset({"gnome", "kde", "mate", "x-cinnamon", "cinnamon", "budgie", "unity"})


class Lockers(SlowProbe):
    """A locker that runs. `running` tells which of SOUGHT do; an OSError of it is no lock."""

    NAME: ClassVar[str] = "lock-programs"
    SIGNAL: ClassVar[Session] = Session.LOCK

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On Linux, where the desktop does not tell of its lock itself."""
        told = NotViable(_("this desktop tells of its lock itself")) if env.desktops & TELL else None
        return env.only_on("linux") or told or Viable()

    def __init__(self, wiring: Wiring, running: Callable[[], set[str]] | None = None) -> None:
        super().__init__(wiring)
        self._running = LinuxPrograms(only=SOUGHT) if running is None else running

    def look(self) -> Sequence[str]:
        """One holder while a locker runs. Raises OSError when the programs cannot be listed, or the display is gone."""
        found = self._running()
        display = self.wiring.env.variables.get("DISPLAY")
        locked = found & LOCKERS or (found and display and _says_locked(display))
        return ["a locker"] if locked else []


def _says_locked(name: str) -> bool:
    """Whether xscreensaver has locked this display; raises OSError, also where python-xlib has other words for it."""
    from Xlib import X
    from Xlib.error import ConnectionClosedError, DisplayError, XauthError

    try:
        with closing(opened(name)) as display:
            told = display.screen().root.get_full_property(display.intern_atom(STATUS), X.AnyPropertyType)
            return told is not None and display.intern_atom(LOCK) in told.value[:1]
    except (DisplayError, XauthError, ConnectionClosedError) as error:
        raise OSError(str(error)) from error
