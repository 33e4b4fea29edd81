"""Parts the larger windows share: a page that scrolls, a rule, and a row of a label with a control."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sitbreak.window.look import Style
from sitbreak.window.widgets.text import Text, Weight


class Page(QWidget):
    """A ground in paper colour."""

    def __init__(self, style: Style) -> None:
        """Takes the style."""
        super().__init__()
        self._style = style
        style.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the ground."""
        QPainter(self).fillRect(self.rect(), self._style.colour("paper"))


class Rule(QWidget):
    """A thin line between sections."""

    def __init__(self, style: Style) -> None:
        """Takes the style."""
        super().__init__()
        self._style = style
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the line."""
        QPainter(self).fillRect(self.rect(), self._style.colour("line"))


def scrolling(style: Style, content: QWidget) -> QScrollArea:
    """An area that scrolls its content up and down, without a frame, in the theme's colours."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def dress() -> None:
        area.verticalScrollBar().setStyleSheet(
            f"QScrollBar{{background:{style.tokens.paper};width:12px;margin:2px}}"
            f"QScrollBar::handle{{background:{style.tokens.sit};border-radius:4px;min-height:32px}}"
            "QScrollBar::add-line,QScrollBar::sub-line{height:0}"
            "QScrollBar::add-page,QScrollBar::sub-page{background:none}"
        )

    style.changed.connect(dress)
    dress()
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
