"""The settings window: pages, a search over them, and each setting with its help and a way back to its default."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sitbreak.language import comma_list
from sitbreak.window.app_picker import AppsPicker
from sitbreak.window.card_pages import Page, Rule, scrolling
from sitbreak.window.channel import Leave, Say
from sitbreak.window.data_page import DataSection
from sitbreak.window.desktop_facts import Desktop
from sitbreak.window.fields import FEW, SettingField, field_for
from sitbreak.window.framed_window import EDGE, Framed
from sitbreak.window.look import Style
from sitbreak.window.message_fields import Message
from sitbreak.window.paged_window import NARROW, Navigation, PagedPage
from sitbreak.window.presets import Presets
from sitbreak.window.protocol import Request, SettingMessage, SettingsRequest
from sitbreak.window.widgets.buttons import Button
from sitbreak.window.widgets.text import Text, Weight
from sitbreak.window.words import sentence

WIDTH, HEIGHT = 860, 720


def label_of(setting: SettingMessage) -> str:
    """The setting's own label, else its key in plain words."""
    return setting.label if setting.label else sentence(setting.key.split(".")[-1].replace("_", " "))


def plain(style: Style, setting: SettingMessage, value: object) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return style.words("on" if value else "off")
    titles = dict(zip(setting.choices, setting.choice_titles, strict=False))
    if isinstance(value, (list, tuple)):
        return comma_list(titles.get(str(each), str(each)) for each in value)
    if value in titles:
        return titles[str(value)]
    return f"{value} {setting.unit}".strip()


def without_tuples(value: object) -> object:
    """A value to compare by: a tuple and a list of the same things are the same."""
    return list(value) if isinstance(value, tuple) else value


WORDS_LEAST = 170  # pixels; a column of words that is narrower reads badly


