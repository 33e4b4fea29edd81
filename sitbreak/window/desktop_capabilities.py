"""What this desktop lets a window do, where a window goes on it, and whether the person asked it for less motion."""

from __future__ import annotations

import configparser
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QCursor, QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

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


CARD, LEAST = 440, 480  # the width of the break's card, and the least width worth having beside it
MARGIN = 16  # between a card and the edge of the usable area


def in_corner(free: QRect, size: QSize, corner: str, shadow: int = 0) -> QPoint:
    """The top left of a card of this size in a corner of the free area; `shadow`: the rim that may overhang.

    One that leaves less room than that goes as far from the edges as it can; one larger than the area keeps its top
    left corner in view.
    """
    gap = MARGIN - shadow
    room = free.size() - size
    left, top = (min(gap, max(0, each // 2)) for each in (room.width(), room.height()))
    right, bottom = max(left, room.width() - gap), max(top, room.height() - gap)
    x, y = left if corner.endswith("left") else right, top if corner.startswith("top") else bottom
    return free.topLeft() + QPoint(x, y)


def beside_card(free: QRect, corner: str) -> QRect:
    """What is left of the free area beside a card in a corner ("": there is none); all of it where that is little.

    The card stays on top, so where both have no room side by side it is never covered.
    """
    taken = CARD + 2 * MARGIN
    if not corner or free.width() - taken < LEAST:
        return free
    return free.adjusted(taken, 0, 0, 0) if corner.endswith("left") else free.adjusted(0, 0, -taken, 0)


def at_point(free: QRect, size: QSize, middle: QPoint) -> QPoint:
    """The top left of a window of this size with its middle as near to a point as the free area lets it be."""
    inner = free.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    x = min(middle.x() - size.width() // 2, inner.x() + inner.width() - size.width())
    y = min(middle.y() - size.height() // 2, inner.y() + inner.height() - size.height())
    return QPoint(max(inner.x(), x), max(inner.y(), y))


# macOS: Qt makes its process a foreground program at the start, and again with each window that is raised (a card is,
# when it is shown). Both take the keyboard from whoever is typing, so both are off, and what was asked for says so.
IN_BACKGROUND = {"QT_MAC_DISABLE_FOREGROUND_APPLICATION_TRANSFORM": "1", "QT_MAC_SET_RAISE_PROCESS": "0"}
EVERY_SPACE = 1 << 0 | 1 << 8  # NSWindowCollectionBehavior: CanJoinAllSpaces, FullScreenAuxiliary


def stay_in_background(platform: str = sys.platform) -> None:
    """Keeps Qt from taking the front; to be called before it starts."""
    if platform == "darwin":
        os.environ.update(IN_BACKGROUND)


def to_front(window: QWidget, appkit: Any = None) -> None:
    """Brings a window that a person asked for before all others, with the keyboard. `appkit` stands in for AppKit."""
    window.activateWindow()
    window.raise_()
    if appkit is None and sys.platform == "darwin":
        appkit = import_module("AppKit")
    if appkit is not None:
        appkit.NSApplication.sharedApplication().activateIgnoringOtherApps_(True)


def in_every_space(window: QWidget, objc: Any = None) -> None:
    """A card that is about to appear is there in any space, also in another program's full screen.

    Not for a window that fills the screen: macOS gives that a space of its own, which one of every space cannot have
    (NSWindowCollectionBehavior: FullScreenPrimary, which Qt adds, and FullScreenAuxiliary exclude each other).
    `objc` stands in for pyobjc's module.
    """
    if objc is None and sys.platform == "darwin":
        objc = import_module("objc")
    if objc is not None:
        view = objc.objc_object(c_void_p=ctypes.c_void_p(int(window.winId())))
        view.window().setCollectionBehavior_(EVERY_SPACE)
