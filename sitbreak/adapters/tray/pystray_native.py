"""The tray through pystray on Windows and macOS; its menus serve the trays of the older kind on Linux, too.

macOS: AppKit belongs to the main thread, so every change goes through `AppHelper.callAfter`; the image is a template.
Windows: tooltips hold 127 characters; a menu that is open must not be replaced under the pointer.
"""

from __future__ import annotations

import ctypes
import io
import os
import sys
import threading
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, ClassVar

from sitbreak.adapters.tray import glyph, panel_brightness
from sitbreak.adapters.tray.glyph import Variant, image, step_of
from sitbreak.boundary import Failure, attempt
from sitbreak.language import _
from sitbreak.ports import SEPARATOR, Env, MenuEntry, NotViable, TrayView, Viable
from sitbreak.settings.installation import out_of_the_dock

CHOICE = "PYSTRAY_BACKEND"


@lru_cache(maxsize=1)
def pystray() -> Any:
    """The pystray module; raises ImportError where it is missing.

    On Linux its own back-ends are of no use to us and some fail with errors of their own while they are imported (no
    display, no GTK). Its "dummy" never does, so that is named for the length of the import, and only for that.
    """
    if sys.platform in ("win32", "darwin"):
        return import_module("pystray")
    before = os.environ.get(CHOICE)
    os.environ[CHOICE] = "dummy"
    try:
        return import_module("pystray")
    finally:
        if before is None:
            del os.environ[CHOICE]
        else:
            os.environ[CHOICE] = before


NAME = "sitbreak"
UNSEEN = TrayView("sitting", 0.0, NAME)


def menu_of(entries: Iterable[MenuEntry], chosen: Callable[[str], None]) -> Any:
    """A pystray menu; `chosen(key)` is called with the key of the entry that was picked."""
    return pystray().Menu(*(_item(entry, chosen) for entry in entries))


def _item(entry: MenuEntry, chosen: Callable[[str], None]) -> Any:
    library = pystray()
    if entry.label == SEPARATOR:
        return library.Menu.SEPARATOR
    return library.MenuItem(
        entry.label,
        menu_of(entry.children, chosen) if entry.children else _action(entry, chosen),
        checked=None if entry.checked is None else _always(entry.checked),
        default=entry.default,
        enabled=entry.enabled and bool(entry.key or entry.children),
    )


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
        self._refused = False  # the system gave it no icon when it was last asked
        self.place: tuple[int, int] | None = None

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
            self._refused = False
        try:
            self._icon.run(self._ready)
        except OSError:
            self._refused = True
            self._icon._mark_ready()  # a thread of pystray's waits for it, and the program for that thread
            raise

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
        if not self._refused:
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


TOOLTIP_UNITS = 127  # NOTIFYICONDATAW.szTip: 128 UTF-16 units, the last is zero
MAC_POINTS = 18  # the height Apple advises for a menu bar image
MAC_PIXELS = 2 * MAC_POINTS  # to the pixel on a fine display, halved on others
WINDOWS_PIXELS = 64  # the shell takes from it what the display needs


def short(tooltip: str, units: int = TOOLTIP_UNITS) -> str:
    """`tooltip` cut to so many UTF-16 units, with an ellipsis where something was cut."""
    if len(tooltip.encode("utf-16-le")) // 2 <= units:
        return tooltip
    kept = tooltip.encode("utf-16-le")[: 2 * (units - 1)].decode("utf-16-le", errors="ignore")
    return kept.rstrip() + "…"


class IconIdentifier(ctypes.Structure):
    """NOTIFYICONIDENTIFIER of shellapi.h: an icon by its window and number."""

    _fields_ = (
        ("cbSize", ctypes.c_uint32),
        ("hWnd", ctypes.c_void_p),
        ("uID", ctypes.c_uint32),  # nought: pystray gives its icon no number
        ("guidItem", ctypes.c_uint32 * 4),
    )


