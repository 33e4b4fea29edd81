"""The card as a window: frameless, round corners, one soft shadow, in a corner or over a whole monitor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QScreen,
)
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from sitbreak.window.desktop_capabilities import Desktop, at_point, free_of, in_corner, in_every_space, to_front
from sitbreak.window.look import RADIUS, Style

SHADOW = 24
SPACIOUS = (720, 480)  # logical pixels from which a full-screen break has large type; below it is laid out as the card
POINTER_MS, KEYS_MS = 700, 1000  # how long a card that nobody asked for takes no clicks and no keys
Flag = Qt.WindowType


class Reserve(QObject):
    """Keeps what was meant for another window from a card that came up under a clicking pointer or typing hands."""

    POINTER = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)
    KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.Shortcut, QEvent.Type.ShortcutOverride)

    def __init__(self, window: QWidget) -> None:
        """Begins now, and ends by itself."""
        super().__init__(window)
        self._window, self._kept = window, {*self.POINTER, *self.KEYS}
        application = QGuiApplication.instance()
        if application is None:
            return
        application.installEventFilter(self)
        QTimer.singleShot(POINTER_MS, self, lambda: self._kept.difference_update(self.POINTER))
        QTimer.singleShot(KEYS_MS, self, lambda: application.removeEventFilter(self))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True for what is kept away."""
        return event.type() in self._kept and isinstance(watched, QWidget) and watched.window() is self._window


@runtime_checkable
class Shrinkable(Protocol):
    """Content that can do with less room."""

    def shrink(self) -> bool:
        """Takes less room; False when it is as small as it gets."""


