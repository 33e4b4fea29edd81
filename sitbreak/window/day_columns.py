"""Days side by side as columns against their goals: a week, or four."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sitbreak.window.day_page import Figures
from sitbreak.window.day_protocol import ColumnMessage, SpanMessage
from sitbreak.window.day_rows import DayChart, DayRows
from sitbreak.window.look import Style
from sitbreak.window.widgets.text import Text

HEIGHT, TOP, BOTTOM = 196, 12, 28


class DayColumns(DayChart):
    """Minutes of each day, with a line at its goal."""

    steps: Mapping[int, int] = {int(Qt.Key.Key_Right): 1, int(Qt.Key.Key_Left): -1}

    def __init__(self, style: Style) -> None:
        """Takes the style; empty to begin with."""
        super().__init__(style)
        self.setFixedHeight(HEIGHT)

    @property
    def days(self) -> Sequence[ColumnMessage]:
        """See DayChart."""
        return self._span.columns

    def under(self, event: QMouseEvent) -> ColumnMessage | None:
        """See DayChart."""
        share = event.position().x() / max(1, self.width()) * 100
        return next((each for each in self.days if each.x <= share <= each.x + each.width), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells the day under the pointer."""
        found = self.under(event)
        self.pointed.emit(found.says if found else " ")
        self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)

    def _rise(self, share: float) -> float:
        return share * (HEIGHT - TOP - BOTTOM)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints scale, columns, goals and labels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._style.font(13, figures=True))
        ground = float(HEIGHT - BOTTOM)
        for share, label in self._span.lines:
            height = ground - self._rise(share)
            painter.setPen(QPen(self._style.colour("line"), 1))
            painter.drawLine(QPointF(0, height), QPointF(self.width() * 0.93, height))
            painter.setPen(self._style.colour("quiet"))
            painter.drawText(QRectF(self.width() * 0.94, height - 10, 40, 20), Qt.AlignmentFlag.AlignVCenter, label)
        for number, column in enumerate(self._span.columns):
            self._column(painter, column, ground, number == self._at and self.hasFocus())
        painter.setPen(QPen(self._style.colour("quiet"), 1))
        painter.drawLine(QPointF(0, ground), QPointF(self.width() * 0.93, ground))

    def _column(self, painter: QPainter, column: ColumnMessage, ground: float, framed: bool) -> None:
        wide = column.width / 100 * self.width()
        left, inner = column.x / 100 * self.width(), max(3.0, min(40.0, wide * 0.62))
        start = left + (wide - inner) / 2
        if column.height is not None:
            rect = QRectF(start, ground - self._rise(column.height), inner, self._rise(column.height))
            painter.fillRect(rect, self._style.colour("move"))
        goal = ground - self._rise(column.goal)
        painter.setPen(QPen(self._style.colour("ink"), 1.5))
        painter.drawLine(QPointF(start - 2, goal), QPointF(start + inner + 2, goal))
        if column.label:
            painter.setPen(self._style.colour("quiet"))
            half = painter.fontMetrics().horizontalAdvance(column.label) / 2 + 1
            middle = max(half, left + wide / 2)  # the first is not cut at the edge
            painter.drawText(
                QRectF(middle - half, ground + 5, 2 * half, 20), Qt.AlignmentFlag.AlignHCenter, column.label
            )
        if framed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._style.colour("ink"), 2))
            painter.drawRoundedRect(QRectF(left + 1, TOP, wide - 2, HEIGHT - 14), 4, 4)


class SpanPage(QWidget):
    """A week or four: columns against the goal, rows of hours, and figures."""

    def __init__(self, style: Style) -> None:
        """Takes the style."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.told = Text(style, "", 15)
        self.columns = DayColumns(style)
        self.hint = Text(style, "", 13, "quiet")
        self.figures = Figures(style)
        self.rows, self.caption = DayRows(style), Text(style, "", 13, "quiet")
        for widget in (self.told, self.columns, self.rows, self.hint, self.caption, self.figures):
            column.addWidget(widget)
        column.addStretch(1)
        for chart in (self.columns, self.rows):
            chart.pointed.connect(self.hint.setText)

    def show_span(self, span: SpanMessage) -> None:
        """Shows a week or four."""
        self.told.setText(span.told)
        self.hint.setText(" ")
        self.columns.show_span(span)
        self.rows.show_span(span)
        self.caption.setText(span.caption)
        self.caption.setVisible(bool(span.caption))
        self.figures.show_figures(span.figures)
