"""The small pages of the break card: when to get help, the pill it shrinks to, and the line after the break."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from sitbreak.language import _, after_colon, comma_list, paragraph, sentence
from sitbreak.window.look import Style
from sitbreak.window.progress import Progress
from sitbreak.window.protocol import MovementMessage
from sitbreak.window.widgets.buttons import Button, Pressable
from sitbreak.window.widgets.flow import Flow
from sitbreak.window.widgets.text import Text, Weight
from sitbreak.window.words import clock, spoken


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
    """An area that scrolls its content up and down, without a frame, in the theme's colours.

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

    def dress() -> None:
        bar.setStyleSheet(bar_sheet(style))

    style.changed.connect(dress)
    dress()
    return area


def bar_sheet(style: Style) -> str:
    """The style of Qt's own scroll bar in the theme's colours."""
    return (
        f"QScrollBar{{background:{style.tokens.paper};width:12px;margin:2px}}"
        f"QScrollBar::handle{{background:{style.tokens.sit};border-radius:4px;min-height:32px}}"
        "QScrollBar::handle:disabled{background:transparent}"
        "QScrollBar::add-line,QScrollBar::sub-line{height:0}"
        "QScrollBar::add-page,QScrollBar::sub-page{background:none}"
    )


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


RESULT_MS, READ_MS = 10_000, 3_000  # how long the result stays, and how long once the pointer has left it


class HelpPage(QWidget):
    """Help with this movement: how to do less or more of it, its cautions; when to seek care is one press further."""

    left = Signal()
    never = Signal()

    def __init__(
        self, style: Style, movement: MovementMessage, large: bool = False, why: str = "", refusable: bool = False
    ) -> None:
        """`movement`: the one on the card; `why` it is suggested; `refusable`: it can still be refused."""
        super().__init__()
        self._style, words = style, style.words
        outer = self._outer = QVBoxLayout(self)
        edge = self._edge = 120 if large else 24
        outer.setContentsMargins(edge - 3, edge, edge - 3, edge - 3)
        outer.setSpacing(12)
        self.title = Text(style, movement.title, 20, weight=Weight.DemiBold)
        told = [words(f"help_{key}", text=text) for key, text in (("why", why), *_told(movement)) if text]
        self.body = Text(style, "\n".join(told), 15)
        self.own = Text(style, paragraph(*movement.cautions, words("everywhere")), 13, "quiet")
        for text in (self.title, self.body, self.own):
            text.setContentsMargins(3, 0, 3, 0)
            outer.addWidget(text)
        outer.addStretch(1)
        self.doctor = Button(style, words("help_title"), "plain")
        self.doctor.clicked.connect(self._urgent)
        self.back = Button(style, words("back"), "plain")
        self.back.clicked.connect(self.left)
        self.never_button = Button(style, words("never_again"), "bare")
        self.never_button.clicked.connect(self.never)
        if not refusable:
            self.never_button.hide()
        row = Flow(spread=True)
        for button in (self.back, self.never_button, self.doctor):
            row.addWidget(button)
        outer.addLayout(row)

    def shrink(self) -> bool:
        """Smaller type and edges, where the screen is low; False when it is as small as it gets."""
        if self._edge <= 12:
            return False
        self._edge = 12
        self._outer.setContentsMargins(12, 12, 12, 12)
        self._outer.setSpacing(8)
        self.body.setFont(self._style.font(13))
        return True

    def _urgent(self) -> None:
        """When to seek care (spec 3.3), in the place of the movement."""
        self.title.setText(self._style.words("help_title"))
        self.body.setText(self._style.words("urgent"))
        for of_this_movement in (self.own, self.never_button, self.doctor):
            of_this_movement.hide()
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)


def _told(movement: MovementMessage) -> tuple[tuple[str, str], ...]:
    return (
        ("areas", comma_list(_(area) for area in movement.areas)),
        ("easier", after_colon(movement.easier)),
        ("harder", after_colon(movement.harder)),
        ("source", movement.source),
    )


class Pill(Pressable):
    """The break made small: a ring and the time left. Pressing it brings the card back; the break goes on meanwhile."""

    def __init__(self, style: Style, progress: Progress) -> None:
        """Takes the break's progress."""
        super().__init__(style, "")
        self._progress = progress
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tick = QTimer(self)
        self._tick.setInterval(250)
        self._tick.timeout.connect(self._refresh)
        self._refresh()

    def sizeHint(self) -> QSize:
        """A small lozenge."""
        return QSize(116, 52)

    def showEvent(self, event: object) -> None:
        """Runs while it is seen."""
        self._tick.start()

    def hideEvent(self, event: object) -> None:
        """Rests while it is not."""
        self._tick.stop()

    def _refresh(self) -> None:
        left, words = self._progress.left, self._style.words
        key = "left" if left >= 0 else "past"
        self.setAccessibleName(paragraph(sentence(words("show")), words(key, time=spoken(abs(left)))))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints ring and time."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, ring = self._progress.left, QRectF(16, 14, 24, 24)
        painter.setPen(QPen(self._style.colour("line"), 4))
        painter.drawEllipse(ring)
        share = max(0.0, left / self._progress.length)
        painter.setPen(QPen(self._style.colour("move"), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if share:
            painter.drawArc(ring, 90 * 16, round(share * 360 * 16))
        painter.setPen(self._style.colour("ink"))
        painter.setFont(self._style.font(20, Weight.Medium, figures=True))
        text = clock(left) if left > 0 else "+" + clock(-left)
        painter.drawText(QRectF(48, 0, self.width() - 56, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        self.ring(painter, QRectF(self.rect()).adjusted(5, 5, -5, -5), 9)


class OpenRing(QWidget):
    """The open ring with a chevron leaving it: out of the chair."""

    def __init__(self, style: Style) -> None:
        """Takes the style."""
        super().__init__()
        self._style = style
        self.setFixedSize(32, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        round_cap = Qt.PenCapStyle.RoundCap
        painter.setPen(
            QPen(self._style.colour("move"), 3.5, Qt.PenStyle.SolidLine, round_cap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.drawArc(QRectF(5, 14, 22, 22), 128 * 16, 284 * 16)
        painter.drawPolyline([QPointF(11, 10), QPointF(16, 5), QPointF(21, 10)])


class ResultLine(QWidget):
    """One line after the break. It goes after a while, but not from under the pointer; a press puts it away."""

    gone = Signal()

    def __init__(self, style: Style, line: str) -> None:
        """`line`: what was counted."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 18, 24, 18)
        row.setSpacing(14)
        self.text = Text(style, line, 15)
        row.addWidget(OpenRing(style), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        self.stays = QTimer(self)
        self.stays.setSingleShot(True)
        self.stays.timeout.connect(self.gone)
        self.stays.start(RESULT_MS)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Somebody reads it."""
        self.stays.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """It was read."""
        self.stays.start(READ_MS)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """It is not wanted any more."""
        self.gone.emit()
