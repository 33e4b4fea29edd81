"""How this program and those of the user are started, on each system."""

from __future__ import annotations

import ctypes
import shlex
import subprocess
import sys
from importlib.util import find_spec
from typing import Any

FROZEN = bool(getattr(sys, "frozen", False))  # PyInstaller sets it


def self_command(*words: str, executable: str = sys.executable, frozen: bool = FROZEN) -> list[str]:
    """What starts this program with these words, in a process of its own."""
    return [executable, *words] if frozen else [executable, "-m", "sitbreak", *words]


def words_of(command: str, platform: str = sys.platform) -> list[str]:
    """A command line of the user's, word by word. Raises ValueError for a quotation mark without its second.

    As a shell reads it; on Windows a backslash is part of a path and quotes nothing.
    """
    reader = shlex.shlex(command, posix=True)
    reader.whitespace_split, reader.commenters = True, ""
    if platform == "win32":
        reader.escape = ""
    return list(reader)


def apart() -> dict[str, Any]:
    """Arguments of Popen for a program that outlives our terminal and that its Ctrl+C does not reach."""
    if sys.platform == "win32":  # a console of its own that is not shown: the programs it starts show none either
        return {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def out_of_the_dock() -> None:
    """On macOS: this process has no icon in the Dock and does not come to the front by itself."""
    if sys.platform == "darwin" and find_spec("AppKit") is not None:
        import AppKit

        AppKit.NSApplication.sharedApplication().setActivationPolicy_(AppKit.NSApplicationActivationPolicyAccessory)


PER_MONITOR_V2 = -4  # windef.h: DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2


def sharp(user32: Any = None) -> None:
    """On Windows: what this process draws is not scaled up and blurred. Windows before 10 (1703) leaves it as it is."""
    if user32 is None and sys.platform == "win32":
        user32 = ctypes.WinDLL("user32")
    if hasattr(user32, "SetProcessDpiAwarenessContext"):
        user32.SetProcessDpiAwarenessContext(ctypes.c_void_p(PER_MONITOR_V2))
