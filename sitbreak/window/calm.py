"""Nothing moves under a hand: what would move things in a window waits until the pointer has left it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class Calm(QObject):
    """Keeps what waits for the pointer to leave a window."""

    def __init__(self, window: QWidget) -> None:
        """Listens to the window, and belongs to it."""
        super().__init__(window)
        self._window = window
        self._waiting: dict[str, Callable[[], object]] = {}
        window.installEventFilter(self)

    @property
    def on(self) -> bool:
        """Whether the pointer is over the window."""
        return self._window.underMouse()

    def later(self, what: str, do: Callable[[], object]) -> None:
        """Does it once the pointer has left; of several of one name only the last."""
        self._waiting[what] = do

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pointer leaves: what waited is done."""
        if watched is self._window and event.type() == QEvent.Type.Leave:
            waiting, self._waiting = self._waiting, {}
            for do in waiting.values():
                do()
        return False
