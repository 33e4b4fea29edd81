"""What a Linux desktop reads: an entry for the login (XDG autostart), one for its menu, and a systemd user unit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from sitbreak.adapters.autostart.entry import (
    AutostartFailed,
    check,
    desktop_entry,
    desktop_exec,
    read_file,
    remove_file,
    systemd_exec,
    write_file,
)
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable
from sitbreak.settings.files import make_parents

AT_LOGIN_FILE = "autostart/sitbreak.desktop"
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
        self.path = config_home(env.variables) / AT_LOGIN_FILE
        dirs = env.variables.get("XDG_CONFIG_DIRS", "") or "/etc/xdg"
        self._for_all = [Path(each) / AT_LOGIN_FILE for each in dirs.split(":") if os.path.isabs(each)]

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


# -- the menu of the desktop

MENU_FILE = "applications/sitbreak.desktop"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256)  # of the icons, as the hicolor theme has them


def icon_file(size: int) -> str:
    """Where the icon of a size belongs, below a data folder."""
    return f"icons/hicolor/{size}x{size}/apps/sitbreak.png"


class InMenu:
    """The entry of this user, and what comes with it."""

    def __init__(self, env: Env) -> None:
        given = env.variables.get("XDG_DATA_HOME", "")
        home = Path(env.variables.get("HOME", "~")).expanduser()
        self.data = Path(given) if os.path.isabs(given) else home / ".local/share"
        shared = env.variables.get("XDG_DATA_DIRS", "") or "/usr/local/share:/usr/share"
        self._for_all = [Path(each) / MENU_FILE for each in shared.split(":") if os.path.isabs(each)]
        self.path = self.data / MENU_FILE

    def present(self, command: Sequence[str]) -> Path | None:
        """The entry that starts this program, the user's or one for all users. Raises AutostartFailed, unreadable."""
        return next((path for path in (self.path, *self._for_all) if read_file(path) == _text(command)), None)

    def install(self, command: Sequence[str], files: Mapping[str, bytes]) -> None:
        """Writes the entry, and `files` by their paths below the data folder, in place of what is there.

        Nothing where the entry for all users is this one: its package has the rest, too. Raises AutostartFailed.
        """
        if self.present(command) not in (None, self.path):
            return
        for name, content in files.items():
            write_file(self.data / name, content)
        write_file(self.path, _text(command))

    def remove(self, files: Iterable[str]) -> None:
        """Takes the entry and these files of the user away. Raises AutostartFailed."""
        for name in (MENU_FILE, *files):
            remove_file(self.data / name)


def _text(command: Sequence[str]) -> str:
    return desktop_entry(command, "StartupWMClass=sitbreak")


# -- systemd

UNIT = "sitbreak.service"
TEXT = """\
[Unit]
Description=sitbreak, a good moment to get out of the chair
Documentation=man:sitbreak(1)
PartOf=graphical-session.target
After=graphical-session.target
# Five failures within ten minutes are not going to mend themselves.
StartLimitIntervalSec=600
StartLimitBurst=5

[Service]
Type=simple
ExecStart={command}
# A crash (status 70, or a signal) is started again; an answer is not.
Restart=on-failure
# 1: it is running already. 2: the settings or arguments are wrong. Starting again would change neither.
RestartPreventExitStatus=1 2
RestartSec=5
# From 5 s to 2 min in five steps, where systemd is 254 or newer; older ones warn and wait 5 s.
RestartSteps=5
RestartMaxDelaySec=120
TimeoutStopSec=10
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes

[Install]
WantedBy=graphical-session.target
"""


class SystemdUnit:
    """Implements Entry. Enabled by the link that `systemctl --user enable` would make; read at the next login."""

    NAME: ClassVar[str] = "systemd"

    def __init__(self, env: Env) -> None:
        folder = config_home(env.variables) / "systemd" / "user"
        self.path = folder / UNIT
        self.link = folder / "graphical-session.target.wants" / UNIT

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works where systemd runs the machine (sd_booted(3): this folder is there)."""
        if env.platform != "linux" or not Path("/run/systemd/system").is_dir():
            return NotViable(_("systemd does not run this system."), _("Use the desktop entry."))
        return Viable((_("it starts only on desktops that reach graphical-session.target (GNOME and Plasma do)"),))

    @property
    def where(self) -> str:
        """The unit file."""
        return str(self.path)

    def command(self) -> str | None:
        """The ExecStart line; None when there is no unit or it is not enabled."""
        text = read_file(self.path) if self.link.is_symlink() or self.link.exists() else None
        lines = (line for line in (text or "").splitlines() if line.startswith("ExecStart="))
        return next((line.partition("=")[2].strip() for line in lines), None)

    def written(self, command: Sequence[str]) -> str:
        """The ExecStart line."""
        return systemd_exec(command)

    def turn_on(self, command: Sequence[str]) -> None:
        """Writes and enables the unit. Raises AutostartFailed."""
        check(command)
        if self.command() == self.written(command):
            return
        write_file(self.path, TEXT.format(command=self.written(command)))
        if self.link.is_symlink():
            return
        try:
            make_parents(self.link)
            self.link.symlink_to(self.path)
        except OSError as error:
            raise AutostartFailed(_("The unit could not be enabled ({error}); it is off.", error=error)) from error

    def turn_off(self) -> None:
        """Removes the link, then the unit. Raises AutostartFailed."""
        remove_file(self.link)
        remove_file(self.path)
