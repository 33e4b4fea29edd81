"""How this program is installed: what starts it on each system, and what brings a library that it lacks."""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sitbreak.language import _

FROZEN = bool(getattr(sys, "frozen", False))  # PyInstaller sets it


def self_command(*words: str, executable: str = sys.executable, frozen: bool = FROZEN) -> list[str]:
    """What starts this program with these words, in a process of its own."""
    return [executable, *words] if frozen else [executable, "-m", "sitbreak", *words]


def how_to_get(distribution: str, *options: str, by: Sequence[str] | None = None) -> str:
    """A sentence; the versions are those of our own package. It names no package of ours: there is none at an index.

    `options`: for what installs it, `by`: that, unless it is to be found out.
    """
    words = installer() if by is None else by
    if not words:
        return _("It belongs to this sitbreak; please install sitbreak again.")
    needs = (need for need in _needs() if need.startswith(distribution))
    wanted = next(needs, distribution).partition(";")[0].strip()
    command = subprocess.list2cmdline([*words, *options])
    return _('Run `{command} "{wanted}"`.', command=command, wanted=wanted)


def _needs() -> Iterator[str]:
    """What our own package says it needs. As importlib.metadata would find it, which costs the daemon 1 MB."""
    for place in sys.path:
        for file in Path(place).glob("sitbreak-*.dist-info/METADATA"):
            yield from re.findall(r"^Requires-Dist: (.*)$", file.read_text("utf-8"), re.MULTILINE)


def installer(environment: Path = Path(sys.prefix), executable: str = sys.executable) -> list[str]:
    """What adds to this Python: its pip, or uv where that made the environment. Nothing does to a whole program.

    pip, pipx and `make` leave a pip there, `uv tool` and `uv venv` none; a frozen program and the .deb have neither.
    """
    if FROZEN:
        return []
    if environment == Path(sys.prefix) and find_spec("pip") is not None:
        return [executable, "-m", "pip", "install"]
    about = environment / "pyvenv.cfg"
    by_uv = about.is_file() and re.search(r"^uv = ", about.read_text("utf-8"), re.MULTILINE)
    return ["uv", "pip", "install", "--python", executable] if by_uv else []


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
