"""What macOS wants to be told of windows; elsewhere all of it is left to Qt.

Qt makes its process a foreground program at the start, and again with each window that is raised (a card is, when it is
shown). Both take the keyboard from whoever is typing, so both are turned off, and what a person asked for says so.
"""

from __future__ import annotations

import ctypes
import os
import sys
from importlib import import_module
from typing import Any

from PySide6.QtWidgets import QWidget

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
