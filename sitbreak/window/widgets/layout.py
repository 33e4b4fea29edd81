"""How the parts of a page stand: its ground, rules, headings, rows of words and controls, and what scrolls."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QScrollArea, QVBoxLayout, QWidget

from sitbreak.window.look import Style
from sitbreak.window.widgets.text import Text, Weight


class Flow(QLayout):
    """Items from left to right, in as many rows as they need."""

    def __init__(
        self, parent: QWidget | None = None, spacing: int = 8, spread: bool = False, rows: int | None = None
    ) -> None:
        """`spacing`: pixels between items, and between rows (but for `rows`).

        `spread`: the last item of a single row at the right edge.
        """
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._spread = spacing, spread
        self._rows = spacing if rows is None else rows
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addItem(self, item: QLayoutItem) -> None:
        """Takes one more item."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at an index, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Removes and returns the item at an index."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes the width it gets."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """A narrower row is a higher one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all rows at a width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """One row, if there is room."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest item alone in its row."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Puts every item in its place."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, move: bool) -> int:
        x, y, height = rect.x(), rect.y(), 0
        shown = self._shown()
        for item in shown:
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                x, y, height = rect.x(), y + height + self._rows, 0
            if self._spread and item is shown[-1] and y == rect.y():
                x = max(x, rect.x() + rect.width() - size.width())
            if move:
                item.setGeometry(QRect(x, y, size.width(), size.height()))
            x, height = x + size.width() + self._gap, max(height, size.height())
        return y + height - rect.y()


class Page(QWidget):
    """A ground in a colour, that of paper unless `token` says another."""

    def __init__(self, style: Style, token: str = "paper") -> None:
        """Takes the style."""
        super().__init__()
        self._style, self._token = style, token
        style.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the ground."""
        QPainter(self).fillRect(self.rect(), self._style.colour(self._token))


def rule(style: Style) -> Page:
    """A thin line between sections."""
    line = Page(style, "line")
    line.setFixedHeight(1)
    return line


def scrolling(content: QWidget) -> QScrollArea:
    """An area that scrolls its content up and down, without a frame.

    Its bar is always there, unseen while all is in view: Qt looks up the parts of an area without a check of their
    number, so a screen reader that asks for a bar that has just gone ends the program (Qt 6.11).
    """
    area = QScrollArea()
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    bar = area.verticalScrollBar()
    bar.rangeChanged.connect(lambda low, high: bar.setEnabled(high > low))
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    content.setMinimumHeight(1)  # by its hint words would wrap at their narrowest, and it would scroll for nothing
    area.setWidget(content)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def labelled(style: Style, text: str, control: QWidget, note: str = "") -> QWidget:
    """A row: words at the left, a control at the right."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(16)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(Text(style, text, 15))
    if note:
        words.addWidget(Text(style, note, 13, "quiet"))
    layout.addLayout(words, 1)
    layout.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
    return row


def heading(style: Style, text: str) -> Text:
    """The heading of a section."""
    return Text(style, text, 13, "quiet", Weight.DemiBold)


def emptied(layout: QLayout) -> None:
    """Takes all widgets out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
