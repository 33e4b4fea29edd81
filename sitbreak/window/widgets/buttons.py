"""Buttons: filled for the main answer, outlined, bare, small and round with a sign, and one that asks twice."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from sitbreak.language import paragraph, sentence
from sitbreak.window.look import Style
from sitbreak.window.protocol import EntryMessage
from sitbreak.window.widgets.text import Weight

HEIGHT, SIDE, BARE_SIDE, ROUND = 36, 13, 7, 10.0
BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
FOCUS_GAP = 3


class Pressable(QPushButton):
    """A push button painted by us: keeps Qt's keys, focus order and screen-reader role."""

    def __init__(self, style: Style, text: str, parent: QWidget | None = None) -> None:
        """`text` is its label and what a screen reader says."""
        super().__init__(text, parent)
        self._style, self._by_keys = style, False
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)
        style.changed.connect(self.update)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remembers whether the keyboard brought the focus: only then the ring is shown."""
        self._by_keys = event.reason() in BY_KEYS
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does (Qt does so in dialogs only); any key brings the focus ring out."""
        self._by_keys = True
        self.update()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is over it."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer left."""
        super().leaveEvent(event)
        self.update()

    @property
    def focused(self) -> bool:
        """Whether to show the focus ring."""
        return self.hasFocus() and self._by_keys

    def ring(self, painter: QPainter, rect: QRectF, radius: float) -> None:
        """Paints the focus ring inside the widget's margin, around `rect`."""
        if self.focused:
            painter.setPen(QPen(self._style.colour("ink"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            grown = rect.adjusted(-FOCUS_GAP + 1, -FOCUS_GAP + 1, FOCUS_GAP - 1, FOCUS_GAP - 1)
            painter.drawRoundedRect(grown, radius + 2, radius + 2)


class Button(Pressable):
    """A labelled button; `role` is primary, plain or bare."""

    def __init__(self, style: Style, text: str, role: str = "plain", parent: QWidget | None = None) -> None:
        """Takes its label and role."""
        super().__init__(style, text, parent)
        self._role = role
        self.setFont(style.font(15, Weight.DemiBold if role == "primary" else Weight.Normal))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the label and the focus ring."""
        side = SIDE if self._role != "bare" else BARE_SIDE
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2 * side
        return QSize(max(width, 48) + 2 * FOCUS_GAP, HEIGHT + 2 * FOCUS_GAP)

    def minimumSizeHint(self) -> QSize:
        """A label is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints ground, label and focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(FOCUS_GAP, FOCUS_GAP, -FOCUS_GAP, -FOCUS_GAP)
        self._ground(painter, rect)
        self.ring(painter, rect, ROUND)
        painter.setPen(self._style.colour(self._ink()))
        if not self.isEnabled():
            painter.setOpacity(0.5)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())

    def _ink(self) -> str:
        return {"primary": "on_action", "plain": "ink", "bare": "quiet" if not self.underMouse() else "ink"}[self._role]

    def _ground(self, painter: QPainter, rect: QRectF) -> None:
        style, over = self._style, self.underMouse() and self.isEnabled()
        painter.setPen(Qt.PenStyle.NoPen)
        if self._role == "primary":
            fill = style.colour("action")
            painter.setBrush(fill.darker(112) if self.isDown() else fill.lighter(106) if over else fill)
        else:
            painter.setBrush(style.colour("tint") if over or self.isDown() else Qt.BrushStyle.NoBrush)
            if self._role == "plain":
                painter.setPen(QPen(style.colour("sit"), 2 if style.tokens.strong else 1))
                rect = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, ROUND, ROUND)


class SignButton(Pressable):
    """A small round button with a sign: help, hide, show, close. `text` is only spoken and shown as a tip."""

    def __init__(self, style: Style, sign: str, text: str, parent: QWidget | None = None) -> None:
        """Takes the sign and what it means."""
        super().__init__(style, "", parent)
        self._sign = sign
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setFixedSize(30, 30)
        self.setFont(style.font(13, Weight.DemiBold))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        over = self.underMouse() or self.isDown()
        if over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._style.colour("tint"))
            painter.drawEllipse(rect)
        self.ring(painter, rect, 12)
        ink = self._style.colour("ink" if over else "quiet")
        if not self.isEnabled():
            painter.setOpacity(0.35)
        painter.setPen(QPen(ink, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        self._draw(painter, rect.center())

    def _draw(self, painter: QPainter, at: QPointF) -> None:
        if self._sign == "help":
            painter.drawText(QRectF(at.x() - 12, at.y() - 12, 24, 24), Qt.AlignmentFlag.AlignCenter, "?")
        elif self._sign == "close":
            painter.drawLine(at + QPointF(-4, -4), at + QPointF(4, 4))
            painter.drawLine(at + QPointF(-4, 4), at + QPointF(4, -4))
        elif self._sign == "another":
            painter.drawArc(QRectF(at.x() - 5, at.y() - 5, 10, 10), 60 * 16, 270 * 16)
            painter.drawPolyline([at + QPointF(-1, -7), at + QPointF(2.5, -4.3), at + QPointF(-0.5, -1.5)])
        elif self._sign in ("back", "on"):
            far = 2.5 if self._sign == "back" else -2.5
            painter.drawPolyline([at + QPointF(far, -5), at + QPointF(-far, 0), at + QPointF(far, 5)])
        else:
            painter.drawLine(at + QPointF(-5, 0), at + QPointF(5, 0))


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
        self.setAccessibleName(paragraph(sentence(self._name), self.text()) if on else self._name)
        self.updateGeometry()


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
