"""Whether the person asked the system for less motion: GNOME, KDE, Windows and macOS each say so in their own way."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ASKED_WITHIN_S = 1.0
GSETTINGS = ("gsettings", "get", "org.gnome.desktop.interface", "enable-animations")
DEFAULTS = ("defaults", "read", "com.apple.universalaccess", "reduceMotion")
GNOME_LIKE = {"GNOME", "UNITY", "X-CINNAMON", "BUDGIE", "MATE"}
SPI_GETCLIENTAREAANIMATION = 0x1042  # winuser.h


def wanted(platform: str = sys.platform, variables: Mapping[str, str] = os.environ) -> bool:
    """Whether stills are wanted here; False where the system says nothing."""
    if platform == "win32":
        return _windows()
    if platform == "darwin":
        return _said(DEFAULTS) == "1"
    desktops = set(variables.get("XDG_CURRENT_DESKTOP", "").upper().split(":"))
    if "KDE" in desktops:
        home = variables.get("XDG_CONFIG_HOME", "")
        return kde(Path(home) if home else Path.home() / ".config")
    return bool(desktops & GNOME_LIKE) and _said(GSETTINGS) == "false"


def kde(folder: Path) -> bool:
    """Whether Plasma's animation speed, in the configuration folder, is "instant"."""
    settings = configparser.ConfigParser(strict=False, interpolation=None)
    try:
        settings.read(folder / "kdeglobals", "utf-8")
        return settings.getfloat("KDE", "AnimationDurationFactor", fallback=1.0) == 0
    except (configparser.Error, ValueError, OSError):
        return False


def _said(command: tuple[str, ...]) -> str:
    """What a command prints, or nothing where there is none."""
    program = shutil.which(command[0])
    if program is None:
        return ""
    try:
        ran = subprocess.run(
            [program, *command[1:]], capture_output=True, text=True, timeout=ASKED_WITHIN_S, check=False
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
