"""The history in the settings: a file with all of it, days from a file, and what is to be removed for good."""

from __future__ import annotations

from PySide6.QtCore import QDate, QDir, QProcess
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from sitbreak.language import named, paragraph
from sitbreak.settings.installation import self_command
from sitbreak.window.channel import Say
from sitbreak.window.look import Style
from sitbreak.window.message_fields import Message, listed, mapping
from sitbreak.window.settings_row import BUTTON_EDGE, ROOM, Group
from sitbreak.window.widgets.buttons import Button, SureButton
from sitbreak.window.widgets.drop import DayDrop
from sitbreak.window.widgets.layout import Flow, emptied, heading, labelled
from sitbreak.window.widgets.text import Text, Weight

DATE = "yyyy-MM-dd"  # as the daemon is told
FIELD = 200  # pixels
BROUGHT = ("jsonl", "csv", "json")  # the files that days come from


class ComputersSection(QWidget):
    """The person's computers that share a folder: the name of this one, and the others, each of which can be forgotten.

    `say` tells the daemon which; hidden while nothing is shared.
    """

    def __init__(self, style: Style, say: Say) -> None:
        """Takes the style; empty to begin with."""
        super().__init__()
        self._style, self._say = style, say
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 10, 0, 10)
        self._column.setSpacing(12)
        self.hide()

    def show_devices(self, message: Message) -> None:
        """Shows them in place of those before; raises BadMessage."""
        found = [mapping(each, "devices") for each in listed(message.get("devices", ()), "devices")]
        emptied(self._column)
        words = self._style.words
        self._column.addWidget(heading(self._style, words("devices")))
        for device in found:
            self._column.addWidget(self._own(device) if device.get("own") else self._other(device))
        if len(found) > 1:
            self._column.addWidget(Text(self._style, words("devices_how"), 13, "quiet"))
        self.setVisible(bool(found))

    def _own(self, device: Message) -> QWidget:
        text = self._style.words("device_own")
        self.name = QLineEdit(str(device.get("name", "")))
        self.name.setAccessibleName(text)
        self.name.setFixedWidth(FIELD)
        self.name.editingFinished.connect(self._named)
        return labelled(self._style, text, self.name)

    def _named(self) -> None:
        """Told once, and only what was changed."""
        if self.name.isModified():
            self.name.setModified(False)
            self._say("devices", verb="name", name=self.name.text())

    def _other(self, device: Message) -> QWidget:
        name, id_ = str(device.get("name", "")), str(device.get("id", ""))
        forget = SureButton(self._style, self._style.words("device_forget"))
        forget.setAccessibleName(named(forget.text(), name))
        forget.sure.connect(lambda: self._say("devices", verb="forget", name=id_))
        return labelled(self._style, name, forget, str(device.get("told", "")))


class DataSection(Group):
    """Saving, bringing in and forgetting. `say` tells the daemon what to forget; what came of it is told below."""

    def __init__(self, style: Style, say: Say) -> None:
        """Takes the style."""
        super().__init__(style)
        words = style.words
        self._failed = ""  # what is said where the process at work says nothing
        self._work = QProcess(self)
        self._work.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._work.finished.connect(self._done)
        self._work.errorOccurred.connect(lambda: self.note(self._failed))
        self.save = Button(style, words("data_save_button"), "plain")
        self.save.setAccessibleName(words("data_save"))
        self.save.clicked.connect(self._ask_where)
        self.bring = Button(style, words("data_bring_button"), "plain")
        self.bring.setAccessibleName(words("data_bring"))
        self.bring.clicked.connect(self._ask_which)
        self.before = DayDrop(style, QDate.currentDate().addYears(-1))
        self.before.setMaximumDate(QDate.currentDate())
        self.before.setFixedWidth(max(FIELD, self.before.whole_width()))
        self.before.setAccessibleName(words("data_before"))
        self.forget = SureButton(style, words("data_before_button"))
        self.forget.sure.connect(lambda: say("forget", before=self.before.date().toString(DATE)))
        self.everything = SureButton(style, words("data_all"))
        self.everything.sure.connect(lambda: say("forget", before=None))
        self.devices = ComputersSection(style, say)
        self.noted = Text(style, "", 15, weight=Weight.Medium)
        self.noted.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        style, words = self._style, self._style.words
        buttons = QWidget()
        row = Flow(buttons, spacing=8)
        for button in (self.forget, self.everything):
            row.addWidget(button)
        for name, how, control in (
            ("data_save", "data_save_how", self.save),
            ("data_bring", "data_bring_how", self.bring),
            ("data_before", "data_for_good", self.before),
        ):
            line = labelled(style, words(name), control, words(how))
            edge = 0 if control is self.before else BUTTON_EDGE
            line.setContentsMargins(0, 10, ROOM - edge, 10)
            self.add(line)
            if control is self.bring:
                self.add(self.devices)
        for below in (buttons, self.noted):
            self.inside.addWidget(below)
        self.inside.addSpacing(6)
        self.heading.hide()

    def _ask_where(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self._style.words("data_save"), QDir.home().filePath(self._style.words("data_file"))
        )
        if name:
            self.save_to(name)

    def _ask_which(self) -> None:
        words = self._style.words
        endings = " ".join(f"*.{each}" for each in BROUGHT)
        kinds = f"{words('data_bring_files')} ({endings})"
        name, _ = QFileDialog.getOpenFileName(self, words("data_bring"), QDir.homePath(), kinds)
        if name:
            self.bring_in(name)

    def save_to(self, name: str) -> None:
        """Writes the file, as the command for it does, in a process of its own."""
        self._run(self._style.words("data_unsaved"), "export", "-o", name)

    def bring_in(self, name: str) -> None:
        """Takes the days in a file, in the same way; JSON is what ActivityWatch exports."""
        foreign = ("--from", "activitywatch") if name.lower().endswith(".json") else ()
        self._run(self._style.words("data_unread"), "import", name, *foreign)

    def _run(self, failed: str, *words: str) -> None:
        self._failed = failed
        for button in (self.save, self.bring):
            button.setEnabled(False)
        program, *given = self_command(*words)
        self._work.start(program, given)

    def _done(self, code: int) -> None:
        """Its last words are for people; what it says of commands is for a terminal."""
        said = self._work.readAll().toStdString().strip().splitlines()
        self.note(paragraph(*(line for line in said if "`" not in line)) or self._failed)

    def note(self, text: str) -> None:
        """What came of it."""
        for button in (self.save, self.bring):
            button.setEnabled(True)
        self.noted.setText(text)
        self.noted.setVisible(bool(text))
