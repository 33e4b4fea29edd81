"""A day of the Today window: its sentence, the strip with its legend, figures, and what is not sure or was said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sitbreak.language import _
from sitbreak.window.day_protocol import DayMessage, DoubtMessage, SaidMessage
from sitbreak.window.daystrip import DayStrip, paint_piece, paint_prompt
from sitbreak.window.look import Style
from sitbreak.window.widgets.buttons import Button
from sitbreak.window.widgets.layout import Flow, emptied, heading
from sitbreak.window.widgets.text import Text

Correct = Callable[[str, str, str], None]  # from, to (ISO texts), class
TakeBack = Callable[[str, str], None]  # when the stretch begins, and when that was said (ISO texts)


class Figures(QWidget):
    """Names at the left, values at the right."""

    def __init__(self, style: Style) -> None:
        """Takes the style; empty to begin with."""
        super().__init__()
        self._style, self._names = style, [""]
        self._values: list[Text] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 4)  # a long name leaves room for a long value: both go to a second line
        self._grid.setColumnStretch(1, 5)

    def show_figures(self, figures: Sequence[tuple[str, str]], *, still: bool = False) -> bool:
        """Shows them in place of what was there; `still`: only what moves nothing, and False where that is not all."""
        names, values = [name for name, _value in figures], [value for _name, value in figures]
        if still:
            return names == self._names and all([t.settle(v) for t, v in zip(self._values, values, strict=True)])
        emptied(self._grid)
        self._names, self._values = names, [Text(self._style, value, 13) for value in values]
        for row, (name, value) in enumerate(zip(names, self._values, strict=True)):
            self._grid.addWidget(Text(self._style, name, 13, "quiet"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
        return True


class StretchAnswers(QWidget):
    """One stretch, and a button for each thing it may have been."""

    def __init__(
        self, style: Style, start: str, end: str, classes: Sequence[tuple[str, str]], correct: Correct
    ) -> None:
        """`classes`: what may be said, with its label."""
        super().__init__()
        self.stretch = start, end
        flow = Flow(self, spacing=4)
        self.buttons: list[Button] = []
        for kind, label in classes:
            button = Button(style, label, "plain")
            button.setAccessibleName(_("{start} to {end}: {what}", start=_clock(start), end=_clock(end), what=label))
            button.clicked.connect(lambda _=False, kind=kind: correct(start, end, kind))
            flow.addWidget(button)
            self.buttons.append(button)


class Swatch(QWidget):
    """A piece of the strip, as small as a word."""

    def __init__(self, style: Style, kind: str) -> None:
        """`kind`: that of a BlockMessage, or a reminder: taken, other."""
        super().__init__()
        self._style, self._kind = style, kind
        self.setFixedSize(16, 12)
        style.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints it as on the strip."""
        painter, place = QPainter(self), QRectF(self.rect())
        if self._kind in ("taken", "other"):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_prompt(painter, place.center() + QPointF(0, 1), self._style, accepted=self._kind == "taken")
        else:
            paint_piece(painter, place, self._kind, self._style)


class Legend(QWidget):
    """What the pieces of the strip mean: each kind on show, with its word."""

    def __init__(self, style: Style) -> None:
        """Takes the style; empty to begin with."""
        super().__init__()
        self._style = style
        self.kinds: tuple[tuple[str, str], ...] = ()
        self._flow = Flow(self, spacing=14, rows=2)

    def show_kinds(self, kinds: tuple[tuple[str, str], ...]) -> None:
        """Shows kinds with their words, in place of those before."""
        if kinds == self.kinds:
            return
        self.kinds = kinds
        emptied(self._flow)
        for kind, word in kinds:
            item = QWidget()
            row = QHBoxLayout(item)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            label = Text(self._style, word, 13, "quiet")
            label.setWordWrap(False)
            row.addWidget(Swatch(self._style, kind))
            row.addWidget(label)
            self._flow.addWidget(item)


class SaidRow(QWidget):
    """What was said of a stretch, and a button that takes it back."""

    def __init__(self, style: Style, said: SaidMessage, take_back: TakeBack) -> None:
        """`take_back` is told when the stretch begins, and when that was said."""
        super().__init__()
        self.said, words = said, style.words
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.button = Button(style, words("take_back"), "bare")
        self.button.setAccessibleName(words("plan_named", plan=said.says, button=words("take_back")))
        self.button.clicked.connect(lambda: take_back(said.start, said.at))
        row.addWidget(Text(style, said.says, 13), 1)
        row.addWidget(self.button)


