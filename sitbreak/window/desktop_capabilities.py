"""What this desktop lets a window do, and whether the person asked it for less motion."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QCursor, QGuiApplication, QScreen

from sitbreak.core.frozen import frozen


@frozen
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
    def places_windows() -> bool:
        """Whether a window may be put anywhere, and on top; under Wayland that is the compositor's business alone."""
        return QGuiApplication.platformName() != "wayland"

    @staticmethod
    def pointed() -> QScreen:
        """The monitor with the pointer, else the main one."""
        found = QGuiApplication.screenAt(QCursor.pos())
        return found if found is not None else QGuiApplication.primaryScreen()

    @staticmethod
    def icon(place: Sequence[int]) -> QPoint | None:
        """Where the tray's icon is, in Qt's pixels; None where that cannot be known, or would be of no use.

        `place`: x and y as the panel gave them, in the screen's pixels or in scaled ones: of both the one nearer to the
        pointer, which has just been there. Without them the pointer itself, while it is on a panel or a menu bar.
        """
        if not Desktop.places_windows():
            return None
        pointer = QCursor.pos()
        if len(place) != 2:
            on_panel = not free_of(Desktop.pointed()).contains(pointer)
            return pointer if on_panel else None
        given = QPoint(*place)
        found = [given] if QGuiApplication.screenAt(given) is not None else []
        for screen in QGuiApplication.screens():
            corner, ratio = screen.geometry().topLeft(), screen.devicePixelRatio()
            scaled = corner + (given - corner) / ratio
            if ratio != 1 and screen.geometry().contains(scaled):
                found.append(scaled)
        return min(found, key=lambda each: (each - pointer).manhattanLength(), default=None)

    def screen(self, named: str) -> QScreen:
        """The monitor of that name, else the one with the pointer."""
        match = [screen for screen in QGuiApplication.screens() if screen.name() == named]
        return match[0] if match else self.pointed()


def free_of(screen: QScreen) -> QRect:
    """What panels leave of a monitor, never more than it has.

    On X11 Qt scales its size, not where it begins (6.11): below a panel it would reach beyond the lower edge.
    """
    return screen.availableGeometry() & screen.geometry()


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


ASKED_WITHIN_S = 1.0
GSETTINGS = ("gsettings", "get", "org.gnome.desktop.interface", "enable-animations")
GNOME_LIKE = {"GNOME", "UNITY", "X-CINNAMON", "BUDGIE", "MATE"}
SPI_GETCLIENTAREAANIMATION = 0x1042  # winuser.h


def stillness_wanted(
    platform: str = sys.platform, variables: Mapping[str, str] = os.environ, appkit: Any = None
) -> bool:
    """Whether stills are wanted here; False where the system says nothing. `appkit` stands in for AppKit."""
    if platform == "win32":
        return _windows()
    if platform == "darwin":
        if appkit is None and find_spec("AppKit") is not None:
            appkit = import_module("AppKit")
        return bool(appkit and appkit.NSWorkspace.sharedWorkspace().accessibilityDisplayShouldReduceMotion())
    desktops = set(variables.get("XDG_CURRENT_DESKTOP", "").upper().split(":"))
    if "KDE" in desktops:
        home = variables.get("XDG_CONFIG_HOME", "")
        return kde(Path(home) if home else Path.home() / ".config")
    return bool(desktops & GNOME_LIKE) and _gnome() == "false"


def kde(folder: Path) -> bool:
    """Whether Plasma's animation speed, in the configuration folder, is "instant"."""
    settings = configparser.ConfigParser(strict=False, interpolation=None)
    try:
        settings.read(folder / "kdeglobals", "utf-8")
        return settings.getfloat("KDE", "AnimationDurationFactor", fallback=1.0) == 0
    except (configparser.Error, ValueError, OSError):
        return False


def _gnome() -> str:
    """What GNOME's tool prints, or nothing where there is none."""
    program = shutil.which(GSETTINGS[0])
    if program is None:
        return ""
    try:
        ran = subprocess.run(
            [program, *GSETTINGS[1:]], capture_output=True, text=True, timeout=ASKED_WITHIN_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return ran.stdout.strip()


def _windows() -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    animated = ctypes.c_int(1)
    ctypes.windll.user32.SystemParametersInfoW(SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animated), 0)
    return not animated.value
