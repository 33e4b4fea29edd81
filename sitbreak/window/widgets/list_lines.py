"""Lines to press: those of a list of actions, and those that name the pages of a window."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from sitbreak.window.look import Style
from sitbreak.window.protocol import EntryMessage
from sitbreak.window.widgets.buttons import Pressable

ROW = 36


def star(middle: QPointF, radius: float) -> list[QPointF]:
    """The corners of a star with five points, one upright."""
    turns = ((math.pi * (number / 5 - 0.5), radius if number % 2 == 0 else radius * 0.45) for number in range(10))
    return [middle + QPointF(out * math.cos(turn), out * math.sin(turn)) for turn, out in turns]


class EntryButton(Pressable):
    """A line of the list: label at the left; a tick when it is on, an angle when more lies behind it.

    `chosen` tells a press, and what assistive programs do to a line with a tick: they toggle it, which is no click.
    """

    chosen = Signal()

    def __init__(self, style: Style, entry: EntryMessage, back: bool = False, page: bool = False) -> None:
        """`back`: the line that leads back to the whole list; `page`: one of several, the chosen one is shaded."""
        super().__init__(style, entry.label)
        self._entry, self._back, self._page = entry, back, page
        self._starred = self._off = False
        self.setEnabled(entry.enabled)
        if entry.checked is not None:
            self.setCheckable(True)
            self.setChecked(entry.checked)
            self.toggled.connect(self.chosen)
        else:
            self.clicked.connect(self.chosen)
        self.setFont(style.font(15))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def key(self) -> str:
        """The key of its entry."""
        return self._entry.key

    def mark(self, on: bool) -> None:
        """Ticks or unticks it without choosing it."""
        self.blockSignals(True)
        self.setChecked(on)
        self.blockSignals(False)
        self.update()

    def sign(self, name: str, *, starred: bool, off: bool) -> None:
        """A star at its end, or quiet words; `name`: what a screen reader says then."""
        self._starred, self._off = starred, off
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the label and its sign."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 56, ROW)

    def minimumSizeHint(self) -> QSize:
        """A page's name may be cut, its signs may not."""
        return QSize(80, ROW) if self._page else self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if (self.underMouse() or self.isDown() or (self._page and self.isChecked())) and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._style.colour("tint"))
            painter.drawRoundedRect(rect, 8, 8)
        self.ring(painter, rect.adjusted(3, 3, -3, -3), 6)
        painter.setPen(self._style.colour("ink" if self.isEnabled() and not self._off else "quiet"))
        room = rect.adjusted(28 if self._back else 10, 0, -6 if self._page and not self._starred else -30, 0)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, math.ceil(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        self._sign(painter, rect)

    def _sign(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(self._style.colour("quiet"), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = rect.center().y()
        if self._starred:
            painter.setPen(QPen(self._style.colour("ink"), 1))
            painter.setBrush(self._style.colour("ink"))
            painter.drawPolygon(star(QPointF(rect.right() - 16, middle), 6))
            return
        if self._back:
            points = [QPointF(16, middle - 4), QPointF(12, middle), QPointF(16, middle + 4)]
        elif self._entry.children:
            right = rect.right() - 16
            points = [QPointF(right, middle - 4), QPointF(right + 4, middle), QPointF(right, middle + 4)]
        elif self._entry.checked and not self._page:
            painter.setPen(QPen(self._style.colour("ink"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            right = rect.right() - 22
            points = [QPointF(right, middle), QPointF(right + 4, middle + 4), QPointF(right + 12, middle - 5)]
        else:
            return
        painter.drawPolyline(points)
