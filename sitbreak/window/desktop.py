"""What this desktop lets a window do: blend with what is below, cut its corners, keep out of the focus."""

from __future__ import annotations

import os
from dataclasses import dataclass

from PySide6.QtGui import QCursor, QGuiApplication, QScreen


@dataclass(frozen=True, slots=True)
class Desktop:
    """What is possible here.

    `translucent`: windows blend; `masks`: corners can be cut; `bypass`: only a window outside the window manager keeps
    out of the focus (X windows on a Wayland desktop).
    """

    translucent: bool
    masks: bool
    bypass: bool

    @classmethod
    def here(cls) -> Desktop:
        """Looks at the desktop Qt is connected to."""
        platform = QGuiApplication.platformName()
        if platform != "xcb":
            return cls(translucent=True, masks=False, bypass=False)
        on_wayland = bool(os.environ.get("WAYLAND_DISPLAY"))
        return cls(translucent=on_wayland or composited(), masks=True, bypass=on_wayland)

    @staticmethod
    def pointed() -> QScreen:
        """The monitor with the pointer, else the main one."""
        found = QGuiApplication.screenAt(QCursor.pos())
        return found if found is not None else QGuiApplication.primaryScreen()

    def screen(self, named: str) -> QScreen:
        """The monitor of that name, else the one with the pointer."""
        match = [screen for screen in QGuiApplication.screens() if screen.name() == named]
        return match[0] if match else self.pointed()


def composited() -> bool:
    """Whether a compositor runs on this X display: its owner holds the selection _NET_WM_CM_Sn."""
    try:
        from Xlib import error
        from Xlib.display import Display
    except ImportError:
        return False
    try:
        display = Display()
    except (error.DisplayError, OSError):
        return False
    atom = display.intern_atom(f"_NET_WM_CM_S{display.get_default_screen()}")
    owner = display.get_selection_owner(atom)
    display.close()
    return bool(owner)
