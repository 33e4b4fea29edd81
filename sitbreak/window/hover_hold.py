"""Nothing moves under a hand: what would move things in a window waits until the pointer has left it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

HAND = {QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.Wheel}


class Calm(QObject):
    """Keeps what waits for the pointer to leave a window. A pointer that was only left there holds up nothing."""

    def __init__(self, window: QWidget) -> None:
        """Listens to the window, and belongs to it."""
        super().__init__(window)
        self._window, self._hand = window, False
        self._waiting: dict[str, Callable[[], object]] = {}
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    @property
    def on(self) -> bool:
        """Whether the pointer is over the window, and was used there since the last key."""
        return self._hand and self._window.underMouse()

    def later(self, what: str, do: Callable[[], object]) -> None:
        """Does it once the pointer has left, or a key is pressed; of several of one name only the last."""
        self._waiting[what] = do

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tells the hand on the pointer from the one on the keys."""
        kind = event.type()
        inside = isinstance(watched, QWidget) and watched.window() is self._window
        if inside and kind in HAND:
            self._hand = True
        elif (inside and kind == QEvent.Type.KeyPress) or (watched is self._window and kind == QEvent.Type.Leave):
            self._let_go()
        return False

    def _let_go(self) -> None:
        self._hand = False
        waiting, self._waiting = self._waiting, {}
        for do in waiting.values():
            do()
