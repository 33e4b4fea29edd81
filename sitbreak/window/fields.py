"""The controls of the settings window, one kind a setting: switch, number, choice, text, list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDir
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QWidget,
)

from sitbreak.window.look import Style
from sitbreak.window.protocol import SettingMessage
from sitbreak.window.sound import CHIME, play
from sitbreak.window.widgets.buttons import Button
from sitbreak.window.widgets.drop import Drop
from sitbreak.window.widgets.slider import ShareSlider
from sitbreak.window.widgets.switch import ChoiceCard, Toggle
from sitbreak.window.widgets.text_inputs import ANY, AppsPicker, KeysEdit, NumberBox
from sitbreak.window.working_hours_strip import HoursStrip

# Pixels of a control beside its words: of a figure or a time, of most choices, of text; and choices that fit there.
NARROW, USUAL, WIDTH, FEW = 132, 168, 220, 4
LONG = frozenset({"line", "folder", "file", "apps", "set"})  # kinds whose control takes the width below the words
HOURS_SUCH = "09:00-17:00"
Changed = Callable[[object], None]


class SettingField:
    """A setting's control: `widget`, with a button `beside` it and more `below` it.

    `show(value)` does not say that it was changed.
    """

    def __init__(
        self, widget: QWidget, show: Changed, below: QWidget | None = None, beside: QWidget | None = None
    ) -> None:
        """Takes the widget and how to set it."""
        self.widget, self._show, self.below, self.beside = widget, show, below, beside

    def commit(self) -> None:
        """Tells what was typed and not finished yet, as leaving the field would."""
        if isinstance(self.widget, QDoubleSpinBox):
            self.widget.interpretText()
        elif isinstance(self.widget, QLineEdit) and self.widget.isModified():
            self.widget.editingFinished.emit()

    def mark_refused(self, on: bool) -> None:
        """Marks a value that was not taken, or takes the mark away."""
        for part in (self.widget, *self.widget.findChildren(QLineEdit)):
            part.setProperty("refused", on)
            part.style().unpolish(part)
            part.style().polish(part)

    def show(self, value: object) -> None:
        """Shows a value."""
        self.widget.blockSignals(True)
        self._show(value)
        self.widget.blockSignals(False)


def field_for(style: Style, setting: SettingMessage, name: str, changed: Changed) -> SettingField:
    """The control of a setting; `changed` is called with the new value when the person changed it."""
    kinds = {"bool": _switch, "number": _number, "choice": _choice, "list": _list, "set": _set, "hotkey": _hotkey}
    kinds |= {"hours": _hours, "screen": _screen, "apps": _apps, "movements": _movements}
    kinds |= {"share": _share, "folder": _path, "file": _path}
    made = kinds.get(setting.kind, _text)
    field = made(style, setting, changed)
    field.widget.setAccessibleName(name)
    field.widget.setAccessibleDescription(setting.help)
    field.show(setting.value)
    return field


def _switch(style: Style, setting: SettingMessage, changed: Changed) -> SettingField:
    toggle = Toggle(style, setting.key)
    toggle.toggled.connect(changed)
    return SettingField(toggle, lambda value: toggle.setChecked(bool(value)))


def _number(style: Style, setting: SettingMessage, changed: Changed) -> SettingField:
    numbers = (setting.value, setting.default, setting.low, setting.high)
    whole = all(not isinstance(each, float) or each.is_integer() for each in numbers)
    low, high = (-ANY if setting.low is None else setting.low), (ANY if setting.high is None else setting.high)
    box = NumberBox(setting.unit, 1 if 0 < low < 1 else low, high)  # less can be typed
    box.setDecimals(0 if whole else 2)
    box.setFixedWidth(NARROW)
    box.valueChanged.connect(lambda value: changed(int(value) if float(value).is_integer() else value))
    return SettingField(box, lambda value: box.setValue(float(str(value))))


def _share(style: Style, setting: SettingMessage, changed: Changed) -> SettingField:
    """A loudness: heard when it is chosen."""
    slider = ShareSlider(style, WIDTH)

    def chosen(share: float) -> None:
        play(CHIME, share)
        changed(share)

    slider.chosen.connect(chosen)
    return SettingField(slider, lambda value: slider.show_share(float(str(value))))


def wide_enough(box: Drop, usual: int) -> int:
    """Pixels for a field: `usual`, else as much as other fields have, else what its longest choice needs."""
    whole = box.whole_width()
    return usual if whole <= usual else max(WIDTH, whole)


def _choice(style: Style, setting: SettingMessage, changed: Changed) -> SettingField:
    box = Drop(style)
    for choice, title in zip(setting.choices, setting.choice_titles or setting.choices, strict=True):
        box.addItem(title, choice)
    box.setFixedWidth(wide_enough(box, USUAL))
    box.currentIndexChanged.connect(lambda: changed(box.currentData()))
    return SettingField(box, lambda value: box.setCurrentIndex(box.findData(value)))


def _screen(style: Style, setting: SettingMessage, changed: Changed) -> SettingField:
    """One screen, all, or one of those that are there by its name; a name that is not there now stays."""
    box = Drop(style)
    box.addItem(style.words("screen_one"), "one")
    box.addItem(style.words("screen_all"), "all")
    for screen in QGuiApplication.screens():
        box.addItem(screen.name(), screen.name())
    box.setFixedWidth(wide_enough(box, WIDTH))
    box.currentIndexChanged.connect(lambda: changed(box.currentData()))

    def show(value: object) -> None:
        if box.findData(value) < 0:
            box.addItem(style.words("screen_away", name=value), value)
            box.setFixedWidth(wide_enough(box, WIDTH))
        box.setCurrentIndex(box.findData(value))

    return SettingField(box, show)


def _set(style: Style, setting: SettingMessage, changed: Changed) -> SettingField:
    """Several of a few choices: a ticked line for each."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(0)
    columns = 1 if len(setting.choices) <= FEW else 2
    holder.setMinimumWidth(WIDTH)
    boxes: dict[str, ChoiceCard] = {}
    for choice, title in zip(setting.choices, setting.choice_titles or setting.choices, strict=True):
        boxes[choice] = ChoiceCard(style, title, on=False)
        boxes[choice].toggled.connect(lambda: changed([key for key, box in boxes.items() if box.isChecked()]))
        grid.addWidget(boxes[choice], (len(boxes) - 1) // columns, (len(boxes) - 1) % columns)

    def show(value: object) -> None:
        chosen = value if isinstance(value, (list, tuple)) else ()
        for key, box in boxes.items():
            box.blockSignals(True)
            box.setChecked(key in chosen)
            box.blockSignals(False)

    return SettingField(holder, show)


def _movements(style: Style, setting: SettingMessage, changed: Changed) -> SettingField:
    """How many movements are chosen, as the way to where they are."""
    button = Button(style, style.words("movements_open"), "plain")

    def show(value: object) -> None:
        count = len(value) if isinstance(value, (list, tuple)) else 0
        button.setText(style.words("movements_chosen", count=count) if count else style.words("movements_open"))
        button.updateGeometry()

    return SettingField(button, show)


def _hotkey(style: Style, setting: SettingMessage, changed: Changed) -> SettingField:
    """A field that takes the keys that are pressed in it."""
    edit = KeysEdit(style.words("keys_press"))
    edit.setFixedWidth(WIDTH)

    def tell() -> None:
        changed(edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText).lower().replace("meta", "super"))

    edit.editingFinished.connect(tell)
    return SettingField(edit, lambda value: edit.setKeySequence(QKeySequence(str(value).replace("super", "meta"))))


