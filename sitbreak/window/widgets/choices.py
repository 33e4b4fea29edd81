"""A line that can be ticked: one of several (round) or any of several (square)."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from sitbreak.window.look import Style

MARK, GAP, HEIGHT = 20, 12, 32


class ChoiceCard(QCheckBox):
    """A ticked line; a check box to keys and screen readers (in a button group: only one is ticked)."""

    def __init__(self, style: Style, text: str, on: bool, single: bool = False) -> None:
        """`single`: one of several, drawn round."""
        super().__init__(text)
        self._style, self._single = style, single
        self.setAccessibleName(text)
        self.setChecked(on)
        self.setFont(style.font(15))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        style.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Room for mark and words."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + MARK + GAP + 8, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The words are never cut."""
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        """The whole line can be pressed."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints mark and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(4, (self.height() - MARK) / 2, MARK, MARK)
        self._mark(painter, box)
        painter.setPen(self._style.colour("ink"))
        words = QRectF(self.rect()).adjusted(4 + MARK + GAP, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())

    def _mark(self, painter: QPainter, box: QRectF) -> None:
        on, radius = self.isChecked(), MARK / 2 if self._single else 6
        painter.setPen(QPen(self._style.colour("action" if on else "quiet"), 1.5))
        painter.setBrush(self._style.colour("action") if on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)
        if on and self._single:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._style.colour("paper"))
            painter.drawEllipse(box.center(), 4, 4)
        elif on:
            ink = self._style.colour("on_action")
            painter.setPen(QPen(ink, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            middle = box.center()
            painter.drawPolyline([middle + QPointF(-4.5, 0.5), middle + QPointF(-1, 4), middle + QPointF(5, -4)])
        if self.hasFocus():
            painter.setPen(QPen(self._style.colour("ink"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), radius + 3, radius + 3)
