"""What every tray over pystray shares: a view becomes a menu, a title and an image; only differences are passed on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

from sitbreak.adapters.tray.glyph import Variant, image, step_of
from sitbreak.adapters.tray.library import pystray
from sitbreak.ports import MenuEntry, TrayView

NAME = "sitbreak"
SEPARATOR = "-"
UNSEEN = TrayView("sitting", 0.0, NAME)


def menu_of(entries: Iterable[MenuEntry], chosen: Callable[[str], None]) -> Any:
    """A pystray menu; `chosen(key)` is called with the key of the entry that was picked."""
    return pystray().Menu(*(_item(entry, chosen) for entry in entries))


def _item(entry: MenuEntry, chosen: Callable[[str], None]) -> Any:
    library = pystray()
    if entry.label == SEPARATOR:
        return library.Menu.SEPARATOR
    item = library.MenuItem(
        entry.label,
        menu_of(entry.children, chosen) if entry.children else _action(entry, chosen),
        checked=None if entry.checked is None else _always(entry.checked),
        default=entry.default,
        enabled=entry.enabled and bool(entry.key or entry.children),
    )
    item.key = entry.key
    return item


def _action(entry: MenuEntry, chosen: Callable[[str], None]) -> Callable[[], None]:
    return lambda: chosen(entry.key) if entry.key else None


def _always(value: bool) -> Callable[[Any], bool]:
    return lambda item: value


class PystrayTray:
    """A tray over a pystray icon. Subclasses say how the icon is made, and where its calls have to be made from."""

    def __init__(self, chosen: Callable[[str], None], variant: Variant) -> None:
        self._chosen = chosen
        self._variant: Variant = variant
        self._guard = threading.RLock()
        self._view = UNSEEN
        self._shown: tuple[object, ...] = ()  # glyph, step and variant of the image on show
        self._icon: Any = None
        self._closed = threading.Event()

    def show(self, view: TrayView) -> None:
        """Shows this view from now on; what did not change is not sent again."""
        with self._guard:
            before, self._view = self._view, view
            if self._icon is not None and view != before:
                self._marshal(lambda: self._apply(view, before))

    def run(self) -> None:
        """Owns the calling thread until `close`."""
        with self._guard:
            if self._closed.is_set():
                return
            view = self._view
            self._icon = self._make_icon()
            self._icon.title = view.tooltip
            self._icon.menu = menu_of(view.menu, self._chosen)
            self._draw(view)
        self._icon.run(self._ready)

    def close(self) -> None:
        """Takes the icon away and makes `run` return; callable from any thread, and twice."""
        self._closed.set()
        if self._icon is not None:
            self._marshal(self._icon.stop)

    def _make_icon(self) -> Any:
        raise NotImplementedError

    def _marshal(self, change: Callable[[], None]) -> None:
        """Has `change` called on a thread that may touch the icon; here: this one."""
        change()

    def _put_image(self, view: TrayView) -> None:
        self._icon.icon = image(view.glyph, view.progress, 64, self._variant)

    def _ready(self, icon: Any) -> None:
        """Called once the icon's loop runs; a `close` that came before that did not reach the loop."""
        self._marshal(self._stop_or_show)

    def _stop_or_show(self) -> None:
        if self._closed.is_set():
            self._icon.stop()
            return
        with self._guard:  # not while another thread changes the image
            self._icon.visible = True

    def _apply(self, view: TrayView, before: TrayView) -> None:
        with self._guard:
            self._icon.title = view.tooltip
            if view.menu != before.menu:
                self._icon.menu = menu_of(view.menu, self._chosen)
            self._draw(view)

    def _draw(self, view: TrayView) -> None:
        wanted = (view.glyph, step_of(view.glyph, view.progress), self._variant)
        if wanted != self._shown:
            self._shown = wanted
            self._put_image(view)

    def _recolour(self, variant: Variant) -> None:
        """The panel turned out to be of another brightness."""
        with self._guard:
            self._variant = variant
            if self._icon is not None:
                self._draw(self._view)
