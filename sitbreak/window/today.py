"""The Today window: how it stands and what can be done at the left, the day, the week and four weeks at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from sitbreak.core.rounding import full
from sitbreak.window.channel import Leave, Say
from sitbreak.window.day_page import DayPage
from sitbreak.window.day_protocol import SCOPES, DayMessage, SpanMessage, day_of, span_of
from sitbreak.window.day_rows import SpanPage
from sitbreak.window.desktop_capabilities import Desktop
from sitbreak.window.framed_window import Framed
from sitbreak.window.look import Style
from sitbreak.window.message_fields import BadMessage, Message
from sitbreak.window.protocol import Request, StatusRequest, request_of
from sitbreak.window.status import StatusPage
from sitbreak.window.widgets.buttons import SignButton
from sitbreak.window.widgets.layout import Page
from sitbreak.window.widgets.switch import Switch
from sitbreak.window.widgets.text import Text, Weight

LEFT = 336
BESIDE = 700  # pixels: narrower, and the two columns stand one below the other
DAYS = {"day": 1, "week": 7, "month": 28}  # how far the arrows go
GOAL, REPORT = "goal:", "summary"  # how the key of a goal begins, and that of the report


class TodayPage(Page):
    """Status at the left; at the right one of the pages, and the way to other days."""

    def __init__(self, request: StatusRequest, style: Style, choose: Callable[[str], None], say: Say) -> None:
        """`choose` is told the key of an entry."""
        super().__init__(style)
        self._say, self._scope, self._shown_day = say, "day", ""
        self._asked = False  # for another page, by the person
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
        self.day = DayPage(style, request.seated_mode, self._correct, self._take_back)
        self.span = SpanPage(style)
        top = QHBoxLayout()
        top.addWidget(self.scope)
        top.addStretch(1)
        top.addWidget(self.earlier)
        top.addWidget(self.later)
        right.addLayout(top)
        for widget in (self.title, self.day, self.span):
            right.addWidget(widget)
        right.addStretch(1)
        self.span.hide()
        self.scope.chosen.connect(lambda key: self._look(key, self._shown_day))
        for chart in (self.span.columns, self.span.rows):
            chart.chosen.connect(self._to_day)
        self.earlier.clicked.connect(lambda: self._move(-1))
        self.later.clicked.connect(lambda: self._move(1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both side by side, the day stands below."""
        super().resizeEvent(event)
        view = self.parentWidget()  # what scrolls up and down only; in some languages the buttons are wide
        width = event.size().width() if view is None else view.width()
        self._row.setDirection(QBoxLayout.Direction.LeftToRight)
        narrow = width < max(BESIDE, self._row.minimumSize().width())
        if narrow:
            self._row.setDirection(QBoxLayout.Direction.TopToBottom)
        self.status.setMaximumWidth(width if narrow else LEFT)

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
        self._scope, self._asked = scope, True
        self._say("look", scope=scope, day=day)

    def _to_day(self, day: str) -> None:
        """From a week or four to one of their days."""
        self.scope.show_key("day")
        self.scope.segments["day"].setFocus(Qt.FocusReason.OtherFocusReason)
        self._look("day", day)

    def _move(self, direction: int) -> None:
        moved = date.fromisoformat(self._shown_day) + direction * timedelta(days=DAYS[self._scope])
        self._look(self._scope, moved.isoformat())

    def _correct(self, start: str, end: str, kind: str) -> None:
        self._say("correct", **{"from": start, "to": end, "class": kind})

    def _take_back(self, start: str, at: str) -> None:
        self._say("take_back", start=start, at=at)

    def show_day(self, day: DayMessage, *, still: bool = False) -> bool:
        """The answer to a look at a day; `still`: only what moves nothing, and False where that is not all."""
        still = still and day.day == self._shown_day and not self._asked
        self._asked = False
        self._show(self.day, day)
        return self.day.show_day(day, still=still)

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
        """What became of a correction, where the strip tells its pieces; to screen readers at once."""
        hint = self.span.hint if self.day.isHidden() else self.day.hint
        hint.setText(text)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(hint, text))


class TodayWindow(Framed):
    """The Today window on the screen."""

    WIDTH, HEIGHT = 920, 780

    def __init__(self, request: StatusRequest, style: Style, say: Say, leave: Leave) -> None:
        """`say` tells the daemon what is chosen and what is asked for."""
        super().__init__(style, style.words("today_title"), leave)
        self._say, self._request = say, request
        self.page = TodayPage(request, style, self._choose, say)
        self.put(self.page)
        self._calm = Calm(self)

    def _choose(self, key: str) -> None:
        """What is chosen is done elsewhere, but for the goal and the report: what becomes of them is told here."""
        self._say("chosen", key=key)
        if key == REPORT:
            self.page.note(self._style.words("report_opens"))
        elif not key.startswith(GOAL):
            self._leave()

    def appear(self) -> None:
        """Puts it on the screen and asks for the day."""
        self.open(self.WIDTH, self.HEIGHT, Desktop.icon(self._request.icon), self._request.card)
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
                told = request_of({**(fields if isinstance(fields, Mapping) else {}), "kind": "status"})
                if isinstance(told, StatusRequest):
                    self._renew(told)
            case "day":
                self._show_day(day_of(message.get("day")))
            case "span":
                self.page.show_span(span_of(message.get("span")))
            case "noted":
                self.page.note(str(message.get("text", "")))

    def _show_day(self, day: DayMessage) -> None:
        if not self.page.show_day(day, still=self._calm.on):
            self._calm.later("day", lambda: self.page.show_day(day))

    def adopt(self, request: Request) -> bool:
        """It was asked for while it is open: it comes before other windows, with the present."""
        if not isinstance(request, StatusRequest):
            return False
        self._renew(request)
        self.come_forward()
        return True

    def _renew(self, request: StatusRequest) -> None:
        """Shows the present anew; what would move under the pointer when it has left."""
        former, self._request = self._request, request
        status = self.page.status
        if not status.show_figures(request, still=self._calm.on):
            self._calm.later("figures", lambda: status.show_figures(self._request))
        if not status.renew(request, still=self._calm.on):
            self._calm.later("list", lambda: status.renew(self._request))
        if request.card and not former.card:
            self.make_way(request.card)
        elif former.card and not request.card:
            self.come_back()
        present = [(each.entries, full(each.confirmed_min), full(each.sitting_min)) for each in (former, request)]
        if present[0] != present[1]:
            self.page.renew()


HAND = {QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.Wheel}


class Calm(QObject):
    """Keeps what waits for the pointer to leave a window. A pointer that was only left there holds up nothing."""

    def __init__(self, window: QWidget) -> None:
        """Listens to the window, and belongs to it."""
        super().__init__(window)
        self._window, self._hand = window, False
        self._waiting: dict[str, Callable[[], object]] = {}
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    @property
    def on(self) -> bool:
        """Whether the pointer is over the window, and was used there since the last key."""
        return self._hand and self._window.underMouse()

    def later(self, what: str, do: Callable[[], object]) -> None:
        """Does it once the pointer has left, or a key is pressed; of several of one name only the last."""
        self._waiting[what] = do

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tells the hand on the pointer from the one on the keys."""
        kind = event.type()
        inside = isinstance(watched, QWidget) and watched.window() is self._window
        if inside and kind in HAND:
            self._hand = True
        elif (inside and kind == QEvent.Type.KeyPress) or (watched is self._window and kind == QEvent.Type.Leave):
            self._let_go()
        return False

    def _let_go(self) -> None:
        self._hand = False
        waiting, self._waiting = self._waiting, {}
        for do in waiting.values():
            do()
