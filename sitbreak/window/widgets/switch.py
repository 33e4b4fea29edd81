"""The switch of levels: a few words side by side, one of them chosen; and a plain on/off switch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from sitbreak.window.look import Style
from sitbreak.window.widgets.buttons import BY_KEYS
from sitbreak.window.widgets.text import Weight

MARK, GAP, LINE_HEIGHT = 20, 12, 32
BESIDE = MARK + GAP + 8  # pixels of a line that are not words


# Shared by two of Qt's classes; a class of Python's, as PySide takes one of Qt's as a base and no second.
if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object


class MarkedLine(_Button):
    """A line with a mark before it, as its check box and its radio button have it."""

    _style: Style
    SINGLE = False  # one of several, drawn round

    def dress(self, style: Style, on: bool) -> None:
        """Called once the button has its text."""
        self._style = style
        self.setAccessibleName(self.text())
        self.setChecked(on)
        self.setFont(style.font(15))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        style.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Room for mark and words."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + BESIDE, LINE_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """No word is ever cut; where there is little room, they stand on several lines."""
        longest = max(map(self.fontMetrics().horizontalAdvance, self.text().split()), default=0)
        return QSize(longest + BESIDE, LINE_HEIGHT)

    def heightForWidth(self, width: int) -> int:
        """As many lines as the words take."""
        room = QRect(0, 0, max(1, width - BESIDE + 4), 10_000)
        words = self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text())
        return max(LINE_HEIGHT, words.height() + 8)

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
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap), self.text())

    def _mark(self, painter: QPainter, box: QRectF) -> None:
        on, radius = self.isChecked(), MARK / 2 if self.SINGLE else 6
        painter.setPen(QPen(self._style.colour("action" if on else "quiet"), 1.5))
        painter.setBrush(self._style.colour("action") if on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)
        if on and self.SINGLE:
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


class ChoiceCard(MarkedLine, QCheckBox):
    """A line that is ticked or not."""

    def __init__(self, style: Style, text: str, on: bool) -> None:
        """`on`: ticked to begin with."""
        super().__init__(text)
        self.dress(style, on)


class RadioLine(MarkedLine, QRadioButton):
    """A line of which one in a group is chosen; the arrows go through the group."""

    SINGLE = True

    def __init__(self, style: Style, text: str, on: bool) -> None:
        """`on`: chosen to begin with."""
        super().__init__(text)
        self.dress(style, on)


HEIGHT, SIDE = 36, 11


class Segment(QRadioButton):
    """One choice of a switch; a radio button to keys and screen readers."""

    def __init__(self, style: Style, text: str, parent: QWidget) -> None:
        """Takes its label."""
        super().__init__(text, parent)
        self._style, self._by_keys = style, False
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFont(style.font(13, Weight.Medium))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        style.changed.connect(self.update)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remembers whether the keyboard brought the focus."""
        self._by_keys = event.reason() in BY_KEYS
        super().focusInEvent(event)

    def sizeHint(self) -> QSize:
        """Room for the label."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2 * SIDE, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """A label is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses it, as Space does; any key brings the focus ring out."""
        self._by_keys = True
        self.update()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def hitButton(self, pos: object) -> bool:
        """The whole segment can be pressed."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the label (the sliding ground is the switch's) and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = "ink" if self.isChecked() or self.underMouse() else "quiet"
        painter.setPen(self._style.colour(token))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus() and self._by_keys:
            painter.setPen(QPen(self._style.colour("ink"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 7, 7)


class Switch(QWidget):
    """Words side by side, one chosen; `chosen` with its key when the person picks another."""

    chosen = Signal(str)

    def __init__(self, style: Style, name: str, choices: Sequence[tuple[str, str]], now: str) -> None:
        """`choices`: keys and labels; `now`: the key chosen to begin with; `name`: for screen readers."""
        super().__init__()
        self._style, self._slide = style, QVariantAnimation(self)
        self._thumb = QRectF()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(0)
        self.segments: dict[str, Segment] = {}
        for key, label in choices:
            segment = self.segments[key] = Segment(style, label, self)
            segment.setChecked(key == now)
            segment.toggled.connect(lambda on, key=key: self._toggled(key, on))
            row.addWidget(segment)
        self._slide.valueChanged.connect(self._moved)
        style.changed.connect(self.update)

    def _toggled(self, key: str, on: bool) -> None:
        if on:
            self._slide.stop()
            self._slide.setStartValue(self._thumb)
            self._slide.setEndValue(QRectF(self.segments[key].geometry()))
            self._slide.setDuration(self._style.motion_ms)
            self._slide.start()
            self.chosen.emit(key)

    def _moved(self, rect: QRectF) -> None:
        self._thumb = rect
        self.update()

    def show_key(self, key: str) -> None:
        """Shows another choice without saying that it was picked."""
        self.blockSignals(True)
        self.segments[key].setChecked(True)
        self.blockSignals(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the trough and the chosen segment's ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self._style.tokens.strong
        rect = QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5)
        painter.setPen(QPen(self._style.colour("line"), 1))
        painter.setBrush(self._style.colour("paper") if strong else self._style.colour("tint"))
        painter.drawRoundedRect(rect, 10, 10)
        if self._slide.state() is not QVariantAnimation.State.Running:
            chosen = next((s for s in self.segments.values() if s.isChecked()), None)
            self._thumb = QRectF(chosen.geometry()) if chosen is not None else QRectF()
        painter.setPen(QPen(self._style.colour("move" if strong else "sit"), 2 if strong else 1))
        painter.setBrush(self._style.colour("paper"))
        painter.drawRoundedRect(self._thumb.adjusted(2.5, 2.5, -2.5, -2.5), 8, 8)


class Toggle(QCheckBox):
    """An on/off switch; a check box to keys and screen readers."""

    def __init__(self, style: Style, name: str, on: bool = False) -> None:
        """`name`: what a screen reader says."""
        super().__init__()
        self._style = style
        self.setAccessibleName(name)
        self.setChecked(on)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(52, 32)
        style.changed.connect(self.update)

    def hitButton(self, pos: object) -> bool:
        """The whole switch can be pressed."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints trough and knob; the knob's side, not only the colour, tells the state."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        rect = QRectF(4, 4, 44, 24)
        painter.setPen(QPen(self._style.colour("quiet"), 1) if not self.isChecked() else Qt.PenStyle.NoPen)
        painter.setBrush(self._style.colour("action" if self.isChecked() else "tint"))
        painter.drawRoundedRect(rect, 12, 12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._style.colour("paper" if self.isChecked() else "quiet"))
        left = rect.right() - 21 if self.isChecked() else rect.left() + 3
        painter.drawEllipse(QRectF(left, rect.top() + 3, 18, 18))
        if self.hasFocus():
            painter.setPen(QPen(self._style.colour("ink"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), 15, 15)
