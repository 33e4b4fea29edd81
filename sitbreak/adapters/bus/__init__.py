"""D-Bus for every adapter that needs it: one thread, one connection to each bus, and a few verbs.

The daemon makes one `BusThread` and gives it to each adapter. Every failure is a `BusError`, so nobody else catches the
library's own exceptions. Usage:

    async def names() -> list[str]:
        bus = await thread.session()
        (found,) = await call(bus, DAEMON, "/org/freedesktop/DBus", DAEMON, "ListNames")
        return found

    thread.run(names(), timeout=2.0)
"""

from sitbreak.adapters.bus.thread import BusThread, no_session_bus
from sitbreak.adapters.bus.wire import (
    PROPERTIES,
    BusError,
    again_and_again,
    call,
    gone,
    on_signal,
    owned,
    pause,
    property_of,
    subscribe_owner,
    watch_service,
)

__all__ = [
    "PROPERTIES",
    "BusError",
    "BusThread",
    "again_and_again",
    "call",
    "gone",
    "no_session_bus",
    "on_signal",
    "owned",
    "pause",
    "property_of",
    "subscribe_owner",
    "watch_service",
]
