"""A choice out of a list or a month: a field with an angle at its end, and below it what is to be chosen from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import (
    QDate,
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QRegion, QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDateEdit,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStyleOptionViewItem,
    QStylePainter,
    QWidget,
)

from sitbreak.language import code
from sitbreak.window.desktop_capabilities import free_of
from sitbreak.window.look import Style

ROW, RADIUS, GAP, EDGE = 36, 8, 4, 5  # pixels; the edge is the list's padding and its line
TICK_ROOM, MOST_ROWS = 34, 12
SIZE, SIDES = 15, 52  # pixels: its letters, and what stands beside them: padding, lines, the angle
Index = QModelIndex | QPersistentModelIndex


def line(style: Style, token: str, width: float) -> QPen:
    """A pen with round ends."""
    return QPen(style.colour(token), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


class NoWheel(QObject):
    """Keeps the wheel from changing a field while the page is scrolled."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets the page have wheel turns over a field without focus."""
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


class ChoiceRow(QStyledItemDelegate):
    """A line of the list: shaded under the pointer or the keys, with a tick at the one that is chosen."""

    def __init__(self, style: Style, box: QComboBox) -> None:
        """`box` knows which one is chosen."""
        super().__init__(box)
        self._style, self._box = style, box

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as a line of the other lists."""
        words = self._box.fontMetrics().horizontalAdvance(str(index.data()))
        return QSize(words + 10 + TICK_ROOM, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints the line."""
        rect = QRectF(option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._style.colour("tint"))
            painter.drawRoundedRect(rect, RADIUS - 2, RADIUS - 2)
        painter.setFont(self._box.font())
        painter.setPen(self._style.colour("ink"))
        painter.drawText(rect.adjusted(8, 0, -TICK_ROOM, 0), Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        if index.row() == self._box.currentIndex():
            middle = QPointF(rect.right() - 18, rect.center().y())
            painter.setPen(line(self._style, "action", 2))
            ends = (QPointF(-6, 0), QPointF(-2, 4), QPointF(6, -5))
            painter.drawPolyline([middle + end for end in ends])


class Drop(QComboBox):
    """A choice with an angle at its right end, and its list below."""

    def __init__(self, style: Style) -> None:
        """Takes the style."""
        super().__init__()
        self._style = style
        listed = QListView()
        listed.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setView(listed)
        self.setItemDelegate(ChoiceRow(style, self))
        self.setMaxVisibleItems(MOST_ROWS)
        self.installEventFilter(NoWheel(self))

    def whole_width(self) -> int:
        """Pixels in which each of the choices is whole. `sizeHint` knows that once the page's sheet is in force."""
        return width_for(self._style, [self.itemText(row) for row in range(self.count())])

    def showPopup(self) -> None:
        """Puts the list below the field (above it, where there is no room), as wide as its longest line."""
        super().showPopup()
        view, popup = self.view(), self.view().window()
        if isinstance(popup, QFrame):
            popup.setFrameStyle(QFrame.Shape.NoFrame)
        rows = range(min(self.count(), MOST_ROWS))
        wide = max(
            self.width(),
            max((view.sizeHintForIndex(self.model().index(row, 0)).width() for row in rows), default=0) + 2 * EDGE,
        )
        high = ROW * len(rows) + 2 * EDGE
        below = self.mapToGlobal(QPoint(0, self.height() + GAP))
        room = free_of(self.screen())
        if below.y() + high > room.bottom():
            below.setY(max(room.top(), self.mapToGlobal(QPoint(0, -GAP)).y() - high))
        popup.setGeometry(min(below.x(), room.right() - wide), below.y(), wide, min(high, room.height()))
        path = QPainterPath()
        path.addRoundedRect(QRectF(popup.rect()), RADIUS - 2, RADIUS - 2)  # outside of the line, which stays whole
        popup.setMask(QRegion(path.toFillPolygon().toPolygon()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the field and the angle; dots stand for what of the choice has no room, which its list shows whole."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        parts, words = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(parts, option, words, self).width()
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(parts, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
        paint_angle(self, self._style)


class DayDrop(QDateEdit):
    """A day, written as the language does, and its month below the angle at its right end."""

    def __init__(self, style: Style, day: QDate) -> None:
        """Takes the style, and the day to begin with."""
        super().__init__(day)
        self._style = style
        found, form = dates_of(code())
        self.setLocale(found)
        self.setDisplayFormat(form)
        self.setCalendarPopup(True)
        self.installEventFilter(NoWheel(self))
        self._form = form
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # else red, which means nothing here
            self.calendarWidget().setWeekdayTextFormat(weekend, QTextCharFormat())

    def whole_width(self) -> int:
        """Pixels in which every day of a year is whole."""
        days = [QDate(2000, month, 20) for month in range(1, 13)]
        return width_for(self._style, [self.locale().toString(day, self._form) for day in days])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the field and the angle."""
        super().paintEvent(event)
        paint_angle(self, self._style)


def width_for(style: Style, texts: Iterable[str]) -> int:
    """Pixels of a field in which the longest of the texts is whole."""
    metrics = QFontMetrics(style.font(SIZE))
    return max(map(metrics.horizontalAdvance, texts), default=0) + SIDES


def dates_of(language: str) -> tuple[QLocale, str]:
    """How a language writes a date, with the month in words, as nobody takes it for the day; without the weekday.

    As the system does it, where that speaks the same language.
    """
    system, spoken = QLocale.system(), QLocale(language)
    found = system if system.language() == spoken.language() else spoken
    return found, re.sub(r"[,\s]*dddd[,\s]*", "", found.dateFormat(QLocale.FormatType.LongFormat))


def paint_angle(field: QWidget, style: Style) -> None:
    """The angle that says that something is below a field."""
    painter = QPainter(field)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(line(style, "quiet", 1.8))
    x, y = field.width() - 18.0, field.height() / 2
    painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])
