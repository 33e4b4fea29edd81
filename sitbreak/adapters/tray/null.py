"""No tray: for servers, terminals and tests. It keeps the last view, and the main thread busy."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import ClassVar

from sitbreak.language import _
from sitbreak.ports import Env, NotViable, TrayView, Viable

# On Windows an endless wait would not notice Ctrl+C.
PATIENCE_S = 0.5 if sys.platform == "win32" else None


class NullTray:
    """A tray that shows nothing; `view` is what it would show, `choose` what a click would do."""

    NAME: ClassVar[str] = "none"

    def __init__(self, chosen: Callable[[str], None], panel_is: str = "auto") -> None:
        self.view: TrayView | None = None
        self.place: tuple[int, int] | None = None
        self._chosen = chosen
        self._closed = threading.Event()

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works everywhere."""
        return Viable((_("no tray icon; `sitbreak status` says the same in words"),))

    def show(self, view: TrayView) -> None:
        """Keeps the view."""
        self.view = view

    def choose(self, key: str) -> None:
        """Acts as if the entry with this key had been picked."""
        self._chosen(key)

    def run(self) -> None:
        """Blocks until `close`."""
        while not self._closed.wait(PATIENCE_S):
            pass

    def close(self) -> None:
        """Makes `run` return."""
        self._closed.set()
