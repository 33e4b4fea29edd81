"""The screen lock by what lockers say on the session bus: ActiveChanged of the screen saver interfaces.

Most desktops set logind's LockedHint as well; those that do not (XFCE, MATE, some light lockers) speak here.
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from sitbreak.adapters.bus import BusError, BusThread, call, gone, on_signal, subscribe_owner
from sitbreak.adapters.session.bus_watch import BusWatch, Ready
from sitbreak.adapters.session.edges import SessionEdges
from sitbreak.adapters.session.logind import dbus_reason
from sitbreak.ports import Env, NotViable, Post, Viable

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

# Each is a bus name and the interface of the same name; the path is where the present state is asked.
SAVERS = {
    "org.freedesktop.ScreenSaver": "/org/freedesktop/ScreenSaver",
    "org.gnome.ScreenSaver": "/org/gnome/ScreenSaver",
    "org.cinnamon.ScreenSaver": "/org/cinnamon/ScreenSaver",
    "org.mate.ScreenSaver": "/org/mate/ScreenSaver",
    "org.xfce.ScreenSaver": "/org/xfce/ScreenSaver",
}
DAEMON = "org.freedesktop.DBus"


class ScreenSaverWatcher:
    """Posts Locked and Unlocked as the screen savers tell them."""

    NAME: ClassVar[str] = "screensaver"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable where there is D-Bus; savers may come and go."""
        return dbus_reason(env) or Viable()

    def __init__(self, bus: BusThread) -> None:
        self._bus = bus
        self._edges: SessionEdges | None = None
        self._watch = BusWatch(bus, "The screen lock", self._attend, self._lost)

    def start(self, post: Post) -> None:
        """Begins to watch; the present state is posted within moments if the screen is locked."""
        self._edges = SessionEdges(post)
        self._watch.start()

    def close(self) -> None:
        """Stops watching."""
        self._watch.close()

    async def _attend(self, ready: Ready) -> None:
        bus = await self._bus.session()
        with ExitStack() as until_closed:
            for name in SAVERS:
                rule = f"interface='{name}',member='ActiveChanged'"
                until_closed.callback(await on_signal(bus, rule, self._changed))
                until_closed.callback(await subscribe_owner(bus, name, partial(self._owner_changed, name)))
            for name, path in SAVERS.items():
                self._told(name, await _active(bus, name, path))
            ready()
            await gone(bus)

    def _changed(self, message: Message) -> None:
        self._told(message.interface or "", bool(message.body and message.body[0]))

    def _owner_changed(self, name: str, owned: bool) -> None:
        if not owned:  # a locker that died leaves the screen unlocked, or to another one
            self._told(name, False)

    def _told(self, name: str, active: bool) -> None:
        if self._edges is not None:
            self._edges.locked(name, active)

    def _lost(self) -> None:
        for name in SAVERS:
            self._told(name, False)


async def _active(bus: MessageBus, name: str, path: str) -> bool:
    """Whether this saver is on; a saver that is not running is not started for the question."""
    (owned,) = await call(bus, DAEMON, "/org/freedesktop/DBus", DAEMON, "NameHasOwner", "s", [name])
    if not owned:
        return False
    try:
        (active,) = await call(bus, name, path, name, "GetActive")
    except BusError:
        return False  # some only take inhibitors and know no state
    return bool(active)
