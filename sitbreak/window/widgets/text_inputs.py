"""Fields that are typed in: a number with its unit, and the keys of a shortcut as they are pressed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QKeySequenceEdit,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sitbreak.language import numeral
from sitbreak.settings.written_values import with_unit
from sitbreak.window.look import Style
from sitbreak.window.widgets.buttons import Button
from sitbreak.window.widgets.drop import NoWheel

ANY = 1e6  # a number without an end


class NumberBox(QDoubleSpinBox):
    """A number, written without needless zeros, with its unit behind it; the arrows stay from `low` to `high`.

    More or less can be typed: it is refused with a reason, which a box that cuts digits off could not give.
    """

    def __init__(self, unit: str = "", low: float = -ANY, high: float = ANY) -> None:
        """Tells a change once it is complete, and leaves the wheel to the page. `unit`: of settings, or any word."""
        super().__init__()
        self._unit, self._low, self._high = unit, low, high
        self.setRange(-ANY, ANY)
        self.lineEdit().setTextMargins(11, 0, 0, 0)  # the style sheet forgets the padding of a box without arrows
        self.setKeyboardTracking(False)
        self.installEventFilter(NoWheel(self))
        self.valueChanged.connect(self._name_unit)
        self._name_unit(self.value())

    def _name_unit(self, value: float) -> None:
        number, named = numeral(value, ".6g"), with_unit(float(f"{value:.6g}"), self._unit)
        unit = named.removeprefix(number) if named != number else f" {self._unit}".rstrip()
        if self.suffix() != unit:
            self.setSuffix(unit)

    def setValue(self, val: float) -> None:
        """With its unit in the form that fits, also where nobody is told of the change."""
        super().setValue(val)
        self._name_unit(self.value())

    def stepBy(self, steps: int) -> None:
        """By the arrows and the wheel."""
        self.setValue(max(self._low, min(self._high, self.value() + steps * self.singleStep())))

    def validate(self, input: str, pos: int) -> tuple[QValidator.State, str, int]:
        """Takes a comma and a point before decimals, whichever is on the keyboard."""
        sign = self.locale().decimalPoint()
        return super().validate(input.translate({ord(","): sign, ord("."): sign}), pos)

    def textFromValue(self, value: float) -> str:
        """2, not 2.00."""
        return numeral(round(value, self.decimals()), ".10g")


class KeysEdit(QKeySequenceEdit):
    """Takes the keys that are pressed in it; what it says while it is empty is in the language of the window."""

    def __init__(self, what: str) -> None:
        """`what` is to be done in it."""
        self._what = what
        super().__init__()
        self.setMaximumSequenceLength(1)
        self.setClearButtonEnabled(True)

    def event(self, event: QEvent) -> bool:
        """Qt puts words of its own there after each change."""
        done = super().event(event)
        for line in self.findChildren(QLineEdit):
            if line.placeholderText() != self._what:
                line.setPlaceholderText(self._what)
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace and Delete take the keys out, and Escape is left to the window; all others are those meant."""
        alone = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if alone and event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif alone and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.clear()
            self.editingFinished.emit()
        else:
            super().keyPressEvent(event)


HIGH = 240  # pixels of the list; it fits the smallest screen with the search above it


class AppsPicker(QWidget):
    """A list of the apps that run, with a search, and a `button` that asks for it. `picked` tells all chosen anew."""

    asked = Signal()
    picked = Signal(list)

    def __init__(self, style: Style) -> None:
        """Takes the style; `show_value` says what is in the list."""
        super().__init__()
        self._style, self._chosen = style, list[str]()
        self.button = Button(style, style.words("apps_choose"), "plain")
        self.button.clicked.connect(self._pressed)
        self.search, self.names = QLineEdit(), QListWidget()
        self.search.setPlaceholderText(style.words("apps_search"))
        self.search.setAccessibleName(style.words("apps_search"))
        self.search.textChanged.connect(self._find)
        self.names.setAccessibleName(style.words("apps_choose"))
        self.names.setFixedHeight(HIGH)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.itemChanged.connect(self._ticked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.search, self.names):
            column.addWidget(widget)
            widget.hide()

    def show_value(self, value: object) -> None:
        """The apps of the list."""
        self._chosen = [str(each) for each in value] if isinstance(value, (list, tuple)) else []

    def _pressed(self) -> None:
        """Asks for the names; pressed again it puts the list away."""
        if self.names.isHidden():
            self.asked.emit()
        else:
            self.search.hide()
            self.names.hide()

    def offer(self, names: Sequence[str]) -> None:
        """Shows the list: those chosen are ticked and stand first, also those that do not run."""
        self.names.blockSignals(True)
        self.names.clear()
        running = sorted(set(names) - set(self._chosen), key=str.casefold)
        for name in (*sorted(self._chosen, key=str.casefold), *running):
            item = QListWidgetItem(name, self.names)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name in self._chosen else Qt.CheckState.Unchecked)
        self.names.setCurrentRow(0)
        self.names.blockSignals(False)
        self.search.clear()
        self.search.show()
        self.names.show()
        self.search.setFocus(Qt.FocusReason.TabFocusReason)

    def _find(self, text: str) -> None:
        """Lists only the names with the text in them; the first of them is the one the keys begin at."""
        first = -1
        for row in range(self.names.count()):
            hidden = text.casefold() not in self.names.item(row).text().casefold()
            self.names.setRowHidden(row, hidden)
            first = row if first < 0 and not hidden else first
        self.names.setCurrentRow(first)

    def _ticked(self, item: QListWidgetItem) -> None:
        name, on = item.text(), item.checkState() is Qt.CheckState.Checked
        rest = [each for each in self._chosen if each != name]
        self._chosen = [*rest, name] if on else rest
        self.picked.emit(list(self._chosen))
