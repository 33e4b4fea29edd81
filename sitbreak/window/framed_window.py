"""An ordinary window, as every window but the break's is: a page that scrolls, and a row of buttons below it.

Where it has several pages their names stand at the left, or in a drop-down where there is little room.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from sitbreak.window.card_frame import Reserve
from sitbreak.window.channel import Leave
from sitbreak.window.desktop_capabilities import MARGIN, Desktop, at_point, beside_card, free_of, to_front
from sitbreak.window.look import Style
from sitbreak.window.message_fields import Message
from sitbreak.window.protocol import EntryMessage, Request
from sitbreak.window.widgets.buttons import Button, EntryButton
from sitbreak.window.widgets.drop import Drop
from sitbreak.window.widgets.layout import Page, rule, scrolling
from sitbreak.window.widgets.text import Text

TITLE = 32  # pixels that the window manager's title takes, before it is known
EDGE = 40  # between its content and its sides
WIDE, ANY_WIDTH = 252, 16_777_215
NARROW = 620  # pixels: in a window narrower than this the names of its pages are a drop-down above the page


def sheet(style: Style) -> str:
    """The style of Qt's own fields, lists and scroll bars in the theme's colours."""
    t = style.tokens
    return (
        f"QLineEdit,QAbstractSpinBox,QComboBox{{background:{t.paper};color:{t.ink};border:1px solid {t.quiet};"
        "border-radius:8px;padding:6px 10px;min-height:20px;font-size:15px}"
        f"QLineEdit:focus,QAbstractSpinBox:focus,QComboBox:focus{{border:2px solid {t.ink};"
        "padding:5px 9px}"
        "QAbstractSpinBox{min-height:16px}"
        "QLineEdit[refused=true],QAbstractSpinBox[refused=true],QComboBox[refused=true]"
        f"{{border:2px solid {t.long};padding:5px 9px}}"
        f"*:disabled{{color:{t.quiet};border-color:{t.line}}}"
        "QComboBox{combobox-popup:0} QComboBox::down-arrow{image:none}"
        "QComboBox::drop-down,QDateEdit::drop-down{border:none;width:24px}"
        "QAbstractSpinBox::up-button,QAbstractSpinBox::down-button{subcontrol-origin:border;width:0;height:0;border:none}"
        "QAbstractSpinBox QLineEdit{border:none;padding:0;min-height:0;background:transparent}"
        f"QComboBox QAbstractItemView{{background:{t.paper};color:{t.ink};border:1px solid {t.quiet};"
        "border-radius:8px;padding:4px;outline:0}"
        f"QListWidget{{background:{t.paper};color:{t.ink};border:1px solid {t.quiet};border-radius:8px;"
        "padding:4px;font-size:15px;outline:0}"
        f"QListWidget:focus{{border:2px solid {t.ink};padding:3px}}"
        f"QListWidget::item{{padding:5px}}QListWidget::item:selected{{background:{t.tint};color:{t.ink}}}"
        f"QListWidget::indicator{{width:14px;height:14px;border:2px solid {t.quiet};border-radius:4px}}"
        f"QListWidget::indicator:checked{{background:{t.action};border-color:{t.action}}}"
        f"QScrollBar{{background:{t.paper};width:12px;margin:2px}}"
        f"QScrollBar::handle{{background:{t.sit};border-radius:4px;min-height:32px}}"
        "QScrollBar::handle:disabled{background:transparent}"
        "QScrollBar::add-line,QScrollBar::sub-line{height:0}"
        "QScrollBar::add-page,QScrollBar::sub-page{background:none}"
    )


class Framed(Page):
    """A window for one request; what it shows is `put` into it.

    `WIDTH`, `HEIGHT`: in pixels, where the monitor has room for them. `self.page` is what it shows.
    """

    WIDTH, HEIGHT = 860, 720

    def __init__(self, style: Style, title: str, leave: Leave) -> None:
        """`leave` is called on Escape and when the window is closed."""
        super().__init__(style)
        self._leave = leave
        self.stays = False  # open, though it was asked to close
        self.setWindowTitle(title)
        style.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setStyleSheet(sheet(self._style))

    def put(self, page: QWidget, *buttons: Button) -> None:
        """Takes the page and the buttons below it."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scrolling(page), 1)
        if buttons:
            outer.addWidget(rule(self._style))
            row = QHBoxLayout()
            row.setContentsMargins(EDGE - 3, 13, EDGE - 3, 13)
            row.addStretch(1)
            for button in buttons:
                row.addWidget(button)
            outer.addLayout(row)

    def closer(self) -> Button:
        """The button that closes it."""
        button = Button(self._style, self._style.words("close"))
        button.clicked.connect(self.close)
        return button

    def appear(self) -> None:
        """Puts it on the screen."""
        self.open(self.WIDTH, self.HEIGHT)

    def adopt(self, request: Request) -> bool:
        """Shows another request in place; False when it gets a window of its own."""
        return False

    def hear(self, message: Message) -> None:
        """Takes a message of the daemon; nothing is said to most windows."""

    def open(self, width: int, height: int, beside: QPoint | None = None, card: str = "") -> None:
        """Shows it at a point, else in the middle, no larger than the monitor; beside the card in that corner."""
        screen = QGuiApplication.screenAt(beside) if beside is not None else None
        place = free_of(screen or Desktop.pointed())
        area = beside_card(place, card)
        size = QSize(min(width, area.width() - 2 * MARGIN), min(height, area.height() - MARGIN - TITLE))
        self.resize(size)
        self.move(at_point(area, size + QSize(0, TITLE), place.center() if beside is None else beside))
        self.show()
        to_front(self)

    def make_way(self, card: str) -> None:
        """Moves from under a card that comes up in that corner; where there is no room for both it stays.

        Where a window cannot be put anywhere it would lie over the card as soon as it is clicked: there it is away for
        as long as the card is there.
        """
        if not Desktop.places_windows():
            self.hide()
            return
        free, frame = free_of(self.screen()), self.frameGeometry()
        area = beside_card(free, card)
        if area == free or (frame.left() >= area.left() and frame.right() <= area.right()):
            return
        edge = frame.width() - self.width()
        self.resize(min(self.width(), area.width() - 2 * MARGIN - edge), self.height())
        self.move(at_point(area, QSize(self.width() + edge, 0), frame.center()).x(), frame.y())

    def come_back(self) -> None:
        """The card is gone; what is being typed elsewhere meanwhile is not for this window."""
        if self.isHidden():
            Reserve(self)
            self.show()

    def come_forward(self) -> None:
        """Somebody asked for it, and it is open."""
        self.show()
        to_front(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)

    def dispose(self) -> None:
        """Takes it away without leaving."""
        self._leave, self.stays = lambda: None, False
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing it leaves, unless it stays."""
        self._leave()
        if self.stays:
            event.ignore()
            return
        super().closeEvent(event)


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
        self._list = scrolling(names)
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
        """`fill` puts both into it."""
        super().__init__(style)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(0)

    def fill(self, navigation: Navigation, page: QWidget) -> None:
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
