"""The working hours of one weekday as a strip: drawn over with the pointer, or walked along with the keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sitbreak.language import comma_list, named
from sitbreak.settings.kinds import Hours, NotAllowed
from sitbreak.settings.written_values import write_range
from sitbreak.window.look import Style

DAY, STEP = 1440, 30  # minutes of a day, and of a step of the strip
HEIGHT, BAR = 40, 20  # pixels, with the hours below the bar, and of the bar
LABELS = (0, 6, 12, 18, 24)
Ranges = tuple[tuple[int, int], ...]  # minutes from midnight; an end after 1440 is on the next day


def ranges_of(value: object) -> Ranges:
    """The ranges of a setting's plain value, such as ["09:00-12:30"]; none where they cannot be read."""
    try:
        read = Hours().read(value)
    except NotAllowed:
        return ()
    found = []
    for pair in read if isinstance(read, tuple) else ():
        start, end = (each.hour * 60 + each.minute for each in pair)
        found.append((start, end if end > start else end + DAY))
    return tuple(sorted(found))


def texts_of(ranges: Ranges) -> list[str]:
    """The ranges as the setting keeps them."""
    return [write_range((_clock(start), _clock(end))) for start, end in ranges]


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


def painted(ranges: Ranges, first: int, last: int, *, on: bool) -> Ranges:
    """The ranges with the minutes from `first` to `last` added or taken out.

    What is left of a range after midnight alone belongs to the next day, so it goes.
    """
    pieces: list[tuple[int, int]] = [(first, last)] if on else []
    for start, end in ranges:
        pieces += [(start, end)] if on else [(start, min(end, first)), (max(start, last), end)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(piece for piece in pieces if piece[0] < piece[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    # A range is shorter than a day, but for the whole day from midnight to midnight.
    most = {0: DAY}
    return tuple((start, min(end, most.get(start, start + DAY - 1))) for start, end in joined if start < DAY)


class HoursStrip(QWidget):
    """Midnight to midnight. `changed` is called with the new value once a stroke has ended."""

    def __init__(self, style: Style, name: str, changed: Callable[[list[str]], None]) -> None:
        """`name`: of the weekday."""
        super().__init__()
        self._style, self._name, self._changed = style, name, changed
        self.ranges: Ranges = ()
        self._stroke: tuple[int, int, bool] | None = None  # from this step to that one, adding or taking out
        self._at = 18  # the step the keys are at: 09:00
        self._hours = True
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        style.changed.connect(self.update)

    def show_hours(self, *, on: bool) -> None:
        """The hours below it, or room for the bar alone."""
        self._hours = on
        self.setFixedHeight(HEIGHT if on else BAR + 2)

    def show_value(self, value: object) -> None:
        """Shows the ranges of a value."""
        self.ranges = ranges_of(value)
        self._tell()
        self.update()

    def _tell(self) -> None:
        said = comma_list(texts_of(self.ranges)) or self._style.words("hours_none")
        self.setAccessibleName(named(self._name, said))
        here = f"{self._at * STEP // 60:02}:{self._at * STEP % 60:02}"
        self.setAccessibleDescription(self._style.words("hours_keys", time=here))

    def _drawn(self) -> Ranges:
        """The ranges with the stroke under way."""
        if self._stroke is None:
            return self.ranges
        begun, at, on = self._stroke
        return painted(self.ranges, min(begun, at) * STEP, (max(begun, at) + 1) * STEP, on=on)

    def _set_at(self, step: int) -> bool:
        middle = step * STEP + STEP // 2
        return any(start <= middle < end for start, end in self.ranges)

    def _step_at(self, x: float) -> int:
        return max(0, min(DAY // STEP - 1, int((x - 1) / max(1, self.width() - 2) * DAY / STEP)))

    def _finish(self) -> None:
        self.ranges, self._stroke = self._drawn(), None
        self._tell()
        self.update()
        self._changed(texts_of(self.ranges))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a stroke: it adds where nothing was, and takes out where something was."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._at = self._step_at(event.position().x())
            self._stroke = (self._at, self._at, not self._set_at(self._at))
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draws it out."""
        if self._stroke is not None:
            self._at = self._step_at(event.position().x())
            self._stroke = (self._stroke[0], self._at, self._stroke[2])
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends it."""
        if self._stroke is not None:
            self._finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right walk half an hour, with Shift they draw; Space sets or clears where they are."""
        step = {int(Qt.Key.Key_Right): 1, int(Qt.Key.Key_Left): -1}.get(event.key())
        if step is not None:
            on = self._set_at(self._at)
            self._at = max(0, min(DAY // STEP - 1, self._at + step))
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._set_at(self._at) != on:
                self._stroke = (self._at, self._at, on)
                self._finish()
        elif event.key() == Qt.Key.Key_Space:
            self._stroke = (self._at, self._at, not self._set_at(self._at))
            self._finish()
        else:
            super().keyPressEvent(event)
            return
        self._tell()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Paler where nothing can be changed."""
        super().changeEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The mark of the keys goes with the focus."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the day, the hours in it, and where the keys are."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, style = self.width() - 2, self._style

        def x(minute: float) -> float:
            return 1 + minute / DAY * wide

        painter.setPen(QPen(style.colour("line"), 1))
        painter.setBrush(style.colour("tint"))
        painter.drawRoundedRect(QRectF(1, 1, wide, BAR), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setOpacity(1.0 if self.isEnabled() else 0.4)
        painter.setBrush(style.colour("move"))
        for start, end in self._drawn():
            painter.drawRect(QRectF(x(start), 1, x(min(end, DAY)) - x(start), BAR))
        painter.setOpacity(1.0)
        painter.setFont(style.font(13, figures=True))
        for hour in LABELS:
            painter.setPen(QPen(style.colour("line"), 1))
            if 0 < hour < 24:
                painter.drawLine(QPointF(x(hour * 60), 1), QPointF(x(hour * 60), 1 + BAR))
            if not self._hours:
                continue
            painter.setPen(style.colour("quiet"))
            left = {0: 0.0, 24: x(DAY) - 40}.get(hour, x(hour * 60) - 20)
            align = {0: Qt.AlignmentFlag.AlignLeft, 24: Qt.AlignmentFlag.AlignRight}.get(
                hour, Qt.AlignmentFlag.AlignHCenter
            )
            painter.drawText(QRectF(left, BAR + 2, 40, HEIGHT - BAR - 2), align, f"{hour:02}")
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(style.colour("ink"), 2))
            painter.drawRoundedRect(QRectF(x(self._at * STEP), 1, x(STEP) - 1, BAR), 2, 2)
