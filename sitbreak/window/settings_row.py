"""One setting in the settings window: its words, its control, what is wrong with a value, and the way back."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sitbreak.language import begun, comma_list
from sitbreak.settings.written_values import with_unit
from sitbreak.window.channel import Say
from sitbreak.window.fields import LONG, SettingField, field_for
from sitbreak.window.look import Style
from sitbreak.window.protocol import SettingMessage
from sitbreak.window.widgets.buttons import Button, SignButton
from sitbreak.window.widgets.switch import Toggle
from sitbreak.window.widgets.text import Text, Weight
from sitbreak.window.widgets.text_inputs import AppsPicker


def label_of(setting: SettingMessage) -> str:
    """The setting's own label, else its key in plain words."""
    return begun(setting.label or setting.key.split(".")[-1].replace("_", " "))


def breakable(text: str) -> str:
    """The text with names like SITBREAK_HOME free to go on in the next line: a name in one piece widens the page."""
    return text.replace("_", "_\u200b")


def plain(style: Style, setting: SettingMessage, value: object) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return style.words("on" if value else "off")
    titles = dict(zip(setting.choices, setting.choice_titles, strict=False))
    if isinstance(value, (list, tuple)):
        return comma_list(titles.get(str(each), str(each)) for each in value)
    if value in titles:
        return titles[str(value)]
    if isinstance(value, (int, float)):
        return f"{value:.0%}" if setting.kind == "share" else with_unit(value, setting.unit)
    return str(value)


def without_tuples(value: object) -> object:
    """A value to compare by: a tuple and a list of the same things are the same."""
    return list(value) if isinstance(value, tuple) else value


ALONE, PAD, CORNER = 7, 16, 10  # pixels: above a lone title, from the sides of a group to what is in it, its corners
TOGGLE_EDGE, BUTTON_EDGE, ROOM = 4, 3, 4  # the room of these, and in a group, for the ring that the keys bring
WORDS_LEAST = 170  # pixels; a column of words that is narrower reads badly