class SettingRow(QWidget):
    """One setting: label and help at the left, its control and, when it is not the default, Reset at the right."""

    def __init__(self, style: Style, setting: SettingMessage, say: Say, locked: bool) -> None:
        """`locked`: shown only."""
        super().__init__()
        self._style, self.setting, self._say = style, setting, say
        name = label_of(setting)
        outer, row = QVBoxLayout(self), QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts, self._controls = row, QBoxLayout(QBoxLayout.Direction.LeftToRight)
        outer.setContentsMargins(0, 8, 0, 8)
        outer.setSpacing(4)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(style, name, 15))
        if setting.help.rstrip(".") != name:
            words.addWidget(Text(style, setting.help, 13, "quiet"))
        words.addStretch(1)
        row.addLayout(words, 1)
        self.reset = self._reset_button(name)
        self.field: SettingField = field_for(style, setting, name, self._changed)
        self._controls.addStretch(0)
        self._controls.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignTop)
        self._controls.setSpacing(16)
        row.addLayout(self._controls)
        outer.addLayout(row)
        self._place_field(outer, locked)
        self.error = Text(style, "", 13, "ink", Weight.Medium)
        self.error.setVisible(False)
        outer.addWidget(self.error)
        self.reset.setEnabled(not locked)
        self.told = f"{name} {setting.help}".casefold()
        self.value = setting.value
        self._mark(setting.value)

    def _place_field(self, outer: QVBoxLayout, locked: bool) -> None:
        """The control beside the words, or below them where it needs the room."""
        field, setting = self.field, self.setting
        if len(setting.choices) > FEW and setting.kind == "set":
            outer.addWidget(field.widget)
        else:
            self._controls.addWidget(field.widget, 0, Qt.AlignmentFlag.AlignTop)
        field.widget.setEnabled(not locked)
        if field.below is not None:
            outer.addWidget(field.below)
            field.below.setEnabled(not locked)
        if setting.kind == "movements" and isinstance(field.widget, Button):
            field.widget.clicked.connect(lambda: self._say("chosen", key="movements"))
        if isinstance(field.below, AppsPicker):
            field.below.asked.connect(lambda: self._say("apps", key=setting.key))

    def _reset_button(self, name: str) -> Button:
        """Says to what it resets, and keeps its place while there is nothing to reset."""
        style, setting = self._style, self.setting
        button = Button(style, style.words("settings_reset"), "bare")
        default = plain(style, setting, setting.default)
        button.setAccessibleName(style.words("settings_reset_named", name=name, value=default))
        button.setToolTip(button.accessibleName())
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
        self._say("set", key=self.setting.key, value=value)

    def _reset(self) -> None:
        self.show_value(self.setting.default)
        self._say("reset", key=self.setting.key)

    def _mark(self, value: object) -> None:
        self.value = value
        self.reset.setVisible(without_tuples(value) != without_tuples(self.setting.default))

    def show_value(self, value: object) -> None:
        """Shows a value that the daemon has set."""
        self.show_error("")
        self.field.show(value)
        self._mark(value)

    def show_error(self, text: str) -> None:
        """Shows why a value was not taken."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.field.mark_refused(bool(text))


class SettingsPage(PagedPage):
    """The pages at the left, a search over all of them, and the settings of one page."""

    def __init__(self, request: SettingsRequest, style: Style, say: Say) -> None:
        """With problems in the request, nothing can be changed."""
        super().__init__(style)
        self._style, self._say = style, say
        self.search = QLineEdit()
        self.search.setPlaceholderText(style.words("settings_search"))
        self.search.setAccessibleName(style.words("settings_search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self._title = Text(style, "", 20, weight=Weight.DemiBold)
        self._column = QVBoxLayout()
        self.rows: dict[str, SettingRow] = {}
        self.presets = Presets(style, request.presets, say)
        self.hours = Text(style, "", 13, "quiet")
        self.data, self._data_page = DataSection(style, say), request.data_page
        pages = list(dict.fromkeys(setting.section for setting in request.settings))
        navigation = Navigation(style, pages, self.search)
        navigation.chosen.connect(self.show_page)
        self.put(navigation, self._right(request))
        self.show_page(self.navigation.first)

    def _right(self, request: SettingsRequest) -> QWidget:
        content = QWidget()
        column = self._column = QVBoxLayout(content)
        column.setContentsMargins(24, 24, EDGE, 28)
        column.setSpacing(4)
        column.addWidget(self._title)
        if request.problems:
            column.addWidget(Problems(self._style, request.problems))
        column.addWidget(self.presets)
        column.addWidget(self.hours)
        for setting in request.settings:
            row = SettingRow(self._style, setting, self._said, bool(request.problems))
            self.rows[setting.key] = row
            column.addWidget(row)
        column.addWidget(self.data)
        if request.path:
            column.addSpacing(12)
            column.addWidget(Text(self._style, self._style.words("settings_file", path=request.path), 13, "quiet"))
        column.addStretch(1)
        return scrolling(self._style, content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Controls below their words in a narrow window, and where long words leave no room beside them."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._stack)  # the scrolled page has its width only then

    def _stack(self) -> None:
        narrow, room = self.width() < NARROW, self._room()
        for row in self.rows.values():
            row.stack(on=narrow or row.crowded(room))

    def _room(self) -> int:
        """The width that a row has, in pixels."""
        content = next((row.parentWidget() for row in self.rows.values()), None)
        layout = content.layout() if content is not None else None
        if content is None or layout is None:
            return self.width()
        edges = layout.contentsMargins()
        viewport = content.parentWidget()
        return (viewport if viewport is not None else self).width() - edges.left() - edges.right()

    def _said(self, event: str, **values: object) -> None:
        self._say(event, **values)
        self.tell_hours()

    def show_page(self, page: str) -> None:
        """Shows the settings of one page."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._show(page, [row for row in self.rows.values() if row.setting.section == page])
        self.navigation.mark(page)

    def _find(self, text: str) -> None:
        """Shows what the search finds in titles and help, on whatever page it stands."""
        wanted = text.casefold().split()
        if not wanted:
            self.show_page(self.navigation.first)
            return
        found = [row for row in self.rows.values() if all(word in row.told for word in wanted)]
        self._show(self._style.words("settings_found" if found else "settings_nothing", text=text), found)
        self.navigation.mark("")

    def _show(self, title: str, rows: Sequence[SettingRow]) -> None:
        self._title.setText(title)
        for row in self.rows.values():
            row.setVisible(row in rows)
        self.data.setVisible(title == self._data_page)
        self.presets.setVisible(title == self.navigation.first and bool(self.presets.buttons))
        self.tell_hours()

    def tell_hours(self) -> None:
        """Says which days have no reminders because only others have hours."""
        days = [row for key, row in self.rows.items() if key.startswith("working_hours.")]
        shown = bool(days) and not days[0].isHidden()
        silent = [label_of(row.setting) for row in days if not row.value]
        some = 0 < len(silent) < len(days)
        words = self._style.words
        self.hours.setText(words("hours_silent", days=comma_list(silent)) if some else words("hours_how"))
        self.hours.setVisible(shown)


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
        """`error`, `value` and `apps` for one setting; `noted` for what was removed."""
        if message.get("do") == "noted":
            self.page.data.note(str(message.get("text", "")))
        row = self.page.rows.get(str(message.get("key", "")))
        if row is None:
            return
        if message.get("do") == "error":
            row.show_error(str(message.get("text", "")))
        elif message.get("do") == "value":
            row.show_value(message.get("value"))
            self.page.tell_hours()
        elif message.get("do") == "apps" and isinstance(row.field.below, AppsPicker):
            names = message.get("names")
            row.field.below.offer([str(name) for name in names] if isinstance(names, list) else [])