def _line(setting: SettingMessage) -> QLineEdit:
    """A field for text, as wide as what is written in it needs."""
    edit = QLineEdit()
    if setting.kind not in LONG:
        edit.setFixedWidth(NARROW if setting.kind in ("time", "list") else WIDTH)
    return edit


def _text(style: Style, setting: SettingMessage, changed: Changed) -> SettingField:
    edit = _line(setting)

    def tell() -> None:
        if edit.isModified():
            edit.setModified(False)
            changed(edit.text())

    edit.editingFinished.connect(tell)
    return SettingField(edit, lambda value: edit.setText(str(value)))


def _path(style: Style, setting: SettingMessage, changed: Changed) -> SettingField:
    """A folder or a file as text, and the way to pick it."""
    text, folder = _text(style, setting, changed), setting.kind == "folder"
    button = Button(style, style.words("folder_choose" if folder else "file_choose"), "plain")

    def pick() -> None:
        asked = (button, button.text(), QDir.homePath())
        found = QFileDialog.getExistingDirectory(*asked) if folder else QFileDialog.getOpenFileName(*asked)[0]
        if found:
            text.show(found)
            changed(found)

    button.clicked.connect(pick)
    return SettingField(text.widget, text.show, beside=button)


def _list(style: Style, setting: SettingMessage, changed: Changed, such: str = "") -> SettingField:
    """Texts with commas between; `such` is an example in the empty field."""
    edit = _line(setting)
    edit.setPlaceholderText(such)

    def tell() -> None:
        if edit.isModified():
            edit.setModified(False)
            changed([each.strip() for each in edit.text().split(",") if each.strip()])

    edit.editingFinished.connect(tell)
    return SettingField(
        edit, lambda value: edit.setText(", ".join(map(str, value if isinstance(value, Sequence) else ())))
    )


def _hours(style: Style, setting: SettingMessage, changed: Changed) -> SettingField:
    """A day's hours: as text, to the minute, and as a strip to draw on."""
    text = _list(style, setting, lambda value: told(value), HOURS_SUCH)
    strip = HoursStrip(style, setting.label or setting.key, lambda value: told(value))

    def told(value: object) -> None:
        show(value)
        changed(value)

    def show(value: object) -> None:
        text.show(value)
        strip.show_value(value)

    return SettingField(text.widget, show, strip)


def _apps(style: Style, setting: SettingMessage, changed: Changed) -> SettingField:
    """Apps as text, and a menu of those that run."""
    picker = AppsPicker(style)
    text = _list(style, setting, lambda value: told(value))

    def told(value: object) -> None:
        show(value)
        changed(value)

    def show(value: object) -> None:
        text.show(value)
        picker.show_value(value)

    picker.picked.connect(told)
    return SettingField(text.widget, show, picker, picker.button)
