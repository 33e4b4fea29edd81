"""Picking apps from those that run now, instead of guessing how they are called."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from sitbreak.window.card_pages import bar_sheet
from sitbreak.window.look import Style
from sitbreak.window.widgets.buttons import Button

HIGH = 240  # pixels of the list; it fits the smallest screen with the search above it


class AppsPicker(QWidget):
    """A list of the apps that run, with a search, and a `button` that asks for it. `picked` tells all chosen anew."""

    asked = Signal()
    picked = Signal(list)

    def __init__(self, style: Style) -> None:
        """Takes the style; `show_value` says what is in the list."""
        super().__init__()
        self._style, self._chosen = style, list[str]()
        self.button = Button(style, style.words("apps_choose"), "plain")
        self.button.clicked.connect(self._pressed)
        self.search, self.names = QLineEdit(), QListWidget()
        self.search.setPlaceholderText(style.words("apps_search"))
        self.search.setAccessibleName(style.words("apps_search"))
        self.search.textChanged.connect(self._find)
        self.names.setAccessibleName(style.words("apps_choose"))
        self.names.setFixedHeight(HIGH)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.itemChanged.connect(self._ticked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.search, self.names):
            column.addWidget(widget)
            widget.hide()
        style.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        t = self._style.tokens
        self.names.setStyleSheet(
            f"QListWidget{{background:{t.paper};color:{t.ink};border:1px solid {t.quiet};border-radius:8px;"
            "padding:4px;font-size:15px;outline:0}"
            f"QListWidget:focus{{border:2px solid {t.ink};padding:3px}}"
            f"QListWidget::item{{padding:5px}}QListWidget::item:selected{{background:{t.tint};color:{t.ink}}}"
            f"QListWidget::indicator{{width:14px;height:14px;border:2px solid {t.quiet};border-radius:4px}}"
            f"QListWidget::indicator:checked{{background:{t.action};border-color:{t.action}}}" + bar_sheet(self._style)
        )

    def show_value(self, value: object) -> None:
        """The apps of the list."""
        self._chosen = [str(each) for each in value] if isinstance(value, (list, tuple)) else []

    def _pressed(self) -> None:
        """Asks for the names; pressed again it puts the list away."""
        if self.names.isHidden():
            self.asked.emit()
        else:
            self.search.hide()
            self.names.hide()

    def offer(self, names: Sequence[str]) -> None:
        """Shows the list: those chosen are ticked and stand first, also those that do not run."""
        self.names.blockSignals(True)
        self.names.clear()
        running = sorted(set(names) - set(self._chosen), key=str.casefold)
        for name in (*sorted(self._chosen, key=str.casefold), *running):
            item = QListWidgetItem(name, self.names)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name in self._chosen else Qt.CheckState.Unchecked)
        self.names.setCurrentRow(0)
        self.names.blockSignals(False)
        self.search.clear()
        self.search.show()
        self.names.show()
        self.search.setFocus(Qt.FocusReason.TabFocusReason)

    def _find(self, text: str) -> None:
        """Lists only the names with the text in them; the first of them is the one the keys begin at."""
        first = -1
        for row in range(self.names.count()):
            hidden = text.casefold() not in self.names.item(row).text().casefold()
            self.names.setRowHidden(row, hidden)
            first = row if first < 0 and not hidden else first
        self.names.setCurrentRow(first)

    def _ticked(self, item: QListWidgetItem) -> None:
        name, on = item.text(), item.checkState() is Qt.CheckState.Checked
        rest = [each for each in self._chosen if each != name]
        self._chosen = [*rest, name] if on else rest
        self.picked.emit(list(self._chosen))
