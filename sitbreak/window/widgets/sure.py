"""A button for what cannot be undone: it does so at the second press, and asks at the first."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal

from sitbreak.window.look import Style
from sitbreak.window.widgets.buttons import Button

ASKED_MS = 6000  # how long the question stands


class SureButton(Button):
    """Asks by its own label. `sure` tells the second press."""

    sure = Signal()

    def __init__(self, style: Style, text: str) -> None:
        """Takes its label."""
        super().__init__(style, text, "plain")
        self._label, self._name, self._asking = text, text, False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(ASKED_MS)
        self._patience.timeout.connect(lambda: self._ask(on=False))
        self.clicked.connect(self._pressed)

    def _pressed(self) -> None:
        asked = self._asking
        self._ask(on=not asked)
        if asked:
            self.sure.emit()

    def _ask(self, *, on: bool) -> None:
        self._asking = on
        if on:
            self._name = self.accessibleName()
            self._patience.start()
        else:
            self._patience.stop()
        self.setText(self._style.words("sure") if on else self._label)
        self.setAccessibleName(f"{self._name}. {self.text()}" if on else self._name)
        self.updateGeometry()
