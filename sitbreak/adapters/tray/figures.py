"""What each state of the tray glyph is made of, fitted to the pixels of each size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sitbreak.adapters.tray.strokes import Arc, BarStroke, Dot, LineStroke, Shape

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