def place_on_taskbar(window: int, shell32: Any) -> tuple[int, int] | None:
    """The middle of the icon of this window, in pixels of the screen; of the arrow while it is hidden behind that."""
    icon = IconIdentifier(cbSize=ctypes.sizeof(IconIdentifier), hWnd=window)
    edges = (ctypes.c_int32 * 4)()  # left, top, right, bottom
    if shell32.Shell_NotifyIconGetRect(ctypes.byref(icon), ctypes.byref(edges)) != 0:
        return None
    return (edges[0] + edges[2]) // 2, (edges[1] + edges[3]) // 2


class WindowsMenus:
    """Keeps an open menu as it is until it closes: replacing it would destroy what is on the screen."""

    _open = False
    _stale = False
    _menu_handle: Any = None
    _hwnd: Any = None

    def place(self) -> tuple[int, int] | None:
        """Where the icon is; for the thread of the icon."""
        if sys.platform != "win32":
            return None
        return place_on_taskbar(self._hwnd, ctypes.WinDLL("shell32"))

    def _on_notify(self, wparam: int, lparam: int) -> Any:
        self._open = True
        try:
            return super()._on_notify(wparam, lparam)  # type: ignore[misc]  # pystray's half
        finally:
            self._open = False
            if self._stale:
                self._stale = False
                self._update_menu()

    def _update_menu(self) -> None:
        if self._open:
            self._stale = True
        else:
            super()._update_menu()  # type: ignore[misc]  # pystray's half


class MacTemplate:
    """Hands the image to macOS as a template at twice its size in points: the system colours it for the menu bar."""

    _icon: Any
    _icon_image: Any
    _status_item: Any

    def place(self) -> tuple[int, int] | None:
        """The middle of the icon's lower edge in points; for the main thread.

        AppKit counts upwards from the lower left corner of the first screen, everybody else downwards from the upper.
        """
        frame = self._status_item.button().window().frame()
        first = import_module("AppKit").NSScreen.screens()[0].frame()
        return round(frame.origin.x + frame.size.width / 2), round(first.size.height - frame.origin.y)

    def _assert_image(self) -> None:
        appkit, foundation = import_module("AppKit"), import_module("Foundation")
        written = io.BytesIO()
        self._icon.save(written, "png")
        self._icon_image = appkit.NSImage.alloc().initWithData_(foundation.NSData(written.getvalue()))
        self._icon_image.setSize_((MAC_POINTS, MAC_POINTS))
        self._icon_image.setTemplate_(True)
        self._status_item.button().setImage_(self._icon_image)


@lru_cache(maxsize=1)
def icon_class() -> Any:
    """pystray's Icon for this system with our additions."""
    ours = MacTemplate if sys.platform == "darwin" else WindowsMenus
    return type("NativeIcon", (ours, pystray().Icon), {})


class NativeTray(PystrayTray):
    """The tray for Windows and macOS. `panel_is`: auto, light or dark; macOS colours the icon itself."""

    NAME: ClassVar[str] = "native"

    def __init__(self, chosen: Callable[[str], None], panel_is: str = panel_brightness.AUTO) -> None:
        variant: glyph.Variant = "template" if sys.platform == "darwin" else panel_brightness.first_guess(panel_is, {})

        def at_its_place(key: str) -> None:  # on the thread of the icon, which alone may ask where that is
            found = attempt(self._icon.place)
            self.place = None if isinstance(found, Failure) else found
            chosen(key)

        super().__init__(at_its_place, variant)

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works on Windows and macOS."""
        if elsewhere := env.only_on("win32", "darwin"):
            return elsewhere
        if not all(map(find_spec, ("pystray", "PIL"))):
            return NotViable(_("A part of the tray is not installed."), _("Install pystray and pillow."))
        return Viable()

    def show(self, view: TrayView) -> None:
        """Shows this view from now on; what did not change is not sent again."""
        super().show(TrayView(view.glyph, view.progress, short(view.tooltip), view.menu))

    def _make_icon(self) -> Any:
        icon = icon_class()(NAME)
        out_of_the_dock()
        return icon

    def _marshal(self, change: Callable[[], None]) -> None:
        if sys.platform == "darwin":
            import_module("PyObjCTools.AppHelper").callAfter(change)
        else:
            change()

    def _put_image(self, view: TrayView) -> None:
        size = MAC_PIXELS if self._variant == "template" else WINDOWS_PIXELS
        self._icon.icon = glyph.image(view.glyph, view.progress, size, self._variant)
