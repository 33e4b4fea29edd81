"""How it stands: today's ring against the goal, how long you have been sitting, and what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from sitbreak.core.rounding import full
from sitbreak.window.look import Style
from sitbreak.window.protocol import EntryMessage, StatusRequest
from sitbreak.window.widgets.buttons import EntryButton
from sitbreak.window.widgets.layout import rule
from sitbreak.window.widgets.text import Text, Weight

RING = 96


class DayRing(QProgressBar):
    """Minutes out of the chair against the goal, as a ring with the number in it."""

    def __init__(self, style: Style) -> None:
        """Takes the style; empty to begin with."""
        super().__init__()
        self._style, self._minutes, self._goal = style, 0.0, 0.0
        self.setFixedSize(RING, RING)
        self.setTextVisible(False)

    def show_minutes(self, minutes: float, goal: float, spoken: str) -> None:
        """Shows minutes against a goal (0: none); `spoken`: what a screen reader says."""
        self._minutes, self._goal = minutes, goal
        self.setRange(0, max(1, round(goal)))
        self.setValue(min(self.maximum(), full(minutes)))
        self.setAccessibleName(spoken)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints ring and number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = 8.0
        ring = QRectF(self.rect()).adjusted(5, 5, -5, -5)
        painter.setPen(QPen(self._style.colour("line"), 2 if self._style.tokens.strong else thick))
        painter.drawEllipse(ring)
        share = min(1.0, self._minutes / self._goal) if self._goal > 0 else 0.0
        painter.setPen(QPen(self._style.colour("move"), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if share > 0:
            painter.drawArc(ring, 90 * 16, -round(share * 360 * 16))
        painter.setPen(self._style.colour("ink"))
        painter.setFont(self._style.font(32, Weight.Medium, figures=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(full(self._minutes)))


class StatusPage(QWidget):
    """The ring, the present in words, and the tray's entries as a list."""

    def __init__(self, style: Style, request: StatusRequest, chosen: Callable[[str], None]) -> None:
        """`chosen` is called with the key of the line pressed."""
        super().__init__()
        self._style, self._request, self._chosen, self._inside = style, request, chosen, ""
        self._title, self._told = Text(style, size=20, weight=Weight.DemiBold), Text(style)
        self._sitting, self._note = Text(style, size=13, token="quiet"), Text(style, size=13, token="quiet")
        self._ring = DayRing(style)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 22, 24, 14)
        outer.setSpacing(12)
        outer.addLayout(self._top())
        outer.addWidget(self._note)
        outer.addWidget(rule(style))
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        holder = QWidget()
        holder.setLayout(self._list)
        self._holder = holder
        outer.addWidget(holder)
        self.buttons: list[EntryButton] = []
        self.fill(request.entries)
        self.show_figures(request)

    def _top(self) -> QHBoxLayout:
        row, column = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(20)
        column.setSpacing(4)
        column.addStretch(1)
        for text in (self._title, self._told, self._sitting):
            column.addWidget(text)
        column.addStretch(1)
        row.addWidget(self._ring)
        row.addLayout(column, 1)
        return row

    def show_figures(self, request: StatusRequest, *, still: bool = False) -> bool:
        """Shows the figures of a request; `still`: only what moves nothing below, and False where that is not all."""
        words, minutes, goal = self._style.words, full(request.confirmed_min), round(request.goal_min)
        key = ("status_moved" if goal else "status_moved_free") if request.seated_mode else None
        key = key or ("status_goal" if goal else "status_free")
        told = words(key, minutes=minutes, goal=goal)
        sitting = "" if request.title else words("status_sitting", minutes=full(request.sitting_min))
        texts = {
            self._title: request.title if request.title else words("status_title"),
            self._told: told,
            self._sitting: sitting if request.sitting_min >= 1 else "",
            self._note: request.note,
        }
        self._ring.show_minutes(request.confirmed_min, request.goal_min, told)
        if still:
            return all([text.settle(each) for text, each in texts.items()])
        for text, each in texts.items():
            text.setText(each)
            text.setVisible(bool(each))
        return True

    def fill(self, entries: tuple[EntryMessage, ...], inside: str = "") -> None:
        """Lists entries; `inside`: the label of the entry they lie behind."""
        self._inside = inside
        while self._list.count():
            item = self._list.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self.buttons = []
        if inside:
            back = self._button(EntryMessage(inside, "back"), back=True)
            back.chosen.connect(lambda: self.fill(self._request.entries))
        for entry in entries:
            self._add(entry)
        self._holder.adjustSize()

    def renew(self, request: StatusRequest, *, still: bool = False) -> bool:
        """Lists other entries, or those behind the same one; `still`: only if none moves by it, False otherwise.

        The keyboard stays on the one it was on, or begins anew at the first.
        """
        if request.entries == self._request.entries:
            return True
        if still and _rows(request.entries) != _rows(self._request.entries):
            return False
        self._request = request
        focused = next((button for button in self.buttons if button is self.window().focusWidget()), None)
        if focused is not None:
            focused.clearFocus()  # or it would wander to what stands behind the list, and scroll there
        behind = next((each.children for each in request.entries if each.label == self._inside), ())
        self.fill(behind or request.entries, self._inside if behind else "")
        if focused is not None and self.buttons:
            same = next((each for each in self.buttons if each.key == focused.key), self.buttons[0])
            same.show()  # its layout would only in a moment, and what is not shown takes no focus
            same.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _add(self, entry: EntryMessage) -> None:
        if entry.label == "-":
            self._list.addSpacing(5)
            self._list.addWidget(rule(self._style))
            self._list.addSpacing(5)
        elif not entry.key and not entry.children:
            text = Text(self._style, entry.label, 13, "quiet")
            text.setContentsMargins(10, 6, 10, 6)
            self._list.addWidget(text)
        else:
            button = self._button(entry)
            if entry.children:
                button.chosen.connect(lambda: self.fill(entry.children, entry.label))
            else:
                button.chosen.connect(lambda: self._chosen(entry.key))

    def _button(self, entry: EntryMessage, back: bool = False) -> EntryButton:
        button = EntryButton(self._style, entry, back)
        self._list.addWidget(button)
        self.buttons.append(button)
        return button


def _rows(entries: tuple[EntryMessage, ...]) -> list[object]:
    """What stands in which row, whatever is ticked: plain lines by their words, which may wrap."""
    return [(each.key, "" if each.key else each.label, _rows(each.children)) for each in entries]
