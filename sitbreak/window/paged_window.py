"""Windows of several pages: their names at the left, the page at the right; where there is little room, a drop-down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from sitbreak.window.card_pages import Page, scrolling
from sitbreak.window.fields import sheet
from sitbreak.window.look import Style
from sitbreak.window.protocol import EntryMessage
from sitbreak.window.widgets.drop import Drop
from sitbreak.window.widgets.list_lines import EntryButton
from sitbreak.window.widgets.text import Text

WIDE, ANY_WIDTH = 252, 16_777_215
NARROW = 620  # pixels: in a window narrower than this the names are a drop-down above the page


class Navigation(QWidget):
    """The pages of a window, one of them chosen; `head` stands above them."""

    chosen = Signal(str)

    def __init__(self, style: Style, pages: Sequence[str], head: QWidget | None = None) -> None:
        """Takes the names of the pages."""
        super().__init__()
        column = self._column = QVBoxLayout(self)
        column.setSpacing(8)
        if head is not None:
            column.addWidget(head)
        self.drop = Drop(style)
        self.drop.addItems(list(pages))
        self.drop.activated.connect(lambda number: self.chosen.emit(self.drop.itemText(number)))
        column.addWidget(self.drop)
        names = QWidget()
        listed = QVBoxLayout(names)
        listed.setContentsMargins(0, 0, 4, 0)
        listed.setSpacing(2)
        self.buttons: dict[str, EntryButton] = {}
        for page in pages:
            button = self.buttons[page] = EntryButton(style, EntryMessage(page, page, checked=False), page=True)
            button.chosen.connect(lambda page=page: self.chosen.emit(page))
            listed.addWidget(button)
        self._nothing = Text(style, "", 13, "quiet")
        self._nothing.setContentsMargins(10, 6, 10, 6)
        self._nothing.hide()
        listed.addWidget(self._nothing)
        listed.addStretch(1)
        self._list = scrolling(style, names)
        names.setMinimumHeight(0)  # as high as its lines are
        column.addWidget(self._list, 1)
        self.compact(on=False)

    @property
    def first(self) -> str:
        """The first page; empty without any."""
        return next(iter(self.buttons), "")

    def mark(self, page: str) -> None:
        """Marks the page that is shown; any other text: none."""
        for name, button in self.buttons.items():
            button.mark(name == page)
        self.drop.setCurrentIndex(self.drop.findText(page))

    def show_only(self, pages: Sequence[str], nothing: str) -> None:
        """Lists only these; `nothing` is said in the place of none."""
        for name, button in self.buttons.items():
            button.setVisible(name in pages)
        self._nothing.setText(nothing)
        self._nothing.setVisible(not pages)
        now = self.drop.currentText()
        self.drop.clear()
        self.drop.addItems(list(pages))
        self.drop.setCurrentIndex(self.drop.findText(now))

    def compact(self, *, on: bool) -> None:
        """A drop-down in the place of the list, or the list."""
        self.drop.setVisible(on)
        self._list.setVisible(not on)
        self._column.setContentsMargins(16, 12 if on else 24, 16 if on else 0, 8)
        self.setMinimumHeight(self._column.minimumSize().height() if on else 0)
        self.setMinimumWidth(0 if on else WIDE)
        self.setMaximumWidth(ANY_WIDTH if on else WIDE)


class PagedPage(Page):
    """Navigation and page, side by side where there is room."""

    def __init__(self, style: Style) -> None:
        """`put` fills it."""
        super().__init__(style)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(0)
        style.changed.connect(lambda: self.setStyleSheet(sheet(style)))
        self.setStyleSheet(sheet(style))

    def put(self, navigation: Navigation, page: QWidget) -> None:
        """Takes both."""
        self.navigation = navigation
        self._parts.addWidget(navigation)
        self._parts.addWidget(page, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One above the other in a narrow window."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        self._parts.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._parts.setAlignment(self.navigation, Qt.AlignmentFlag.AlignTop if narrow else Qt.AlignmentFlag(0))
        self.navigation.compact(on=narrow)
