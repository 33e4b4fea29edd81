"""Keyboard shortcuts that work in every app. Off until the user sets one (`hotkeys` in the settings).

The X server, or Windows, is asked for the chosen combinations, so that no other key ever reaches this program. Under
Wayland, and on macOS, the user binds a command instead.
"""

from sitbreak.adapters.hotkeys.current import CANDIDATES, Hotkeys
from sitbreak.adapters.hotkeys.registered import RegisteredHotkeys
from sitbreak.adapters.hotkeys.viability import HotkeysUnavailable
from sitbreak.adapters.hotkeys.xgrab import GrabbedHotkeys

__all__ = ["CANDIDATES", "GrabbedHotkeys", "Hotkeys", "HotkeysUnavailable", "RegisteredHotkeys"]
