"""The tray's glyph: the figure of each state on each grid, and the picture it makes.

What shapes of one colour cover is reckoned for itself, so shapes of different colour may touch without a fringe.

`pixels` draws it and remembers what it drew; showing the same view again costs nothing. Every state also has a shape of
its own, since a template (macOS) has no colour.
"""

from __future__ import annotations

import os
import struct
import sys
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from sitbreak.adapters.tray.shapes import Arc, BarStroke, Dot, LineStroke, Sector, Shape, cover, cover_of
from sitbreak.core.frozen import frozen

if TYPE_CHECKING:
    from PIL.Image import Image

STEPS = 24  # the ring moves in steps of 15 degrees: finer cannot be told apart at 16 pixels
FAINT = 0.34  # the strength of the empty part of the ring


@frozen
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
        36: Grid(36, margin=2, stroke=4, thin=3.5),
        48: Grid(48, margin=4, stroke=5, thin=4.5),
        64: Grid(64, margin=5, stroke=7, thin=6),
        128: Grid(128, margin=10, stroke=14, thin=12),
        256: Grid(256, margin=20, stroke=28, thin=24),
    }
)


@frozen
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
    """The empty ring, and the full one; what lies between is made of both."""
    track = Layer("ink", (_ring(grid),), FAINT)
    return (track, Layer("ink", (_ring(grid),))) if step else (track,)


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

SIZES = (16, 22, 24, 32, 48, 64)  # pixels; what panels ask for at 100 and 200 per cent
FILE, FILE_SIZE = "sitbreak.png", 64
KEPT = 3 * len(SIZES)  # drawn glyphs, 100 kB: the empty ring, the full one, and the one on show

Pixel = tuple[float, float, float, float]

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


def pixels(state: str, progress: float, size: int, variant: Variant = "either") -> bytes:
    """The glyph as `size` x `size` pixels (one of GRIDS), four bytes each: red, green, blue, alpha.

    `progress` 0 to 1 counts while sitting. `light` and `dark` are for panels of that brightness, `either` is legible on
    both, `template` is black with alpha. Raises KeyError for a state or size there is none of.
    """
    return _drawn(state, step_of(state, progress), size, variant)


def step_of(state: str, progress: float) -> int:
    """How many of STEPS the ring is filled; two views with the same step look alike."""
    return round(min(1.0, max(0.0, progress)) * STEPS) if state == "sitting" else 0


def image(state: str, progress: float, size: int, variant: Variant = "either") -> Image:
    """The same as an image of Pillow, for the trays that want one."""
    from PIL import Image

    return Image.frombytes("RGBA", (size, size), pixels(state, progress, size, variant))


def png(state: str, progress: float, size: int, variant: Variant = "either") -> bytes:
    """The same as a PNG file."""
    drawn, row = pixels(state, progress, size, variant), 4 * size
    rows = b"".join(b"\0" + drawn[start : start + row] for start in range(0, len(drawn), row))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)  # 8 bits a channel, RGBA, the only ways there are
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def icon_file(folder: Path) -> Path:
    """The path of a PNG of the program's icon in `folder`, written there once (legible anywhere); raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    if path.exists():  # the folder is emptied with the session
        return path
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(png("break", 0.0, FILE_SIZE, "either"))
    os.replace(unfinished, path)
    return path


@lru_cache(maxsize=KEPT)
def _drawn(state: str, step: int, size: int, variant: Variant) -> bytes:
    if state == "sitting" and 0 < step < STEPS:
        return _filled(step, size, *(_drawn(state, end, size, variant) for end in (0, STEPS)))
    layers = STATES[state](GRIDS[size], step)
    canvas = [(0.0, 0.0, 0.0, 0.0)] * size**2
    if variant == "either":
        _put(canvas, (Dot((size / 2, size / 2), size / 2),), size, EDGE, EDGE_STRENGTH)
    for layer in layers:
        _put(canvas, layer.shapes, size, _colour(layer.token, variant), layer.strength)
    told: dict[Pixel, bytes] = {pixel: _bytes(*pixel) for pixel in set(canvas)}  # most look like many others
    return b"".join([told[pixel] for pixel in canvas])


def _filled(step: int, size: int, empty: bytes, full: bytes) -> bytes:
    """The ring filled so far, which is wanted every two minutes: a quarter of the work of drawing it."""
    drawn, whole = (memoryview(bytearray(ring)).cast("I") for ring in (empty, full))  # a number for each pixel
    places = [place for place, pixels in enumerate(zip(drawn, whole, strict=True)) if pixels[0] != pixels[1]]
    part = Sector((size / 2, size / 2), 0, 360 * step / STEPS)
    for place, covered in zip(places, cover_of((part,), places, size), strict=True):
        if covered == 1:
            drawn[place] = whole[place]
        elif covered:
            colours = zip(*(ring[4 * place : 4 * place + 4] for ring in (empty, full)), strict=True)
            drawn[place] = int.from_bytes(bytes(round(a + (b - a) * covered) for a, b in colours), sys.byteorder)
    return drawn.tobytes()


def _bytes(red: float, green: float, blue: float, alpha: float) -> bytes:
    return bytes((round(red), round(green), round(blue), round(255 * alpha)))


def _colour(token: str, variant: Variant) -> str:
    if variant == "template":
        return "#000000"
    return TOKENS[token][0 if variant == "light" else 1]


def _put(canvas: list[Pixel], shapes: tuple[Shape, ...], size: int, colour: str, strength: float) -> None:
    """Lays the shapes over what is there; colours are 0 to 255, alpha is 0 to 1."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    ink = red, green, blue
    for place, covered in enumerate(cover(shapes, size)):
        if covered:
            canvas[place] = _over(canvas[place], ink, covered * strength)


def _over(below: Pixel, ink: tuple[int, int, int], over: float) -> Pixel:
    """A pixel with an ink that covers so much of it."""
    red, green, blue, before = below
    if not before or over == 1:
        return *ink, over
    alpha = over + before * (1 - over)
    part = over / alpha
    return red + (ink[0] - red) * part, green + (ink[1] - green) * part, blue + (ink[2] - blue) * part, alpha
