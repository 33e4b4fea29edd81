"""An ordinary window, as every window but the break's is: a page that scrolls, and a row of buttons below it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sitbreak.window.card_frame import Reserve
from sitbreak.window.card_pages import Page, Rule, scrolling
from sitbreak.window.channel import Leave
from sitbreak.window.desktop_capabilities import Desktop, free_of
from sitbreak.window.look import Style
from sitbreak.window.mac_windows import to_front
from sitbreak.window.widgets.buttons import Button
from sitbreak.window.window_places import MARGIN, Area, at_point, beside_card

TITLE = 32  # pixels that the window manager's title takes, before it is known
EDGE = 40  # between its content and its sides


def _area(place: QRect) -> Area:
    return Area(place.x(), place.y(), place.width(), place.height())


class Framed(Page):
    """An ordinary window with a page that scrolls and a row of buttons below."""

    def __init__(self, style: Style, title: str, page: QWidget, buttons: list[Button], leave: Leave) -> None:
        """`leave` is called on Escape and when the window is closed."""
        super().__init__(style)
        self._leave = leave
        self.stays = False  # open, though it was asked to close
        self.setWindowTitle(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scrolling(style, page), 1)
        if buttons:
            outer.addWidget(Rule(style))
            row = QHBoxLayout()
            row.setContentsMargins(EDGE - 3, 13, EDGE - 3, 13)
            row.addStretch(1)
            for button in buttons:
                row.addWidget(button)
            outer.addLayout(row)

    def open(self, width: int, height: int, beside: QPoint | None = None, card: str = "") -> None:
        """Shows it at a point, else in the middle, no larger than the monitor; beside the card in that corner."""
        screen = QGuiApplication.screenAt(beside) if beside is not None else None
        place = free_of(screen or Desktop.pointed())
        area = beside_card(_area(place), card)
        width, height = min(width, area.width - 2 * MARGIN), min(height, area.height - MARGIN - TITLE)
        self.resize(width, height)
        middle = place.center() if beside is None else beside
        self.move(QPoint(*at_point(area, width, height + TITLE, middle.x(), middle.y())))
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
        free, frame = _area(free_of(self.screen())), self.frameGeometry()
        area = beside_card(free, card)
        if area == free or (frame.left() >= area.x and frame.right() < area.x + area.width):
            return
        edge = frame.width() - self.width()
        self.resize(min(self.width(), area.width - 2 * MARGIN - edge), self.height())
        self.move(at_point(area, self.width() + edge, 0, frame.center().x(), 0)[0], frame.y())

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

    def discard(self) -> None:
        """Closes it without leaving."""
        self._leave, self.stays = lambda: None, False
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing it leaves, unless it stays."""
        self._leave()
        if self.stays:
            event.ignore()
            return
        super().closeEvent(event)
