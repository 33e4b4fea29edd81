"""The tray on Linux: StatusNotifierItem and dbusmenu over the session bus; where no panel takes such, an XEMBED tray.

pystray's own back-ends for it need GTK, or show no menu and nothing at all on Plasma; this needs only the session bus.
It registers by object path, and again whenever a tray host comes up; with no host it waits for one. Everything happens
on the bus thread, over the connection that all share; other threads only post to it, and `run` waits for its end.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import ExitStack
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar

from sitbreak.adapters.bus import BusError, BusThread, call, gone, subscribe_owner
from sitbreak.adapters.choose import until_next
from sitbreak.adapters.tray import glyph, panel_brightness
from sitbreak.adapters.tray.dbusmenu import DBusMenu
from sitbreak.adapters.tray.pystray_native import NAME, UNSEEN
from sitbreak.adapters.tray.sni_item import PATH, Item, TrayLook, packed
from sitbreak.adapters.tray.xembed import DockedIcon
from sitbreak.language import N_, _
from sitbreak.ports import Env, NotViable, TrayView, Viable

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus

log = logging.getLogger(__name__)

WATCHER = "org.kde.StatusNotifierWatcher"
WATCHER_PATH = "/StatusNotifierWatcher"
# Seconds without a panel until a tray of the older kind is looked for, and between looks: a panel that starts with the
# session takes its icons within the first few.
DOCKING_S = (4.0, 15.0, 45.0)


class SniTray:
    """The tray for Linux panels. `panel_is` is the user's setting: auto, light or dark.

    Panels show the icon as long as the connection lasts. Without a `bus` to share it has one that ends with `run`.
    """

    NAME: ClassVar[str] = "statusnotifier"

    def __init__(
        self, chosen: Callable[[str], None], panel_is: str = panel_brightness.AUTO, bus: BusThread | None = None
    ) -> None:
        self._chosen = chosen
        self._thread, self._shares = bus or BusThread(), bus is not None
        self._follows = panel_is == panel_brightness.AUTO and panel_brightness.from_desktop(os.environ) is None
        self._variant = panel_brightness.first_guess(panel_is, os.environ)
        self._place: tuple[int, int] | None = None
        # MATE's panel tells a place within its own applet (seen on 1.26).
        self._tells_place = "mate" not in Env(sys.platform, os.environ).desktops
        self.hosted = False  # whether a panel has taken the icon
        self._view = UNSEEN
        self._drawn: tuple[object, ...] = ()  # glyph, step and variant of the pictures on show
        self._item = Item(TrayLook(NAME), self._activated)
        self._menu = DBusMenu(chosen)
        self._closed = threading.Event()
        self._away = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bus: MessageBus | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._docked: DockedIcon | None = None
        self._in_old_tray = False

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works on Linux; whether there is a bus, and a panel that shows icons, may change while it runs."""
        if no_bus := env.no_bus():
            return no_bus
        if not all(map(find_spec, ("pystray", "PIL"))):
            return NotViable(_("A part of the tray is not installed."), _("Install pystray and pillow."))
        return Viable((_("the icon shows only where the panel has a tray (GNOME: the AppIndicator extension)"),))

    @property
    def trouble(self) -> str:
        """What is less than usual: nobody shows the icon, or a tray without menus does; empty when all is well."""
        if self.hosted:
            return ""
        return _("it is in a tray without menus, where every click opens Today") if self._in_old_tray else _(NO_PANEL)

    def show(self, view: TrayView) -> None:
        """Shows this view from now on; what did not change is not sent again."""
        if view != self._view:
            self._view = view
            self._post(self._apply)
            self._post(lambda: self._seen.set())

    def run(self) -> None:
        """Holds the calling thread until `close`, or the end of the bus thread; raises BusError when that has ended."""
        if self._closed.is_set():
            return
        try:
            self._thread.spawn(self._main()).result()
        except CancelledError:
            pass  # the bus thread was closed
        finally:
            if not self._shares:
                self._thread.close()

    def close(self) -> None:
        """Takes the icon away and makes `run` return; callable from any thread, and twice."""
        self._closed.set()
        self._post(lambda: self._stopped.set())

    def _post(self, change: Callable[[], object]) -> None:
        """Has `change` called on the loop soon; before and after it there is nobody to tell."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(change)

    @property
    def place(self) -> tuple[int, int] | None:
        """Where the icon was when it was last clicked."""
        return self._place if self._docked is None else self._docked.place

    def _activated(self, x: int, y: int) -> None:
        self._place = (x, y) if self._tells_place and (x or y) else None  # hosts that do not know say 0, 0
        default = next((entry for entry in self._view.menu if entry.default), None)
        if default is not None:
            self._chosen(default.key)

    # -- on the loop

    def _apply(self) -> None:
        """Brings what the bus sees up to the view."""
        view, look = self._view, self._item.look
        if look.title != view.tooltip:
            look.title = view.tooltip
            self._tell("NewTitle", "NewToolTip")
        opens_menu = not any(entry.default for entry in view.menu)
        if look.opens_menu != opens_menu:
            look.opens_menu = opens_menu
            self._tell("ItemIsMenu")
        self._menu.update(view.menu, self._bus)
        wanted = (view.glyph, glyph.step_of(view.glyph, view.progress), self._variant)
        if wanted != self._drawn:
            self._drawn = wanted
            look.pictures = tuple(
                packed(size, glyph.pixels(view.glyph, view.progress, size, self._variant)) for size in glyph.SIZES
            )
            self._tell("NewIcon")
        if self._docked is not None:
            self._docked.show(view, self._variant)

    def _tell(self, *signals: str) -> None:
        if self._bus is not None:
            self._item.tell(self._bus, *signals)

    def _recolour(self, variant: glyph.Variant) -> None:
        """The panel turned out to be of another brightness."""
        self._variant = variant
        self._apply()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopped, self._seen, self._host_news = asyncio.Event(), asyncio.Event(), asyncio.Event()
        if self._view is not UNSEEN:
            self._seen.set()
        if self._closed.is_set():
            return
        self._apply()
        stopped, docking = asyncio.ensure_future(self._stopped.wait()), asyncio.ensure_future(self._dock())
        try:
            await self._serve(stopped)
        finally:
            for task in (stopped, docking, *self._tasks):
                task.cancel()
            if self._docked is not None:
                self._docked.close()

    async def _serve(self, stopped: asyncio.Future[Any]) -> None:
        """One connection after the other, until it is closed."""
        looks = 0
        while not stopped.done():
            attending = asyncio.ensure_future(self._attend())
            await asyncio.wait({attending, stopped}, return_when=asyncio.FIRST_COMPLETED)
            while not attending.done():  # stopped: what hangs on the bus is not waited for
                attending.cancel()  # asyncio.wait_for may swallow one, up to Python 3.11
                await asyncio.wait({attending}, timeout=0.1)
            (failure,) = await asyncio.gather(attending, return_exceptions=True)
            self._missed(_("the session bus has ended") if failure is None else str(failure))
            looks = 0 if failure is None else looks
            await asyncio.wait({stopped}, timeout=until_next(looks))
            looks += 1

    def _missed(self, reason: str) -> None:
        """Says once that there is no bus; it is tried again all the same."""
        if not self._stopped.is_set() and not self._away:
            self._away = True
            log.warning("The tray icon is away: %s. Everything else goes on.", reason)

    async def _attend(self) -> None:
        """Serves one connection until it ends. Some panels read only once whether a click opens the menu."""
        await self._seen.wait()
        bus = await self._thread.session()
        with ExitStack() as ends:
            ends.callback(self._left)
            for answer in (self._item.object.answer, self._menu.object.answer):
                bus.add_message_handler(answer)
                ends.callback(bus.remove_message_handler, answer)
            ends.callback(await subscribe_owner(bus, WATCHER, lambda owned: self._host_changed(bus, owned)))
            self._bus, self._away = bus, False
            await self._register(bus)
            if self._follows:
                scheme = panel_brightness.SchemeWatch(bus, asyncio.get_running_loop(), self._recolour)
                ends.callback(scheme.close)
                await scheme.start()
            await gone(bus)

    def _left(self) -> None:
        self._bus = None
        self._host(False)

    def _host_changed(self, bus: MessageBus, owned: bool) -> None:
        self._host(False)
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
        self._host(True)

    def _host(self, hosted: bool) -> None:
        self.hosted = hosted
        self._host_news.set()

    # -- the tray of the older kind

    async def _dock(self) -> None:
        """While no panel takes the icon, puts it into an XEMBED tray, where an X server and such a tray are there."""
        looks = 0
        while True:
            self._host_news.clear()
            if self.hosted and self._docked is not None:
                self._docked.close()
            try:
                waiting = None if self.hosted or self._docked else until_next(looks, DOCKING_S)
                await asyncio.wait_for(self._host_news.wait(), waiting)
                looks = 0
            except TimeoutError:
                looks += 1
                if may_embed(Env(sys.platform, os.environ)):
                    self._docked = DockedIcon(self._chosen, self._view, self._variant)
                    self._docked.start(lambda: self._post(self._embedded), lambda: self._post(self._undocked))

    def _embedded(self) -> None:
        self._in_old_tray = True
        log.info("No panel takes the icon as a StatusNotifierItem; it is in an XEMBED tray now.")

    def _undocked(self) -> None:
        """There is no such tray, or it has gone; another look follows."""
        self._docked = None
        if self._in_old_tray:
            self._in_old_tray = False
            self._host_news.set()


NO_PANEL = N_("no panel has taken the icon")


def may_embed(env: Env) -> bool:
    """Whether to look for an XEMBED tray: under Wayland a look would start XWayland, whose trays nobody has.

    The session's type proves nothing: it may be left over from where a VNC server was started.
    """
    return env.no_x11() is None and not env.variables.get("WAYLAND_DISPLAY") and find_spec("Xlib") is not None