class Group(QWidget):
    """What belongs together in a box: lines with a rule between them, below a heading if there is one."""

    def __init__(self, style: Style, heading: str = "") -> None:
        """`add` fills it."""
        super().__init__()
        self._style, self._lines = style, list[QWidget]()
        self.heading = Text(style, heading, 13, "quiet", Weight.DemiBold)
        self.heading.setContentsMargins(0, 14, 0, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 6)
        column.setSpacing(0)
        column.addWidget(self.heading)
        self.inside = QVBoxLayout()
        self.inside.setContentsMargins(PAD, 4, PAD - ROOM, 4)
        self.inside.setSpacing(0)
        column.addLayout(self.inside)
        style.changed.connect(self.update)

    def add(self, line: QWidget) -> None:
        """A line below those that are there."""
        self._lines.append(line)
        self.inside.addWidget(line)

    def show_what_is_there(self, *, headed: bool) -> None:
        """Goes where none of its lines is on show. `headed`: with its heading."""
        self.heading.setVisible(headed and bool(self.heading.text()))
        self.setVisible(any(not line.isHidden() for line in self._lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the box, and a rule above each line but the first."""
        painter, box = QPainter(self), QRectF(self.inside.geometry()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._style.colour("line"), 1))
        painter.drawRoundedRect(box, CORNER, CORNER)
        for line in [each for each in self._lines if not each.isHidden()][1:]:
            painter.drawLine(round(box.left()) + PAD, line.y(), round(box.right()) - PAD, line.y())


class SettingRow(QWidget):
    """One setting: label and help at the left, its control and, when it is not the default, Reset at the right."""

    def __init__(self, style: Style, setting: SettingMessage, say: Say, locked: bool) -> None:
        """`locked`: shown only."""
        super().__init__()
        self._style, self.setting, self._say = style, setting, say
        name = label_of(setting)
        outer, row = QVBoxLayout(self), QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts, self._controls = row, QBoxLayout(QBoxLayout.Direction.LeftToRight)
        outer.setContentsMargins(0, 10, 0, 10)
        outer.setSpacing(4)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(style, name, 15))
        if setting.help:
            words.addWidget(Text(style, breakable(setting.help), 13, "quiet"))
        else:  # a lone title stands beside the middle of its control
            words.insertSpacing(0, ALONE)
        words.addStretch(1)
        row.addLayout(words, 1)
        self.reset = self._reset_button(name)
        self.field: SettingField = field_for(style, setting, name, self._changed)
        self._controls.addStretch(0)
        self._controls.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignTop)
        self._controls.setSpacing(8)
        row.addLayout(self._controls)
        outer.addLayout(row)
        self._place_field(outer, locked)
        self.error = Text(style, "", 13, "ink", Weight.Medium)
        self.error.setVisible(False)
        outer.addWidget(self.error)
        self.reset.setEnabled(not locked)
        told = (name, setting.help, setting.synonyms, *setting.choice_titles)
        self.told = folded(" ".join(told))
        self.value = self.kept = setting.value  # as on show, and as it holds
        self.waits = False  # for a word on what was set last
        self._mark(setting.value)

    def _place_field(self, outer: QVBoxLayout, locked: bool) -> None:
        """The control beside the words, or below them where it needs the room."""
        field, setting = self.field, self.setting
        if setting.kind in LONG:
            line = QHBoxLayout()
            line.setContentsMargins(0, 4, 0, 0)
            line.addWidget(field.widget, 1)
            if field.beside is not None:
                line.addWidget(field.beside)
                field.beside.setEnabled(not locked)
            outer.addLayout(line)
        else:
            self._controls.addWidget(field.widget, 0, Qt.AlignmentFlag.AlignTop)
        last = field.beside or field.widget
        self.setContentsMargins(0, 0, ROOM - {Toggle: TOGGLE_EDGE, Button: BUTTON_EDGE}.get(type(last), 0), 0)
        field.widget.setEnabled(not locked)
        if field.below is not None:
            outer.addWidget(field.below)
            field.below.setEnabled(not locked)
        if setting.kind == "movements" and isinstance(field.widget, Button):
            field.widget.clicked.connect(lambda: self._say("chosen", key="movements"))
        if isinstance(field.below, AppsPicker):
            field.below.asked.connect(lambda: self._say("apps", key=setting.key))

    def _reset_button(self, name: str) -> SignButton:
        """Says to what it resets, and keeps its place while there is nothing to reset."""
        style, setting = self._style, self.setting
        default = plain(style, setting, setting.default) or style.words("settings_reset_empty")
        button = SignButton(style, "another", style.words("settings_reset_named", name=name, value=default))
        button.clicked.connect(self._reset)
        policy = button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        button.setSizePolicy(policy)
        return button

    def crowded(self, room: int) -> bool:
        """Whether in a row of that width too little of it is left for the words."""
        return room - self._controls.sizeHint().width() < WORDS_LEAST

    def stack(self, *, on: bool) -> None:
        """The control below the words, where there is no room beside them."""
        way = QBoxLayout.Direction
        self._parts.setDirection(way.TopToBottom if on else way.LeftToRight)
        self._parts.setSpacing(4 if on else 16)
        self._controls.setDirection(way.RightToLeft if on else way.LeftToRight)
        self._controls.setStretch(0, int(on))

    def _changed(self, value: object) -> None:
        self.show_error("")
        self._mark(value)
        self.waits = True
        self._say("set", key=self.setting.key, value=value)

    def _reset(self) -> None:
        self.show_value(self.setting.default)
        self._say("reset", key=self.setting.key)

    def _mark(self, value: object) -> None:
        self.value = value
        self.reset.setVisible(without_tuples(value) != without_tuples(self.setting.default))

    def show_value(self, value: object) -> None:
        """Shows a value that the daemon has set."""
        self.kept = value
        self.waits = False
        self.show_error("")
        self.field.show(value)
        self._mark(value)

    @property
    def refused(self) -> bool:
        """Whether the value on show was not taken."""
        return bool(self.error.text())

    def show_error(self, text: str) -> None:
        """Shows why a value was not taken."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.waits = False
        self.field.mark_refused(bool(text))


STEM = 4  # letters that are left of a word whose ending is taken off


def folded(text: str) -> str:
    """The text in small letters without accents, with the apostrophe that is on the keyboard."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("\u2019", "'"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def matches(text: str, told: Sequence[str]) -> list[bool]:
    """Which of these folded texts have all words of `text`; where none has, up to two letters of endings are waived.

    So "sounds" finds the sound, and "muted" what mutes.
    """
    words = folded(text).split()
    found = [False] * len(told)
    for less in range(3):
        shorter = [word[: max(STEM, len(word) - less)] for word in words]
        found = [all(word in each for word in shorter) for each in told]
        if any(found):
            break
    return found


class SearchField(QLineEdit):
    """Where to type: Down or Enter leads to what was found, Escape takes the words away before it closes the window."""

    entered = Signal()

    def __init__(self, what: str) -> None:
        """`what`: said in the empty field and to screen readers."""
        super().__init__()
        self.setPlaceholderText(what)
        self.setAccessibleName(what)
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
