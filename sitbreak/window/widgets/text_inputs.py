"""Fields that are typed in: a number with its unit, and the keys of a shortcut as they are pressed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QKeySequenceEdit, QLineEdit

from sitbreak.language import numeral
from sitbreak.settings.written_values import with_unit
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
