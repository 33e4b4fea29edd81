"""A desktop entry in the XDG autostart folder, which GNOME, Plasma, Xfce and most other desktops read."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from sitbreak.adapters.autostart.entry import check, desktop_entry, desktop_exec, read_file, remove_file, write_file
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable

FILE = "autostart/sitbreak.desktop"
AT_LOGIN = ("X-GNOME-Autostart-enabled=true", "X-GNOME-Autostart-Delay=5", "X-KDE-autostart-after=panel")
# How a user's entry says that one of the same name, installed for all users, is not to be started.
MASK = "[Desktop Entry]\nType=Application\nName=sitbreak\nHidden=true\n"


def config_home(variables: Mapping[str, str]) -> Path:
    """$XDG_CONFIG_HOME, or what stands for it (XDG Base Directory Specification)."""
    given = variables.get("XDG_CONFIG_HOME", "")
    return Path(given) if os.path.isabs(given) else Path(variables.get("HOME", "~")).expanduser() / ".config"


# Window managers that start nothing from ~/.config/autostart (their session files call no helper for it), and what
# tells of two of them where XDG_CURRENT_DESKTOP does not.
READS_NONE = frozenset({"sway", "i3", "hyprland", "river", "niri", "dwl", "dwm", "bspwm", "qtile", "xmonad"})
SOCKETS = {"sway": "SWAYSOCK", "i3": "I3SOCK"}


class DesktopEntry:
    """Implements Entry. What other tools wrote there (Hidden, the GNOME switch) is understood."""

    NAME: ClassVar[str] = "desktop"

    def __init__(self, env: Env) -> None:
        self.path = config_home(env.variables) / FILE
        dirs = env.variables.get("XDG_CONFIG_DIRS", "") or "/etc/xdg"
        self._for_all = [Path(each) / FILE for each in dirs.split(":") if os.path.isabs(each)]

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works on Linux and its relatives."""
        if env.platform in ("win32", "darwin"):
            return NotViable(_("Desktop entries are for Linux desktops."))
        return Viable(
            (_("sway and other bare window managers need a helper such as dex to read it; else use --systemd"),)
        )

    @staticmethod
    def unread_by(env: Env) -> str:
        """The window manager of this session that reads no such entries, by name; empty where something does."""
        told = env.variables
        named = env.desktops | {name for name, socket in SOCKETS.items() if told.get(socket)}
        return next(iter(sorted(named & READS_NONE)), "")

    @property
    def where(self) -> str:
        """The user's file."""
        return str(self.path)

    def command(self) -> str | None:
        """The Exec line of the entry in force; None when there is none or it is switched off."""
        for path in (self.path, *self._for_all):
            text = read_file(path)
            if text is not None:
                return _exec_of(text)
        return None

    def written(self, command: Sequence[str]) -> str:
        """The Exec line."""
        return desktop_exec(command)

    def turn_on(self, command: Sequence[str]) -> None:
        """Writes the entry. Raises AutostartFailed."""
        check(command)
        if self.command() != self.written(command):
            write_file(self.path, desktop_entry(command, *AT_LOGIN))

    def turn_off(self) -> None:
        """Removes the entry, or hides the one for all users. Raises AutostartFailed."""
        if any(path.exists() for path in self._for_all):
            if self.command() is not None:
                write_file(self.path, MASK)
        else:
            remove_file(self.path)


def _exec_of(text: str) -> str | None:
    keys: dict[str, str] = {}
    group = ""
    for line in text.splitlines():
        if line.startswith("["):
            group = line.strip()
        elif group == "[Desktop Entry]" and "=" in line:
            key, _, value = line.partition("=")
            keys[key.strip()] = value.strip()
    off = keys.get("Hidden") == "true" or keys.get("X-GNOME-Autostart-enabled") == "false"
    return None if off else keys.get("Exec")
