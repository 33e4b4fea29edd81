"""The settings window: pages, a search over them, and each setting with its help and a way back to its default."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sitbreak.language import comma_list
from sitbreak.window.channel import Leave, Say
from sitbreak.window.data_page import DataSection
from sitbreak.window.fields import HOURS_SUCH
from sitbreak.window.framed_window import EDGE, NARROW, Framed, Navigation, PagedPage
from sitbreak.window.look import Style
from sitbreak.window.message_fields import Message
from sitbreak.window.presets import Presets
from sitbreak.window.protocol import SettingsRequest
from sitbreak.window.settings_row import Group, SearchField, SettingRow, folded, label_of, matches, without_tuples
from sitbreak.window.widgets.buttons import Button
from sitbreak.window.widgets.layout import Page, scrolling
from sitbreak.window.widgets.text import Text, Weight
from sitbreak.window.widgets.text_inputs import AppsPicker
from sitbreak.window.working_hours_strip import HoursStrip

BAR_ROOM = 24  # pixels of the scroll bar: what is scrolled ends where the buttons below do
ANSWER_MS = 2000  # that the daemon has for a word on a value before the window closes
HOURS, WORKDAYS = "working_hours.", ("mon", "tue", "wed", "thu", "fri")


class SettingsPage(PagedPage):
    """The pages at the left, a search over all of them, and the settings of one page, or those that were found."""

    def __init__(self, request: SettingsRequest, style: Style, say: Say) -> None:
        """With problems in the request, nothing can be changed."""
        super().__init__(style)
        self._style, self._say, self._shown = style, say, list[SettingRow]()
        self.search = SearchField(style.words("settings_search"))
        self.search.textChanged.connect(self._find)
        self.search.entered.connect(self._enter)
        self._title = Text(style, "", 20, weight=Weight.DemiBold)
        self.hint = Text(style, style.words("settings_nothing_hint"), 15, "quiet")
        self._column = QVBoxLayout()
        self.rows: dict[str, SettingRow] = {}
        self.groups: list[Group] = []
        self.headings: dict[str, Text] = {}  # the pages, above what was found of each
        self.presets = Presets(style, request.presets, say)
        self.presets.wanted.connect(self._to_figures)
        self.hours = Text(style, "", 13, "quiet")
        path = style.words("settings_file", path=request.path) if request.path else ""
        self.kept_in = Text(style, path, 13, "quiet")  # on the last page
        self.copy = Button(style, style.words("hours_copy"), "bare")
        self.copy.clicked.connect(self._copy_hours)
        self.data, self._data_page = DataSection(style, say), request.data_page
        self._data_told = folded(f"{request.data_page} {request.data_synonyms}")
        pages = list(dict.fromkeys(setting.section for setting in request.settings))
        navigation = Navigation(style, pages, self.search)
        navigation.chosen.connect(self.show_page)
        self.fill(navigation, self._right(request))
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        self.show_page(self.navigation.first)

    def _right(self, request: SettingsRequest) -> QWidget:
        content = QWidget()
        column = self._column = QVBoxLayout(content)
        column.setContentsMargins(24, 24, EDGE - BAR_ROOM, 28)
        column.setSpacing(4)
        self._title.setContentsMargins(0, 0, 0, 8)
        column.addWidget(self._title)
        column.addWidget(self.hint)
        if request.problems:
            column.addWidget(Problems(self._style, request.problems))
        column.addWidget(self.presets)
        column.addWidget(self.hours)
        group: Group | None = None
        for setting in request.settings:
            if setting.section not in self.headings:
                self.headings[setting.section] = heading = Text(
                    self._style, setting.section, 13, "quiet", Weight.DemiBold
                )
                heading.setContentsMargins(0, 16, 0, 0)
                column.addWidget(heading)
                group = None
            if group is None or setting.group is not None:
                group = Group(self._style, setting.group or "")
                self.groups.append(group)
                column.addWidget(group)
            row = SettingRow(self._style, setting, self._say, bool(request.problems))
            self.rows[setting.key] = row
            group.add(row)
            if setting.section == self._data_page and self.data.parent() is None:
                column.addWidget(self.data)
            if setting.key == f"{HOURS}{WORKDAYS[0]}":
                group.inside.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignRight)
        self.kept_in.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self.kept_in)
        column.addStretch(1)
        self._area = scrolling(content)
        return self._area

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

    def show_page(self, page: str) -> None:
        """Shows the settings of one page."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._show(page, [row for row in self.rows.values() if row.setting.section == page], page == self._data_page)
        self.presets.setVisible(page == self.navigation.first and len(self.presets.lines) > 1)
        self.navigation.mark(page)

    def _find(self, text: str) -> None:
        """Shows what the search finds in titles, help and synonyms, below the names of the pages where it stands."""
        if not text.strip():
            self.show_page(self.navigation.first)
            return
        *told, data = matches(text, [*(row.told for row in self.rows.values()), self._data_told])
        found = [row for row, hit in zip(self.rows.values(), told, strict=True) if hit]
        data = data and bool(self._data_page)
        self._show(self._style.words("settings_found" if found or data else "settings_nothing", text=text), found, data)
        pages = {row.setting.section for row in found} | ({self._data_page} if data else set())
        for page, heading in self.headings.items():
            heading.setVisible(page in pages)
        self.hint.setVisible(not pages)
        self.presets.hide()
        self.navigation.mark("")

    def _to_figures(self) -> None:
        """From "Your own" to the first figure that a preset sets."""
        row = next((self.rows[key] for key in self.presets.keys if key in self.rows), None)
        if row is not None:
            row.field.widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _enter(self) -> None:
        """From the search into what it found."""
        if self._shown:
            self._shown[0].field.widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self, title: str, rows: Sequence[SettingRow], data: bool) -> None:
        self._title.setText(title)
        self._area.verticalScrollBar().setValue(0)
        self._shown = list(rows)
        for widget in (self.hint, *self.headings.values()):
            widget.hide()
        for row in self.rows.values():
            row.setVisible(row in rows)
        for group in self.groups:
            group.show_what_is_there(headed=title in self.headings)
        self.kept_in.setVisible(title == next(reversed(self.headings), None) and bool(self.kept_in.text()))
        self.data.setVisible(data and bool(self._data_page))
        self.tell_rest()

    def tell_rest(self) -> None:
        """What follows from the values together: the preset in force, and days that are silent."""
        self.presets.mark({key: row.kept for key, row in self.rows.items()})
        self.tell_hours()

    def try_refused(self, changed: SettingRow) -> None:
        """What was refused may go with the new value of another: it is said again, and nobody has to type it twice."""
        for row in self.rows.values():
            if row is not changed and row.refused:
                self._say("set", key=row.setting.key, value=row.value)

    def tell_hours(self) -> None:
        """Says which days have no reminders because only others have hours."""
        days = [row for key, row in self.rows.items() if key.startswith(HOURS)]
        shown = bool(days) and not days[0].isHidden()
        silent = [label_of(row.setting) for row in days if not row.kept]
        some = 0 < len(silent) < len(days)
        words = self._style.words
        self.hours.setText(words("hours_silent", days=comma_list(silent)) if some else words("hours_how"))
        self.hours.setVisible(shown)
        first = next((row for row in days if not row.isHidden()), None)
        for row in days:
            if isinstance(row.field.below, HoursStrip):
                row.field.below.show_hours(on=row is first)  # once for all of them
            if isinstance(row.field.widget, QLineEdit):
                row.field.widget.setPlaceholderText(words("hours_off") if some else HOURS_SUCH)
        self.copy.setVisible(shown and len({str(without_tuples(row.kept)) for row in days[: len(WORKDAYS)]}) > 1)

    def _copy_hours(self) -> None:
        """The hours of the first working day on all of them."""
        first, *rest = (row for key, row in self.rows.items() if key.removeprefix(HOURS) in WORKDAYS)
        for row in rest:
            self._say("set", key=row.setting.key, value=without_tuples(first.kept))


