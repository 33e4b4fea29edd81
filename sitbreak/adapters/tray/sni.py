"""The tray on Linux, over our own pystray back-end.

pystray's own Linux back-ends need GTK, or show no menu and nothing at all on Plasma; ours needs only the session bus.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar

from sitbreak.adapters.tray import glyph, panel
from sitbreak.adapters.tray.pystray_native import NAME, PystrayTray
from sitbreak.adapters.tray.snibackend import icon_class
from sitbreak.ports import Env, NotViable, TrayView, Viable

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus


class SniTray(PystrayTray):
    """The tray for Linux panels. `panel_is` is the user's setting: auto, light or dark."""

    NAME: ClassVar[str] = "statusnotifier"

    def __init__(self, chosen: Callable[[str], None], panel_is: str = panel.AUTO) -> None:
        self._follows = panel_is == panel.AUTO and panel.from_desktop(os.environ) is None
        super().__init__(chosen, panel.first_guess(panel_is, os.environ))

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works on Linux; whether there is a bus, and a panel that shows icons, may change while it runs."""
        if env.platform in ("win32", "darwin"):
            return NotViable("StatusNotifierItem is for Linux desktops.")
        if not all(map(find_spec, ("pystray", "dbus_fast", "PIL"))):
            return NotViable("A part of the tray is not installed.", "Install pystray, dbus-fast and pillow.")
        return Viable(("the icon shows only where the panel has a tray (GNOME: the AppIndicator extension)",))

    @property
    def hosted(self) -> bool:
        """Whether a panel has taken the icon."""
        return self._icon is not None and bool(self._icon.hosted)

    @property
    def trouble(self) -> str:
        """Why nobody sees the icon; empty when it is shown."""
        return "" if self.hosted else "no panel has taken the icon"

    def _make_icon(self) -> Any:
        icon = icon_class()(NAME)
        if self._follows:
            icon.on_bus = self._watch_scheme
        return icon

    async def _watch_scheme(self, bus: MessageBus) -> None:
        await panel.SchemeWatch(bus, asyncio.get_running_loop(), self._recolour).start()

    def _put_image(self, view: TrayView) -> None:
        self._icon.drawings = [glyph.image(view.glyph, view.progress, size, self._variant) for size in glyph.SIZES]
        self._icon.icon = self._icon.drawings[-1]
