"""The history in the settings: a file with all of it, and what is to be removed for good."""

from __future__ import annotations

from PySide6.QtCore import QDate, QDir, QProcess
from PySide6.QtWidgets import QDateEdit, QFileDialog, QVBoxLayout, QWidget

from sitbreak.settings.start_command import self_command
from sitbreak.window.card_pages import labelled
from sitbreak.window.channel import Say
from sitbreak.window.look import Style
from sitbreak.window.widgets.buttons import Button
from sitbreak.window.widgets.flow import Flow
from sitbreak.window.widgets.sure import SureButton
from sitbreak.window.widgets.text import Text, Weight

DATE = "yyyy-MM-dd"


class DataSection(QWidget):
    """Saving and forgetting. `say` tells the daemon what is to be forgotten; what came of it is told below."""

    def __init__(self, style: Style, say: Say) -> None:
        """Takes the style."""
        super().__init__()
        self._style, words = style, style.words
        self._saving = QProcess(self)
        self._saving.finished.connect(self._saved)
        self._saving.errorOccurred.connect(lambda: self.note(words("data_unsaved")))
        self.save = Button(style, words("data_save_button"), "plain")
        self.save.setAccessibleName(words("data_save"))
        self.save.clicked.connect(self._ask_where)
        self.before = QDateEdit(QDate.currentDate().addYears(-1))
        self.before.setDisplayFormat(DATE)
        self.before.setMaximumDate(QDate.currentDate())
        self.before.lineEdit().setTextMargins(9, 0, 0, 0)
        self.before.setFixedWidth(132)
        self.before.setAccessibleName(words("data_before"))
        self.forget = SureButton(style, words("data_before_button"))
        self.forget.sure.connect(lambda: say("forget", before=self.before.date().toString(DATE)))
        self.everything = SureButton(style, words("data_all"))
        self.everything.sure.connect(lambda: say("forget", before=None))
        self.noted = Text(style, "", 15, weight=Weight.Medium)
        self.noted.hide()
        buttons = QWidget()
        row = Flow(buttons, spacing=8)
        for button in (self.forget, self.everything):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(12)
        column.addWidget(labelled(style, words("data_save"), self.save, words("data_save_how")))
        column.addWidget(labelled(style, words("data_before"), self.before, words("data_for_good")))
        column.addWidget(buttons)
        column.addWidget(self.noted)

    def _ask_where(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self._style.words("data_save"), QDir.home().filePath(self._style.words("data_file"))
        )
        if name:
            self.save_to(name)

    def save_to(self, name: str) -> None:
        """Writes the file, as the command for it does, in a process of its own."""
        self.save.setEnabled(False)
        program, *words = self_command("export", "-o", name)
        self._saving.start(program, words)

    def _saved(self, code: int) -> None:
        """Its last words are for people."""
        self.save.setEnabled(True)
        said = self._saving.readAllStandardError().toStdString().strip()
        self.note(said or self._style.words("data_unsaved"))

    def note(self, text: str) -> None:
        """What came of it."""
        self.save.setEnabled(True)
        self.noted.setText(text)
        self.noted.setVisible(bool(text))
