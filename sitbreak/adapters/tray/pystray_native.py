"""The tray on Windows and macOS: pystray's own back-ends, with what they need from their callers.

macOS: AppKit belongs to the main thread, so every change goes through `AppHelper.callAfter`; the image is a template.
Windows: tooltips hold 127 characters; a menu that is open must not be replaced under the pointer.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, ClassVar

from sitbreak.adapters.tray import glyph, panel
from sitbreak.adapters.tray.library import pystray
from sitbreak.adapters.tray.via_pystray import NAME, PystrayTray
from sitbreak.ports import Env, NotViable, TrayView, Viable

TOOLTIP_UNITS = 127  # NOTIFYICONDATAW.szTip: 128 UTF-16 units, the last is zero
MAC_POINTS = 18  # the height Apple advises for a menu bar image; drawn at twice that for fine displays
MAC_PIXELS = 48
WINDOWS_PIXELS = 32  # the shell halves it for an ordinary display


def short(tooltip: str, units: int = TOOLTIP_UNITS) -> str:
    """`tooltip` cut to so many UTF-16 units, with an ellipsis where something was cut."""
    if len(tooltip.encode("utf-16-le")) // 2 <= units:
        return tooltip
    kept = tooltip.encode("utf-16-le")[: 2 * (units - 1)].decode("utf-16-le", errors="ignore")
    return kept.rstrip() + "…"


class WindowsMenus:
    """Keeps an open menu as it is until it closes: replacing it would destroy what is on the screen."""

    _open = False
    _stale = False
    _menu_handle: Any = None

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

    def __init__(self, chosen: Callable[[str], None], panel_is: str = panel.AUTO) -> None:
        variant: glyph.Variant = "template" if sys.platform == "darwin" else panel.first_guess(panel_is, {})
        super().__init__(chosen, variant)

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works on Windows and macOS."""
        if env.platform not in ("win32", "darwin"):
            return NotViable("It is for Windows and macOS.")
        if not all(map(find_spec, ("pystray", "PIL"))):
            return NotViable("A part of the tray is not installed.", "Install pystray and pillow.")
        return Viable()

    def show(self, view: TrayView) -> None:
        """Shows this view from now on; what did not change is not sent again."""
        super().show(TrayView(view.glyph, view.progress, short(view.tooltip), view.menu))

    def _make_icon(self) -> Any:
        return icon_class()(NAME)

    def _marshal(self, change: Callable[[], None]) -> None:
        if sys.platform == "darwin":
            import_module("PyObjCTools.AppHelper").callAfter(change)
        else:
            change()

    def _put_image(self, view: TrayView) -> None:
        size = MAC_PIXELS if self._variant == "template" else WINDOWS_PIXELS
        self._icon.icon = glyph.image(view.glyph, view.progress, size, self._variant)
