"""The search of the settings: the field, and what it finds, in any order of words, any case, and without accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

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
