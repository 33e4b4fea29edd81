"""The Plans window: small plans outside the two minutes, a walk, rest, and the measuring of usual days."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sitbreak.language import clause, paragraph
from sitbreak.window.channel import Leave, Say
from sitbreak.window.framed_window import EDGE, Framed
from sitbreak.window.look import Style
from sitbreak.window.protocol import PlanMessage, PlansRequest, Request
from sitbreak.window.widgets.buttons import Button, SureButton
from sitbreak.window.widgets.drop import Drop
from sitbreak.window.widgets.layout import Flow, rule
from sitbreak.window.widgets.text import Text, Weight
from sitbreak.window.widgets.text_inputs import NumberBox

WALK, REST, MOST_MINUTES = 10, 20, 60
Do = Callable[..., None]  # verb, and what it needs


class Section(QWidget):
    """A heading, what it is about, and a row of controls."""

    def __init__(self, style: Style, title: str, about: str) -> None:
        """Empty but for its words."""
        super().__init__()
        self._style, self.name = style, title
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 12, 0, 12)
        self._column.setSpacing(6)
        self._column.addWidget(Text(style, title, 15, weight=Weight.DemiBold))
        self._column.addWidget(Text(style, about, 13, "quiet"))
        self._controls = QWidget()
        self._row = Flow(self._controls, spacing=8)

    def told(self, size: int = 15, token: str = "ink") -> Text:
        """A line of text that may change."""
        text = Text(self._style, "", size, token)
        self._column.addWidget(text)
        return text

    def button(self, words: str, pressed: Callable[[], None], *, sure: bool = False) -> Button:
        """A button of the row, by its word; `sure`: it asks first."""
        label = self._style.words(words)
        button = SureButton(self._style, label) if sure else Button(self._style, label, "plain")
        button.setAccessibleName(self._style.words("plan_named", plan=self.name, button=label))
        (button.sure if isinstance(button, SureButton) else button.clicked).connect(lambda: pressed())
        self._row.addWidget(button)
        return button

    def number(self, most: int, unit: str, value: float) -> NumberBox:
        """A number of the row."""
        box = NumberBox(unit)
        box.setDecimals(0)
        box.setRange(1, most)
        box.setValue(value)
        box.setFixedWidth(148)
        box.setAccessibleName(self._style.words("plan_amount", plan=self.name))
        self._row.addWidget(box)
        return box

    def finish(self) -> None:
        """The row below the words."""
        self._column.addWidget(self._controls)


class PlanSection(Section):
    """One plan: begun, logged, begun anew, ended."""

    def __init__(self, style: Style, plan: PlanMessage, do: Do) -> None:
        """Every control is there from the start; those that fit are shown."""
        super().__init__(style, plan.title, plan.meaning)
        name, words = plan.name, style.words
        self._told, self._logged = self.told(), self.told(13, "quiet")
        self._source = self.told(13, "quiet")
        self._source.setText(words("plan_source", text=clause(plan.source)))
        self.begin = self.button("plan_start", lambda: do("start", name=name))
        self.amount = self.number(plan.most, plan.unit, plan.amount)
        self.day = Drop(style)
        self.day.setAccessibleName(words("plan_day", plan=plan.title))
        for key in ("today", "yesterday"):
            self.day.addItem(words(f"plan_{key}"), key)
        self.day.setFixedWidth(max(124, self.day.whole_width()))
        self._row.addWidget(self.day)
        self.log = self.button("plan_log", self._log)
        self.guide = self.button("plan_guide", lambda: do("guide"))
        self.back = self.button("plan_take_back", lambda: do("take_back", name=name), sure=True)
        self.again = self.button("plan_again", lambda: do("start", name=name), sure=True)
        self.stop = self.button("plan_stop", lambda: do("stop", name=name))
        self.finish()
        self._do, self._plan = do, plan
        self.show_plan(plan)

    def _log(self) -> None:
        self._do("log", name=self._plan.name, amount=self.amount.value(), day=self.day.currentData())

    def show_plan(self, plan: PlanMessage) -> None:
        """As it stands now."""
        if plan.amount != self._plan.amount:
            self.amount.setValue(plan.amount)
        self._plan = plan
        for widget in (self.day, self.log, self.again, self.stop):
            widget.setVisible(plan.running)
        self.amount.setVisible(plan.running and plan.amount > 1)  # one session is one session
        self.begin.setVisible(not plan.running)
        self.guide.setVisible(plan.running and plan.guided)
        self.back.setVisible(plan.running and bool(plan.logged))
        self._told.setText(plan.told)
        self._told.setVisible(bool(plan.told))
        self._logged.setText(self._style.words("plan_logged", text=plan.logged))
        self._logged.setVisible(bool(plan.logged))
        self._source.setVisible(not plan.running)


class UsualSection(Section):
    """The measuring of usual days."""

    def __init__(self, style: Style, request: PlansRequest, do: Do) -> None:
        """Takes the way to the daemon."""
        super().__init__(style, style.words("usual"), style.words("usual_what"))
        self._told = self.told()
        self.start = self.button("usual_start", lambda: do("measure"))
        self.stop = self.button("usual_stop", lambda: do("stop_measuring"))
        self.again = self.button("usual_again", lambda: do("redo"), sure=True)
        self.finish()
        self.show_usual(request)

    def show_usual(self, request: PlansRequest) -> None:
        """As it stands now."""
        self._told.setText(request.usual)
        for state, button in (("no", self.start), ("now", self.stop), ("yes", self.again)):
            button.setVisible(request.measured == state)


class PlansPage(QWidget):
    """All of them, one below the other."""

    def __init__(self, request: PlansRequest, style: Style, say: Say) -> None:
        """`say` tells the daemon what is wanted."""
        super().__init__()
        self._say, words = say, style.words
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 20, EDGE - 12, 20)
        column.setSpacing(0)
        self.noted = Text(style, "", 15, weight=Weight.Medium)
        self.plans = {plan.name: PlanSection(style, plan, self._do) for plan in request.plans}
        way = "way" if request.seated_mode else "walk"
        self.walk = Section(style, words(way), words(f"{way}_what"))
        self.walked = self.walk.number(600, words("minutes"), WALK)
        self.walk.button("plan_log", lambda: self._do("walk", amount=self.walked.value()))
        self.walk.finish()
        self.usual = UsualSection(style, request, self._do)
        rests = [self._rest(style, name, text, request.rest_note) for name, text in request.rests]
        if self.plans:
            column.addWidget(Text(style, words("plans_what"), 15))
            column.addSpacing(8)
        column.addWidget(self.noted)
        for section in (*self.plans.values(), self.walk, *rests, self.usual):
            column.addWidget(rule(style))
            column.addWidget(section)
        column.addStretch(1)
        self.show_plans(request)

    def _rest(self, style: Style, name: str, text: str, note: str) -> Section:
        section = Section(style, style.words("rest"), paragraph(text, note))
        minutes = section.number(MOST_MINUTES, style.words("minutes"), REST)
        section.button("plan_start", lambda: self._do("rest", name=name, amount=minutes.value()))
        section.finish()
        return section

    def _do(self, verb: str, **values: object) -> None:
        self._say("plan", verb=verb, **values)

    def show_plans(self, request: PlansRequest) -> None:
        """As it stands now; the controls stay, and so does the focus."""
        for plan in request.plans:
            if plan.name in self.plans:
                self.plans[plan.name].show_plan(plan)
        self.usual.show_usual(request)
        self.noted.setText(request.told)
        self.noted.setVisible(bool(request.told))


class PlansWindow(Framed):
    """The Plans window on the screen."""

    WIDTH = 720

    def __init__(self, request: PlansRequest, style: Style, say: Say, leave: Leave) -> None:
        """`say` tells the daemon what is wanted."""
        super().__init__(style, style.words("plans"), leave)
        self.page = PlansPage(request, style, say)
        self.put(self.page, self.closer())

    def adopt(self, request: Request) -> bool:
        """Shows how it stands now."""
        if not isinstance(request, PlansRequest):
            return False
        self.page.show_plans(request)
        return True
