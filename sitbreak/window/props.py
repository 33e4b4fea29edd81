"""Paints the things a movement needs, as thin lines: furniture, steps, what a hand holds; and arrows."""

from __future__ import annotations

from functools import lru_cache
from math import atan2, cos, hypot, pi, sin

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from sitbreak.core.frozen import frozen
from sitbreak.window.motion import PoseFrame, Prop
from sitbreak.window.skeleton import HEAD

BEFORE = {"cup", "paper", "phone", "towel", "strap", "arrow", "inward", "sway", "orbit", "circle", "arc"}
POINTING = {"arrow", "speed", "inward", "sway", "orbit", "circle", "arc"}
TOWEL = 116.0  # centimetres of cloth: what is not between the hands hangs from them
TICKS = 46.0  # centimetres between the marks on the ground that pass by
DOOR_EVERY = 190.0
THIN = 1.7  # width of a line in centimetres
SOLID, JOINTS_SHOWN = 0.14, 0.5  # how much of its ink a filled thing has, and the lines between bricks
WALL_TOP, BRICK, STAIRS_FOOT = 195.0, 15.0, -14.0
SHORTEST_SIGHT = 6.0


@frozen
class Inks:
    """The colours of a figure: what it is drawn on, the body, the props, and what points or is held."""

    paper: QColor
    body: QColor
    thing: QColor
    accent: QColor

    def let_in(self, ink: QColor, part: float) -> QColor:
        """An ink let into the paper: fainter, without transparency where it overlaps."""
        a, b = ink, self.paper
        pairs = ((a.redF(), b.redF()), (a.greenF(), b.greenF()), (a.blueF(), b.blueF()))
        return QColor.fromRgbF(*(part * x + (1 - part) * y for x, y in pairs))


@lru_cache(maxsize=8)
def mortar(left: float, right: float) -> list[QLineF]:
    """The lines between the bricks of a wall from `left` to `right`."""
    found = []
    for row in range(int(WALL_TOP / BRICK)):
        y, x = row * BRICK, left + (2 if row % 2 else 1) * BRICK
        found.append(QLineF(left, y, right, y))
        while x < right - 1:
            found.append(QLineF(x, y, x, min(y + BRICK, WALL_TOP)))
            x += 2 * BRICK
    return found


