"""The first window: what the program does and sees, and five choices, each with a good default."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from sitbreak.window.channel import Leave, Say
from sitbreak.window.figure import FigureScene, FigureStage
from sitbreak.window.framed_window import EDGE, Framed
from sitbreak.window.look import Style
from sitbreak.window.movement_figures import figure_for
from sitbreak.window.performance import Performance
from sitbreak.window.protocol import WelcomeRequest
from sitbreak.window.widgets.buttons import Button
from sitbreak.window.widgets.layout import Page, heading, labelled, rule
from sitbreak.window.widgets.switch import ChoiceCard, RadioLine, Switch, Toggle
from sitbreak.window.widgets.text import Text, Weight

WIDE = 720  # pixels of the window
NARROW = 520  # pixels; below this the figure is left out, and the sides are narrower
PLACES = ("office", "quiet", "home")
Way = QBoxLayout.Direction


class WelcomePage(Page):
    """The window's content; `choices` reads what is chosen."""

    def __init__(self, request: WelcomeRequest, style: Style) -> None:
        """Starts from the request's defaults."""
        super().__init__(style)
        self._request = request
        self.column, self._beside = QVBoxLayout(self), 0
        self.column.setSpacing(8)
        self._top()
        self._pair = QHBoxLayout()
        self._pair.setSpacing(16)
        self.column.addSpacing(12)
        self.column.addLayout(self._pair)
        self.begin = self._begin()
        self.places = self._places()
        self._arrange(WIDE)
        self.seated = self._toggle("welcome_seated", request.seated_mode)
        self.desk = self._toggle("welcome_desk", request.standing_desk)
        self.login = self._toggle("welcome_login", request.autostart)
        self.column.addSpacing(12)
        self.column.addWidget(labelled(style, style.words("welcome_desk"), self.desk))
        self.column.addWidget(labelled(style, style.words("welcome_seated"), self.seated))
        goals = [(str(minutes), str(minutes)) for minutes in request.goals]
        self.goal = Switch(style, style.words("welcome_goal"), goals, str(request.goal_min))
        self.goal_row = labelled(style, style.words("welcome_goal"), self.goal, style.words("welcome_goal_note"))
        self.column.addSpacing(12)
        self.column.addWidget(self.goal_row)
        for follow in (self._name_goal, self._show_figure):
            self.seated.toggled.connect(follow)
            follow(request.seated_mode)
        self.column.addSpacing(8)
        self.column.addWidget(labelled(style, style.words("welcome_login"), self.login))
        self.column.addSpacing(12)
        self.column.addWidget(rule(style))
        self.column.addSpacing(4)
        self.column.addWidget(Text(style, style.words("cautions"), 13, "quiet"))
        self.column.addStretch(1)
        for words in self.findChildren(Text):
            words.setMinimumWidth(1)  # by its hint a large one would be wider than a small screen

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What stands side by side stands one below the other where there is little room."""
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _arrange(self, width: int) -> None:
        """For a width of the window in pixels; long words need more of it."""
        side = EDGE if width >= NARROW else EDGE // 2
        self.column.setContentsMargins(side, 20, side, 10)
        beside = self._pair.sizeHint().width() if self._pair.direction() is Way.LeftToRight else self._beside
        self._beside = beside
        self._pair.setDirection(Way.LeftToRight if beside <= width - 2 * side else Way.TopToBottom)
        self._pair.setSpacing(16 if beside <= width - 2 * side else 12)
        self._stage.setVisible(width >= NARROW)

    def _toggle(self, key: str, on: bool) -> Toggle:
        return Toggle(self._style, self._style.words(key), on)

    def _name_goal(self, seated: bool) -> None:
        """Nobody who cannot stand is asked for minutes on their feet."""
        name = self._style.words("welcome_goal_seated" if seated else "welcome_goal")
        self.goal.setAccessibleName(name)
        label = self.goal_row.findChild(Text)
        if isinstance(label, Text):
            label.setText(name)

    def _show_figure(self, seated: bool) -> None:
        """Somebody who moves as the reader will."""
        figure = figure_for("sit-reach" if seated else "walk-corridor")
        frame = Performance(figure, [10, 50, 50, 10]).at(12.05)
        self._stage.show_scene(FigureScene(frame, 0.82, "move", "2:00"))

    def _top(self) -> None:
        words = self._style.words
        row, column = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(24)
        column.setSpacing(8)
        column.addWidget(Text(self._style, words("welcome_title"), 32, weight=Weight.DemiBold))
        column.addWidget(Text(self._style, words("welcome_what"), 15))
        row.addLayout(column, 1)
        stage = self._stage = FigureStage(self._style, 136, 20)
        stage.setAccessibleName(words("welcome_title"))
        stage.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(stage, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.column.addSpacing(4)
        self.column.addWidget(Text(self._style, words("welcome_sees"), 13, "quiet"))

    def _section(self, key: str, widgets: Iterable[QWidget]) -> None:
        """One of the two sections side by side."""
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(heading(self._style, self._style.words(key)))
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        self._pair.addLayout(column, 1)

    def _begin(self) -> dict[str, RadioLine]:
        words, group = self._style.words, QButtonGroup(self)
        options = {
            key: RadioLine(self._style, words(f"welcome_{key}"), key == self._request.begin)
            for key in ("prompt", "measure")
        }
        for option in options.values():
            group.addButton(option)
        self._section("welcome_begin", options.values())
        return options

    def _places(self) -> dict[str, QCheckBox]:
        words, chosen = self._style.words, self._request.places
        boxes: dict[str, QCheckBox] = {
            key: ChoiceCard(self._style, words(f"place.{key}"), key in chosen) for key in PLACES
        }
        self._section("welcome_place", boxes.values())
        return boxes

    def choices(self) -> dict[str, object]:
        """What is chosen now; an empty list of places means the office."""
        places = [key for key, box in self.places.items() if box.isChecked()]
        goal = next(int(key) for key, segment in self.goal.segments.items() if segment.isChecked())
        return {
            "begin": next(key for key, option in self.begin.items() if option.isChecked()),
            "places": places if places else ["office"],
            "seated_mode": self.seated.isChecked(),
            "standing_desk": self.desk.isChecked(),
            "goal_min": goal,
            "autostart": self.login.isChecked(),
        }


class WelcomeWindow(Framed):
    """The first window on the screen."""

    WIDTH = WIDE

    def __init__(self, request: WelcomeRequest, style: Style, say: Say, leave: Leave) -> None:
        """`say` tells the daemon what was chosen."""
        super().__init__(style, "sitbreak", leave)
        self._say = say
        self.page = WelcomePage(request, style)
        self.skip = Button(style, style.words("welcome_skip"), "bare")
        self.start = Button(style, style.words("welcome_start"), "primary")
        self.skip.clicked.connect(leave)
        self.start.clicked.connect(self._started)
        self.put(self.page, self.skip, self.start)

    def _started(self) -> None:
        self._say("welcome", choices=self.page.choices())
        self._leave()

    def appear(self) -> None:
        """As high as its content."""
        self.open(self.WIDTH, self.page.column.totalHeightForWidth(self.WIDTH) + 70)
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)
