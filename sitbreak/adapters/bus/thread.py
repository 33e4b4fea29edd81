"""The thread that all D-Bus adapters share, and its connections.

It starts with its first use, connects when a bus is first asked for, and connects anew when that connection has died.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import os
import socket
import threading
from collections.abc import Coroutine, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from sitbreak.adapters.bus.wire import DISCONNECTED, FAILED, NO_REPLY, NO_SERVER, WAITING, BusError, dead, gone
from sitbreak.language import _
from sitbreak.ports import Env, NotViable

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus

T = TypeVar("T")
Kind = Literal["session", "system"]
CONNECTING_S = 2.0  # how long a bus may take to let us in
CLOSING_S = 2.0  # how long `close` waits for the thread


def session_address(variables: Mapping[str, str] = os.environ) -> str:
    """The address of the login session's bus; raises BusError when there is none.

    Started from a bare autostart entry the variable may be missing although the user's bus is in its usual place.
    """
    given = variables.get("DBUS_SESSION_BUS_ADDRESS", "")
    usual = os.path.join(variables.get("XDG_RUNTIME_DIR", "/nonexistent"), "bus")
    if not given and not os.path.exists(usual):
        raise BusError(NO_SERVER, _("there is no session bus here"))
    return given or f"unix:path={usual}"


def no_session_bus(env: Env) -> NotViable | None:
    """Why nothing can be asked over the session bus now; None where it can be tried."""
    no_bus = env.no_bus()
    try:
        session_address(env.variables)
    except BusError:
        return no_bus or NotViable(_("There is no session bus."), _("Start sitbreak from your desktop session."))
    return no_bus


def system_address() -> str:
    """The address of the machine's bus."""
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or "unix:path=/var/run/dbus/system_bus_socket"


class BusThread:
    """The one asyncio thread of the D-Bus adapters. Its methods may be called from any other thread.

    `addresses` overrides where the buses are (tests use private ones). Once closed it stays closed.
    """

    def __init__(self, addresses: dict[Kind, str] | None = None) -> None:
        self._addresses = dict(addresses or {})
        self._guard = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._closed = False
        self._buses: dict[Kind, MessageBus] = {}
        self._connecting: dict[Kind, asyncio.Lock] = {}

    def run(self, coro: Coroutine[Any, Any, T], timeout: float = 2.0) -> T:
        """What `coro` returns within `timeout` seconds; raises BusError when that runs out, or whatever it fails of."""
        if threading.current_thread() is self._thread:
            coro.close()
            raise RuntimeError("run() would wait for its own thread: await it instead")
        waiting = self.spawn(coro)
        try:
            failure = waiting.exception(timeout)
        except concurrent.futures.TimeoutError:
            waiting.cancel()
            raise BusError(NO_REPLY, _("no answer within {seconds:g} s", seconds=timeout)) from None
        except concurrent.futures.CancelledError:
            raise BusError(DISCONNECTED, "the D-Bus thread was closed") from None
        if isinstance(failure, Exception) and not isinstance(failure, BusError):
            # A library's own: those who call know of BusError only.
            raise BusError(FAILED, str(failure) or type(failure).__name__) from failure
        return waiting.result()

    def spawn(self, coro: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        """Starts `coro` on the thread and returns at once; raises BusError after `close`."""
        with self._guard:
            if self._closed:
                coro.close()
                raise BusError(DISCONNECTED, "the D-Bus thread was closed")
            return asyncio.run_coroutine_threadsafe(coro, self._started())

    async def session(self) -> MessageBus:
        """The login session's bus, connected; raises BusError. For coroutines on this thread only."""
        return await self._bus("session")

    async def system(self) -> MessageBus:
        """The machine's bus, connected; raises BusError. For coroutines on this thread only."""
        return await self._bus("system")

    def close(self) -> None:
        """Disconnects, cancels what still runs and ends the thread. Callable twice, and from any thread."""
        with self._guard:
            self._closed = True
            loop, thread = self._loop, self._thread
        if loop is None or thread is None or not thread.is_alive():
            return
        loop.call_soon_threadsafe(loop.stop)
        if threading.current_thread() is not thread:
            thread.join(CLOSING_S)

    def _started(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._serve, args=(self._loop,), name="d-bus", daemon=True)
            self._thread.start()
        return self._loop

    def _serve(self, loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
        finally:
            loop.run_until_complete(self._wind_up())
            loop.close()

    async def _wind_up(self) -> None:
        mine = asyncio.current_task()
        others = [task for task in asyncio.all_tasks() if task is not mine and task.get_name() != WAITING]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for bus in self._buses.values():
            bus.disconnect()
        endings = [asyncio.ensure_future(gone(bus)) for bus in self._buses.values()]
        if endings:
            await asyncio.wait(endings, timeout=CLOSING_S / 2)

    async def _bus(self, kind: Kind) -> MessageBus:
        lock = self._connecting.setdefault(kind, asyncio.Lock())
        async with lock:
            known = self._buses.get(kind)
            if known is None or dead(known):
                self._buses[kind] = await self._connected(kind)
            return self._buses[kind]

    async def _connected(self, kind: Kind) -> MessageBus:
        return await connected(
            kind, self._addresses.get(kind) or (session_address() if kind == "session" else system_address())
        )


async def connected(kind: Kind, address: str) -> MessageBus:
    """A new connection to the bus at `address`; raises BusError. Within a running loop only."""
    from dbus_fast.aio import MessageBus
    from dbus_fast.errors import DBusFastError

    try:
        bus = await asyncio.wait_for(MessageBus(bus_address=address).connect(), CONNECTING_S)
    except (OSError, TimeoutError, EOFError, DBusFastError) as error:
        why = getattr(error, "strerror", None) or str(error)
        told = _("no connection to the session bus ({error})", error=why)
        if kind == "system":
            told = _("no connection to the system bus ({error})", error=why)
        raise BusError(NO_SERVER, told) from error
    writer: Any = getattr(bus, "_writer", None)
    if writer is not None:
        writer.sock = Patient(writer.sock)
    return bus


class Patient:
    """A socket that takes nothing while it has no room, instead of failing of it.

    dbus-fast 5.2 ends the connection when a message is sent while one before it, as a reply with pictures, waits for
    room (python-dbus-next, from which it comes: issue 153); told of nothing taken it waits until there is room.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def send(self, data: memoryview) -> int:
        """The number of bytes that were taken."""
        try:
            return self._sock.send(data)
        except BlockingIOError:
            return 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)
