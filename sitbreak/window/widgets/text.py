"""Text in the window's sizes and colours, with a fade when it changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, QVariantAnimation
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from sitbreak.window.look import Style

Weight = QFont.Weight


class Text(QLabel):
    """A paragraph that wraps; a screen reader finds it as plain text."""

    def __init__(
        self, style: Style, text: str = "", size: int = 15, token: str = "ink", weight: Weight = Weight.Normal,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """`size`: one of the five type sizes; `token`: its colour."""
        super().__init__(text, parent)
        self._style, self._token, self._opacity, self._veiled = style, token, 1.0, False
        self._fade = QVariantAnimation(self)
        self._fade.valueChanged.connect(self._step)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(style.font(size, weight))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        style.changed.connect(self._recolour)
        self._recolour()

    def _recolour(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._style.colour(self._token))
        self.setPalette(palette)

    def _step(self, value: float) -> None:
        self._opacity = value
        self.update()

    def veil(self, on: bool) -> None:
        """Keeps its place and its text, but shows nothing."""
        self._veiled = on
        self.update()

    def fit(self, sizes: Sequence[int]) -> None:
        """Takes the first of these type sizes (the largest first) at which the text fits its place, else the last."""
        flags, place = int(Qt.TextFlag.TextWordWrap), self.contentsRect()
        weight = QFont.Weight(self.font().weight())
        for size in sizes:
            self.setFont(self._style.font(size, weight))
            needed = self.fontMetrics().boundingRect(place, flags, self.text())
            if needed.height() <= place.height() and needed.width() <= place.width():
                return

    def reserve(self, texts: Sequence[str], width: int) -> None:
        """Keeps room for the highest of these texts, were it this wide."""
        flags, room = int(Qt.TextFlag.TextWordWrap), QRect(0, 0, width, 10_000)
        heights = (self.fontMetrics().boundingRect(room, flags, text).height() for text in texts)
        self.setMinimumHeight(max(heights, default=0))

    def settle(self, text: str) -> bool:
        """Shows the text unless it needs another height than the present one; whether it does not."""
        flags, room = int(Qt.TextFlag.TextWordWrap), QRect(0, 0, self.width(), 10_000)
        now, then = (self.fontMetrics().boundingRect(room, flags, each).height() for each in (self.text(), text))
        fits = now == then and self.isHidden() is not bool(text)
        if fits:
            self.setText(text)
        return fits

    def change(self, text: str) -> None:
        """Another text, faded in."""
        if text == self.text():
            return
        self.setText(text)
        self._fade.stop()
        if self._style.motion_ms and self.isVisible():
            self._fade.setDuration(self._style.motion_ms)
            self._fade.setStartValue(0.0)
            self._fade.setEndValue(1.0)
            self._fade.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the text at its present opacity."""
        if self._veiled:
            return
        painter = QPainter(self)
        painter.setOpacity(self._opacity)
        painter.setPen(self._style.colour(self._token))
        flags = int(self.alignment()) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(self.contentsRect(), flags, self.text())
