"""Picking apps from those that run now, instead of guessing how they are called."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from sitbreak.window.look import Style
from sitbreak.window.widgets.buttons import Button


class AppsPicker(QWidget):
    """A button that asks for the apps that run, and a menu of them. `picked` tells the whole list anew."""

    asked = Signal()
    picked = Signal(list)

    def __init__(self, style: Style) -> None:
        """Takes the style; `show_value` says what is in the list."""
        super().__init__()
        self._style, self._chosen = style, list[str]()
        self.button = Button(style, style.words("apps_choose"), "bare")
        self.button.clicked.connect(self.asked)
        self.menu: QMenu | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.button)

    def show_value(self, value: object) -> None:
        """The apps of the list."""
        self._chosen = [str(each) for each in value] if isinstance(value, (list, tuple)) else []

    def offer(self, names: Sequence[str]) -> None:
        """Opens the menu: those of the list are ticked, also those that do not run."""
        menu = self.menu = QMenu(self)
        tokens = self._style.tokens
        menu.setStyleSheet(
            f"QMenu{{background:{tokens.paper};color:{tokens.ink};border:1px solid {tokens.line};padding:4px}}"
            f"QMenu::item{{padding:6px 24px}}QMenu::item:selected{{background:{tokens.tint}}}"
        )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in sorted({*names, *self._chosen}, key=str.casefold):
            action = QAction(name, menu)
            action.setCheckable(True)
            action.setChecked(name in self._chosen)
            action.toggled.connect(lambda on, name=name: self._toggled(name, on=on))
            menu.addAction(action)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _toggled(self, name: str, *, on: bool) -> None:
        self._chosen = [*self._chosen, name] if on else [each for each in self._chosen if each != name]
        self.picked.emit(list(self._chosen))
