"""A share from none to all, by a slider, with the per cent beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from sitbreak.language import _
from sitbreak.window.look import Style
from sitbreak.window.widgets.drop import NoWheel
from sitbreak.window.widgets.text import Text

STEP, KNOB, TROUGH = 5, 18, 4  # per cent a key moves it; pixels
INSET = KNOB / 2 + 4  # from the sides to the ends of the trough: room for the knob and its ring


class Track(QSlider):
    """The slider, drawn."""

    def __init__(self, style: Style) -> None:
        """From 0 to 100."""
        super().__init__(Qt.Orientation.Horizontal)
        self._style = style
        self.setRange(0, 100)
        self.setSingleStep(STEP)
        self.setPageStep(4 * STEP)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.installEventFilter(NoWheel(self))
        style.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Room for the knob and its ring."""
        return QSize(140, KNOB + 14)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The knob comes to the pointer, wherever the press is."""
        self.setSliderDown(True)
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """And goes with it."""
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Until it is let go."""
        self.setSliderDown(False)

    def _follow(self, event: QMouseEvent) -> None:
        share = (event.position().x() - INSET) / max(1, self.width() - 2 * INSET)
        self.setValue(round(share * 100 / STEP) * STEP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the trough, what is filled of it, and the knob."""
        painter, style = QPainter(self), self._style
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.5)
        span, middle = self.width() - 2 * INSET, self.height() / 2
        at = INSET + span * self.value() / 100
        painter.setPen(Qt.PenStyle.NoPen)
        for token, length in (("sit", span), ("action", at - INSET)):
            painter.setBrush(style.colour(token))
            painter.drawRoundedRect(QRectF(INSET, middle - TROUGH / 2, length, TROUGH), TROUGH / 2, TROUGH / 2)
        knob = QRectF(at - KNOB / 2, middle - KNOB / 2, KNOB, KNOB)
        painter.setPen(QPen(style.colour("paper"), 2))
        painter.setBrush(style.colour("action"))
        painter.drawEllipse(knob)
        if self.hasFocus():
            painter.setPen(QPen(style.colour("ink"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(knob.adjusted(-2, -2, 2, 2))


class ShareSlider(QWidget):
    """The track and its per cent; `chosen` tells the share from 0 to 1 once the person lets go of it."""

    chosen = Signal(float)

    def __init__(self, style: Style, width: int) -> None:
        """`width`: of the whole, in pixels."""
        super().__init__()
        self.track = Track(style)
        self.figure = Text(style, "", 15)
        self.figure.setWordWrap(False)
        self.figure.setFixedWidth(56)
        self.figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.track, 1)
        row.addWidget(self.figure)
        self.setFixedWidth(width)
        self.setFocusProxy(self.track)
        self.track.valueChanged.connect(self._moved)
        self.track.sliderReleased.connect(self._tell)

    def show_share(self, share: float) -> None:
        """Shows a share without saying that it was chosen."""
        self.track.blockSignals(True)
        self.track.setValue(round(share * 100))
        self.track.blockSignals(False)
        self._name_share(self.track.value())

    def _name_share(self, value: int) -> None:
        self.figure.setText(_("{number}%", number=value))

    def _moved(self, value: int) -> None:
        self._name_share(value)
        if not self.track.isSliderDown():
            self._tell()

    def _tell(self) -> None:
        self.chosen.emit(self.track.value() / 100)

    def setAccessibleName(self, name: str) -> None:
        """The track has the name: it has the focus."""
        self.track.setAccessibleName(name)
