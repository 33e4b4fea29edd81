"""How this very program is started, whether it lies in an environment of Python or was frozen into a file."""

from __future__ import annotations

import sys

FROZEN = bool(getattr(sys, "frozen", False))  # PyInstaller sets it


def self_command(*words: str, executable: str = sys.executable, frozen: bool = FROZEN) -> list[str]:
    """What starts this program with these words, in a process of its own."""
    return [executable, *words] if frozen else [executable, "-m", "sitbreak", *words]
