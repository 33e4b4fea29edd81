"""The small pages of the break card: when to get help, the pill it shrinks to, and the line after the break."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sitbreak.language import _, after_colon, comma_list, numeral, paragraph, sentence
from sitbreak.window.look import Style
from sitbreak.window.performance import Progress
from sitbreak.window.protocol import BreakRequest, MovementMessage
from sitbreak.window.widgets.buttons import Button, Pressable
from sitbreak.window.widgets.layout import Flow
from sitbreak.window.widgets.switch import Segment, Switch
from sitbreak.window.widgets.text import Text, Weight
from sitbreak.window.words import clock, spoken

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


KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6)
Press = Callable[[], None]


class PromptRow(QWidget):
    """The answers to a prompt, pressed by the keys 1 to 6: Start first, Not now last.

    Stand for a while and Later have their minutes, which take the place of the answers.
    """

    answered = Signal(str, float)  # the answer, and minutes for long, stand and snooze
    changed = Signal()  # it may need another height

    def __init__(self, style: Style, request: BreakRequest) -> None:
        """Takes the request for the lengths, whether snoozing is still offered, and where the desk is."""
        super().__init__()
        self._words, self._style = style.words, style
        self._flow = Flow(self, spacing=2, spread=True)
        long_min = round(request.long_s / 60)
        self._main: list[Button] = []
        self._minutes: dict[str, list[Button]] = {}
        self._answer(self._words("start", minutes=numeral(request.length_s / 60)), "start", role="primary")
        if request.desk == "down":
            self._choice("stand", "long", request.stand_min)
        self._answer(self._words("long", minutes=long_min), "long", long_min)
        if request.snooze_left > 0:
            self._choice("snooze", "snooze_for", request.snooze_min)
        if request.desk:
            name, answer = ("standing", "standing") if request.desk == "down" else ("sitting_again", "standing_off")
            self._answer(self._words(name), answer)
        self._answer(self._words("not_now"), "not_now", role="bare")
        self._offer("")

    def _answer(self, text: str, answer: str, minutes: float = 0, role: str = "plain") -> None:
        self._main.append(self._button(text, role, lambda: self.answered.emit(answer, minutes)))

    def _choice(self, name: str, each: str, lengths: Iterable[float]) -> None:
        """An answer with minutes: a button for it, and for each length one with the text `each`."""
        self._main.append(self._button(self._words(name), "plain", lambda: self._offer(name)))
        found = [self._length(name, self._words(each, minutes=numeral(minutes)), minutes) for minutes in lengths]
        self._minutes[name] = [*found, self._button(self._words("back"), "bare", lambda: self._offer(""))]

    def _length(self, answer: str, text: str, minutes: float) -> Button:
        return self._button(text, "plain", lambda: self.answered.emit(answer, minutes))

    def _button(self, text: str, role: str, pressed: Press) -> Button:
        button = Button(self._style, text, role)
        button.clicked.connect(pressed)
        self._flow.addWidget(button)
        return button

    def _offer(self, name: str) -> None:
        """Shows the minutes of an answer; empty: the answers again."""
        for button in self._main:
            button.setVisible(not name)
        for answer, buttons in self._minutes.items():
            for button in buttons:
                button.setVisible(answer == name)
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @property
    def buttons(self) -> list[Button]:
        """The buttons on show, in order."""
        every = (*self._main, *chain.from_iterable(self._minutes.values()))
        return [button for button in every if not button.isHidden()]

    def first(self) -> Button:
        """The button that has the focus to begin with."""
        return self.buttons[0]


class BreakRow(QWidget):
    """Easier, Normal, Harder; and Done."""

    levelled = Signal(str)
    done = Signal()

    def __init__(self, style: Style, level: str) -> None:
        """`level`: the one chosen to begin with."""
        super().__init__()
        words, flow = style.words, Flow(self, spacing=8, spread=True)
        choices = [(key, words(key)) for key in ("easier", "shown", "harder")]
        self.switch = Switch(style, words("level"), choices, level)
        self.switch.chosen.connect(self.levelled)
        self.finish = Button(style, words("done"), "plain")
        self.finish.clicked.connect(self.done)
        flow.addWidget(self.switch)
        flow.addWidget(self.finish)

    @property
    def buttons(self) -> list[Segment | Button]:
        """The controls in order; the keys 1 to 4 press them."""
        return [*self.switch.segments.values(), self.finish]

    def first(self) -> Segment:
        """The control that has the focus to begin with: not Done, lest a key meant for elsewhere ends the break."""
        return next(segment for segment in self.switch.segments.values() if segment.isChecked())
