"""A few settings at once, a button each, with a drawing of the same day under each of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sitbreak.window.channel import Say
from sitbreak.window.look import Style
from sitbreak.window.protocol import PresetMessage
from sitbreak.window.widgets.buttons import Button
from sitbreak.window.widgets.text import Text
from sitbreak.window.words import sentence

HIGH, BAR, MARK = 22, 8.0, 4.0  # pixels: the strip, its sitting, and the width of a reminder


class PresetStrip(QWidget):
    """A day: sitting as a bar with gaps, and each reminder with its break as a taller mark across it."""

    def __init__(self, style: Style, preset: PresetMessage) -> None:
        """The same in words is told to screen readers and under the pointer."""
        super().__init__()
        self._style, self._preset = style, preset
        self.setFixedHeight(HIGH)
        self.setAccessibleName(preset.drawn)
        self.setToolTip(preset.drawn)
        style.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints bar and marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._style.colour("sit"))
        for start, length in self._preset.sitting:
            painter.drawRect(QRectF(start * self.width(), HIGH - BAR, length * self.width(), BAR))
        for at in self._preset.reminders:
            place = QRectF(at * (self.width() - MARK), 0, MARK, HIGH)
            painter.setBrush(self._style.colour("paper"))
            painter.drawRect(place.adjusted(-2, 0, 2, 0))
            painter.setBrush(self._style.colour("move"))
            painter.drawRoundedRect(place, MARK / 2, MARK / 2)


class Presets(QWidget):
    """A few settings at once, a button each, with what a day is like then."""

    def __init__(self, style: Style, presets: Sequence[PresetMessage], say: Say) -> None:
        """Takes the presets."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(12)
        self.buttons: list[Button] = []
        for preset in presets:
            row, day = QHBoxLayout(), QVBoxLayout()
            row.setSpacing(12)
            day.setSpacing(2)
            button = Button(style, preset.title or preset.name, "plain")
            button.setAccessibleDescription(f"{sentence(preset.says)}. {preset.drawn}".strip())
            button.clicked.connect(lambda _=False, name=preset.name: say("preset", name=name))
            self.buttons.append(button)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            day.addWidget(Text(style, sentence(preset.says), 13, "quiet"))
            if preset.sitting:
                day.addWidget(PresetStrip(style, preset))
            row.addLayout(day, 1)
            column.addLayout(row)
        for button in self.buttons:
            button.setFixedWidth(max(124, *(each.sizeHint().width() for each in self.buttons)))
        if any(preset.sitting for preset in presets):
            column.addWidget(Text(style, style.words("preset_how"), 13, "quiet"))