class PropPainter:
    """Paints the props of one frame; the painter is scaled to centimetres, y up."""

    def __init__(self, painter: QPainter, frame: PoseFrame, inks: Inks) -> None:
        """Takes the frame and the colours."""
        self.painter, self.frame, self.inks = painter, frame, inks
        self.middle, _, self.width = frame.window
        self.shown = 1.0  # of the thing being painted

    def behind(self) -> None:
        """Paints the ground and what stands behind the figure."""
        kinds = {prop.kind for prop in self.frame.props}
        if not kinds & {"stairs", "rug"} and not any(self._wide(prop) for prop in self.frame.props):
            self._ground()
        self._paint_all(before=False)

    def before(self) -> None:
        """Paints what is in front of the figure, and its line of sight."""
        self._paint_all(before=True)
        (x, y), (tip_x, tip_y) = self.frame.body.flat("head"), self.frame.body.flat("nose")
        if self.frame.body.sight > SHORTEST_SIGHT and hypot(tip_x - x, tip_y - y) > HEAD:
            self._sight(self.frame.body.sight)

    def _paint_all(self, before: bool) -> None:
        for prop in self.frame.props:
            if (prop.kind in BEFORE) is before:
                self.shown = prop.shown
                self._pen(self.inks.accent if prop.kind in POINTING else self.inks.thing)
                getattr(self, "_" + prop.kind.replace("-", "_"))(prop)
        self.shown = 1.0

    def _pen(self, ink: QColor, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
        ink = self.inks.let_in(ink, self.shown)
        pen = QPen(ink, THIN * width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)

    def _solid(self) -> None:
        """What is painted next is filled, lightly: a wall, a step."""
        self.painter.setBrush(self.inks.let_in(self.inks.thing, SOLID * self.shown))

    def _line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.painter.drawLine(QLineF(x0, y0, x1, y1))

    def _path(self, *points: tuple[float, float]) -> None:
        path = QPainterPath(QPointF(*points[0]))
        for point in points[1:]:
            path.lineTo(QPointF(*point))
        self.painter.drawPath(path)

    def _ground(self) -> None:
        self._pen(self.inks.thing)
        half = self.width * 0.43
        self._line(self.middle - half, 0, self.middle + half, 0)
        if self.frame.travelled == 0:
            return
        x = self.middle - half + (-self.frame.travelled) % TICKS
        while x < self.middle + half - 14:
            self._line(x, -7, x + 14, -7)
            x += TICKS

    def _chair(self, prop: Prop) -> None:
        x = prop.x
        self._line(x - 22, 45, x + 22, 45)
        self._path((x - 20, 0), (x - 22, 45), (x - 26, 96))
        self._line(x + 19, 45, x + 20, 0)

    def _seat(self, prop: Prop) -> None:
        x = prop.x
        self._path((x + 20, 45), (x - 19, 45), (x - 24, 92))

    def _seat_front(self, prop: Prop) -> None:
        self.painter.drawRoundedRect(QRectF(-27, 62, 54, 40), 6, 6)
        self.painter.drawRoundedRect(QRectF(-36, 40, 72, 7), 3, 3)

    def _chair_front(self, prop: Prop) -> None:
        self.painter.drawRoundedRect(QRectF(-24, 40, 48, 6), 2, 2)
        self.painter.drawRoundedRect(QRectF(-22, 66, 44, 30), 4, 4)
        for x in (-21, 21):
            self._line(x, 0, x, 40)
            self._line(x * 0.9, 46, x * 0.9, 66)

    def _desk(self, prop: Prop) -> None:
        self._line(prop.x, 73, prop.x + 60, 73)
        self._line(prop.x + 46, 73, prop.x + 46, 0)
        self._line(prop.x + 34, 0, prop.x + 58, 0)

    def _wall(self, prop: Prop) -> None:
        """A wall cut through: bricks from the edge the figure stands at, to the right (w > 0) or to the left."""
        self._bricks(QRectF(prop.x, 0, 26, WALL_TOP) if prop.w >= 0 else QRectF(prop.x - 26, 0, 26, WALL_TOP))

    def _wall_beside(self, prop: Prop) -> None:
        """A wall along the way the figure faces, behind it."""
        self._bricks(QRectF(prop.x - prop.w / 2, 0, prop.w, WALL_TOP))

    def _bricks(self, wall: QRectF) -> None:
        self._solid()
        self.painter.drawRect(wall)
        self._pen(self.inks.let_in(self.inks.thing, JOINTS_SHOWN), 0.8)
        self.painter.drawLines(mortar(wall.left(), wall.right()))

    def _step(self, prop: Prop) -> None:
        x0, x1 = prop.x - prop.w / 2, prop.x + prop.w / 2
        self._solid()
        self.painter.drawRect(QRectF(x0, 0, x1 - x0, prop.h))

    def _stool(self, prop: Prop) -> None:
        x0, x1 = prop.x - prop.w / 2, prop.x + prop.w / 2
        self.painter.drawRoundedRect(QRectF(x0, prop.h - 6, prop.w, 6), 3, 3)
        self._line(x0 + 5, prop.h - 6, x0 + 3, 0)
        self._line(x1 - 5, prop.h - 6, x1 - 3, 0)

    def _wide(self, prop: Prop) -> bool:
        """A mat that takes the place of the ground's line."""
        return prop.kind == "mat" and prop.w >= self.width * 0.8

    def _mat(self, prop: Prop) -> None:
        self._pen(self.inks.thing, 2.2)
        half, middle = (self.width * 0.43, self.middle) if self._wide(prop) else (prop.w / 2, prop.x)
        self._line(middle - half, -2, middle + half, -2)

    def _rug(self, prop: Prop) -> None:
        self.painter.drawRoundedRect(QRectF(-prop.w / 2, prop.y - prop.h / 2, prop.w, prop.h), 8, 8)

    def _stairs(self, prop: Prop) -> None:
        gone = (self.frame.travelled / prop.w) % 1.0
        points: list[tuple[float, float]] = []
        for number in range(-4, 5):
            x = prop.x + (number - gone) * prop.w - prop.w * 0.42
            y = max(prop.h, 0.0) + (number - gone) * prop.h
            points += [(x, y), (x + prop.w, y)]
        self._solid()
        self._path(*points, (points[-1][0], STAIRS_FOOT), (points[0][0], STAIRS_FOOT))

    def _doors(self, prop: Prop) -> None:
        half = self.width * 0.43
        x = self.middle - half - 60 + (-self.frame.travelled * 0.8) % DOOR_EVERY
        left, right = self.middle - half, self.middle + half
        while x < right:
            if x > left and x + 52 < right:
                self._path((x, 0), (x, 150), (x + 52, 150), (x + 52, 0))
                self._line(x + 44, 74, x + 44, 80)
            x += DOOR_EVERY

    def _window(self, prop: Prop) -> None:
        """A window with hills and the sun in it."""
        left, low = prop.x - 25, 84
        self.painter.drawRoundedRect(QRectF(left, low, 50, 92), 3, 3)
        self._pen(self.inks.accent)
        hills = QPainterPath(QPointF(left + 3, low + 18))
        hills.quadTo(QPointF(left + 14, low + 44), QPointF(left + 24, low + 22))
        hills.quadTo(QPointF(left + 36, low + 36), QPointF(left + 47, low + 14))
        self.painter.drawPath(hills)
        self.painter.drawEllipse(QPointF(left + 36, low + 68), 6, 6)
        self._pen(self.inks.thing)
        self._line(prop.x, low, prop.x, low + 92)
        self._line(left, low + 46, left + 50, low + 46)

    def _tap(self, prop: Prop) -> None:
        x = prop.x
        self._line(x - 14, 84, x + 40, 84)
        self._path((x + 12, 84), (x + 12, 122))
        path = QPainterPath(QPointF(x + 12, 122))
        path.cubicTo(QPointF(x + 12, 136), QPointF(x - 4, 136), QPointF(x - 4, 122))
        self.painter.drawPath(path)
        self._pen(self.inks.accent, 1.0, Qt.PenStyle.DotLine)
        self._line(x - 4, 119, x - 4, 110)

    def _held(self, prop: Prop) -> tuple[float, float]:
        return self.frame.body.flat(prop.held)

    def _card(self, rect: QRectF, round_by: float) -> None:
        """A small thing in a hand: filled with the accent so that it reads against the body."""
        self.painter.setBrush(self.inks.let_in(self.inks.accent, self.shown))
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.drawRoundedRect(rect, round_by, round_by)

    def _cup(self, prop: Prop) -> None:
        x, y = self._held(prop)
        self._card(QRectF(x + 2, y - 4, 13, 17), 2.5)
        self._pen(self.inks.accent, 1.4)
        self.painter.drawArc(QRectF(x + 12, y, 9, 9), -90 * 16, 180 * 16)

    def _paper(self, prop: Prop) -> None:
        x, y = self._held(prop)
        self._card(QRectF(x - 2, y + 2, 24, 30), 1.5)
        self._pen(self.inks.paper, 1.2)
        for row in (10, 16, 22):
            self._line(x + 3, y + 2 + row, x + 17, y + 2 + row)

    def _speed(self, prop: Prop) -> None:
        """Lines in the air behind somebody in a hurry."""
        for y, length in ((128, 30), (100, 40), (72, 26)):
            self._line(prop.x - length, y, prop.x, y)

    def _phone(self, prop: Prop) -> None:
        x, y = self._held(prop)
        if y > 130:
            self._card(QRectF(x - 3, y - 4, 8, 20), 2.5)
            self._waves(x + 16, y + 10)

    def _waves(self, x: float, y: float) -> None:
        self._pen(self.inks.accent, 1.2)
        for radius in (8.0, 15.0):
            self.painter.drawArc(QRectF(x - radius, y - radius, 2 * radius, 2 * radius), -45 * 16, 90 * 16)

    def _towel(self, prop: Prop) -> None:
        (x0, y0), (x1, y1) = self.frame.body.flat("far_wrist"), self.frame.body.flat("near_wrist")
        self._pen(self.inks.accent, 2.6)
        apart = hypot(x1 - x0, y1 - y0)
        tail = max(5.0, (TOWEL - apart) / 2)
        path = QPainterPath(QPointF(x0 - 3, y0 - tail))
        path.lineTo(QPointF(x0, y0))
        path.lineTo(QPointF(x1, y1))
        path.lineTo(QPointF(x1 + 3, y1 - tail))
        self.painter.drawPath(path)

    def _strap(self, prop: Prop) -> None:
        side = prop.held.split("_")[0]
        x0, y0 = self.frame.body.flat("near_wrist")
        ax, ay = self.frame.body.flat(f"{side}_ankle")
        tx, ty = self.frame.body.flat(f"{side}_toe")
        self._pen(self.inks.accent, 1.8)
        self._line(x0, y0, (ax + 2 * tx) / 3 + 4, (ay + 2 * ty) / 3 + 5)

    def _tip(self, x: float, y: float, angle: float, size: float = 7.0) -> None:
        """An arrow head at a point, pointing along `angle` (radians)."""
        sides = [(x - size * cos(angle + turn), y - size * sin(angle + turn)) for turn in (0.6, -0.6)]
        self._path(sides[0], (x, y), sides[1])

    def _arrow(self, prop: Prop) -> None:
        self._line(prop.x, prop.y - prop.w / 2, prop.x, prop.y + prop.w / 2)
        self._tip(prop.x, prop.y + prop.w / 2, pi / 2 if prop.w > 0 else -pi / 2)

    def _inward(self, prop: Prop) -> None:
        self._line(prop.x + prop.w / 2, prop.y, prop.x - prop.w / 2, prop.y)
        self._tip(prop.x - prop.w / 2, prop.y, pi if prop.w > 0 else 0.0)

    def _sway(self, prop: Prop) -> None:
        """There and back: a line with a tip at either end."""
        half = prop.w / 2
        self._line(prop.x - half, prop.y, prop.x + half, prop.y)
        self._tip(prop.x + half, prop.y, 0.0)
        self._tip(prop.x - half, prop.y, pi)

    def _orbit(self, prop: Prop) -> None:
        rect = QRectF(-prop.w, prop.y - 9, 2 * prop.w, 18)
        self.painter.drawArc(rect, 20 * 16, 140 * 16)
        self._tip(prop.w * cos(0.35), prop.y - 9 * sin(0.35) + 1, 1.2)
        self._tip(-prop.w * cos(0.35), prop.y - 9 * sin(0.35) + 1, pi - 1.2)

    def _circle(self, prop: Prop) -> None:
        rect = QRectF(prop.x - prop.w, prop.y - prop.w, 2 * prop.w, 2 * prop.w)
        self.painter.drawArc(rect, -30 * 16, -290 * 16)  # anticlockwise to the eye: backward for who looks to the right
        end = -40 * pi / 180
        self._tip(prop.x + prop.w * cos(end), prop.y + prop.w * sin(end), end + pi / 2)

    def _arc(self, prop: Prop) -> None:
        side = 1 if prop.h > 0 else -1
        rect = QRectF(prop.x - prop.w, prop.y - prop.w * 0.6, 2 * prop.w, prop.w * 1.2)
        start = 150 if side > 0 else 30
        self.painter.drawArc(rect, -start * 16, side * 120 * 16)
        end = (30 if side > 0 else 150) * pi / 180
        self._tip(prop.x + prop.w * cos(end), prop.y + prop.w * 0.6 * sin(end), -0.9 if side > 0 else pi + 0.9)

    def _sight(self, length: float) -> None:
        """A dotted line from the nose to where it points."""
        (x, y), (tip_x, tip_y) = self.frame.body.flat("head"), self.frame.body.flat("nose")
        angle = atan2(tip_y - y, tip_x - x)
        start, end = ((tip_x + part * cos(angle), tip_y + part * sin(angle)) for part in (6.0, 6.0 + length))
        self._pen(self.inks.accent, 1.3, Qt.PenStyle.DotLine)
        self._path(start, end)
        self._pen(self.inks.accent, 1.3)
        self._tip(*end, angle)