class DayPage(QWidget):
    """The day: its sentence, the strip, what is picked in it, figures, what is not sure, and what was said of it."""

    def __init__(self, style: Style, seated_mode: bool, correct: Correct, take_back: TakeBack) -> None:
        """`correct` is told what a stretch was, `take_back` what holds no more."""
        super().__init__()
        self._style, self._correct, self._take_back, self._day = style, correct, take_back, DayMessage("", "", "")
        words = style.words
        kinds = ["SEATED", "BREAK", *([] if seated_mode else ["STANDING"]), "AWAY"]
        self._classes = [
            (kind, words("was.BREAK_seated" if seated_mode and kind == "BREAK" else f"was.{kind}")) for kind in kinds
        ]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self.told = Text(style, "", 15)
        self.strip = DayStrip(style, words("strip"))
        self.legend = Legend(style)
        self.hint = Text(style, words("strip_how"), 13, "quiet")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.hint.setMinimumHeight(Text(style, "\n", 13).sizeHint().height())  # of two lines, whatever it tells
        self._picked = QVBoxLayout()
        self.figures = Figures(style)
        self._doubts = QVBoxLayout()
        self._doubts.setSpacing(6)
        self._said_rows = QVBoxLayout()
        self._said_rows.setSpacing(2)
        for widget in (self.told, self.strip, self.legend, self.hint):
            self._column.addWidget(widget)
        self._column.addLayout(self._picked)
        self._column.addWidget(self.figures)
        self._column.addLayout(self._doubts)
        self._column.addLayout(self._said_rows)
        self._column.addStretch(1)
        self.strip.pointed.connect(lambda says: self.hint.setText(says if says else words("strip_how")))
        self.strip.picked.connect(self._pick)
        self.answers: list[StretchAnswers] = []
        self.said: list[SaidRow] = []
        self.picked: StretchAnswers | None = None

    def show_day(self, day: DayMessage, *, still: bool = False) -> bool:
        """Shows a day; `still`: of the one on show only what moves nothing, and False where that is not all."""
        former, self._day = self._day, day
        self.strip.show_day(day)
        if still and former.day == day.day and bool(former.blocks) == bool(day.blocks):
            return self._settle(day)
        held = self.window().focusWidget()
        answering = isinstance(held, Button) and self.isAncestorOf(held)
        self.told.setText(day.told)
        for widget in (self.strip, self.legend, self.hint):
            widget.setVisible(bool(day.blocks))
        self.legend.show_kinds(day.legend)
        self._pick("", "")
        self.figures.show_figures(day.figures)
        emptied(self._doubts)
        self.answers = []
        if day.doubts:
            self._doubts.addWidget(heading(self._style, self._style.words("unsure")))
        for doubt in day.doubts:
            asked = self._doubt(doubt)
            self._doubts.addWidget(asked)
            asked.show()  # at once, so that it takes the focus
        emptied(self._said_rows)
        self.said = [SaidRow(self._style, each, self._take_back) for each in day.said]
        if self.said:
            self._said_rows.addWidget(heading(self._style, self._style.words("said")))
        for row in self.said:
            self._said_rows.addWidget(row)
        if answering:  # the keyboard goes on with the next, not with what stands behind the page
            following = self.answers[0].buttons[0] if self.answers else self.strip
            following.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _settle(self, day: DayMessage) -> bool:
        """What can change with every button in its place; those that have been answered take no more presses."""
        open_now = {(doubt.start, doubt.end) for doubt in day.doubts}
        shown = {answers.stretch for answers in self.answers}
        for answers in self.answers:
            answers.setEnabled(answers.stretch in open_now)
        for row in self.said:
            row.setEnabled(row.said in day.said)
        if self.picked is not None:
            self.picked.setEnabled(False)
        whole = [self.told.settle(day.told), self.figures.show_figures(day.figures, still=True)]
        same = shown == open_now and tuple(row.said for row in self.said) == day.said
        return all(whole) and self.picked is None and same and self.legend.kinds == day.legend

    def _doubt(self, doubt: DoubtMessage) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        answers = StretchAnswers(self._style, doubt.start, doubt.end, self._classes, self._correct)
        self.answers.append(answers)
        column.addWidget(Text(self._style, doubt.says, 13))
        column.addWidget(answers)
        return row

    def _pick(self, start: str, end: str) -> None:
        """Offers the answers for a stretch of the strip; empty: none is picked any more."""
        emptied(self._picked)
        self.strip.show_picked(start, end)
        self.picked = None
        if not start:
            return
        words = self._style.words
        self.picked = StretchAnswers(self._style, start, end, self._classes, self._correct)
        self._picked.addWidget(Text(self._style, words("was", start=_clock(start), end=_clock(end)), 15))
        self._picked.addWidget(self.picked)
        self.picked.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)


def _clock(moment: str) -> str:
    return f"{datetime.fromisoformat(moment):%H:%M}"
