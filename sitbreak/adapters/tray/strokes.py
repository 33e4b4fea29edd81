"""Strokes of the tray glyph: shapes in pixels of the final size, drawn sixteen times finer and averaged down.

A mask is drawn for each shape on its own, so shapes of different colour may touch without a fringe between them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

FINER = 16  # sub-pixels a side: enough that the left half mirrors the right one

Point = tuple[float, float]


class Shape(Protocol):
    """Something that can be drawn: lengths in pixels of the final size, `scale` sub-pixels each."""

    def draw(self, pen: ImageDraw, scale: int, grow: float) -> None:
        """Draws it in full white, `grow` pixels fatter on every side."""
        ...


@dataclass(frozen=True, slots=True)
class Arc:
    """Part of a ring: from `start` to `end` in degrees clockwise from 12 o'clock, along the middle of the stroke."""

    centre: Point
    radius: float
    width: float
    start: float = 0.0
    end: float = 360.0
    rounded: bool = False

    def draw(self, pen: ImageDraw, scale: int, grow: float) -> None:
        """Draws the arc; a whole turn is a ring without a seam."""
        outer = (self.radius + self.width / 2 + grow) * scale
        x, y = self.centre[0] * scale, self.centre[1] * scale
        box = (x - outer, y - outer, x + outer - 1, y + outer - 1)
        width = round((self.width + 2 * grow) * scale)
        if self.end - self.start >= 360:
            pen.ellipse(box, outline=255, width=width)
            return
        pen.arc(box, self.start - 90, self.end - 90, fill=255, width=width)
        if self.rounded:
            for angle in (self.start, self.end):
                self.cap(angle).draw(pen, scale, grow)

    def cap(self, angle: float) -> Dot:
        """The round end of the stroke at `angle` degrees."""
        turn = math.radians(angle)
        at = (self.centre[0] + self.radius * math.sin(turn), self.centre[1] - self.radius * math.cos(turn))
        return Dot(at, self.width / 2)


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle."""

    centre: Point
    radius: float

    def draw(self, pen: ImageDraw, scale: int, grow: float) -> None:
        """Draws the circle."""
        reach = (self.radius + grow) * scale
        x, y = self.centre[0] * scale, self.centre[1] * scale
        pen.ellipse((x - reach, y - reach, x + reach - 1, y + reach - 1), fill=255)


@dataclass(frozen=True, slots=True)
class BarStroke:
    """A filled rectangle with corners rounded by `round_by` pixels."""

    left: float
    top: float
    right: float
    bottom: float
    round_by: float = 0.0

    def draw(self, pen: ImageDraw, scale: int, grow: float) -> None:
        """Draws the rectangle."""
        box = [(self.left - grow) * scale, (self.top - grow) * scale]
        box += [(self.right + grow) * scale - 1, (self.bottom + grow) * scale - 1]
        pen.rounded_rectangle((box[0], box[1], box[2], box[3]), radius=(self.round_by + grow) * scale, fill=255)


@dataclass(frozen=True, slots=True)
class LineStroke:
    """A line through `points` with round ends and joints."""

    points: Sequence[Point]
    width: float

    def draw(self, pen: ImageDraw, scale: int, grow: float) -> None:
        """Draws the line."""
        fine = [(x * scale - 0.5, y * scale - 0.5) for x, y in self.points]  # Pillow counts from a pixel's middle
        pen.line(fine, fill=255, width=round((self.width + 2 * grow) * scale))
        for point in self.points:
            Dot(point, self.width / 2).draw(pen, scale, grow)


def mask(shapes: Sequence[Shape], size: int, grow: float = 0.0) -> Image:
    """How much of each pixel the shapes cover, 0 to 255, as a grey image of `size` x `size`."""
    from PIL import Image, ImageDraw

    fine = Image.new("L", (size * FINER, size * FINER), 0)
    pen = ImageDraw.Draw(fine)
    for shape in shapes:
        shape.draw(pen, FINER, grow)
    return fine.reduce(FINER)
