"""The program among the applications of a Linux desktop: a menu entry and its icon, in the user's own folders."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from sitbreak.adapters.autostart.entry import desktop_entry, read_file, remove_file, write_file
from sitbreak.language import _
from sitbreak.ports import Env
from sitbreak.settings.files import make_parents, write_atomically

NAME = "sitbreak"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256)  # of the hicolor icon theme


class InMenuFailed(Exception):
    """A file could not be written or removed; the message is one sentence for people."""


class InMenu:
    """The entry and the icon of this user."""

    def __init__(self, env: Env) -> None:
        given = env.variables.get("XDG_DATA_HOME", "")
        home = Path(env.variables.get("HOME", "~")).expanduser()
        self._data = Path(given) if os.path.isabs(given) else home / ".local/share"
        self.path = self._data / f"applications/{NAME}.desktop"

    def icon(self, size: int) -> Path:
        """Where the icon of a size lies."""
        return self._data / f"icons/hicolor/{size}x{size}/apps/{NAME}.png"

    def present(self, command: Sequence[str]) -> bool:
        """Whether the entry is there and starts this program. Raises AutostartFailed when it cannot be read."""
        return read_file(self.path) == self._text(command)

    def install(self, command: Sequence[str], icons: Mapping[int, bytes]) -> None:
        """Writes entry and icons (PNG by size), in place of what is there. Raises InMenuFailed, AutostartFailed."""
        for size, png in icons.items():
            file = self.icon(size)
            try:
                make_parents(file)
                write_atomically(file, png)
            except OSError as error:
                raise InMenuFailed(
                    _("The icon {file} could not be written ({strerror}).", file=file, strerror=error.strerror)
                ) from error
        write_file(self.path, self._text(command))

    def remove(self) -> None:
        """Takes entry and icons away. Raises AutostartFailed."""
        for file in (self.path, *map(self.icon, SIZES)):
            remove_file(file)

    def _text(self, command: Sequence[str]) -> str:
        return desktop_entry(command, "StartupWMClass=sitbreak")
