"""How this program is installed: what starts it on each system, and what brings a library that it lacks."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from importlib.util import find_spec
from typing import Any

from sitbreak.language import _

FROZEN = bool(getattr(sys, "frozen", False))  # PyInstaller sets it


def self_command(*words: str, executable: str = sys.executable, frozen: bool = FROZEN) -> list[str]:
    """What starts this program with these words, in a process of its own."""
    return [executable, *words] if frozen else [executable, "-m", "sitbreak", *words]


def how_to_get(distribution: str) -> str:
    """What brings a library that is not here, as a sentence, with the versions that our own package asks for.

    It names no package of ours: there is none at an index.
    """
    if FROZEN:
        return _("It belongs to this sitbreak; please install sitbreak again.")
    import importlib.metadata  # with what it needs of the standard library 1 MB, so only for this sentence

    try:
        needs = importlib.metadata.requires("sitbreak") or []
    except importlib.metadata.PackageNotFoundError:
        needs = []
    wanted = next((need.partition(";")[0].strip() for need in needs if need.startswith(distribution)), distribution)
    return _('Run `{executable} -m pip install "{wanted}"`.', executable=sys.executable, wanted=wanted)


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
