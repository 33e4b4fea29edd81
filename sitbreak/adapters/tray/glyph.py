"""The tray's glyph: the shapes, the figure of each state on each grid, and the picture they make.

A mask is drawn for each shape on its own, so shapes of different colour may touch without a fringe between them.

`image` draws it and remembers what it drew; showing the same view again costs nothing. Every state also has a shape of
its own, since a template (macOS) has no colour.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Protocol

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


STEPS = 24  # the ring moves in steps of 15 degrees: finer cannot be told apart at 16 pixels
FAINT = 0.34  # the strength of the empty part of the ring


@dataclass(frozen=True, slots=True)
class Grid:
    """What everything is fitted to, in pixels: the empty `margin`, the `stroke` of the ring, `thin` lines."""

    size: int
    margin: int
    stroke: float
    thin: float

    @property
    def middle(self) -> float:
        """The centre of the square."""
        return self.size / 2

    @property
    def radius(self) -> float:
        """From the centre to the middle of the ring's stroke."""
        return self.middle - self.margin - self.stroke / 2


GRIDS: Mapping[int, Grid] = MappingProxyType(
    {
        16: Grid(16, margin=1, stroke=2, thin=2),
        22: Grid(22, margin=2, stroke=2.5, thin=2.25),
        24: Grid(24, margin=2, stroke=3, thin=2.5),
        32: Grid(32, margin=3, stroke=3.5, thin=3),
        48: Grid(48, margin=4, stroke=5, thin=4.5),
        64: Grid(64, margin=5, stroke=7, thin=6),
        128: Grid(128, margin=10, stroke=14, thin=12),
        256: Grid(256, margin=20, stroke=28, thin=24),
    }
)


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes of one colour and strength (0 to 1)."""

    token: str
    shapes: tuple[Shape, ...]
    strength: float = 1.0


def _ring(grid: Grid) -> Arc:
    return Arc((grid.middle, grid.middle), grid.radius, grid.stroke)


def _chevron(grid: Grid, tip: float, reach: float, width: float) -> LineStroke:
    """An upward chevron: its tip at height `tip`, `reach` pixels to either side."""
    foot = tip + reach * 0.9
    return LineStroke(((grid.middle - reach, foot), (grid.middle, tip), (grid.middle + reach, foot)), width)


def _sitting(grid: Grid, step: int) -> tuple[Layer, ...]:
    track = Layer("ink", (_ring(grid),), FAINT)
    if step == 0:
        return (track,)
    filled = Arc((grid.middle, grid.middle), grid.radius, grid.stroke, 0, 360 * step / STEPS)
    return (track, Layer("ink", (filled,)))


def _due(grid: Grid, step: int) -> tuple[Layer, ...]:
    inner = grid.radius - grid.stroke / 2
    reach = inner * 0.5
    return (Layer("long", (_ring(grid), _chevron(grid, grid.middle - reach * 0.5, reach, grid.thin))),)


def _break(grid: Grid, step: int) -> tuple[Layer, ...]:
    drop = grid.size / 16
    centre = (grid.middle, grid.middle + drop / 2)
    ring = Arc(centre, grid.radius - drop / 2, grid.stroke, 64, 296)
    reach = grid.radius * 0.47
    return (Layer("move", (ring, _chevron(grid, grid.margin + grid.thin / 2 - drop * 0.5, reach, grid.thin))),)


def _paused(grid: Grid, step: int) -> tuple[Layer, ...]:
    inner = grid.radius - grid.stroke / 2
    width, gap = max(2, round(inner * 0.32)), max(2, round(inner * 0.32))
    gap += (grid.size + gap) % 2  # both bars on whole pixels
    tall = round(inner * 0.46)
    left, right = grid.middle - gap / 2, grid.middle + gap / 2
    top, bottom = grid.middle - tall, grid.middle + tall
    bars = (BarStroke(left - width, top, left, bottom), BarStroke(right, top, right + width, bottom))
    return (Layer("quiet", (_ring(grid),)), Layer("ink", bars))


def _withheld(grid: Grid, step: int) -> tuple[Layer, ...]:
    inner = grid.radius - grid.stroke / 2
    dot = Dot((grid.middle, grid.middle), round(inner * 0.42 * 2) / 2)
    return (Layer("ink", (_ring(grid),)), Layer("long", (dot,)))


def _blind(grid: Grid, step: int) -> tuple[Layer, ...]:
    dashes, part = (6, 0.56) if grid.size < 22 else (8, 0.56)
    turn = 360 / dashes
    centre = (grid.middle, grid.middle)
    starts = [turn * (number - part / 2) for number in range(dashes)]
    arcs = tuple(Arc(centre, grid.radius, grid.stroke, start, start + turn * part) for start in starts)
    return (Layer("ink", arcs, 0.85),)


def _standing(grid: Grid, step: int) -> tuple[Layer, ...]:
    foot, neck = max(2, round(grid.thin * 0.9)), round(grid.size / 16)
    bottom = grid.size - grid.margin + round(grid.size / 32)
    top = grid.margin - round(grid.size / 32)
    radius = (bottom - top - foot - neck - grid.stroke) / 2
    ring = Arc((grid.middle, top + radius + grid.stroke / 2), radius, grid.stroke)
    half = max(1.5, grid.stroke * 0.6)
    stem = BarStroke(grid.middle - half, bottom - foot - neck - grid.stroke / 2, grid.middle + half, bottom - foot)
    half = round(radius * 0.9)
    base = BarStroke(grid.middle - half, bottom - foot, grid.middle + half, bottom, foot / 2)
    return (Layer("stand", (ring, stem, base)),)


STATES: Mapping[str, Callable[[Grid, int], tuple[Layer, ...]]] = MappingProxyType(
    {
        "sitting": _sitting,
        "due": _due,
        "break": _break,
        "paused": _paused,
        "withheld": _withheld,
        "blind": _blind,
        "standing": _standing,
    }
)


Variant = Literal["light", "dark", "either", "template"]

SIZES = tuple(size for size in GRIDS if size <= 64)  # pixels; what panels ask for at 100 and 200 per cent
FILE, FILE_SIZE = "sitbreak.png", 64
KEPT = 128  # drawn glyphs kept; about 0.6 MB

# Tokens of the product's look: (light panel, dark panel).
TOKENS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "ink": ("#16262B", "#E9F0EE"),
        "quiet": ("#5B6B70", "#9DB0AF"),
        "move": ("#0E8F6E", "#5FE0B0"),
        "long": ("#C7762B", "#F0A35C"),
        "stand": ("#3D7FBF", "#7DB7F0"),
    }
)
EDGE = "#12191B"  # the dark paper: the disc that keeps the dark-panel variant readable on a light panel
EDGE_STRENGTH = 0.85


def image(state: str, progress: float, size: int, variant: Variant = "either") -> Image:
    """The glyph as an RGBA image of `size` x `size` pixels (one of GRIDS); `progress` 0 to 1 counts while sitting.

    `light` and `dark` are for panels of that brightness, `either` is legible on both, `template` is black with alpha.
    Raises KeyError for a state or size there is none of.
    """
    return _drawn(state, step_of(state, progress), size, variant)


def step_of(state: str, progress: float) -> int:
    """How many of STEPS the ring is filled; two views with the same step look alike."""
    return round(min(1.0, max(0.0, progress)) * STEPS) if state == "sitting" else 0


def icon_file(folder: Path) -> Path:
    """The path of a PNG of the glyph in `folder`, written there once (legible on any ground); raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    if path.exists():  # the folder is emptied with the session; Pillow's file formats are 1 MB of code
        return path
    unfinished = path.with_suffix(".part")
    image("due", 1.0, FILE_SIZE, "either").save(unfinished, "PNG")
    os.replace(unfinished, path)
    return path


@lru_cache(maxsize=KEPT)
def _drawn(state: str, step: int, size: int, variant: Variant) -> Image:
    from PIL import Image

    layers = STATES[state](GRIDS[size], step)
    canvas = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    if variant == "either":
        _put(canvas, [Dot((size / 2, size / 2), size / 2)], EDGE, EDGE_STRENGTH)
    for layer in layers:
        _put(canvas, list(layer.shapes), _colour(layer.token, variant), layer.strength)
    return canvas


def _colour(token: str, variant: Variant) -> str:
    if variant == "template":
        return "#000000"
    return TOKENS[token][0 if variant == "light" else 1]


def _put(canvas: Image, shapes: list[Shape], colour: str, strength: float, grow: float = 0.0) -> None:
    from PIL import Image, ImageColor

    cover = mask(shapes, canvas.width, grow).point(lambda level: level * strength)
    layer = Image.new("RGBA", canvas.size, (*ImageColor.getrgb(colour)[:3], 0))
    layer.putalpha(cover)
    canvas.alpha_composite(layer)
