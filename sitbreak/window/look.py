"""The look in force: colours, fonts and motion of one window, and the change of theme while it is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette, QStyleHints

from sitbreak.window import stillness
from sitbreak.window.figure import Inks
from sitbreak.window.protocol import LookMessage
from sitbreak.window.tokens import CONTRAST, DARK, LIGHT, MOTION_MS, THEMES, Tokens
from sitbreak.window.words import Words


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
        self.look, self.words = look, Words(look.texts)
        self._theme = look.theme
        self.still = stillness.wanted() if look.reduced_motion is None else look.reduced_motion
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
