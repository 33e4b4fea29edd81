"""The settings window: every setting of the request with its help, bounds, unit and a way back to its default."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sitbreak.window.channel import Leave, Say
from sitbreak.window.desktop import Desktop
from sitbreak.window.fields import SettingField, field_for, sheet
from sitbreak.window.look import Style
from sitbreak.window.pages import Page, Rule
from sitbreak.window.protocol import Message, Request, SettingMessage, SettingsRequest
from sitbreak.window.welcome import EDGE, Framed
from sitbreak.window.widgets.buttons import Button
from sitbreak.window.widgets.text import Text, Weight
from sitbreak.window.words import sentence

WIDTH, HEIGHT = 680, 720


def label_of(setting: SettingMessage) -> str:
    """The setting's own label, else its key in plain words."""
    return setting.label if setting.label else sentence(setting.key.split(".")[-1].replace("_", " "))


def plain(style: Style, setting: SettingMessage, value: object) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return style.words("on" if value else "off")
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return f"{value} {setting.unit}".strip()


def listed(value: object) -> object:
    """A value to compare by: a tuple and a list of the same things are the same."""
    return list(value) if isinstance(value, tuple) else value


class SettingRow(QWidget):
    """One setting: label and help at the left, its control and, when it is not the default, Reset at the right."""

    def __init__(self, style: Style, setting: SettingMessage, say: Say, locked: bool) -> None:
        """`locked`: shown only."""
        super().__init__()
        self._style, self.setting, self._say = style, setting, say
        name = label_of(setting)
        outer, row = QVBoxLayout(self), QHBoxLayout()
        outer.setContentsMargins(0, 8, 0, 8)
        outer.setSpacing(4)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(style, name, 15))
        words.addWidget(Text(style, self._help(), 13, "quiet"))
        row.addLayout(words, 1)
        self.reset = Button(style, style.words("settings_reset"), "bare")
        default = plain(style, setting, setting.default)
        self.reset.setAccessibleName(style.words("settings_reset_named", name=name, value=default))
        self.reset.setToolTip(self.reset.accessibleName())
        self.reset.clicked.connect(self._reset)
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(policy)
        self.field: SettingField = field_for(style, setting, name, self._changed)
        top = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self.reset, 0, top)
        row.addWidget(self.field.widget, 0, top)
        outer.addLayout(row)
        self.error = Text(style, "", 13, "ink", Weight.Medium)
        self.error.setVisible(False)
        outer.addWidget(self.error)
        for control in (self.field.widget, self.reset):
            control.setEnabled(not locked)
        self._mark(setting.value)

    def _help(self) -> str:
        setting, words = self.setting, self._style.words
        if setting.kind != "number" or setting.low is None or setting.high is None:
            return setting.help
        bounds = words("settings_bounds", low=f"{setting.low:g}", high=f"{setting.high:g}")
        return f"{setting.help} ({bounds}{' ' + setting.unit if setting.unit else ''})"

    def _changed(self, value: object) -> None:
        self.error.setVisible(False)
        self._mark(value)
        self._say("set", key=self.setting.key, value=value)

    def _reset(self) -> None:
        self.show_value(self.setting.default)
        self._say("reset", key=self.setting.key)

    def _mark(self, value: object) -> None:
        self.reset.setVisible(listed(value) != listed(self.setting.default))

    def show_value(self, value: object) -> None:
        """Shows a value that the daemon has set."""
        self.error.setVisible(False)
        self.field.show(value)
        self._mark(value)

    def show_error(self, text: str) -> None:
        """Shows why a value was not taken."""
        self.error.setText(text)
        self.error.setVisible(bool(text))


class SettingsPage(Page):
    """All settings, section by section."""

    def __init__(self, request: SettingsRequest, style: Style, say: Say) -> None:
        """With problems in the request, nothing can be changed."""
        super().__init__(style)
        self._request = request
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 28, EDGE, 28)
        column.setSpacing(4)
        column.addWidget(Text(style, style.words("settings_title"), 32, weight=Weight.DemiBold))
        if request.path:
            column.addWidget(Text(style, style.words("settings_file", path=request.path), 13, "quiet"))
        if request.problems:
            column.addSpacing(8)
            column.addWidget(Problems(style, request.problems))
        self.rows: dict[str, SettingRow] = {}
        section = ""
        for setting in request.settings:
            if setting.section != section:
                section = setting.section
                column.addSpacing(20)
                column.addWidget(Text(style, section, 20, weight=Weight.DemiBold))
            row = self.rows[setting.key] = SettingRow(style, setting, say, bool(request.problems))
            column.addWidget(row)
            column.addWidget(Rule(style))
        column.addStretch(1)
        style.changed.connect(lambda: self.setStyleSheet(sheet(style)))
        self.setStyleSheet(sheet(style))


class Problems(Page):
    """What is wrong with the settings file."""

    def __init__(self, style: Style, problems: tuple[str, ...]) -> None:
        """`problems`: one sentence each."""
        super().__init__(style)
        row, column = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        bar = Bar(style)
        row.addWidget(bar)
        column.addWidget(Text(style, style.words("settings_broken"), 15, weight=Weight.DemiBold))
        for problem in problems:
            column.addWidget(Text(style, problem, 15))
        row.addLayout(column, 1)


class Bar(Rule):
    """A strong upright bar beside what needs attention."""

    def __init__(self, style: Style) -> None:
        """Takes the style."""
        super().__init__(style)
        self.setMinimumHeight(0)
        self.setMaximumHeight(16777215)
        self.setFixedWidth(4)

    def paintEvent(self, event: object) -> None:
        """Paints the bar."""
        from PySide6.QtGui import QPainter

        QPainter(self).fillRect(self.rect(), self._style.colour("long"))


class SettingsScene(QObject):
    """The settings window on the screen."""

    def __init__(self, request: SettingsRequest, style: Style, desktop: Desktop, say: Say, leave: Leave) -> None:
        """Builds it; `appear` shows it."""
        super().__init__()
        self.page = SettingsPage(request, style, say)
        close = Button(style, style.words("close"), "plain")
        close.clicked.connect(leave)
        self.window = Framed(style, style.words("settings_title"), self.page, [close], leave)

    def appear(self) -> None:
        """Puts it on the screen."""
        self.window.open(WIDTH, HEIGHT)

    def adopt(self, request: Request) -> bool:
        """Another request gets a window of its own."""
        return False

    def dispose(self) -> None:
        """Takes the window away."""
        self.window.discard()

    def hear(self, message: Message) -> None:
        """`error` and `value` for one setting."""
        row = self.page.rows.get(str(message.get("key", "")))
        if row is None:
            return
        if message.get("do") == "error":
            row.show_error(str(message.get("text", "")))
        elif message.get("do") == "value":
            row.show_value(message.get("value"))
