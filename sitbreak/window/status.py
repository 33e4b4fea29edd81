"""The status card: today's ring against the goal, how long you have been sitting, and what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from sitbreak.window.channel import Leave, Say
from sitbreak.window.desktop import Desktop
from sitbreak.window.look import Style
from sitbreak.window.pageparts import Rule, scrolling
from sitbreak.window.protocol import BadMessage, Entry, Message, StatusRequest, request_of
from sitbreak.window.shell import Shell
from sitbreak.window.widgets.buttons import Pressable, SignButton
from sitbreak.window.widgets.text import Text, Weight

WIDTH, RING = 344, 96
ROW = 36


class DayRing(QProgressBar):
    """Minutes out of the chair against the goal, as a ring with the number in it."""

    def __init__(self, style: Style, request: StatusRequest, spoken: str) -> None:
        """`spoken`: what a screen reader says."""
        super().__init__()
        self._style, self._request = style, request
        self.setFixedSize(RING, RING)
        self.setRange(0, max(1, round(request.goal_min)))
        self.setValue(min(self.maximum(), round(request.confirmed_min)))
        self.setAccessibleName(spoken)
        self.setTextVisible(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints ring and number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = 8.0
        ring = QRectF(self.rect()).adjusted(5, 5, -5, -5)
        painter.setPen(QPen(self._style.colour("line"), 2 if self._style.tokens.strong else thick))
        painter.drawEllipse(ring)
        goal = self._request.goal_min
        share = min(1.0, self._request.confirmed_min / goal) if goal > 0 else 0.0
        painter.setPen(QPen(self._style.colour("move"), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if share > 0:
            painter.drawArc(ring, 90 * 16, -round(share * 360 * 16))
        painter.setPen(self._style.colour("ink"))
        painter.setFont(self._style.font(32, Weight.Medium, figures=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(round(self._request.confirmed_min)))


class EntryButton(Pressable):
    """A line of the list: label at the left; a tick when it is on, an angle when more lies behind it."""

    def __init__(self, style: Style, entry: Entry, back: bool = False) -> None:
        """`back`: the line that leads back to the whole list."""
        super().__init__(style, entry.label)
        self._entry, self._back = entry, back
        self.setEnabled(entry.enabled)
        if entry.checked is not None:
            self.setCheckable(True)
            self.setChecked(entry.checked)
        self.setFont(style.font(15))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the label and its sign."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 56, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if (self.underMouse() or self.isDown()) and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._style.colour("tint"))
            painter.drawRoundedRect(rect, 8, 8)
        self.ring(painter, rect.adjusted(3, 3, -3, -3), 6)
        painter.setPen(self._style.colour("ink" if self.isEnabled() else "quiet"))
        left = 28 if self._back else 10
        painter.drawText(rect.adjusted(left, 0, -30, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        self._sign(painter, rect)

    def _sign(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(self._style.colour("quiet"), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = rect.center().y()
        if self._back:
            points = [QPointF(16, middle - 4), QPointF(12, middle), QPointF(16, middle + 4)]
        elif self._entry.children:
            right = rect.right() - 16
            points = [QPointF(right, middle - 4), QPointF(right + 4, middle), QPointF(right, middle + 4)]
        elif self._entry.checked:
            painter.setPen(QPen(self._style.colour("ink"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            right = rect.right() - 22
            points = [QPointF(right, middle), QPointF(right + 4, middle + 4), QPointF(right + 12, middle - 5)]
        else:
            return
        painter.drawPolyline(points)


class StatusPage(QWidget):
    """The card's content."""

    def __init__(self, style: Style, request: StatusRequest, chosen: Callable[[str], None], leave: Leave) -> None:
        """`chosen` is called with the key of the line pressed."""
        super().__init__()
        self._style, self._request, self._chosen = style, request, chosen
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 22, 24, 14)
        outer.setSpacing(12)
        outer.addLayout(self._top())
        if request.note:
            outer.addWidget(Text(style, request.note, 13, "quiet"))
        outer.addWidget(Rule(style))
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        holder = QWidget()
        holder.setLayout(self._list)
        self._holder = holder
        self._area = scrolling(style, holder)
        outer.addWidget(self._area)
        self._close = SignButton(style, "close", style.words("close"), self)
        self._close.clicked.connect(leave)
        self.buttons: list[EntryButton] = []
        self.fill(request.entries)

    def _top(self) -> QHBoxLayout:
        style, request, words = self._style, self._request, self._style.words
        minutes, goal = round(request.confirmed_min), round(request.goal_min)
        told = words("status_goal", minutes=minutes, goal=goal) if goal else words("status_free", minutes=minutes)
        row, column = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(20)
        column.setSpacing(4)
        column.addStretch(1)
        column.addWidget(
            Text(style, request.title if request.title else words("status_title"), 20, weight=Weight.DemiBold)
        )
        column.addWidget(Text(style, told, 15))
        if request.sitting_min >= 1:
            column.addWidget(Text(style, words("status_sitting", minutes=round(request.sitting_min)), 13, "quiet"))
        column.addStretch(1)
        row.addWidget(DayRing(style, request, told))
        row.addLayout(column, 1)
        return row

    def fill(self, entries: tuple[Entry, ...], inside: str = "") -> None:
        """Lists entries; `inside`: the label of the entry they lie behind."""
        while self._list.count():
            item = self._list.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self.buttons = []
        if inside:
            back = self._button(Entry(inside, "back"), back=True)
            back.clicked.connect(lambda: self.fill(self._request.entries))
        for entry in entries:
            self._add(entry)
        self._holder.adjustSize()
        self._area.setFixedHeight(min(self._list.sizeHint().height(), 11 * ROW))

    def _add(self, entry: Entry) -> None:
        if entry.label == "-":
            self._list.addSpacing(5)
            self._list.addWidget(Rule(self._style))
            self._list.addSpacing(5)
        elif not entry.key and not entry.children:
            text = Text(self._style, entry.label, 13, "quiet")
            text.setContentsMargins(10, 6, 10, 6)
            self._list.addWidget(text)
        else:
            button = self._button(entry)
            if entry.children:
                button.clicked.connect(lambda: self.fill(entry.children, entry.label))
            else:
                button.clicked.connect(lambda: self._chosen(entry.key))

    def _button(self, entry: Entry, back: bool = False) -> EntryButton:
        button = EntryButton(self._style, entry, back)
        self._list.addWidget(button)
        self.buttons.append(button)
        return button

    def resizeEvent(self, event: object) -> None:
        """Keeps the close button in its corner."""
        self._close.move(self.width() - 38, 8)


class StatusScene(QObject):
    """The status card on the screen."""

    def __init__(
        self,
        request: StatusRequest,
        style: Style,
        desktop: Desktop,
        say: Say,
        leave: Leave,
    ) -> None:
        """Builds it; `appear` shows it."""
        super().__init__()
        self._style, self._say, self._leave = style, say, leave
        self.shell = Shell(style, desktop, style.words("status_title"))
        self.shell.escape = self.shell.closing = leave
        self.page = self._page(request)
        self.shell.put(self.page, width=WIDTH)

    def _page(self, request: StatusRequest) -> StatusPage:
        return StatusPage(self._style, request, self._choose, self._leave)

    def _choose(self, key: str) -> None:
        self._say("chosen", key=key)
        self._leave()

    def appear(self) -> None:
        """Puts it on the screen."""
        self.shell.appear()
        if self.page.buttons:
            self.page.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, message: Message) -> None:
        """`status` brings new figures."""
        if message.get("do") != "status":
            return
        try:
            request = request_of({**message, "kind": "status"})
        except BadMessage as error:
            self._say("complaint", text=str(error))
            return
        if isinstance(request, StatusRequest):
            self.page = self._page(request)
            self.shell.put(self.page, width=WIDTH)
