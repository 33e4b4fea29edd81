"""The tray glyph."""

from __future__ import annotations

import itertools
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from sitbreak.adapters.tray.glyph import GRIDS, SIZES, STATES, STEPS, Variant, icon_file, image, pixels, png, step_of
from sitbreak.adapters.tray.shapes import BarStroke, Dot, cover

VARIANTS: tuple[Variant, ...] = ("light", "dark", "either", "template")
PANELS = {
    "light": ["#F2F2F2"],
    "dark": ["#20262B"],
    "either": ["#FFFFFF", "#000000", "#303438"],
    "template": ["#EEEEEE"],
}


def luminance(colour: tuple[int, ...]) -> float:
    """Relative luminance as WCAG 2 defines it."""
    linear = [part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrasts(state: str, size: int, variant: Variant, panel: str) -> list[float]:
    """The contrast of every pixel of the full glyph against a panel of that colour."""
    ground = Image.new("RGBA", (size, size), panel)
    behind = luminance(ground.getpixel((0, 0)))  # type: ignore[arg-type]  # RGBA pixels are tuples
    ground.alpha_composite(image(state, 1.0, size, variant))
    bright = [luminance(pixel) for _, pixel in ground.getcolors(size * size) or []]  # type: ignore[arg-type]
    return [(max(one, behind) + 0.05) / (min(one, behind) + 0.05) for one in bright]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
def test_each_state_is_drawn_in_each_size(state: str, size: int) -> None:
    """The image has the size asked for, something on it, and clear corners."""
    for variant in VARIANTS:
        drawn = image(state, 0.5, size, variant)
        assert (drawn.size, drawn.mode) == ((size, size), "RGBA")
        assert drawn.getbbox() is not None
        assert drawn.getpixel((0, 0))[3] == 0  # type: ignore[index]  # RGBA pixels are tuples


@pytest.mark.parametrize("size", SIZES)
def test_states_differ_by_shape_alone(size: int) -> None:
    """Without any colour (template) no two states look alike, even at 16 pixels."""
    for one, other in itertools.combinations(STATES, 2):
        first, second = (image(state, 0.5, size, "template").getchannel("A") for state in (one, other))
        different = ImageChops.difference(first, second).point(lambda level: 255 if level > 80 else 0)
        assert different.histogram()[255] >= size / 2, f"{one} looks like {other}"


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("state", STATES)
def test_each_variant_stands_out_on_its_panel(state: str, variant: Variant) -> None:
    """The glyph reaches the contrast of 3 to 1 that WCAG 2 asks of graphics, on every panel it is meant for."""
    for panel in PANELS[variant]:
        assert max(contrasts(state, 16, variant, panel)) >= 3.0, f"{state} on {panel}"


@pytest.mark.parametrize("size", SIZES)
def test_the_ring_fills_clockwise_from_the_top(size: int) -> None:
    """At a quarter the upper right is stronger than the three other quarters, at a half the right than the left."""
    half = size // 2
    quarter = image("sitting", 0.25, size, "template").getchannel("A")
    corners = [(half, 0), (half, half), (0, half), (0, 0)]
    strength = [_ink(quarter.crop((x, y, x + half, y + half))) for x, y in corners]
    assert strength[0] > 1.8 * max(strength[1:])
    filled = image("sitting", 0.5, size, "template").getchannel("A")
    assert _ink(filled.crop((half, 0, size, size))) > 1.8 * _ink(filled.crop((0, 0, half, size)))


def test_more_sitting_is_more_ring() -> None:
    """Each step is stronger than the one before; below 0 and above 1 nothing more happens."""
    strength = [_ink(image("sitting", step / STEPS, 22, "dark").getchannel("A")) for step in range(STEPS + 1)]
    assert strength == sorted(strength)
    assert len(set(strength)) == STEPS + 1
    assert step_of("sitting", -1.0) == 0
    assert step_of("sitting", 7.0) == STEPS


def test_what_was_drawn_is_not_drawn_again() -> None:
    """Progress that rounds to the same step gives the very same image; other states do not care for progress."""
    assert pixels("sitting", 0.501, 24, "dark") is pixels("sitting", 0.499, 24, "dark")
    assert pixels("due", 0.1, 24, "dark") is pixels("due", 0.9, 24, "dark")


def test_the_glyph_is_symmetrical() -> None:
    """Pixel-fitted: left and right mirror each other to within a tenth of a pixel's coverage."""
    for state, size in itertools.product(STATES, SIZES):
        alpha = image(state, 0.0, size, "template").getchannel("A")
        mirrored = alpha.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        uneven = ImageChops.difference(alpha, mirrored).point(lambda level: 255 if level > 24 else 0)
        assert uneven.getbbox() is None, f"{state} at {size} leans"


def test_unknown_states_and_sizes_are_refused() -> None:
    """A name or size there is none of is a KeyError, not an empty icon."""
    with pytest.raises(KeyError):
        image("dancing", 0.0, 16)
    with pytest.raises(KeyError):
        image("due", 0.0, 17)


def _ink(alpha: Image.Image) -> float:
    return sum(level * count for level, count in enumerate(alpha.histogram()))


@pytest.mark.parametrize("size", GRIDS)
def test_the_picture_as_a_file_is_the_picture(size: int) -> None:
    """Whoever reads the PNG sees every pixel as it was drawn."""
    with Image.open(BytesIO(png("break", 0.0, size))) as read:
        assert read.tobytes() == pixels("break", 0.0, size)


def test_a_pixel_is_covered_as_far_as_the_shape_reaches() -> None:
    """Wholly inside, by half where the edge runs through its middle, not at all outside."""
    assert cover([BarStroke(1, 0, 3.5, 5)], 5)[:5] == [0.0, 1.0, 1.0, 0.5, 0.0]
    assert cover([Dot((2.5, 2.5), 1.5)], 5)[10:15] == [0.0, 1.0, 1.0, 1.0, 0.0]


def test_the_glyph_can_be_had_as_a_file(tmp_path: Path) -> None:
    """Written whole into a folder that need not be there yet, and found there the next time."""
    for _ in range(2):
        path = icon_file(tmp_path / "cache" / "sitbreak")
        with Image.open(path) as drawn:
            assert drawn.size == (64, 64)
    assert [file.name for file in path.parent.iterdir()] == ["sitbreak.png"]
