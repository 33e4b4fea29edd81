"""Days one below the other on one clock, or the hours of each weekday: a row each, as in the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from sitbreak.language import clauses
from sitbreak.window.day_page import Figures
from sitbreak.window.day_protocol import BlockMessage, ColumnMessage, RowMessage, SpanMessage
from sitbreak.window.daystrip import SHAPES, paint_piece
from sitbreak.window.look import Style
from sitbreak.window.widgets.text import Text

ROW, AXIS, GAP = 36, 22, 12  # pixels: of a row, of the hours below them, and between its three parts
HALF = 0.5  # of the size that a piece has on the strip of a day
CELL = (-20, 40)  # an hour of a weekday, which has no line to stand on: where it begins, and how high it is


class DayChart(QWidget):
    """Days to look at. `pointed` tells what is under the pointer or the keys, `chosen` the day that is wanted (ISO)."""

    pointed, chosen = Signal(str), Signal(str)
    steps: Mapping[int, int] = {}  # keys, and how far each leads

    def __init__(self, style: Style) -> None:
        """Takes the style; empty to begin with."""
        super().__init__()
        self._style, self._at = style, -1
        self._span = SpanMessage("week", "", "", "")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        style.changed.connect(self.update)

    @property
    def days(self) -> Sequence[RowMessage | ColumnMessage]:
        """What is shown, in its order."""
        raise NotImplementedError

    def under(self, event: QMouseEvent) -> RowMessage | ColumnMessage | None:
        """The one at the pointer."""
        raise NotImplementedError

    def show_span(self, span: SpanMessage) -> None:
        """Shows others; hidden where there are none."""
        self._span, self._at = span, -1
        self.setVisible(bool(self.days))
        self.setAccessibleName(span.title)
        self.setAccessibleDescription(clauses(each.says for each in self.days))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from one to the next, Enter into its day."""
        step = self.steps.get(event.key())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at >= 0:
            self._choose(self.days[self._at])
        elif step is not None and 0 <= self._at + step < len(self.days):
            self._at += step
            says = self.days[self._at].says
            self.setAccessibleName(says)
            self.pointed.emit(says)
            self.update()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Into the day that is clicked."""
        found = self.under(event)
        if found is not None and event.button() is Qt.MouseButton.LeftButton:
            self._choose(found)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self.pointed.emit(" ")

    def _choose(self, each: RowMessage | ColumnMessage) -> None:
        if each.day:
            self.chosen.emit(each.day)


class DayRows(DayChart):
    """Rows of pieces."""

    steps: Mapping[int, int] = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}

    @property
    def days(self) -> Sequence[RowMessage]:
        """See DayChart."""
        return self._span.rows

    def under(self, event: QMouseEvent) -> RowMessage | None:
        """See DayChart."""
        number = int(event.position().y() // ROW)
        return self.days[number] if 0 <= number < len(self.days) else None

    def show_span(self, span: SpanMessage) -> None:
        """See DayChart."""
        super().show_span(span)
        self.setFixedHeight(ROW * len(span.rows) + AXIS)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells the piece under the pointer, else its row."""
        row = self.under(event)
        said = [] if row is None else [row.says, *(each.says for each in row.blocks if self._over(each, event))]
        self.pointed.emit(said[-1] if said else " ")
        leads = row is not None and bool(row.day)
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    def _over(self, block: BlockMessage, event: QMouseEvent) -> bool:
        rect = self._rect(block, 0)
        return rect.left() <= event.position().x() <= rect.right()

    def _sides(self) -> tuple[float, float]:
        """Where the pieces begin and end, between the names and the values."""
        metrics = self.fontMetrics()
        names = max((metrics.horizontalAdvance(row.name) for row in self._span.rows), default=0)
        values = max((metrics.horizontalAdvance(row.value) for row in self._span.rows), default=0)
        return names + GAP, self.width() - (values + GAP if values else 2)

    def _x(self, share: float) -> float:
        left, right = self._sides()
        return left + share / 100 * (right - left)

    def _rect(self, block: BlockMessage, number: int) -> QRectF:
        above, high = SHAPES[block.kind] if self._span.rows[number].day else CELL
        x, ground = self._x(block.x), ROW * (number + HALF)
        return QRectF(x, ground + above * HALF, max(1.5, self._x(block.x + block.width) - x), high * HALF)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints hours, and each row with its name and its value."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._style.font(13, figures=True)
        self.setFont(font)
        painter.setFont(font)
        bottom = float(ROW * len(self._span.rows))
        for hour in self._span.hours:
            x = self._x(hour.x)
            painter.setPen(QPen(self._style.colour("line"), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, bottom))
            painter.setPen(self._style.colour("quiet"))
            painter.drawText(QRectF(x - 20, bottom + 2, 40, 20), Qt.AlignmentFlag.AlignHCenter, hour.label)
        for number, row in enumerate(self._span.rows):
            self._paint_row(painter, row, number)

    def _paint_row(self, painter: QPainter, row: RowMessage, number: int) -> None:
        line = QRectF(0, ROW * number, self.width(), ROW)
        painter.setPen(self._style.colour("quiet"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.name)
        painter.setPen(self._style.colour("ink"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.value)
        for block in row.blocks:
            painter.setOpacity(block.ink)
            paint_piece(painter, self._rect(block, number), block.kind, self._style)
        painter.setOpacity(1.0)
        if row.blocks and row.day:
            painter.setPen(QPen(self._style.colour("quiet"), 1))
            first, last = (self._rect(row.blocks[index], number) for index in (0, -1))
            ground = line.center().y()
            painter.drawLine(QPointF(first.left(), ground), QPointF(last.right(), ground))
        if number == self._at and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._style.colour("ink"), 2))
            painter.drawRoundedRect(line.adjusted(1, 1, -1, -1), 4, 4)


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
