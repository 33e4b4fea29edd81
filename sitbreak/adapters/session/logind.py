"""The login session by logind: asleep, locked, switched away from.

Lock and Unlock of logind are requests, not states: a locker that heeds them may be left by password without a word.
So only LockedHint, which the locker itself sets and clears, is believed; a session cannot stay locked by mistake.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import AsyncIterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, ClassVar

from sitbreak.adapters.bus import BusError, BusThread, call, gone, on_signal
from sitbreak.adapters.session.bus_watch import BusWatch, Ready
from sitbreak.adapters.session.edges import SessionEdges
from sitbreak.ports import Env, NotViable, Post, Viable

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

LOGIN = "org.freedesktop.login1"
ROOT = "/org/freedesktop/login1"
MANAGER = f"{LOGIN}.Manager"
SESSION = f"{LOGIN}.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
LOCKED, ELSEWHERE = "logind", "logind: another session"


def dbus_reason(env: Env) -> NotViable | None:
    """Why nothing can be watched over D-Bus here; None where it can be tried."""
    if not env.platform.startswith(("linux", "freebsd")):
        return NotViable("this system has no D-Bus")
    if importlib.util.find_spec("dbus_fast") is None:
        return NotViable("dbus-fast is not installed", "pip install dbus-fast")
    return None


class LogindWatcher:
    """Posts Slept, Woke, Locked and Unlocked as logind tells them."""

    NAME: ClassVar[str] = "logind"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable where there is D-Bus; a login service that is missing is waited for."""
        return dbus_reason(env) or Viable()

    def __init__(self, bus: BusThread, session: str | None = None) -> None:
        """`session` is the login session's id, instead of $XDG_SESSION_ID."""
        self._bus = bus
        self._wanted = os.environ.get("XDG_SESSION_ID", "") if session is None else session
        self._edges: SessionEdges | None = None
        self._watch = BusWatch(bus, "The login session (logind)", self._attend, self._lost)

    def start(self, post: Post) -> None:
        """Begins to watch; the present state is posted within moments if the session is locked."""
        self._edges = SessionEdges(post)
        self._watch.start()

    def close(self) -> None:
        """Stops watching."""
        self._watch.close()

    async def _attend(self, ready: Ready) -> None:
        bus = await self._bus.system()
        session = await self._session(bus)
        with ExitStack() as until_closed:
            rule = f"interface='{MANAGER}',member='PrepareForSleep',path='{ROOT}'"
            until_closed.callback(await on_signal(bus, rule, self._sleep_told))
            if session:
                rule = f"interface='{PROPERTIES}',member='PropertiesChanged',path='{session}',arg0='{SESSION}'"
                until_closed.callback(await on_signal(bus, rule, lambda message: self._take(message.body[1])))
                self._take(await _properties(bus, session))
            ready()
            await gone(bus)

    async def _session(self, bus: MessageBus) -> str:
        """The object of our own session, or of the user's display; empty when there is none (sleep is still seen)."""
        async for path in self._candidates(bus):
            try:
                state = (await _properties(bus, path)).get("State")
            except BusError:
                continue  # a session that is over, or one that was never there
            if state is not None and state.value != "closing":
                return path
        return ""

    async def _candidates(self, bus: MessageBus) -> AsyncIterator[str]:
        for name in filter(None, (self._wanted, "auto")):
            path = await _asked(bus, "GetSession", "s", name)
            if path:
                yield path
        user = await _asked(bus, "GetUser", "u", os.getuid())
        if user:
            (display,) = await call(bus, LOGIN, user, PROPERTIES, "Get", "ss", [f"{LOGIN}.User", "Display"])
            yield display.value[1]

    def _sleep_told(self, message: Message) -> None:
        if self._edges is not None:
            self._edges.asleep(bool(message.body[0]))

    def _take(self, properties: dict[str, Any]) -> None:
        if self._edges is None:
            return
        if "LockedHint" in properties:
            self._edges.locked(LOCKED, bool(properties["LockedHint"].value))
        if "Active" in properties:
            self._edges.locked(ELSEWHERE, not properties["Active"].value)

    def _lost(self) -> None:
        """What nobody can take back any more must not hold prompts for ever."""
        if self._edges is not None:
            self._edges.locked(LOCKED, False)
            self._edges.locked(ELSEWHERE, False)
            self._edges.asleep(False)


async def _properties(bus: MessageBus, session: str) -> dict[str, Any]:
    (found,) = await call(bus, LOGIN, session, PROPERTIES, "GetAll", "s", [SESSION])
    return dict(found)


async def _asked(bus: MessageBus, member: str, signature: str, argument: object) -> str:
    """The object that logind names, or "" when it knows of none; raises BusError when the bus cannot reach logind."""
    try:
        (path,) = await call(bus, LOGIN, ROOT, MANAGER, member, signature, [argument])
    except BusError as error:
        if error.name.startswith("org.freedesktop.DBus.Error."):
            raise
        return ""  # logind's own no
    return str(path)