class Problems(Page):
    """What is wrong with the settings file."""

    def __init__(self, style: Style, problems: tuple[str, ...]) -> None:
        """`problems`: one sentence each."""
        super().__init__(style)
        row, column = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        bar = Page(style, "long")  # upright, and strong
        bar.setFixedWidth(4)
        row.addWidget(bar)
        column.addWidget(Text(style, style.words("settings_broken"), 15, weight=Weight.DemiBold))
        for problem in problems:
            column.addWidget(Text(style, problem, 15))
        row.addLayout(column, 1)


class SettingsWindow(Framed):
    """The settings window on the screen."""

    WIDTH = 940

    def __init__(self, request: SettingsRequest, style: Style, say: Say, leave: Leave) -> None:
        """`say` tells the daemon what is set."""
        super().__init__(style, style.words("settings_title"), self._leave_once_kept)
        self.page = SettingsPage(request, style, say)
        self._leave_now, self._patience = leave, QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(leave)
        self.again = Button(style, style.words("settings_again"), "plain")
        self.again.clicked.connect(lambda: say("restart"))
        self.again.setVisible(bool(request.waiting))
        self.put(self.page, self.again, self.closer())

    def _leave_once_kept(self) -> None:
        """What was typed last is set first, and the window stays open where it is refused; nothing typed is lost."""
        for row in self.page.rows.values():
            row.field.commit()
        self.stays = any(row.waits for row in self.page.rows.values())
        if self.stays:
            self._patience.start(ANSWER_MS)
        else:
            self._leave_now()

    def _told(self, row: SettingRow) -> None:
        """Leaves or stays, where that waited for a word on this one."""
        if not self.stays:
            return
        if row.refused:
            self.stays = False
            self._patience.stop()
            row.field.widget.setFocus(Qt.FocusReason.TabFocusReason)
        elif not any(each.waits for each in self.page.rows.values()):
            self._leave_now()

    def hear(self, message: Message) -> None:
        """`error`, `value` and `apps` for one setting; `noted` for what was removed; `waiting` for the next start."""
        if message.get("do") == "noted":
            self.page.data.note(str(message.get("text", "")))
        elif message.get("do") == "devices":
            self.page.data.devices.show_devices(message)
        elif message.get("do") == "waiting":
            self.again.setVisible(bool(message.get("keys")))
        row = self.page.rows.get(str(message.get("key", "")))
        if row is None:
            return
        if message.get("do") == "error":
            known = row.refused
            row.show_error(str(message.get("text", "")))
            if row.isHidden() and not known:  # the person has gone to another page meanwhile
                self.page.show_page(row.setting.section)
            self._told(row)
        elif message.get("do") == "value":
            row.show_value(message.get("value"))
            self.page.tell_rest()
            self._told(row)
            self.page.try_refused(row)
        elif message.get("do") == "apps" and isinstance(row.field.below, AppsPicker):
            names = message.get("names")
            row.field.below.offer([str(name) for name in names] if isinstance(names, list) else [])
