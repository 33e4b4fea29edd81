"""A service on a bus that is asked again whenever it says that something changed; for the bus thread only."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sitbreak.adapters.bus.wire import (
    DAEMON,
    DAEMON_PATH,
    DISCONNECTED,
    ENDED,
    BusError,
    call,
    gone,
    on_signal,
    subscribe_owner,
)
from sitbreak.adapters.choose import AGAIN_S, until_next
from sitbreak.language import _

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

PROPERTIES = "org.freedesktop.DBus.Properties"


async def watch_service(
    bus: MessageBus,
    service: str,
    rules: Iterable[str],
    ask: Callable[[], Awaitable[bool]],
    heard: Callable[[Message], bool] = lambda message: True,
    ends: Sequence[Callable[[], None]] = (),
    again_s: Sequence[float] = AGAIN_S,
    at_least_s: Callable[[], float | None] = lambda: None,
) -> None:
    """Runs until the connection ends, with BusError; whatever `ask` raises ends it, too.

    `ask` is called at once, each time the service (or, empty, nobody) comes or goes or a signal matches one of the
    match `rules` and is news to `heard`, and `at_least_s` after the last time; one that returned False is repeated.
    """
    changed = asyncio.Event()

    def told(message: Message) -> None:
        if heard(message):
            changed.set()

    with contextlib.ExitStack() as held:
        for end in ends:
            held.callback(end)
        held.callback(await subscribe_owner(bus, service, lambda owned: changed.set()))
        for rule in rules:
            held.callback(await on_signal(bus, rule, told))
        lost = asyncio.ensure_future(gone(bus))
        held.callback(lost.cancel)
        failures = 0
        while not lost.done():
            changed.clear()
            failures = 0 if await ask() else failures + 1
            await _first(changed, lost, until_next(failures - 1, again_s) if failures else at_least_s())
    raise BusError(DISCONNECTED, _(ENDED))


async def owned(bus: MessageBus, service: str) -> bool:
    """Whether somebody has this name; asking does not start the service."""
    (answer,) = await call(bus, DAEMON, DAEMON_PATH, DAEMON, "NameHasOwner", "s", [service])
    return bool(answer)


async def property_of(bus: MessageBus, service: str, path: str, interface: str, name: str) -> Any:
    """The value of a property; raises BusError."""
    (answer,) = await call(bus, service, path, PROPERTIES, "Get", "ss", [interface, name])
    return answer.value


async def _first(changed: asyncio.Event, lost: asyncio.Future[None], limit_s: float | None) -> None:
    """Returns when something changed, the connection was lost, or after `limit_s` seconds."""
    waiting = asyncio.ensure_future(changed.wait())
    both: set[asyncio.Future[Any]] = {waiting, lost}
    try:
        await asyncio.wait(both, timeout=limit_s, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
