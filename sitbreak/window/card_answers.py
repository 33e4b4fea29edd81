"""The rows of answers under the break card: those to the prompt, and those of a running break."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sitbreak.language import numeral
from sitbreak.window.look import Style
from sitbreak.window.protocol import BreakRequest
from sitbreak.window.widgets.buttons import Button
from sitbreak.window.widgets.flow import Flow
from sitbreak.window.widgets.switch import Segment, Switch

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
