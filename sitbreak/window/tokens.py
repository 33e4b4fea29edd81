"""The colours of the windows (light, dark, high contrast), and the arithmetic of contrast. Pure."""

from __future__ import annotations

from dataclasses import dataclass

SIZES = (13, 15, 20, 32, 56)  # type sizes in logical pixels
STEP = 8  # spacing comes in multiples of this
RADIUS = 14  # of cards
MOTION_MS = 200  # the longest any motion of the interface takes


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme, as #RRGGBB."""

    paper: str
    ink: str
    quiet: str
    line: str
    move: str
    sit: str
    long: str
    stand: str
    dark: bool = False
    strong: bool = False  # high contrast: heavier lines, no tints

    @property
    def action(self) -> str:
        """Fill of the primary button: `move` with the ink its text needs (paper on light `move` is 3.9 : 1)."""
        share = 0.0
        while contrast(blend(self.move, self.ink, share), self.on_action) < 4.6:
            share += 0.02
        return blend(self.move, self.ink, share)

    @property
    def on_action(self) -> str:
        """Text on the primary button."""
        return self.paper

    @property
    def tint(self) -> str:
        """Ground of a control under the pointer, or of a chosen one."""
        return blend(self.paper, self.ink, 0.16) if self.strong else blend(self.paper, self.line, 0.6)


LIGHT = Tokens("#FBFAF7", "#16262B", "#5B6B70", "#DDE3E0", "#0E8F6E", "#B9C6C4", "#C7762B", "#3D7FBF")
DARK = Tokens("#12191B", "#E9F0EE", "#9DB0AF", "#2A3639", "#5FE0B0", "#43555A", "#F0A35C", "#7DB7F0", dark=True)
CONTRAST = Tokens(
    "#000000", "#FFFFFF", "#E6E6E6", "#FFFFFF", "#7CFFCB", "#BFBFBF", "#FFD08A", "#A8D4FF", dark=True, strong=True
)
THEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of a #RRGGBB, 0 to 1."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour))
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2.2, from 1 to 21; text needs 4.5, large text and shapes 3."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def blend(one: str, other: str, share: float) -> str:
    """The colour `share` (0 to 1) of the way from one to the other."""
    mixed = (a + (b - a) * share for a, b in zip(channels(one), channels(other), strict=True))
    return "#" + "".join(f"{round(c * 255):02X}" for c in mixed)
