"""What the tray's glyph is made of: shapes that know how far points are from their edge.

From that distance follows how much of a pixel a shape covers, so a picture needs no library: Pillow, which drew it
once, is 4 MB in a program that runs all day. Many points at once, since a loop over each would take five times as long.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

from sitbreak.core.frozen import frozen

Point = tuple[float, float]
Places = Sequence[float]  # the same coordinate of many points
OUTSIDE = 0.5  # so far from the edge nothing of a pixel is covered


class Shape(Protocol):
    """Something that can be drawn; all lengths are in pixels."""

    def distances(self, xs: Places, ys: Places) -> list[float]:
        """From each point to the nearest edge: below zero inside the shape, above it outside."""
        ...


@frozen
class Arc:
    """Part of a ring: from `start` to `end` in degrees clockwise from 12 o'clock, along the middle of the stroke."""

    centre: Point
    radius: float
    width: float
    start: float = 0.0
    end: float = 360.0

    def distances(self, xs: Places, ys: Places) -> list[float]:
        """Those to the ring, or to the cuts across it where they are farther."""
        half = self.width / 2
        ring = [abs(way) - half for way in Dot(self.centre, self.radius).distances(xs, ys)]
        if self.end - self.start >= 360:
            return ring
        near = [place for place, way in enumerate(ring) if way < OUTSIDE]  # to the others the cuts change nothing
        part = Sector(self.centre, self.start, self.end)
        cuts = part.distances([xs[place] for place in near], [ys[place] for place in near])
        for place, way in zip(near, cuts, strict=True):
            ring[place] = max(ring[place], way)
        return ring


@frozen
class Sector:
    """All that lies from `start` to `end` as seen from the centre, in degrees clockwise from 12 o'clock."""

    centre: Point
    start: float
    end: float

    def distances(self, xs: Places, ys: Places) -> list[float]:
        """Those to the two rays."""
        starts, ends = _cut(self.centre, self.start, xs, ys), _cut(self.centre, self.end, xs, ys)
        farther = max if self.end - self.start <= 180 else min
        return [farther(-before, after) for before, after in zip(starts, ends, strict=True)]


def _cut(centre: Point, angle: float, xs: Places, ys: Places) -> list[float]:
    """From each point to the ray from the centre at this angle; above zero clockwise of it."""
    across, along = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    ahead = centre[0] * across + centre[1] * along
    return [x * across + y * along - ahead for x, y in zip(xs, ys, strict=True)]


@frozen
class Dot:
    """A filled circle."""

    centre: Point
    radius: float

    def distances(self, xs: Places, ys: Places) -> list[float]:
        """Those to the circle."""
        (x, y), radius = self.centre, self.radius
        return [way - radius for way in map(math.hypot, [each - x for each in xs], [each - y for each in ys])]


@frozen
class BarStroke:
    """A filled rectangle with corners rounded by `round_by` pixels."""

    left: float
    top: float
    right: float
    bottom: float
    round_by: float = 0.0

    def distances(self, xs: Places, ys: Places) -> list[float]:
        """Those to the rectangle without its corners, and their radius less."""
        x, y = (self.left + self.right) / 2, (self.top + self.bottom) / 2
        wide, tall = (self.right - self.left) / 2 - self.round_by, (self.bottom - self.top) / 2 - self.round_by
        across, along = [abs(each - x) - wide for each in xs], [abs(each - y) - tall for each in ys]
        outside = map(math.hypot, [max(each, 0.0) for each in across], [max(each, 0.0) for each in along])
        inside = [min(max(sides), 0.0) for sides in zip(across, along, strict=True)]
        return [out + within - self.round_by for out, within in zip(outside, inside, strict=True)]


@frozen
class LineStroke:
    """A line through `points` with round ends and joints."""

    points: Sequence[Point]
    width: float

    def distances(self, xs: Places, ys: Places) -> list[float]:
        """Those to the nearest of its pieces."""
        half = self.width / 2
        pieces = [_to_piece(xs, ys, *ends) for ends in zip(self.points, self.points[1:], strict=False)]
        return [min(ways) - half for ways in zip(*pieces, strict=True)]


def _to_piece(xs: Places, ys: Places, start: Point, end: Point) -> list[float]:
    """From each point to a straight piece of a line."""
    (x0, y0), dx, dy = start, end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    beside = [min(1.0, max(0.0, ((x - x0) * dx + (y - y0) * dy) / length)) for x, y in zip(xs, ys, strict=True)]
    return [math.hypot(x - x0 - at * dx, y - y0 - at * dy) for x, y, at in zip(xs, ys, beside, strict=True)]


def cover(shapes: Sequence[Shape], size: int) -> list[float]:
    """How much of each pixel the shapes cover, 0 to 1, row by row."""
    return cover_of(shapes, range(size**2), size)


def cover_of(shapes: Sequence[Shape], places: Sequence[int], size: int) -> list[float]:
    """The same of some pixels, counted row by row; a pixel's edge lies half a pixel from its middle."""
    xs, ys = [place % size + 0.5 for place in places], [place // size + 0.5 for place in places]
    nearest = [min(ways) for ways in zip(*(shape.distances(xs, ys) for shape in shapes), strict=True)]
    return [0.0 if way >= OUTSIDE else 1.0 if way <= -OUTSIDE else OUTSIDE - way for way in nearest]