class Shell(QWidget):
    """A window with one card in it. `escape` is called on Escape, `closing` when the desktop closes it."""

    def __init__(
        self, style: Style, desktop: Desktop, title: str, focus: bool = True, full: QScreen | None = None,
        on: QScreen | None = None,
    ) -> None:  # fmt: skip
        """`focus`: whether it may take the keyboard; `full`: the monitor to fill, if it is no card; `on`: a card's."""
        super().__init__()
        self._style, self._desktop, self.full, self._on = style, desktop, full, on
        self._content: QWidget | None = None
        self._width, self._least = 440, 0
        self._asked_for, self._dragged = focus, False
        self._pressed: QPoint | None = None
        self.escape: Callable[[], object] = self.close
        self.closing: Callable[[], None] = lambda: None
        self.setWindowTitle(title)
        self.setWindowFlags(self._flags(focus))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not focus)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)  # else it hides while another app is in front
        self.rim = SHADOW if full is None and desktop.translucent else 0
        if full is None and desktop.translucent:
            self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(self.rim, self.rim, self.rim, self.rim)
        style.changed.connect(self.update)

    def _flags(self, focus: bool) -> Qt.WindowType:
        flags = Flag.Window | Flag.FramelessWindowHint
        if self.full is None:
            flags |= Flag.Tool | Flag.WindowStaysOnTopHint
        if not focus:
            flags |= Flag.WindowDoesNotAcceptFocus
            if self._desktop.bypass:
                flags |= Flag.BypassWindowManagerHint
        return flags

    def take_focus(self) -> None:
        """After an answer the window may have the keyboard."""
        if not self.windowFlags() & Flag.WindowDoesNotAcceptFocus:
            to_front(self)
            return
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)
        place = self.pos()
        self.setWindowFlags(self._flags(focus=True))
        self.move(place)
        in_every_space(self)
        self.show()
        to_front(self)

    def put(self, content: QWidget, width: int = 440, least: int = 0) -> None:
        """Shows this in the card, in place of what was there; the card keeps its corner. `least`: its least height."""
        if self._content is not None:
            self._layout.removeWidget(self._content)
            self._content.hide()
        self._content, self._width, self._least = content, width, least
        small = self.full is not None and not spacious(self.full)
        self._layout.addWidget(content, 0, Qt.AlignmentFlag.AlignVCenter if small else Qt.AlignmentFlag(0))
        content.show()
        self.fit()

    def fit(self) -> None:
        """Takes the size its content needs, and its place again."""
        if self._content is None:
            return
        free = self._free()
        width, height = self._wanted(self._content, free.width())
        if height > free.height() and isinstance(self._content, Shrinkable) and self._content.shrink():
            width, height = self._wanted(self._content, free.width())
        if self.full is not None:
            if not self.isVisible():
                self.setGeometry(self.full.geometry())
            return
        least = min(self._least, free.height())
        self.setFixedSize(width + 2 * self.rim, max(height, least) + 2 * self.rim)
        self._put_in_place()

    def _wanted(self, content: QWidget, most: int) -> tuple[int, int]:
        """Width and height the content needs; no wider than `most` unless its buttons are."""
        layout = content.layout()
        if layout is not None:
            layout.activate()  # forgets what it measured before something was hidden
        width = most if self.full is not None else max(min(self._width, most), content.minimumSizeHint().width())
        height = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else -1
        return width, height if height >= 0 else content.sizeHint().height()

    def _free(self) -> QRect:
        named = self._on or self._desktop.screen(self._style.look.monitor)
        screen = self.screen() if self.isVisible() else named
        return free_of(screen) if self.full is None else self.full.geometry()

    def _put_in_place(self) -> None:
        if self._dragged:
            middle = self.pos() + QPoint(self.width() // 2, self.height() // 2)
            self.move(at_point(self._free(), self.size(), middle))
        else:
            self.move(in_corner(self._free(), self.size(), self._style.look.corner, self.rim))

    def appear(self) -> None:
        """Puts it on the screen."""
        if not self._asked_for:
            Reserve(self)
        self.fit()
        if self.full is not None:
            self.setScreen(self.full)
            self.showFullScreen()
        else:
            in_every_space(self)
            self.show()
        if not self.windowFlags() & Flag.WindowDoesNotAcceptFocus:
            to_front(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without a compositor the corners are cut, not blended."""
        super().resizeEvent(event)
        if self.full is None and not self._desktop.translucent and self._desktop.masks:
            path = QPainterPath()
            path.addRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
            self.setMask(QRegion(path.toFillPolygon().toPolygon()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints shadow and card."""
        painter = QPainter(self)
        card = QRectF(self.rect()).adjusted(self.rim, self.rim, -self.rim, -self.rim)
        inside = card.adjusted(RADIUS, RADIUS, -RADIUS, -RADIUS).contains(QRectF(event.rect()))
        if inside or self.full is not None:  # as each frame of the figure: the shadow is costly
            painter.fillRect(event.rect(), self._style.colour("paper"))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.rim:
            self._shadow(painter, card)
        else:
            painter.fillRect(self.rect(), self._style.colour("line"))
        strong = self._style.tokens.strong
        painter.setPen(QPen(self._style.colour("line"), 2 if strong else 1))
        painter.setBrush(self._style.colour("paper"))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _shadow(self, painter: QPainter, card: QRectF) -> None:
        """One soft shadow, a little below the card: rings of falling strength."""
        painter.setPen(Qt.PenStyle.NoPen)
        most = 7.0 if self._style.tokens.dark else 3.4
        for step in range(SHADOW - 4):
            strength = most * ((step + 1) / SHADOW) ** 2
            painter.setBrush(QColor(10, 20, 24, round(strength)))
            grow = float(SHADOW - 5 - step)
            painter.drawRoundedRect(card.adjusted(-grow, -grow + 4, grow, grow + 4), RADIUS + grow, RADIUS + grow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape is the content's to answer."""
        if event.key() == Qt.Key.Key_Escape:
            self.escape()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A card can be dragged by its ground."""
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A press that wanders a little is no drag yet; one that does is the window manager's, who hears its end."""
        if self._pressed is None or self.full is not None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed, self._dragged = None, True
            self.windowHandle().startSystemMove()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The desktop or the person closed it."""
        self.closing()
        super().closeEvent(event)


def monitors(named: str) -> list[QScreen]:
    """The monitors to fill: all, the named one, or the one with the pointer."""
    screens = QGuiApplication.screens()
    if named == "all":
        return screens
    return [screen for screen in screens if screen.name() == named] or [Desktop.pointed()]


def spacious(screen: QScreen) -> bool:
    """Whether a monitor has room for large type and everything beside it."""
    size = screen.size()
    return size.width() >= SPACIOUS[0] and size.height() >= SPACIOUS[1]
