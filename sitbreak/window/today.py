"""The Today window: how it stands and what can be done at the left, the day, the week and four weeks at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sitbreak.language import _
from sitbreak.window.card_pages import Page, heading
from sitbreak.window.channel import Leave, Say
from sitbreak.window.day_columns import DayColumns
from sitbreak.window.day_protocol import SCOPES, DayMessage, DoubtMessage, SpanMessage, day_of, span_of
from sitbreak.window.daystrip import DayStrip
from sitbreak.window.desktop_facts import Desktop
from sitbreak.window.framed_window import Framed
from sitbreak.window.look import Style
from sitbreak.window.message_fields import BadMessage, Message
from sitbreak.window.protocol import Request, StatusRequest, request_of
from sitbreak.window.status import StatusPage, whole
from sitbreak.window.widgets.buttons import Button, SignButton
from sitbreak.window.widgets.flow import Flow
from sitbreak.window.widgets.switch import Switch
from sitbreak.window.widgets.text import Text, Weight

WIDTH, HEIGHT, LEFT = 920, 780, 336
BESIDE = 700  # pixels: narrower, and the two columns stand one below the other
Classes = Sequence[tuple[str, str]]
Correct = Callable[[str, str, str], None]  # from, to (ISO texts), class
MOST_DOUBTS = 6
DAYS = {"day": 1, "week": 7, "month": 28}  # how far the arrows go
GOAL = "goal:"  # how the key of a goal begins


class StretchAnswers(QWidget):
    """One stretch, and a button for each thing it may have been."""

    def __init__(
        self, style: Style, start: str, end: str, classes: Sequence[tuple[str, str]], correct: Correct
    ) -> None:
        """`classes`: what may be said, with its label."""
        super().__init__()
        flow = Flow(self, spacing=4)
        self.buttons: list[Button] = []
        for kind, label in classes:
            button = Button(style, label, "plain")
            button.setAccessibleName(_("{start} to {end}: {what}", start=_clock(start), end=_clock(end), what=label))
            button.clicked.connect(lambda _=False, kind=kind: correct(start, end, kind))
            flow.addWidget(button)
            self.buttons.append(button)


class DayPage(QWidget):
    """The day: its sentence, the strip, what is picked in it, figures, and what is not sure."""

    def __init__(self, style: Style, seated_mode: bool, correct: Correct) -> None:
        """`correct` is told what a stretch was."""
        super().__init__()
        self._style, self._correct = style, correct
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
        self.hint = Text(style, words("strip_how"), 13, "quiet")
        self._picked = QVBoxLayout()
        self._figures = QGridLayout()
        self._figures.setHorizontalSpacing(20)
        self._figures.setVerticalSpacing(4)
        self._doubts = QVBoxLayout()
        self._doubts.setSpacing(6)
        for widget in (self.told, self.strip, self.hint):
            self._column.addWidget(widget)
        for layout in (self._picked, self._figures, self._doubts):
            self._column.addLayout(layout)
        self._column.addStretch(1)
        self.strip.pointed.connect(lambda says: self.hint.setText(says if says else words("strip_how")))
        self.strip.picked.connect(self._pick)
        self.answers: list[StretchAnswers] = []
        self.picked: StretchAnswers | None = None

    def show_day(self, day: DayMessage) -> None:
        """Shows a day."""
        self.told.setText(day.told)
        self.strip.setVisible(bool(day.blocks))
        self.hint.setVisible(bool(day.blocks))
        self.strip.show_day(day)
        self._pick("", "")
        figures_in(self._figures, self._style, day.figures)
        _emptied(self._doubts)
        self.answers = []
        if day.doubts:
            self._doubts.addWidget(heading(self._style, self._style.words("unsure")))
        for doubt in day.doubts[:MOST_DOUBTS]:
            self._doubts.addWidget(self._doubt(doubt))

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
        _emptied(self._picked)
        self.strip.show_picked(start, end)
        self.picked = None
        if not start:
            return
        words = self._style.words
        self.picked = StretchAnswers(self._style, start, end, self._classes, self._correct)
        self._picked.addWidget(Text(self._style, words("was", start=_clock(start), end=_clock(end)), 15))
        self._picked.addWidget(self.picked)
        self.picked.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)


class SpanPage(QWidget):
    """A week or four: columns against the goal, and figures."""

    def __init__(self, style: Style) -> None:
        """Takes the style."""
        super().__init__()
        self._style = style
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.told = Text(style, "", 15)
        self.columns = DayColumns(style)
        self.hint = Text(style, "", 13, "quiet")
        self._figures = QGridLayout()
        self._figures.setHorizontalSpacing(20)
        self._figures.setVerticalSpacing(4)
        for widget in (self.told, self.columns, self.hint):
            column.addWidget(widget)
        column.addLayout(self._figures)
        column.addStretch(1)
        self.columns.pointed.connect(self.hint.setText)

    def show_span(self, span: SpanMessage) -> None:
        """Shows a week or four."""
        self.told.setText(span.told)
        self.hint.setText(" ")
        self.columns.show_span(span)
        figures_in(self._figures, self._style, span.figures)


class TodayPage(Page):
    """Status at the left; at the right one of the pages, and the way to other days."""

    def __init__(self, request: StatusRequest, style: Style, choose: Callable[[str], None], say: Say) -> None:
        """`choose` is told the key of an entry."""
        super().__init__(style)
        self._say, self._scope, self._shown_day = say, "day", ""
        words = style.words
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(8, 8, 28, 16)
        row.setSpacing(20)
        self.status = StatusPage(style, request, choose)
        self.status.setMaximumWidth(LEFT)
        row.addWidget(self.status, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setContentsMargins(12, 16, 0, 0)
        right.setSpacing(12)
        row.addLayout(right, 1)
        self.scope = Switch(style, words("scope"), [(key, words(f"scope.{key}")) for key in SCOPES], "day")
        self.earlier, self.later = SignButton(style, "back", words("earlier")), SignButton(style, "on", words("later"))
        self.title = Text(style, "", 20, weight=Weight.Medium)
        self.day = DayPage(style, request.seated_mode, self._correct)
        self.span = SpanPage(style)
        self.noted = Text(style, "", 13, "quiet")
        top = QHBoxLayout()
        top.addWidget(self.scope)
        top.addStretch(1)
        top.addWidget(self.earlier)
        top.addWidget(self.later)
        right.addLayout(top)
        for widget in (self.title, self.noted, self.day, self.span):
            right.addWidget(widget)
        right.addStretch(1)
        self.span.hide()
        self.noted.hide()
        self.scope.chosen.connect(lambda key: self._look(key, self._shown_day))
        self.earlier.clicked.connect(lambda: self._move(-1))
        self.later.clicked.connect(lambda: self._move(1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both side by side, the day stands below."""
        super().resizeEvent(event)
        narrow = event.size().width() < BESIDE
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def look(self) -> None:
        """Asks for the day that was shown, or today."""
        self._look("day", "")

    def renew(self) -> None:
        """Asks for today anew where it is on show and nobody is about to say something of it."""
        focus = QApplication.focusWidget()
        at_work = self.day.picked is not None or (focus is not None and self.day.isAncestorOf(focus))
        if self._scope == "day" and not self.later.isEnabled() and not at_work:
            self._say("look", scope="day", day="")

    def _look(self, scope: str, day: str) -> None:
        self._scope = scope
        self.note("")
        self._say("look", scope=scope, day=day)

    def _move(self, direction: int) -> None:
        moved = date.fromisoformat(self._shown_day) + direction * timedelta(days=DAYS[self._scope])
        self._look(self._scope, moved.isoformat())

    def _correct(self, start: str, end: str, kind: str) -> None:
        self._say("correct", **{"from": start, "to": end, "class": kind})

    def show_day(self, day: DayMessage) -> None:
        """The answer to a look at a day."""
        self._show(self.day, day)
        self.day.show_day(day)

    def show_span(self, span: SpanMessage) -> None:
        """The answer to a look at a week or four."""
        self._show(self.span, span)
        self.span.show_span(span)

    def _show(self, page: QWidget, shown: DayMessage | SpanMessage) -> None:
        self._shown_day = shown.day
        self.title.setText(shown.title)
        self.later.setEnabled(shown.later)
        for each in (self.day, self.span):
            each.setVisible(each is page)

    def note(self, text: str) -> None:
        """What became of a correction."""
        self.noted.setText(text)
        self.noted.setVisible(bool(text))


