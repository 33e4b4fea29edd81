"""The help window: a topic at the left, its text at the right."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sitbreak.window.channel import Leave, Say
from sitbreak.window.framed_window import EDGE, Framed, Navigation, PagedPage
from sitbreak.window.look import Style
from sitbreak.window.protocol import HelpRequest
from sitbreak.window.widgets.buttons import Button
from sitbreak.window.widgets.layout import scrolling
from sitbreak.window.widgets.text import Text, Weight

BULLET = "- "


class HelpTopics(PagedPage):
    """All topics, one of them on show."""

    def __init__(self, request: HelpRequest, style: Style) -> None:
        """Begins with the first topic."""
        super().__init__(style)
        navigation = Navigation(style, [topic.title for topic in request.topics])
        navigation.chosen.connect(self.show_topic)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 24, EDGE, 28)
        self.topics: dict[str, QWidget] = {}
        for topic in request.topics:
            self.topics[topic.title] = _topic(style, topic.title, topic.text)
            column.addWidget(self.topics[topic.title])
        column.addStretch(1)
        self._area = scrolling(content)
        self.fill(navigation, self._area)
        self.show_topic(self.navigation.first)

    def show_topic(self, title: str) -> None:
        """Shows one topic from its beginning."""
        for name, topic in self.topics.items():
            topic.setVisible(name == title)
        self.navigation.mark(title)
        self._area.verticalScrollBar().setValue(0)


def _topic(style: Style, title: str, text: str) -> QWidget:
    """A heading and its paragraphs; a screen reader and the mouse can take the words along."""
    topic = QWidget()
    column = QVBoxLayout(topic)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    column.addWidget(Text(style, title, 20, weight=Weight.DemiBold))
    for item, words in paragraphs(text):
        paragraph = Text(style, words, 15)
        paragraph.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if item:
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(Text(style, "\u2022", 15, "quiet"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(paragraph, 1)
            column.addLayout(row)
        else:
            column.addWidget(paragraph)
    return topic


def paragraphs(text: str) -> Iterator[tuple[bool, str]]:
    """The paragraphs of a text, and whether each is an item of a list."""
    for line in text.splitlines():
        words = line.strip()
        if words.startswith(BULLET):
            yield True, words.removeprefix(BULLET)
        elif words:
            yield False, words


class HelpWindow(Framed):
    """The help window on the screen."""

    def __init__(self, request: HelpRequest, style: Style, say: Say, leave: Leave) -> None:
        """`say` tells the daemon that the first window is wanted again."""
        super().__init__(style, style.words("help"), leave)
        self.page = HelpTopics(request, style)
        self.welcome = Button(style, style.words("help_welcome"), "bare")
        self.welcome.clicked.connect(lambda: say("chosen", key="welcome"))
        self.put(self.page, self.welcome, self.closer())
