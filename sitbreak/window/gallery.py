"""The movements: one that moves with its steps at the right, those of a place or the favourites at the left."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from sitbreak.language import _, after_colon, numeral, paragraph, sentence
from sitbreak.window.channel import Leave, Say
from sitbreak.window.figure import FigureScene, FigureStage
from sitbreak.window.framed_window import EDGE, Framed, Navigation, PagedPage
from sitbreak.window.look import Style
from sitbreak.window.message_fields import Message
from sitbreak.window.movement_figures import figure_for
from sitbreak.window.performance import MOVING_MS, Performance
from sitbreak.window.protocol import MovementMessage, MovementsRequest
from sitbreak.window.widgets.buttons import Button
from sitbreak.window.widgets.drop import Drop
from sitbreak.window.widgets.layout import labelled, scrolling
from sitbreak.window.widgets.switch import Toggle
from sitbreak.window.widgets.text import Text, Weight
from sitbreak.window.words import areas_of

RING = 240
OFF, FAVOURITES, PLACES = "movements.off", "movements.favourites", "movements.places"
WHERE = ("office", "quiet", "home")


class Membership(Toggle):
    """A switch for whether a word is in the list of a setting (or, `without`, whether it is not)."""

    def __init__(
        self, style: Style, name: str, words: list[str], changed: Callable[[], None], without: bool = False
    ) -> None:
        """`words` is the list, kept by others as well; `changed` is called when the person has changed it."""
        super().__init__(style, name)
        self.words, self._word, self._changed, self._without = words, "", changed, without
        self.toggled.connect(self._switch)

    def show_word(self, word: str) -> None:
        """Shows how it stands with this word, without saying so."""
        self._word = word
        self.blockSignals(True)
        self.setChecked((word in self.words) is not self._without)
        self.blockSignals(False)
        self.update()

    def _switch(self, on: bool) -> None:
        if on is self._without:
            self.words.remove(self._word)
        else:
            self.words.append(self._word)
        self._changed()


class MovementView(QWidget):
    """One movement, moving while it is seen; `switches` stand below it."""

    def __init__(self, style: Style, switches: Sequence[QWidget]) -> None:
        """Takes the rows with what can be switched."""
        super().__init__()
        self._style, self._movement = style, MovementMessage("", "", ())
        self._performance: Performance | None = None
        self._began = QElapsedTimer()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, EDGE, 28)
        column.setSpacing(10)
        self.stage = FigureStage(style, RING, 20)
        self.title = Text(style, "", 20, weight=Weight.DemiBold)
        self.areas, self.steps, self.more = Text(style, "", 13, "quiet"), QWidget(), Text(style, "", 13, "quiet")
        self._rows = QGridLayout(self.steps)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setVerticalSpacing(2)
        self._rows.setColumnStretch(1, 1)
        column.addWidget(self.stage, 0, Qt.AlignmentFlag.AlignHCenter)
        for widget in (self.title, self.areas, self.steps, self.more, *switches):
            column.addWidget(widget)
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
        told = [sentence(areas_of(movement.areas))]
        told += [words("movement_place", place=after_colon(words(f"place.{movement.place}")))] if movement.place else []
        told += [words("movement_needs", text=movement.needs)] if movement.needs else []
        self.areas.setText(paragraph(*told))
        self._list_steps(movement)
        versions = [("easier", after_colon(movement.easier)), ("harder", after_colon(movement.harder))]
        versions += [("source", movement.source)]
        how = [words(f"help_{key}", text=text) for key, text in versions if text]
        self.more.setText("\n".join([*how, paragraph(*movement.cautions)]).strip())
        self.stage.setAccessibleName(movement.title)
        self._step()

    def _list_steps(self, movement: MovementMessage) -> None:
        """How long each step takes, and what to do beside it."""
        for former in self.steps.findChildren(Text):
            former.setParent(None)
        for number, step in enumerate(movement.steps):
            seconds = Text(self._style, _("{seconds} s", seconds=numeral(step.s)), 15, "quiet")
            seconds.setWordWrap(False)
            self._rows.addWidget(seconds, number, 0, Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(Text(self._style, step.text, 15), number, 1)

    def showEvent(self, event: object) -> None:
        """Moves while it is seen."""
        if not self._style.still:
            self._clock.start()

    def hideEvent(self, event: object) -> None:
        """Rests while it is not."""
        self._clock.stop()

    def _step(self) -> None:
        if self._performance is None or (self._clock.isActive() and self.stage.covered):
            return
        whole = sum(self._performance.lengths)
        at = (self._began.elapsed() / 1000) % whole
        frame = self._performance.at(at, "shown", self._style.still)
        self.stage.show_scene(FigureScene(frame, 1 - at / whole, "move", ""))


class GalleryPage(PagedPage):
    """All movements, or some of them."""

    def __init__(self, request: MovementsRequest, style: Style, say: Say) -> None:
        """Begins with the first."""
        super().__init__(style)
        self._style, self._say, words = style, say, style.words
        self._by_title = {movement.title: movement for movement in request.movements}
        self.shown = MovementMessage("", "", ())
        self.lists = {OFF: list(request.off), FAVOURITES: list(request.favourites), PLACES: list(request.places)}
        self.on = self._switch(words("movement_on"), OFF, without=True)
        self.star = self._switch(words("movement_favourite"), FAVOURITES)
        self.here = self._switch(words("movement_here"), PLACES)
        self._told = Text(style, "", 13, "quiet")
        self.which = Drop(style)
        self.which.setAccessibleName(words("movements_which"))
        for key, title in (("", words("movements_all")), (FAVOURITES, words("movements_favourites"))):
            self.which.addItem(title, key)
        for place in WHERE:
            self.which.addItem(words(f"place.{place}"), place)
        self.which.currentIndexChanged.connect(self._narrow)
        navigation = Navigation(style, list(self._by_title), self.which)
        navigation.chosen.connect(self.show_movement)
        switches = [("favourite", self.star), ("on", self.on), ("here", self.here)]
        rows = [labelled(style, words(f"movement_{name}"), switch) for name, switch in switches]
        self.trial = Button(style, words("movement_try"), "plain")
        self.trial.clicked.connect(lambda: say("try", movement=self.shown.id))
        self.view = MovementView(style, [self.trial, *rows, self._told])
        self.fill(navigation, scrolling(self.view))
        if self._by_title:
            self.show_movement(self.navigation.first)

    def _switch(self, name: str, key: str, without: bool = False) -> Membership:
        words = self.lists[key]
        return Membership(self._style, name, words, lambda: self._changed(key), without)

    def _changed(self, key: str) -> None:
        self._mark()
        self._say("set", key=key, value=list(self.lists[key]))

    def show_movement(self, title: str) -> None:
        """Shows one of them."""
        self.shown = self._by_title[title]
        self.navigation.mark(title)
        self.view.show_movement(self.shown)
        self._mark()

    def _mark(self) -> None:
        """Switches and signs as the lists have it."""
        words, shown, places = self._style.words, self.shown, self.lists[PLACES]
        self.on.show_word(shown.id)
        self.star.show_word(shown.id)
        self.here.show_word(shown.place)
        self.here.setEnabled(places != [shown.place])
        self.tell("" if shown.place in places else words("movement_not_here"))
        for title, movement in self._by_title.items():
            starred, off = movement.id in self.lists[FAVOURITES], movement.id in self.lists[OFF]
            name = words("off_named", name=title) if off else title
            name = words("favourite_named", name=name) if starred else name
            self.navigation.buttons[title].sign(name, starred=starred, off=off)

    def tell(self, text: str) -> None:
        """What is to be said of the switches, if anything."""
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def _narrow(self) -> None:
        """Lists only the favourites, or those of one place; the one on show stays on show."""
        key = self.which.currentData()
        wanted = [
            title
            for title, movement in self._by_title.items()
            if key in ("", movement.place) or (key == FAVOURITES and movement.id in self.lists[FAVOURITES])
        ]
        self.navigation.show_only(wanted, self._style.words("movements_none"))

    def set_list(self, key: str, value: Sequence[str]) -> None:
        """A list as the daemon has it."""
        self.lists[key][:] = value
        self._mark()


class GalleryWindow(Framed):
    """The gallery on the screen."""

    def __init__(self, request: MovementsRequest, style: Style, say: Say, leave: Leave) -> None:
        """`say` tells the daemon what is switched, and what is tried."""
        super().__init__(style, style.words("movements"), leave)
        self.page = GalleryPage(request, style, say)
        self.put(self.page, self.closer())

    def hear(self, message: Message) -> None:
        """`value` of one of the lists, or `error` for why it was not kept."""
        key, value = str(message.get("key", "")), message.get("value")
        if message.get("do") == "error":
            self.page.tell(str(message.get("text", "")))
        if message.get("do") == "value" and key in self.page.lists and isinstance(value, (list, tuple)):
            self.page.set_list(key, [str(each) for each in value])
