"""Paints a frame: rounded limbs of one width in one colour, the ground, and props as thin lines. Qt, but no widget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from sitbreak.window.motion import PoseFrame
from sitbreak.window.props import PropPainter
from sitbreak.window.skeleton import HEAD, RADIUS, SIDES, Body, View

WIDTH = 2 * RADIUS
HALO = 4.5  # the gap of paper colour around a limb in front of another, in centimetres
THIN = 1.7  # width of a prop's line in centimetres
CLOSE, APART = 8.0, 20.0  # centimetres between two limbs: up to here one is seen; from here both, where they are
UNDER = -4.0  # an arm this far away from the reader lies behind the body
CROSSING = 30.0  # a foot lifted this high that passes the middle lies over the other leg
FAR = 0.42  # how much of the ink the limbs behind the body keep


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of a figure: what it is drawn on, the body, the limbs behind it, and the props."""

    paper: QColor
    body: QColor
    thing: QColor
    accent: QColor

    def behind(self) -> QColor:
        """The colour of the limbs behind the body: ink let into the paper, without transparency where they overlap."""
        a, b = self.body, self.paper
        pairs = ((a.redF(), b.redF()), (a.greenF(), b.greenF()), (a.blueF(), b.blueF()))
        return QColor.fromRgbF(*(FAR * x + (1 - FAR) * y for x, y in pairs))


class FigurePainter:
    """Paints frames into a square; made for one painter, one part of the plane and one set of inks."""

    def __init__(self, painter: QPainter, area: QRectF, window: tuple[float, float, float], inks: Inks) -> None:
        """`area`: where to paint, in pixels; `window`: middle (x, y) and size of what is seen of the plane, cm."""
        self.painter, self.area, self.inks = painter, area, inks
        self.middle_x, self.middle_y, self.size = window

    def paint(self, frame: PoseFrame) -> None:
        """Paints one frame, over the one it takes the place of."""
        painter = self.painter
        if frame.before is not None:
            self._fade(frame.before, 1.0 - frame.shown)
            self._fade(replace(frame, before=None), frame.shown)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = min(self.area.width(), self.area.height()) / self.size
        painter.translate(self.area.center())
        painter.scale(-scale if frame.mirror else scale, -scale)
        painter.translate(-self.middle_x, -self.middle_y)
        props = PropPainter(painter, frame, self.inks.thing, self.inks.accent, THIN, (self.middle_x, self.size))
        props.behind()
        self._body(frame.body)
        props.before()
        painter.restore()

    def _fade(self, frame: PoseFrame, opacity: float) -> None:
        """Paints a frame as a whole at some opacity: limbs that overlap do not shine through each other."""
        ratio = self.painter.device().devicePixelRatioF()
        layer = QPixmap(self.area.size().toSize() * ratio)
        layer.setDevicePixelRatio(ratio)
        layer.fill(Qt.GlobalColor.transparent)
        painter = QPainter(layer)
        whole = QRectF(0, 0, self.area.width(), self.area.height())
        FigurePainter(painter, whole, (self.middle_x, self.middle_y, self.size), self.inks).paint(frame)
        painter.end()
        self.painter.setOpacity(opacity)
        self.painter.drawPixmap(self.area.topLeft(), layer)
        self.painter.setOpacity(1.0)

    def _body(self, body: Body) -> None:
        if body.view is View.SIDE:
            self._side(body)
        else:
            self._front(body)

    def _side(self, body: Body) -> None:
        under = body.joints["near_wrist"][2] < UNDER
        self._limb(body, "far", "arm", self.inks.behind(), halo=False)
        self._limb(body, "far", "leg", self.inks.behind(), halo=False)
        if under:
            self._limb(body, "near", "arm", self.inks.behind(), halo=False)
        self._torso_side(body)
        self._limb(body, "near", "leg", self.inks.body, halo=True)
        self._head(body)
        if not under:
            self._limb(body, "near", "arm", self.inks.body, halo=True)

    def _front(self, body: Body) -> None:
        chest = body.joints["neck"][2]
        crossed = [side for side in SIDES if self._crosses(body, side)]
        for side in SIDES:
            if side not in crossed:
                self._limb(body, side, "leg", self.inks.body, halo=False)
        arms = sorted(SIDES, key=lambda side: body.joints[f"{side}_wrist"][2])
        hidden = [side for side in arms if body.joints[f"{side}_elbow"][2] < chest - 6]
        for side in hidden:
            self._limb(body, side, "arm", self.inks.behind(), halo=False)
        self._torso_front(body)
        for side in crossed:
            self._limb(body, side, "leg", self.inks.body, halo=True)
        self._head(body)
        for side in arms:
            if side not in hidden:
                crossing = body.joints[f"{side}_wrist"][2] > 4
                self._limb(body, side, "arm", self.inks.body, halo=crossing)

    def _crosses(self, body: Body, side: str) -> bool:
        """Seen from the front: whether a raised leg lies across the middle, over the other one."""
        (x, y, _), (middle, _, _) = body.joints[f"{side}_ankle"], body.joints["pelvis"]
        return y > CROSSING and (x < middle) is (side == "near")

    def _head(self, body: Body) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.inks.body)
        self.painter.drawEllipse(QPointF(*body.flat("head")), HEAD, HEAD)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)

    def _torso_side(self, body: Body) -> None:
        pelvis, waist, neck = (QPointF(*body.flat(name)) for name in ("pelvis", "waist", "neck"))
        path = QPainterPath(pelvis)
        path.quadTo(waist * 2 - (pelvis + neck) / 2, neck)
        self._stroke(path, self.inks.body, WIDTH * 1.18)

    def _torso_front(self, body: Body) -> None:
        points = [QPointF(*body.flat(name)) for name in ("far_shoulder", "near_shoulder", "near_hip", "far_hip")]
        waist = QPointF(*body.flat("waist"))
        down, up = (waist - QPointF(*body.flat("neck"))) * 0.6, (waist - QPointF(*body.flat("pelvis"))) * 0.6
        path = QPainterPath(points[0])
        path.lineTo(points[1])
        path.cubicTo(points[1] + down, points[2] + up, points[2])
        path.lineTo(points[3])
        path.cubicTo(points[3] + up, points[0] + down, points[0])
        path.closeSubpath()
        self.painter.setBrush(self.inks.body)
        self._stroke(path, self.inks.body, WIDTH)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)

    def _limb(self, body: Body, side: str, part: str, ink: QColor, halo: bool) -> None:
        names = ("shoulder", "elbow", "wrist") if part == "arm" else ("hip", "knee", "ankle", "toe")
        points = [QPointF(*body.flat(f"{side}_{name}")) for name in names]
        if side == "far" and body.view is View.SIDE:
            points = [self._drawn(body, name, point) for name, point in zip(names, points, strict=True)]
        path = QPainterPath()
        path.addPolygon(QPolygonF(points))
        if halo:
            joined = QPainterPath()
            joined.addPolygon(QPolygonF([points[0] * 0.5 + points[1] * 0.5, *points[1:]]))
            self._stroke(joined, self.inks.paper, WIDTH + HALO)
        self._stroke(path, ink, WIDTH)

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
