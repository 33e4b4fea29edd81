"""The tray glyph as an image: its figures in the colours of the product, for light panels, dark ones, either, or macOS.

`image` draws it and remembers what it drew; showing the same view again costs nothing. Every state also has a shape of
its own, since a template (macOS) has no colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from sitbreak.adapters.tray.figures import GRIDS, STATES, STEPS
from sitbreak.adapters.tray.strokes import Dot, Shape, mask

if TYPE_CHECKING:
    from PIL.Image import Image

Variant = Literal["light", "dark", "either", "template"]

SIZES = tuple(GRIDS)  # pixels; what panels ask for at 100 and 200 per cent
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
    """The glyph as an RGBA image of `size` x `size` pixels (one of SIZES); `progress` 0 to 1 counts while sitting.

    `light` and `dark` are for panels of that brightness, `either` is legible on both, `template` is black with alpha.
    Raises KeyError for a state or size there is none of.
    """
    return _drawn(state, step_of(state, progress), size, variant)


def step_of(state: str, progress: float) -> int:
    """How many of STEPS the ring is filled; two views with the same step look alike."""
    return round(min(1.0, max(0.0, progress)) * STEPS) if state == "sitting" else 0


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
