"""The break card: the prompt with its answers and, after Start, the movement; in a corner or on a whole monitor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from sitbreak.language import _, comma_list, named, paragraph, sentence
from sitbreak.window.card_pages import KEYS, BreakRow, PromptRow
from sitbreak.window.figure import FigureScene, FigureStage
from sitbreak.window.look import Style
from sitbreak.window.movement_figures import figure_for
from sitbreak.window.performance import MOVING_MS, Performance, Progress, step_at
from sitbreak.window.protocol import BreakRequest
from sitbreak.window.widgets.buttons import SignButton
from sitbreak.window.widgets.text import Text, Weight
from sitbreak.window.words import areas_of, clock, spoken

CARD_WORDS = 440 - 2 * 24 - 20  # width of the card less its edges and the gap beside the ring
FAR_S = 6.0  # without a hand on the card; then it is read from where the movement is done
FAR_SIZES = (30, 26, 22, 18)
RESTING_MS, STILL_MS = 100, 500  # between two frames at rest, and under reduced motion


class BreakView(QWidget):
    """Ring and figure at the left, words at the right, answers below."""

    answered = Signal(str, float)
    levelled = Signal(str)
    finished = Signal()
    over = Signal()
    helped = Signal()
    another = Signal()
    hidden = Signal()
    grown = Signal()
    step_begun = Signal(int, str)  # its number and what is to be done

    def __init__(self, style: Style, progress: Progress, ring: int = 192, large: bool = False) -> None:
        """`ring`: its side in logical pixels; `large`: on a whole monitor."""
        super().__init__()
        self._style, self.progress, self._ring, self._large = style, progress, ring, large
        request = progress.request
        movement = request.movement
        self._figure = figure_for(
            movement.figure if movement.figure else movement.id, movement.type, movement.seated_mode
        )
        self._performance = Performance(self._figure, self._paced())
        self._over = self._small = self._afar = False
        self._touched_at = 0.0  # seconds into the break
        self._build()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.refresh)
        self._dress()
        self.refresh()

    def _paced(self) -> list[float]:
        """Seconds of each step: those of the movement, drawn out to the length of the break once it runs."""
        lengths = [step.s for step in self._request.movement.steps]
        pace = self.progress.length / sum(lengths) if self.progress.running else 1.0
        return [length * pace for length in lengths]

    @property
    def _request(self) -> BreakRequest:
        return self.progress.request

    def _build(self) -> None:
        style, large, words = self._style, self._large, self._style.words
        self.stage = FigureStage(
            style, self._ring, 56 if large and self._ring >= 280 else 32 if self._ring >= 180 else 20
        )
        self.title = Text(style, size=32 if large else 20, weight=Weight.DemiBold)
        self.reason = Text(style, size=15 if large else 13, token="quiet")
        self.step = Text(style, size=20 if large else 15, weight=Weight.Medium)
        self.next = Text(style, size=15 if large else 13, token="quiet")
        self.note = Text(style, size=15 if large else 13, token="quiet")
        self.from_afar = Text(style, weight=Weight.Medium, parent=self)
        self.from_afar.hide()
        self.help = SignButton(style, "help", words("help"), self)
        self.help.clicked.connect(self.helped)
        self.another_button = SignButton(style, "another", words("another"), self)
        self.another_button.clicked.connect(self.another)
        self.another_button.setVisible(self.changeable)
        self.hide_button = SignButton(style, "hide", words("hide"), self)
        self.hide_button.clicked.connect(self.hidden)
        self.prompt_row, self.break_row = PromptRow(style, self._request), BreakRow(style, self.progress.level)
        self.prompt_row.answered.connect(self.answered)
        self.prompt_row.changed.connect(self.grown)
        self.break_row.levelled.connect(self._level)
        self.break_row.done.connect(self.finished)
        self._arrange_large() if large else self._arrange_card()

    @property
    def changeable(self) -> bool:
        """Whether another movement may be asked for: of a prompt, and of a break whose movement was our choice."""
        return not self._over and (not self.progress.running or bool(self._request.why))

    def _words_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        for widget, gap in ((self.title, 0), (self.reason, 2), (self.step, 12), (self.next, 4), (self.note, 4)):
            column.addSpacing(gap)
            column.addWidget(widget)
        return column

    def _arrange_card(self) -> None:
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(21, 24, 21, 21)
        outer.setSpacing(13)
        upper, column = QHBoxLayout(), self._words_column()
        upper.setContentsMargins(3, 0, 3, 0)
        upper.setSpacing(20)
        column.insertSpacing(0, 12)
        column.addStretch(1)
        upper.addWidget(self.stage, 0, Qt.AlignmentFlag.AlignTop)
        upper.addLayout(column, 1)
        outer.addLayout(upper, 1)
        outer.addWidget(self.prompt_row)
        outer.addWidget(self.break_row)

    def _arrange_large(self) -> None:
        outer = QHBoxLayout(self)
        outer.setSpacing(max(24, self._ring // 6))
        column = self._words_column()
        column.insertStretch(0, 1)
        column.addSpacing(32)
        column.addWidget(self.prompt_row)
        column.addWidget(self.break_row)
        column.addStretch(1)
        side = QWidget()
        side.setLayout(column)
        side.setMaximumWidth(440)
        side.setMinimumWidth(200)
        outer.addStretch(1)
        outer.addWidget(self.stage, 0, Qt.AlignmentFlag.AlignVCenter)
        outer.addWidget(side, 8)
        outer.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the small buttons in the upper right corner."""
        right = self.width() - (32 if self._large else 8)
        top = 32 if self._large else 8
        self.hide_button.move(right - 30, top)
        self.help.move(right - 62, top)
        self.another_button.move(right - 94, top)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys 1 to 4 press the buttons of the row on show, in their order."""
        row = self.break_row if self.progress.running else self.prompt_row
        self._touched()
        number = KEYS.index(event.key()) if event.key() in KEYS else len(KEYS)
        if number < len(row.buttons):
            row.buttons[number].click()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Notices a pointer that moves over the card."""
        if event.type() == QEvent.Type.HoverMove:
            self._touched()
        return bool(super().event(event))

    def _touched(self) -> None:
        """Somebody is at the desk: the words are those for reading up close."""
        self._touched_at = self.progress.elapsed
        self._read_from(afar=False)

    def _read_from(self, *, afar: bool) -> None:
        """From where the card is read: from across the room the step as large as its place allows, and what to mind."""
        if afar:
            self._enlarge()
        if self._afar == afar:
            return
        self._afar = afar
        for text in (self.title, self.reason, self.step, self.next):
            text.veil(afar)
        self.from_afar.setVisible(afar)

    def _enlarge(self) -> None:
        """The step over the place of all the words but the cautions, in the largest type that fits."""
        left, top = self.stage.geometry().right() + 20, self.help.geometry().bottom() + 4
        low = self.note.y() if self.note.isVisible() else self.break_row.y()
        place = QRect(left, top, self.width() - left - 20, low - top - 8)
        if (place, self.step.text()) != (self.from_afar.geometry(), self.from_afar.text()):
            self.from_afar.setText(self.step.text())
            self.from_afar.setGeometry(place)
            self.from_afar.fit(FAR_SIZES)

    def showEvent(self, event: QShowEvent) -> None:
        """Goes on from the present moment."""
        super().showEvent(event)
        self.refresh()

    def shrink(self) -> bool:
        """Takes less room, on a small screen at a large scale; False when it is as small as it gets."""
        if self._large or self._small:
            return False
        self._small = True
        self._outer.setContentsMargins(21, 24, 21, 12)
        self._outer.setSpacing(8)
        self.stage.shrink(112, 20)
        self.reason.hide()
        self.note.hide()
        self._reserve()
        return True

    def begin(self) -> None:
        """The prompt was answered with a start: the same card goes on as the break."""
        self._touched_at = 0.0
        self._dress()
        self.refresh()
        self.grown.emit()
        self.break_row.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _dress(self) -> None:
        """Shows the words and the row that belong to the prompt or to the break."""
        running, movement = self.progress.running, self._request.movement
        self._performance = Performance(self._figure, self._paced())
        self.prompt_row.setVisible(not running)
        self.break_row.setVisible(running)
        self.title.setText(movement.title if running else self._request.title)
        self.reason.setText(self._reason())
        self.reason.setVisible(bool(self.reason.text()) and not self._small)
        self._reserve()
        self.note.setText(paragraph(*movement.cautions) if running else "")
        self.note.setVisible(bool(self.note.text()) and not self._small)

    def _reason(self) -> str:
        areas = areas_of(self._request.movement.areas)
        parts = [sentence(areas)] if areas and self.progress.running else []
        return paragraph(*parts, self._request.bout)

    def _level(self, level: str) -> None:
        self.progress.level = level
        self.levelled.emit(level)
        self.refresh()

    def follow_level(self) -> None:
        """Shows the level chosen elsewhere."""
        self.break_row.switch.show_key(self.progress.level)
        self.refresh()

    def refresh(self) -> None:
        """Brings picture and words to the present moment; seldom while nothing of it is seen, or nothing moves."""
        running, elapsed, left = self.progress.running, self.progress.elapsed, self.progress.left
        if not running:
            self._preview(elapsed)
        elif left > 0:
            self._say_step(elapsed)
            if not self._large and elapsed - max(self._touched_at, self._minded_s()) > FAR_S:
                self._read_from(afar=True)
        elif not self._over:
            self._end()
        still = self._style.still
        lengths = self._performance.lengths
        seconds = min(elapsed, self.progress.length) if running else (lengths[0] + elapsed) % sum(lengths)
        fraction = max(0.0, left / self.progress.length) if running else 1.0
        time = clock(left) if left > 0 else "+" + clock(-left)
        if not self.stage.covered:
            frame = self._performance.at(seconds, self.progress.level, still)
            self.stage.show_scene(FigureScene(frame, fraction, "move" if running else "long", time))
        words = self._style.words
        self.stage.tell(left, self.progress.length, words("left" if left >= 0 else "past", time=spoken(abs(left))))
        moving = len(self._performance.clip(step_at(lengths, seconds).number).keys) > 1
        resting = still or self._over or not self.isVisible()
        self._clock.start(STILL_MS if resting else MOVING_MS if moving else RESTING_MS)

    def _preview(self, elapsed: float) -> None:
        movement, words = self._request.movement, self._style.words
        self.step.setText(movement.title)
        areas = areas_of(movement.areas)
        texts = [step.text for step in movement.steps[:2]]
        begin = comma_list(texts) if not areas else f"{texts[0]}{_(', ')}{texts[-1]}"
        self.next.setText(sentence(named(areas, begin)) if areas else sentence(begin))
        self.stage.setAccessibleName(words("left", time=spoken(self.progress.length)))

    def _say_step(self, elapsed: float) -> None:
        number = step_at(self._performance.lengths, elapsed).number
        step, following = self._told(number, self.progress.level)
        self.step.change(step)
        self.step_begun.emit(number, step)
        self.next.change(following)
        self.stage.setAccessibleName(self._request.movement.title)

    def _told(self, number: int, level: str) -> tuple[str, str]:
        """What is said during a step: what to do; and below it, the level's version and what comes next."""
        movement, words = self._request.movement, self._style.words
        if not number and self._minded_s():
            return sentence(movement.steps[0].text), self.note.text()
        version = {"easier": movement.easier, "harder": movement.harder}.get(level, "")
        following = movement.steps[number + 1].text if number + 1 < len(movement.steps) else ""
        lines = [
            sentence(named(words(level), version)) if version else "",
            sentence(words("next", step=following)) if following else "",
        ]
        return sentence(movement.steps[number].text), "\n".join(line for line in lines if line)

    def _minded_s(self) -> float:
        """Length of the first step where it has the cautions in place of what comes next, for want of room; else 0."""
        return self._performance.lengths[0] if self._small and self.note.text() else 0.0

    def _reserve(self) -> None:
        """Room for the longest words of the break, so that the card has one size at all steps and levels."""
        count = len(self._request.movement.steps) if self.progress.running and not self._large else 0
        told = [self._told(number, level) for number in range(count) for level in self.break_row.switch.segments]
        for text, place in ((self.step, 0), (self.next, 1)):
            text.reserve([each[place] for each in told], CARD_WORDS - self.stage.width())

    def _end(self) -> None:
        self._over = True
        self._read_from(afar=False)
        rest = self._request.kind == "rest"
        self.step.change(self._style.words("over_rest" if rest else "over"))
        self.next.change("")
        self.note.hide()
        self.another_button.hide()
        if QApplication.focusWidget() in self.break_row.buttons:
            self.break_row.finish.setFocus(Qt.FocusReason.OtherFocusReason)
        self.break_row.switch.hide()
        QTimer.singleShot(0, self.over.emit)  # whoever opens the view listens from the next turn on
