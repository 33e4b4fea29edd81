"""The movements: one that moves with its steps at the right, all of them by body area at the left, each on or off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sitbreak.window.channel import Leave, Say
from sitbreak.window.desktop import Desktop
from sitbreak.window.framed import EDGE, Framed
from sitbreak.window.look import Style
from sitbreak.window.paged import Navigation, PagedPage
from sitbreak.window.pages import labelled, scrolling
from sitbreak.window.performance import Performance
from sitbreak.window.poses import figure_for
from sitbreak.window.protocol import Message, MovementMessage, MovementsRequest, Request
from sitbreak.window.widgets.buttons import Button
from sitbreak.window.widgets.stage import FigureScene, FigureStage
from sitbreak.window.widgets.switch import Toggle
from sitbreak.window.widgets.text import Text, Weight
from sitbreak.window.words import sentence

WIDTH, HEIGHT, RING = 860, 720, 240
MOVING_MS = 50
KEY = "movements.off"


class MovementView(QWidget):
    """One movement, moving while it is seen."""

    def __init__(self, style: Style, on: Toggle) -> None:
        """`on`: the switch that says whether it may be suggested."""
        super().__init__()
        self._style, self._movement = style, MovementMessage("", "", ())
        self._performance: Performance | None = None
        self._began = QElapsedTimer()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, EDGE, 28)
        column.setSpacing(10)
        self.stage = FigureStage(style, RING, 20)
        self.title = Text(style, "", 20, weight=Weight.DemiBold)
        self.areas, self.steps, self.more = (
            Text(style, "", 13, "quiet"),
            Text(style, "", 15),
            Text(style, "", 13, "quiet"),
        )
        column.addWidget(self.stage, 0, Qt.AlignmentFlag.AlignHCenter)
        for widget in (self.title, self.areas, self.steps, self.more):
            column.addWidget(widget)
        column.addWidget(labelled(style, style.words("movement_on"), on))
        column.addStretch(1)
        self._clock = QTimer(self)
        self._clock.setInterval(MOVING_MS)
        self._clock.timeout.connect(self._step)

    def show_movement(self, movement: MovementMessage) -> None:
        """Shows this one from its beginning."""
        words = self._style.words
        self._movement = movement
        self._began.start()
        figure = figure_for(movement.figure if movement.figure else movement.id, movement.type, movement.seated_mode)
        self._performance = Performance(figure, [step.s for step in movement.steps])
        self.title.setText(movement.title)
        self.areas.setText(sentence(", ".join(movement.areas)) + ".")
        self.steps.setText("\n".join(f"{step.s:g} s  {step.text}" for step in movement.steps))
        versions = [("easier", movement.easier), ("harder", movement.harder), ("source", movement.source)]
        told = [words(f"help_{key}", text=text) for key, text in versions if text]
        self.more.setText("\n".join([*told, " ".join(movement.cautions)]).strip())
        self.stage.setAccessibleName(movement.title)
        self._step()

    def showEvent(self, event: object) -> None:
        """Moves while it is seen."""
        if not self._style.still:
            self._clock.start()

    def hideEvent(self, event: object) -> None:
        """Rests while it is not."""
        self._clock.stop()

    def _step(self) -> None:
        if self._performance is None or (self.window().isMinimized() and self._clock.isActive()):
            return
        whole = sum(self._performance.lengths)
        at = (self._began.elapsed() / 1000) % whole
        frame = self._performance.at(at, "shown", self._style.still)
        self.stage.show_scene(FigureScene(frame, self._performance.figure.frame, 1 - at / whole, "move", ""))


class GalleryPage(PagedPage):
    """All movements."""

    def __init__(self, request: MovementsRequest, style: Style, say: Say) -> None:
        """Begins with the first."""
        super().__init__(style)
        self._style, self._say = style, say
        self._by_title = {movement.title: movement for movement in request.movements}
        self.off = list(request.off)
        self._shown = ""
        navigation = Navigation(style, list(self._by_title))
        navigation.chosen.connect(self.show_movement)
        self.on = Toggle(style, style.words("movement_on"))
        self.view = MovementView(style, self.on)
        self.on.toggled.connect(self._switch)
        self.put(navigation, scrolling(style, self.view))
        if self._by_title:
            self.show_movement(self.navigation.first)

    def show_movement(self, title: str) -> None:
        """Shows one of them."""
        self._shown = self._by_title[title].id
        self.navigation.mark(title)
        self.view.show_movement(self._by_title[title])
        self._mark()

    def _mark(self) -> None:
        """The switch as it is, without saying so."""
        self.on.blockSignals(True)
        self.on.setChecked(self._shown not in self.off)
        self.on.blockSignals(False)
        self.on.update()

    def _switch(self) -> None:
        """Turns the one on show on or off."""
        if self.on.isChecked():
            self.off.remove(self._shown)
        else:
            self.off.append(self._shown)
        self._say("set", key=KEY, value=list(self.off))

    def set_off(self, off: Sequence[str]) -> None:
        """What is turned off, as the daemon has it."""
        self.off = list(off)
        self._mark()


class GalleryScene(QObject):
    """The gallery on the screen."""

    def __init__(self, request: MovementsRequest, style: Style, desktop: Desktop, say: Say, leave: Leave) -> None:
        """Builds it; `appear` shows it."""
        super().__init__()
        self.page = GalleryPage(request, style, say)
        close = Button(style, style.words("close"), "plain")
        close.clicked.connect(leave)
        self.window = Framed(style, style.words("movements"), self.page, [close], leave)

    def appear(self) -> None:
        """Puts it on the screen."""
        self.window.open(WIDTH, HEIGHT)

    def adopt(self, request: Request) -> bool:
        """Another request gets a window of its own."""
        return False

    def hear(self, message: Message) -> None:
        """`value` of what is turned off."""
        value = message.get("value")
        if message.get("do") == "value" and message.get("key") == KEY and isinstance(value, list):
            self.page.set_off([str(each) for each in value])

    def dispose(self) -> None:
        """Takes the window away."""
        self.window.discard()
