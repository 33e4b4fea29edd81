"""The rows of answers under the break card: those to the prompt, and those of a running break."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sitbreak.window.look import Style
from sitbreak.window.protocol import BreakRequest
from sitbreak.window.widgets.buttons import Button
from sitbreak.window.widgets.flow import Flow
from sitbreak.window.widgets.switch import Segment, Switch

KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)


class PromptRow(QWidget):
    """Start, the longer break, Later (then its minutes, in place), standing, Not now; pressed by the keys 1 to 5."""

    answered = Signal(str, float)  # the answer, and minutes for long and snooze
    changed = Signal()  # it may need another height

    def __init__(self, style: Style, request: BreakRequest) -> None:
        """Takes the request for the lengths, and whether snoozing is still offered."""
        super().__init__()
        self._words, self._style = style.words, style
        self._flow = Flow(self, spacing=2, spread=True)
        long_min = round(request.long_s / 60)
        self._main = [
            self._button(
                self._words("start", minutes=f"{request.length_s / 60:g}"),
                "primary",
                lambda: self.answered.emit("start", 0),
            ),
            self._button(self._words("long", minutes=long_min), "plain", lambda: self.answered.emit("long", long_min)),
        ]
        if request.snooze_left > 0:
            self._main.append(self._button(self._words("snooze"), "plain", lambda: self._offer(True)))
        if request.standing:
            self._main.append(self._button(self._words("standing"), "plain", lambda: self.answered.emit("standing", 0)))
        self._main.append(self._button(self._words("not_now"), "bare", lambda: self.answered.emit("not_now", 0)))
        self._snooze = [self._minutes(minutes) for minutes in request.snooze_min]
        self._snooze.append(self._button(self._words("back"), "bare", lambda: self._offer(False)))
        self._offer(False)

    def _minutes(self, minutes: float) -> Button:
        text = self._words("snooze_for", minutes=f"{minutes:g}")
        return self._button(text, "plain", lambda: self.answered.emit("snooze", minutes))

    def _button(self, text: str, role: str, pressed: object) -> Button:
        button = Button(self._style, text, role)
        button.clicked.connect(pressed)
        self._flow.addWidget(button)
        return button

    def _offer(self, snooze: bool) -> None:
        """Shows the snooze minutes, or the answers again."""
        for button in self._main:
            button.setVisible(not snooze)
        for button in self._snooze:
            button.setVisible(snooze)
        (self._snooze if snooze else self._main)[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @property
    def buttons(self) -> list[Button]:
        """The buttons on show, in order."""
        return [button for button in (*self._main, *self._snooze) if not button.isHidden()]

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
