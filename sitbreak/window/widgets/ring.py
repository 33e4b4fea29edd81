"""The ring with the figure in it and the time below: the centre of the break window."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
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

    def around(self) -> tuple[int, str, str]:
        """What is to be seen around the figure: the ring to the degree, and the time."""
        return round(self.fraction * 360), self.token, self.time


class FigureStage(QProgressBar):
    """Ring, figure and time left; to a screen reader a progress bar in seconds."""

    def __init__(self, style: Style, side: int, digits: int) -> None:
        """`side`: its width and height; `digits`: type size of the time."""
        super().__init__()
        self._style = style
        self._scene: FigureScene | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.shrink(side, digits)
        self.setTextVisible(False)
        style.changed.connect(self._forget)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._side, self._side)

    def shrink(self, side: int, digits: int) -> None:
        """Takes less room from now on."""
        self._side, self._digits, self._thick = side, digits, max(6.0, side / 26)
        self._area = QRectF(side * 0.1875, side * 0.082, side * 0.625, side * 0.625)
        edge, circle, below = self._thick * 1.5 + 4, QPainterPath(), QPainterPath()
        circle.addEllipse(QRectF(0, 0, side, side).adjusted(edge, edge, -edge, -edge))
        below.addRect(QRectF(0, self._area.bottom() + 2, side, side))
        self._inside = circle.subtracted(below)
        self.setFixedSize(side, side)
        self._forget()

    @property
    def covered(self) -> bool:
        """Whether it is open and yet not to be seen: minimised or, where the desktop tells, covered or elsewhere."""
        window = self.window()
        return self.isVisible() and (window.isMinimized() or not window.windowHandle().isExposed())

    def show_scene(self, scene: FigureScene) -> None:
        """Shows this from now on; of what is the same as before nothing is painted anew."""
        before, self._scene = self._scene, scene
        if before is not None and before.around() == scene.around():
            self.update(self._inside.boundingRect().toAlignedRect())
        else:
            self._forget()

    def _forget(self) -> None:
        self._ground = QPixmap()
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
        if self._ground.devicePixelRatioF() != self.devicePixelRatioF() or self._ground.isNull():
            self._ground = self._painted_ground(self._scene)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        painter.setClipPath(self._inside)
        FigurePainter(painter, self._area, self._style.inks()).paint(self._scene.frame)

    def _painted_ground(self, scene: FigureScene) -> QPixmap:
        """All but the figure, kept from frame to frame."""
        ratio = self.devicePixelRatioF()
        ground = QPixmap(self.size() * ratio)
        ground.setDevicePixelRatio(ratio)
        ground.fill(self._style.colour("paper"))
        painter = QPainter(ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ring(painter, scene)
        self._time(painter, scene)
        painter.end()
        return ground

    def _ring(self, painter: QPainter, scene: FigureScene) -> None:
        thick, strong = self._thick, self._style.tokens.strong
        ring = QRectF(self.rect()).adjusted(thick / 2 + 1, thick / 2 + 1, -thick / 2 - 1, -thick / 2 - 1)
        painter.setPen(QPen(self._style.colour("line"), 1.5 if strong else thick))
        painter.drawEllipse(ring)
        if scene.fraction <= 0:
            return
        cap = Qt.PenCapStyle.FlatCap if scene.fraction >= 1 else Qt.PenCapStyle.RoundCap
        painter.setPen(QPen(self._style.colour(scene.token), thick, Qt.PenStyle.SolidLine, cap))
        painter.drawArc(ring, 90 * 16, round(min(1.0, scene.fraction) * 360 * 16))

    def _time(self, painter: QPainter, scene: FigureScene) -> None:
        painter.setFont(self._style.font(self._digits, Weight.Medium, figures=True))
        painter.setPen(self._style.colour("ink"))
        painter.drawText(
            QRectF(0, self._side * 0.7, self._side, self._side * 0.22), Qt.AlignmentFlag.AlignCenter, scene.time
        )
