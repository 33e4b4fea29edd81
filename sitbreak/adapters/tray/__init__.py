"""The tray icon: a ring that fills while you sit and opens when you get up."""

from sitbreak.adapters.tray.null import NullTray
from sitbreak.adapters.tray.pystray_native import NativeTray
from sitbreak.adapters.tray.sni import SniTray

__all__ = ["CANDIDATES", "NativeTray", "NullTray", "SniTray"]

# In the order they are tried; where none works NullTray stands in.
CANDIDATES: tuple[type[SniTray | NativeTray], ...] = (SniTray, NativeTray)
