"""The icon in a tray of the older kind (XEMBED: i3bar, trayer, tint2, polybar), through pystray's own X back end.

Such a tray takes a small window of ours: it has no menu and no tooltip, so every click does what a left click does.
pystray waits for the icon's thread at each change and asks to be docked again each time, and takes no clicks; the half
of it that does so is replaced here. The icon sits on what the tray has painted behind it.
"""

from __future__ import annotations

import logging
import queue
import select
import socket
import threading
import types
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sitbreak.adapters.tray.glyph import SIZES, Variant, image
from sitbreak.adapters.tray.pystray_native import NAME, menu_of, pystray
from sitbreak.ports import TrayView

if TYPE_CHECKING:
    from PIL.Image import Image

log = logging.getLogger(__name__)

BUTTONS = (1, 2, 3)  # left, middle, right; wheels are buttons, too, from 4 on
PLATES = {"light": (246, 246, 246), "dark": (43, 43, 43)}  # the ground where the tray's own cannot be had
BRIGHT = 128  # of 255, above which a ground counts as light


class EmbeddedIcon:
    """The half of pystray's X icon that is ours; `icon_class` joins it to the other."""

    # From pystray's half:
    _display: Any
    _window: Any
    _gc: Any
    _systray_manager: Any
    _message_handlers: dict[int, Callable[[Any], None]]
    _get_systray_manager: Callable[[], Any]
    _mark_ready: Callable[[], None]
    _icon_valid: bool
    title: str

    view: TrayView
    variant: Variant
    clicked: tuple[int, int] | None = None  # where, from the display's top left in its pixels
    _grounded = False  # whether the tray's own ground shows through our window

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._asked: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._wake, self._woken = socket.socketpair()
        self._display.set_error_handler(_nothing)  # of a tray that has just gone; python-xlib would print it

    def __del__(self) -> None:
        """pystray's would wait for a thread; ours closes its connection itself."""

    @property
    def tray_there(self) -> bool:
        """Whether a program holds the selection of such a tray."""
        return self._get_systray_manager() is not None

    def over(self) -> None:
        """Gives the connections back."""
        for end in (self._wake, self._woken, self._display.display.socket):  # its own close may raise before that
            end.close()

    def _create_window(self) -> Any:
        from Xlib import X

        window = super()._create_window()  # type: ignore[misc]  # pystray's half
        events = X.ExposureMask | X.StructureNotifyMask | X.ButtonPressMask
        window.change_attributes(event_mask=events)
        return window

    def _rewrite_implementation(self, *methods: Callable[[], None]) -> None:
        """Each of these is done on the icon's thread; whoever asks for it does not wait, as an X server may hang."""
        for method in methods:
            setattr(self, method.__name__, types.MethodType(_posting(method), self))

    def _dock_window(self) -> None:
        """Asks the tray to take the window; shows the tray's ground where both are of one depth."""
        from Xlib import X

        manager = self._get_systray_manager()
        if manager is None:
            return
        visual = manager.get_full_property(self._display.intern_atom("_NET_SYSTEM_TRAY_VISUAL"), X.AnyPropertyType)
        if visual is None or visual.value[0] == self._display.screen().root_visual:
            self._window.change_attributes(background_pixmap=X.ParentRelative)
            self._grounded = True
        super()._dock_window()  # type: ignore[misc]  # pystray's half

    def _update_icon(self) -> None:
        self._draw()
        self._icon_valid = True

    def _update_title(self) -> None:
        name = self._display.intern_atom("_NET_WM_NAME")
        self._window.change_property(name, self._display.intern_atom("UTF8_STRING"), 8, self.title.encode())

    def _on_button_press(self, event: Any) -> None:
        if event.detail in BUTTONS:
            self.clicked = event.root_x, event.root_y
            self()  # type: ignore[operator]  # pystray's half: calling the icon calls its default entry

    def _on_destroy_notify(self, event: Any) -> None:
        """The tray has gone, so the icon does; whoever made it looks for the next tray."""
        if self._systray_manager is not None and event.window.id == self._systray_manager.id:
            self._window.destroy()

    def _mainloop(self) -> None:
        """Until our window is destroyed, or the X server has gone."""
        from Xlib import X
        from Xlib.error import ConnectionClosedError

        try:
            while True:
                while self._display.pending_events():
                    event = self._display.next_event()
                    if event.type == X.DestroyNotify and event.window == self._window:
                        return
                    self._message_handlers.get(event.type, _nothing)(event)
                readable, _, _ = select.select([self._display, self._woken], [], [])
                if self._woken in readable:
                    self._woken.recv(1)
                    self._asked.get()()
                    self._display.flush()
        except ConnectionClosedError:
            return

    def _draw(self) -> None:
        from Xlib.error import XError

        with suppress(XError):  # not on the screen (any more): it is drawn when it comes up
            place = self._window.get_geometry()
            if place.width > 1 and place.height > 1:  # docked, and given a size
                self._window.put_pil_image(self._gc, 0, 0, self._picture(place.width, place.height))

    def _picture(self, width: int, height: int) -> Image:
        """The glyph in the middle of its ground, in the colours that are legible there."""
        ground = self._ground(width, height)
        variant = self.variant
        if variant == "either":
            (brightness,) = ground.convert("L").resize((1, 1)).tobytes()
            variant = "light" if brightness > BRIGHT else "dark"
        size = max((each for each in SIZES if each <= min(width, height)), default=min(SIZES))
        glyph = image(self.view.glyph, self.view.progress, size, variant)
        if size > min(width, height):
            glyph = glyph.resize((min(width, height),) * 2)
        ground.paste(glyph, ((width - glyph.width) // 2, (height - glyph.height) // 2), glyph)
        return ground

    def _ground(self, width: int, height: int) -> Image:
        from PIL import Image
        from Xlib import X

        if self._grounded:
            self._window.clear_area(0, 0, width, height)
            painted = self._window.get_image(0, 0, width, height, X.ZPixmap, 0xFFFFFFFF)
            if painted.depth == 24:
                return Image.frombytes("RGB", (width, height), painted.data, "raw", "BGRX")
        return Image.new("RGB", (width, height), PLATES["light" if self.variant == "light" else "dark"])


def _posting(method: Callable[[], None]) -> Callable[[Any], None]:
    def post(icon: Any) -> None:
        icon._asked.put(method)
        with suppress(OSError):  # it has ended
            icon._wake.send(b".")

    return post


def _nothing(*given: object) -> None:
    """What is not ours."""


@lru_cache(maxsize=1)
def icon_class() -> Any:
    """pystray's X icon with our half; raises whatever the library does where no X server answers."""
    pystray()
    return type("EmbeddedXIcon", (EmbeddedIcon, import_module("pystray._xorg").Icon), {})


class DockedIcon:
    """One icon in such a tray, on a thread of its own, until the tray or the X server goes or `close` is called."""

    def __init__(self, chosen: Callable[[str], None], view: TrayView, variant: Variant) -> None:
        self._chosen = chosen
        self._view = view
        self._variant = variant
        self._icon: Any = None
        self._closed = threading.Event()

    @property
    def place(self) -> tuple[int, int] | None:
        """Where it was last clicked, from the display's top left in its pixels."""
        return getattr(self._icon, "clicked", None)

    def start(self, docked: Callable[[], None], ended: Callable[[], None]) -> None:
        """Looks for a tray; `docked()` when it was asked to take the icon, and in any case `ended()` once."""
        threading.Thread(target=self._run, args=(docked, ended), name="tray-xembed", daemon=True).start()

    def show(self, view: TrayView, variant: Variant) -> None:
        """Shows this view from now on."""
        self._view, self._variant = view, variant
        icon = self._icon
        if icon is not None:
            self._apply(icon)

    def close(self) -> None:
        """Takes the icon away; returns at once."""
        self._closed.set()
        icon = self._icon
        if icon is not None:
            icon._stop()

    def _apply(self, icon: Any) -> None:
        icon.view, icon.variant = self._view, self._variant
        icon.menu = menu_of(self._view.menu, self._chosen)
        icon.title = self._view.tooltip
        icon.icon = True  # pystray wants to know that there is a picture; ours is drawn for the size the tray gives

    def _run(self, docked: Callable[[], None], ended: Callable[[], None]) -> None:
        from Xlib.error import ConnectionClosedError, DisplayError, XauthError, XError

        try:
            icon = icon_class()(NAME)
            try:
                if icon.tray_there:
                    self._apply(icon)
                    icon.run(lambda ready: self._ready(ready, docked))
            finally:
                self._icon = None
                icon.over()
        except (DisplayError, XauthError, ConnectionClosedError, XError, OSError) as failure:
            log.debug("no tray of the older kind: %r", failure)
        finally:
            ended()

    def _ready(self, icon: Any, docked: Callable[[], None]) -> None:
        self._icon = icon
        if self._closed.is_set():
            icon._stop()
            return
        self._apply(icon)
        icon.visible = True
        docked()
