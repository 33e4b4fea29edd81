"""A pystray back-end of our own for Linux: StatusNotifierItem and dbusmenu, without a toolkit.

It registers by object path, and again whenever a tray host comes up; with no host it waits for one. Everything on the
bus happens on the loop that runs on the icon's thread; other threads only post to it.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitbreak.adapters.bus import BusError, call, gone, subscribe_owner
from sitbreak.adapters.bus.thread import CONNECTING_S, session_address
from sitbreak.adapters.choose import until_next
from sitbreak.adapters.tray.dbusmenu import DBusMenu
from sitbreak.adapters.tray.glyph import image
from sitbreak.adapters.tray.item import PATH, Item, TrayLook, packed
from sitbreak.adapters.tray.pystray_native import pystray

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus
    from PIL.Image import Image


NAME = "sitbreak.png"
SIZE = 64


def icon_file(folder: Path, state: str = "due") -> Path:
    """The path of a PNG of the glyph in `folder`, written there anew (legible on any ground); raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    unfinished = path.with_suffix(".part")
    image(state, 1.0, SIZE, "either").save(unfinished, "PNG")
    os.replace(unfinished, path)
    return path


log = logging.getLogger(__name__)

WATCHER = "org.kde.StatusNotifierWatcher"
WATCHER_PATH = "/StatusNotifierWatcher"


class SniBackend:
    """The half of a pystray icon that pystray leaves to its back-ends; `icon_class` joins it to the other half.

    Everything on the bus happens on the loop that `_run` starts on its thread; other threads only post to it.
    """

    HAS_DEFAULT_ACTION = True
    HAS_MENU = True
    HAS_MENU_RADIO = True
    HAS_NOTIFICATION = False

    # From pystray's half:
    name: str
    title: str
    menu: Any
    icon: Any
    _icon_valid: bool
    _mark_ready: Callable[[], None]
    _handler: Callable[[Any], Callable[[Any], None]]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.drawings: list[Image] = []  # the icon drawn for each size; else `icon` is used
        self.hosted = False  # whether a tray host has taken it
        self.on_bus: Callable[[MessageBus], Any] = _nothing  # a coroutine function, run on each new connection
        self._away = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bus: MessageBus | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._item = Item(TrayLook(self.name), self._activated)
        self._dbusmenu = DBusMenu(self._clicked)

    def _show(self) -> None:
        self._item.look.visible = True
        self._item.look.title = self.title  # it may have changed while nobody could be told
        self._tell("NewStatus", "NewTitle", "NewToolTip")

    def _hide(self) -> None:
        self._item.look.visible = False
        self._tell("NewStatus")

    def _update_icon(self) -> None:
        self._item.look.pictures = packed(self.drawings or [self.icon])
        self._icon_valid = True
        self._tell("NewIcon")

    def _update_title(self) -> None:
        self._item.look.title = self.title
        self._tell("NewTitle", "NewToolTip")

    def _update_menu(self) -> None:
        self._post(self._send_menu)

    def _run(self) -> None:
        asyncio.run(self._main())

    def _stop(self) -> None:
        self._post(lambda: self._stopped.set())

    def _post(self, call: Callable[[], None]) -> None:
        """Runs `call` on the loop soon; with no loop there is nobody to tell."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(call)

    def _tell(self, *signals: str) -> None:
        self._post(lambda: self._item.tell(self._bus, *signals) if self._bus is not None else None)

    def _send_menu(self) -> None:
        entries = tuple(self.menu or ())
        self._item.look.opens_menu = not any(entry.default for entry in entries)
        self._dbusmenu.update(entries, self._bus)

    def _clicked(self, entry: Any) -> None:
        self._post(lambda: self._handler(entry)(self))

    def _activated(self) -> None:
        self._post(self)  # type: ignore[arg-type]  # pystray's half: calling the icon calls its default entry

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        self._item.look.title = self.title
        self._mark_ready()
        stopped = asyncio.ensure_future(self._stopped.wait())
        looks = 0
        while not stopped.done():
            attending = asyncio.ensure_future(self._attend())
            await asyncio.wait({attending, stopped}, return_when=asyncio.FIRST_COMPLETED)
            while not attending.done():  # stopped: what hangs on the bus is not waited for
                attending.cancel()  # asyncio.wait_for may swallow one, up to Python 3.11
                await asyncio.wait({attending}, timeout=0.1)
            (failure,) = await asyncio.gather(attending, return_exceptions=True)
            self._missed("the session bus has ended" if failure is None else str(failure))
            looks = 0 if failure is None else looks
            await asyncio.wait({stopped}, timeout=until_next(looks))
            looks += 1

    def _missed(self, reason: str) -> None:
        """Says once that there is no bus; it is tried again all the same."""
        if not self._stopped.is_set() and not self._away:
            self._away = True
            log.warning("The tray icon is away: %s. Everything else goes on.", reason)

    async def _attend(self) -> None:
        """Serves one connection until it ends."""
        bus = await _connected()
        bus.add_message_handler(self._item.object.answer)
        bus.add_message_handler(self._dbusmenu.object.answer)
        try:
            await subscribe_owner(bus, WATCHER, lambda owned: self._host_changed(bus, owned))
            self._bus, self._away = bus, False
            await self._register(bus)
            await self.on_bus(bus)
            await gone(bus)
        finally:
            self._bus, self.hosted = None, False
            bus.disconnect()

    def _host_changed(self, bus: MessageBus, owned: bool) -> None:
        self.hosted = False
        if owned:
            task = asyncio.ensure_future(self._register(bus))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _register(self, bus: MessageBus) -> None:
        try:
            await call(bus, WATCHER, WATCHER_PATH, WATCHER, "RegisterStatusNotifierItem", "s", [PATH])
        except BusError as error:
            log.info("No panel shows tray icons here yet (%s); waiting for one.", error)
            return
        self.hosted = True


async def _nothing(bus: MessageBus) -> None:
    """What is done on a new connection unless the tray says otherwise."""


async def _connected() -> MessageBus:
    from dbus_fast.aio import MessageBus
    from dbus_fast.errors import DBusFastError

    try:
        return await asyncio.wait_for(MessageBus(bus_address=session_address()).connect(), CONNECTING_S)
    except (OSError, TimeoutError, EOFError, DBusFastError) as error:
        raise BusError("", f"no connection to the session bus ({error})") from error


@lru_cache(maxsize=1)
def icon_class() -> Any:
    """pystray's Icon with our back-end; made on first use, since pystray must not be imported before."""
    return type("SniIcon", (SniBackend, pystray()._base.Icon), {})
