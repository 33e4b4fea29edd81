"""A few settings at once: a line to choose for each, with the same made-up day drawn in it, and one's own values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from sitbreak.language import begun, paragraph, sentence
from sitbreak.settings.titles import preset_says
from sitbreak.window.channel import Say
from sitbreak.window.look import Style
from sitbreak.window.protocol import PresetMessage
from sitbreak.window.widgets.switch import MARK, MarkedLine
from sitbreak.window.widgets.text import Text, Weight

HIGH, EDGE, GAP = 60, 12, 20  # pixels: a line, from its sides to what is in it, and between its columns
STRIP, BAR, STROKE = 22, 8.0, 4.0  # the drawing, its sitting, and the width of a reminder
STRIP_LEAST = 80  # a narrower drawing is left out
OWN = "own"


class PresetLine(MarkedLine, QRadioButton):
    """Its name and when reminders come at the left, the day in the middle, and how many come at the right."""

    SINGLE = True

    def __init__(self, style: Style, preset: PresetMessage) -> None:
        """The drawing is told in words to screen readers and under the pointer."""
        super().__init__(preset.title or preset.name)
        self.preset, self.says = preset, ""
        self.strip = QRectF()  # where the day is drawn; empty for nowhere
        self.dress(style, on=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(preset.drawn)
        self.say_when(preset.says)

    def say_when(self, says: str) -> None:
        """When reminders come under it."""
        self.says = begun(says)
        self.setAccessibleDescription(paragraph(sentence(self.says), self.preset.drawn))
        self.updateGeometry()
        self.update()

    @property
    def columns(self) -> tuple[int, int]:
        """The width of the words at the left and of those at the right, in pixels."""
        large, small = QFontMetrics(self._style.font(15, Weight.Medium)), QFontMetrics(self._style.font(13))
        left = max(large.horizontalAdvance(self.text()), small.horizontalAdvance(self.says))
        return left + 2, small.horizontalAdvance(self.preset.count) + 2

    def sizeHint(self) -> QSize:
        """Room for the words; the drawing takes what there is between them."""
        left, right = self.columns
        return QSize(2 * EDGE + MARK + 2 * GAP + left + right, HIGH)

    def minimumSizeHint(self) -> QSize:
        """Where there is little room, how many they are is left to the words for screen readers and the pointer."""
        return QSize(3 * EDGE + MARK + self.columns[0], HIGH)

    def heightForWidth(self, width: int) -> int:
        """Always the same."""
        return HIGH

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the ground, the mark, the words and the day."""
        painter, style = QPainter(self), self._style
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, over = self.isChecked(), self.underMouse() and self.isEnabled()
        painter.setPen(QPen(style.colour("action" if on else "line"), 2 if style.tokens.strong else 1))
        painter.setBrush(style.colour("tint") if on or over else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        self._mark(painter, QRectF(EDGE, (self.height() - MARK) / 2, MARK, MARK))
        words = QRectF(EDGE + MARK + EDGE, 0, self.width() - 3 * EDGE - MARK, self.height())
        self._write(painter, words)
        if self.strip.width() >= STRIP_LEAST:
            self._draw(painter, self.strip)

    def _write(self, painter: QPainter, place: QRectF) -> None:
        style, middle, align = self._style, place.center().y(), Qt.AlignmentFlag
        painter.setFont(style.font(15, Weight.Medium if self.isChecked() else Weight.Normal))
        painter.setPen(style.colour("ink"))
        painter.drawText(QRectF(place.x(), middle - 21, place.width(), 20), align.AlignVCenter, self.text())
        painter.setFont(style.font(13))
        painter.setPen(style.colour("quiet"))
        painter.drawText(QRectF(place.x(), middle + 1, place.width(), 18), align.AlignVCenter, self.says)
        if place.width() >= sum(self.columns) + EDGE:
            painter.drawText(place, align.AlignVCenter | align.AlignRight, self.preset.count)

    def _draw(self, painter: QPainter, place: QRectF) -> None:
        """Sitting as a bar with gaps, and each reminder with its break as a taller mark across it."""
        style, ground = self._style, self._style.colour("tint" if self.isChecked() or self.underMouse() else "paper")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour("sit"))
        for start, length in self.preset.sitting:
            left = place.x() + start * place.width()
            painter.drawRect(QRectF(left, place.bottom() - BAR, length * place.width(), BAR))
        for at in self.preset.reminders:
            mark = QRectF(place.x() + at * (place.width() - STROKE), place.y(), STROKE, place.height())
            painter.setBrush(ground)
            painter.drawRect(mark.adjusted(-2, 0, 2, 0))
            painter.setBrush(style.colour("move"))
            painter.drawRoundedRect(mark, STROKE / 2, STROKE / 2)


class Presets(QWidget):
    """The presets, one of them in force, or "Your own": `wanted` by somebody who is to be led to the figures."""

    wanted = Signal()

    def __init__(self, style: Style, presets: Sequence[PresetMessage], say: Say) -> None:
        """Takes the presets; `mark` says which is in force."""
        super().__init__()
        self._style, column, group = style, QVBoxLayout(self), QButtonGroup(self)
        column.setContentsMargins(0, 10, 0, 12)
        column.setSpacing(6)
        own = PresetMessage(OWN, "", style.words("preset_own"))
        self.lines = {preset.name: PresetLine(style, preset) for preset in (*presets, own)}
        self.own = self.lines[OWN]
        for name, line in self.lines.items():
            group.addButton(line)
            column.addWidget(line)
            if line is not self.own:
                line.clicked.connect(lambda _=False, name=name: say("preset", name=name))
        self.own.clicked.connect(self.wanted)
        self.keys = tuple(next((preset.values for preset in presets if preset.values), ()))
        if any(preset.sitting for preset in presets):
            column.addWidget(Text(style, style.words("preset_how"), 13, "quiet"))

    def mark(self, values: Mapping[str, object]) -> None:
        """Shows which of them these values are, by key; others are one's own."""
        keys = list(next((line.preset.values for line in self.lines.values() if line.preset.values), ()))
        mine = [values.get(key) for key in keys]
        chosen = next(
            (line for line in self.lines.values() if keys and list(line.preset.values.values()) == mine), None
        )
        low, high = ([each for each in mine if isinstance(each, (int, float))] + [0, 0])[:2]
        self.own.say_when(preset_says(low, high) if chosen is None else self._style.words("preset_own_how"))
        (chosen or self.own).setChecked(True)
        self._place()

    def resizeEvent(self, event: object) -> None:
        """The drawings keep below each other."""
        self._place()

    def _place(self) -> None:
        drawn = [line for line in self.lines.values() if line.preset.sitting]
        left, right = map(max, zip(*([line.columns for line in drawn] or [(0, 0)]), strict=True))
        start = EDGE + MARK + EDGE + left + GAP
        for line in drawn:
            line.strip = QRectF(start, (HIGH - STRIP) / 2, self.width() - start - EDGE - right - GAP, STRIP)
            line.update()