class TodayScene(QObject):
    """The Today window on the screen."""

    def __init__(self, request: StatusRequest, style: Style, desktop: Desktop, say: Say, leave: Leave) -> None:
        """Builds it; `appear` shows it."""
        super().__init__()
        self._style, self._say, self._leave, self._request = style, say, leave, request
        self.page = TodayPage(request, style, self._choose, say)
        self.window = Framed(style, style.words("today_title"), self.page, [], leave)

    def _choose(self, key: str) -> None:
        """What is chosen is done in another place, but for the goal: the ring is here."""
        self._say("chosen", key=key)
        if not key.startswith(GOAL):
            self._leave()

    def appear(self) -> None:
        """Puts it on the screen and asks for the day."""
        self.window.open(WIDTH, HEIGHT, Desktop.icon(self._request.icon), self._request.card)
        self.page.look()
        if self.page.status.buttons:
            self.page.status.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, message: Message) -> None:
        """`status` brings the present, `day` and `span` answer a look, `noted` a correction."""
        try:
            self._hear(message)
        except BadMessage as error:
            self._say("complaint", text=str(error))

    def _hear(self, message: Message) -> None:
        match message.get("do"):
            case "status":
                fields = message.get("status", message)
                self.adopt(request_of({**(fields if isinstance(fields, Mapping) else {}), "kind": "status"}))
            case "day":
                self.page.show_day(day_of(message.get("day")))
            case "span":
                self.page.show_span(span_of(message.get("span")))
            case "noted":
                self.page.note(str(message.get("text", "")))

    def adopt(self, request: Request) -> bool:
        """Shows the present anew; the list stays as it is while nothing in it changed."""
        if not isinstance(request, StatusRequest):
            return False
        former, self._request = self._request, request
        if request != former:
            self.page.status.show_figures(request)
        if request.entries != former.entries:
            self.page.status.renew(request)
        present = [(each.entries, whole(each.confirmed_min), int(each.sitting_min)) for each in (former, request)]
        if present[0] != present[1]:
            self.page.renew()
        return True

    def dispose(self) -> None:
        """Takes the window away."""
        self.window.discard()


def figures_in(grid: QGridLayout, style: Style, figures: Sequence[tuple[str, str]]) -> None:
    """Names at the left, values at the right, in place of what was there."""
    _emptied(grid)
    for row, (name, value) in enumerate(figures):
        grid.addWidget(Text(style, name, 13, "quiet"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(style, value, 13), row, 1, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(1, 1)


def _emptied(layout: QVBoxLayout | QGridLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _clock(moment: str) -> str:
    return f"{datetime.fromisoformat(moment):%H:%M}"
