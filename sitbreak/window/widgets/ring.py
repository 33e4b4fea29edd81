"""The ring with the figure in it and the time below: the centre of the break window."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from sitbreak.core.frozen import frozen
from sitbreak.window.figure import FigurePainter
from sitbreak.window.look import Style
from sitbreak.window.motion import PoseFrame
from sitbreak.window.widgets.text import Weight

SPOKEN_EVERY = 10  # seconds between the values a screen reader is told


@frozen
class FigureScene:
    """What the stage shows: the figure, the ring (0 to 1) in a token's colour, the time."""

    frame: PoseFrame
    fraction: float
    token: str
    time: str


class FigureStage(QProgressBar):
    """Ring, figure and time left; to a screen reader a progress bar in seconds."""

    def __init__(self, style: Style, side: int, digits: int) -> None:
        """`side`: its width and height; `digits`: type size of the time."""
        super().__init__()
        self._style, self._side, self._digits = style, side, digits
        self._scene: FigureScene | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(side, side)
        self.setTextVisible(False)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # so the card's shadow is not drawn with each frame
        style.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._side, self._side)

    def shrink(self, side: int, digits: int) -> None:
        """Takes less room from now on."""
        self._side, self._digits = side, digits
        self.setFixedSize(side, side)

    def show_scene(self, scene: FigureScene) -> None:
        """Shows this from now on."""
        self._scene = scene
        self.update()

    def tell(self, left: float, length: float, spoken: str) -> None:
        """Keeps screen readers up to date: seconds left, in steps of ten, and in words."""
        self.setRange(0, max(1, round(length)))
        step = round(max(0.0, left) / SPOKEN_EVERY) * SPOKEN_EVERY
        if self.value() != min(step, self.maximum()):
            self.setValue(min(step, self.maximum()))
            self.setAccessibleDescription(spoken)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints ring, figure and time."""
        if self._scene is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._style.colour("paper"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = max(6.0, self._side / 26)
        ring = QRectF(self.rect()).adjusted(thick / 2 + 1, thick / 2 + 1, -thick / 2 - 1, -thick / 2 - 1)
        self._ring(painter, ring, thick, self._scene)
        self._figure(painter, ring, thick, self._scene)
        self._time(painter, self._scene)

    def _ring(self, painter: QPainter, ring: QRectF, thick: float, scene: FigureScene) -> None:
        strong = self._style.tokens.strong
        painter.setPen(QPen(self._style.colour("line"), 1.5 if strong else thick))
        painter.drawEllipse(ring)
        if scene.fraction <= 0:
            return
        cap = Qt.PenCapStyle.FlatCap if scene.fraction >= 1 else Qt.PenCapStyle.RoundCap
        painter.setPen(QPen(self._style.colour(scene.token), thick, Qt.PenStyle.SolidLine, cap))
        painter.drawArc(ring, 90 * 16, round(min(1.0, scene.fraction) * 360 * 16))

    def _figure(self, painter: QPainter, ring: QRectF, thick: float, scene: FigureScene) -> None:
        side = self._side * 0.625
        area = QRectF((self._side - side) / 2, self._side * 0.082, side, side)
        circle = QPainterPath()
        circle.addEllipse(ring.adjusted(thick / 2 + 3, thick / 2 + 3, -thick / 2 - 3, -thick / 2 - 3))
        painter.save()
        below = QPainterPath()
        below.addRect(QRectF(0, 0, self._side, area.bottom() + 2))
        painter.setClipPath(circle.intersected(below))
        FigurePainter(painter, area, self._style.inks()).paint(scene.frame)
        painter.restore()

    def _time(self, painter: QPainter, scene: FigureScene) -> None:
        painter.setFont(self._style.font(self._digits, Weight.Medium, figures=True))
        painter.setPen(self._style.colour("ink"))
        painter.drawText(
            QRectF(0, self._side * 0.7, self._side, self._side * 0.22), Qt.AlignmentFlag.AlignCenter, scene.time
        )
