"""The look of a window: colours (light, dark, high contrast) and their contrast, fonts, motion, the change of theme."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette, QStyleHints

from sitbreak.core.frozen import frozen
from sitbreak.window.desktop_capabilities import stillness_wanted
from sitbreak.window.props import Inks
from sitbreak.window.protocol import LookMessage
from sitbreak.window.words import word

SIZES = (13, 15, 20, 32, 56)  # type sizes in logical pixels
STEP = 8  # spacing comes in multiples of this
RADIUS = 14  # of cards
MOTION_MS = 200  # the longest any motion of the interface takes


@frozen
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


def strong_contrast(hints: QStyleHints) -> bool:
    """Whether the person asked the system for high contrast; Qt tells since 6.10."""
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


class Style(QObject):
    """What widgets ask for colours, fonts and durations; `changed` when the theme is another."""

    changed = Signal()

    def __init__(self, look: LookMessage) -> None:
        """Takes the request's look."""
        super().__init__()
        self.look, self.words = look, word
        self._theme = look.theme
        self.still = stillness_wanted() if look.reduced_motion is None else look.reduced_motion
        self.tokens = self._resolve()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._apply()

    def _resolve(self) -> Tokens:
        if self._theme in THEMES:
            return THEMES[self._theme]
        hints = QGuiApplication.styleHints()
        if strong_contrast(hints):
            return CONTRAST
        return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT

    def _system_changed(self) -> None:
        if self._theme == "system":
            self.use("system")

    def use(self, theme: str) -> None:
        """Another theme from now on; an unknown name follows the system."""
        self._theme = theme
        self.tokens = self._resolve()
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        """Gives Qt's own parts (menus, selections, carets) the same colours."""
        palette, role = QPalette(), QPalette.ColorRole
        t = self.tokens
        pairs = {
            role.Window: t.paper, role.Base: t.paper, role.WindowText: t.ink, role.Text: t.ink, role.ButtonText: t.ink,
            role.Button: t.paper, role.AlternateBase: t.tint, role.PlaceholderText: t.quiet, role.Highlight: t.action,
            role.HighlightedText: t.on_action, role.ToolTipBase: t.paper, role.ToolTipText: t.ink, role.Mid: t.line,
        }  # fmt: skip
        for name, value in pairs.items():
            palette.setColor(name, QColor(value))
        QGuiApplication.setPalette(palette)

    def colour(self, token: str) -> QColor:
        """A token's colour."""
        return QColor(getattr(self.tokens, token))

    def font(self, size: int, weight: QFont.Weight = QFont.Weight.Normal, figures: bool = False) -> QFont:
        """The system's font in one of the five sizes; `figures`: digits of equal width."""
        font = QFont(QGuiApplication.font())
        font.setPixelSize(size)
        font.setWeight(weight)
        if figures:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    @property
    def motion_ms(self) -> int:
        """How long a motion of the interface takes: 0 where motion is unwanted."""
        return 0 if self.still else MOTION_MS - 20

    def inks(self) -> Inks:
        """The figure's colours."""
        thing = self.tokens.ink if self.tokens.strong else self.tokens.quiet
        return Inks(self.colour("paper"), self.colour("ink"), QColor(thing), self.colour("move"))
