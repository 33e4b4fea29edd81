"""Paints a frame: rounded limbs of one width in one colour, the ground, and props as thin lines. Qt, but no widget."""

from __future__ import annotations

from math import hypot

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from sitbreak.core.frozen import frozen
from sitbreak.window.look import Style
from sitbreak.window.motion import PoseFrame
from sitbreak.window.props import Inks, PropPainter
from sitbreak.window.skeleton import HEAD, NECK, NOSE, RADIUS, SIDES, Body, View
from sitbreak.window.widgets.text import Weight

WIDTH = 2 * RADIUS
FINE, NOSTRIL = 2.0, 2.2  # width of the nose's line, half the width of a nose
CHEST, BELLY = 4.2, 3.4  # half the depth of the trunk, less half a limb's width
FACING = 4.0  # a nose that comes this far towards the reader is on the face
HALO = 4.5  # the gap of paper colour around a limb in front of another, in centimetres
CLOSE, APART = 8.0, 20.0  # centimetres between two limbs: up to here one is seen; from here both, where they are
UNDER = -4.0  # an arm this far away from the reader lies behind the body
AHEAD = 25.0  # a knee that comes this far towards the reader lies before the body
FAR = 0.42  # how much of the ink the limbs behind the body keep


def lines(*points: QPointF) -> QPainterPath:
    """A path from point to point."""
    path = QPainterPath(points[0])
    for point in points[1:]:
        path.lineTo(point)
    return path


class FigurePainter:
    """Paints frames into a square; made for one painter and one set of inks."""

    def __init__(self, painter: QPainter, area: QRectF, inks: Inks) -> None:
        """`area`: where to paint, in pixels."""
        self.painter, self.area, self.inks = painter, area, inks

    def paint(self, frame: PoseFrame) -> None:
        """Paints one frame."""
        painter, (x, y, size) = self.painter, frame.window
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = min(self.area.width(), self.area.height()) / size
        painter.translate(self.area.center())
        painter.scale(-scale if frame.mirror else scale, -scale)
        painter.translate(-x, -y)
        props = PropPainter(painter, frame, self.inks)
        props.behind()
        self.ink, self.far = (
            self.inks.let_in(self.inks.body, frame.shown),
            self.inks.let_in(self.inks.body, FAR * frame.shown),
        )
        self._side(frame.body) if frame.body.view is View.SIDE else self._front(frame.body)
        props.before()
        painter.restore()

    def _side(self, body: Body) -> None:
        under = body.joints["near_wrist"][2] < UNDER
        self._limb(body, "far", "arm", self.far, halo=False)
        self._limb(body, "far", "leg", self.far, halo=False)
        if under:
            self._limb(body, "near", "arm", self.far, halo=False)
        self._torso(body)
        self._limb(body, "near", "leg", self.ink, halo=True)
        self._head(body)
        if not under:
            self._limb(body, "near", "arm", self.ink, halo=True)

    def _front(self, body: Body) -> None:
        chest = body.joints["neck"][2]
        before = [side for side in SIDES if body.joints[f"{side}_knee"][2] > AHEAD]
        for side in SIDES:
            if side not in before:
                self._limb(body, side, "leg", self.ink, halo=False)
        arms = sorted(SIDES, key=lambda side: body.joints[f"{side}_wrist"][2])
        hidden = [side for side in arms if body.joints[f"{side}_elbow"][2] < chest - 6]
        for side in hidden:
            self._limb(body, side, "arm", self.far, halo=False)
        self._torso(body)
        for side in before:
            self._limb(body, side, "leg", self.ink, halo=True)
        self._head(body)
        for side in arms:
            if side not in hidden:
                self._limb(body, side, "arm", self.ink, halo=True)

    def _head(self, body: Body) -> None:
        """The head and its nose: a ridge that stands out in profile, and a line on the face otherwise."""
        head, neck, tip = (QPointF(*body.flat(name)) for name in ("head", "neck", "nose"))
        ahead, up = (tip - head) / (HEAD + NOSE), (head - neck) / NECK
        root, wing = head + (ahead * 0.96 + up * 0.22) * HEAD, head + (ahead * 0.96 - up * 0.3) * HEAD
        tip = tip - up * 2.4
        self.painter.setBrush(self.ink)
        self._stroke(lines(root, tip, wing), self.ink, FINE)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.drawEllipse(head, HEAD, HEAD)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        if (out := body.joints["nose"][2] - body.joints["head"][2]) > FACING:
            across = QPointF(up.y(), -up.x()) * (NOSTRIL * out / (HEAD + NOSE))
            self._stroke(lines(root, tip - across, tip + across, root), self.inks.paper, FINE)

    def _torso(self, body: Body) -> None:
        """One torso from every side: from the shoulders to the hips, and never thinner than a chest is deep."""
        neck, waist, pelvis = (QPointF(*body.flat(name)) for name in ("neck", "waist", "pelvis"))
        left, right = self._edges(body, "shoulder", neck - waist, CHEST)
        low_left, low_right = self._edges(body, "hip", waist - pelvis, BELLY)
        down, up = (waist - neck) * 0.6, (waist - pelvis) * 0.6
        path = QPainterPath(left)
        path.lineTo(right)
        path.cubicTo(right + down, low_right + up, low_right)
        path.lineTo(low_left)
        path.cubicTo(low_left + up, left + down, left)
        path.closeSubpath()
        self.painter.setBrush(self.ink)
        self._stroke(path, self.ink, WIDTH)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)

    def _edges(self, body: Body, joint: str, spine: QPointF, least: float) -> tuple[QPointF, QPointF]:
        """Left and right end of the shoulders or hips, at least `least` from the middle, across the spine."""
        left, right = (QPointF(*body.flat(f"{side}_{joint}")) for side in ("far", "near"))
        middle, length = (left + right) / 2, hypot(spine.x(), spine.y())
        across = QPointF(spine.y(), -spine.x()) * (least / length)
        wide = hypot(right.x() - left.x(), right.y() - left.y()) / 2
        return (left, right) if wide >= least else (middle - across, middle + across)

    def _limb(self, body: Body, side: str, part: str, ink: QColor, halo: bool) -> None:
        names = ("shoulder", "elbow", "wrist") if part == "arm" else ("hip", "knee", "ankle", "toe")
        points = [QPointF(*body.flat(f"{side}_{name}")) for name in names]
        if side == "far" and body.view is View.SIDE:
            points = [self._drawn(body, name, point) for name, point in zip(names, points, strict=True)]
        if halo:
            self._stroke(lines(points[0] * 0.5 + points[1] * 0.5, *points[1:]), self.inks.paper, WIDTH + HALO)
        self._stroke(lines(*points), ink, WIDTH)

    def _drawn(self, body: Body, name: str, point: QPointF) -> QPointF:
        """Where a joint of the far limb is drawn: behind the near one where both are so close that only an edge shows.

        Limbs further apart than their width are drawn where they are; in between they part softly.
        """
        near = QPointF(*body.flat(f"near_{name}"))
        pair = "ankle" if name == "toe" else name
        (x0, y0), (x1, y1) = body.flat(f"near_{pair}"), body.flat(f"far_{pair}")
        part = min(1.0, max(0.0, (hypot(x1 - x0, y1 - y0) - CLOSE) / (APART - CLOSE)))
        return near + (point - near) * part

    def _stroke(self, path: QPainterPath, ink: QColor, width: float) -> None:
        pen = QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        self.painter.setPen(pen)
        self.painter.drawPath(path)


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
