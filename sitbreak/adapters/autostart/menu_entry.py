"""The program among the applications of a Linux desktop: a menu entry and what lies beside it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sitbreak.adapters.autostart.entry import desktop_entry, read_file, remove_file, write_file
from sitbreak.ports import Env

FILE = "applications/sitbreak.desktop"
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
        self._for_all = [Path(each) / FILE for each in shared.split(":") if os.path.isabs(each)]
        self.path = self.data / FILE

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
        for name in (FILE, *files):
            remove_file(self.data / name)


def _text(command: Sequence[str]) -> str:
    return desktop_entry(command, "StartupWMClass=sitbreak")
