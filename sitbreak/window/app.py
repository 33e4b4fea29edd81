"""The child process: takes one request, opens its window, passes messages on, and ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from typing import Protocol

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from sitbreak import language
from sitbreak.settings.installation import out_of_the_dock
from sitbreak.window.channel import Channel
from sitbreak.window.desktop_capabilities import stay_in_background
from sitbreak.window.look import Style
from sitbreak.window.message_fields import BadMessage, Message
from sitbreak.window.protocol import (
    BreakRequest,
    HelpRequest,
    MovementsRequest,
    PlansRequest,
    Request,
    SettingsRequest,
    StatusRequest,
    WelcomeRequest,
    request_of,
)

NAME = "sitbreak"


# What a request opens, imported when it is wanted: a card need not load the windows, nor a window the card.
SCENES: dict[type[Request], str] = {
    BreakRequest: "breakapp.BreakApp",
    StatusRequest: "today.TodayWindow",
    WelcomeRequest: "welcome.WelcomeWindow",
    SettingsRequest: "settings.SettingsWindow",
    HelpRequest: "help.HelpWindow",
    MovementsRequest: "gallery.GalleryWindow",
    PlansRequest: "plans.PlansWindow",
}


class WindowScene(Protocol):
    """What a request opens."""

    def appear(self) -> None:
        """Puts it on the screen."""

    def hear(self, message: Message) -> None:
        """Takes a message of the daemon."""

    def adopt(self, request: Request) -> bool:
        """Shows another request in place; False when it cannot."""

    def dispose(self) -> None:
        """Takes its windows away."""


class WindowApp(QObject):
    """One window's life, from the request to `closed`."""

    def __init__(self, application: QApplication, lines: Iterator[str]) -> None:
        """`lines`: what comes from the daemon, beginning with the request."""
        super().__init__()
        self._application = application
        self._channel = Channel(lines)
        self._channel.heard.connect(self.hear)
        self._channel.ended.connect(self.leave)
        self._scene: WindowScene | None = None
        self._style: Style | None = None
        self._left = False
        self._turn = 0  # counts the scenes
        application.setQuitOnLastWindowClosed(False)
        self._channel.start()

    def hear(self, message: dict[str, object]) -> None:
        """The first message is the request; then come `do` messages, or another request to show instead."""
        if message.get("do") == "close":
            self.leave()
        elif self._scene is None or "kind" in message:
            self._open(message)
        elif message.get("do") == "theme" and self._style is not None:
            self._style.use(str(message.get("theme", "system")))
        else:
            self._scene.hear(message)

    def _open(self, message: Message) -> None:
        try:
            request = request_of(message)
        except BadMessage as error:
            self._channel.say("complaint", text=str(error))
            self.leave()
            return
        if self._scene is None or not self._scene.adopt(request):
            former, self._style = self._scene, Style(request.look)
            self._scene = self._made(request, self._style)
            self._scene.appear()
            if former is not None:
                former.dispose()
        QTimer.singleShot(0, lambda: self._channel.say("shown"))

    def _made(self, request: Request, style: Style) -> WindowScene:
        self._turn += 1
        module, name = SCENES[type(request)].split(".")
        scene = getattr(import_module(f"sitbreak.window.{module}"), name)
        made: WindowScene = scene(request, style, self._channel.say, partial(self._leave_scene, self._turn))
        return made

    def _leave_scene(self, turn: int) -> None:
        """What a scene that was replaced still wants at its end (its closing note ran out) ends nothing any more."""
        if turn == self._turn:
            self.leave()

    def leave(self) -> None:
        """Says goodbye and ends the process; the second call does nothing."""
        if self._left:
            return
        self._left = True
        self._channel.say("closed")
        self._application.exit(0)


def speak(application: QApplication) -> None:
    """Makes Qt's own words (a dialog for files, the menu of a text field) and numbers those of the language."""
    QLocale.setDefault(QLocale(language.code()))
    words = QTranslator(application)
    if words.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)


def run(lines: Iterator[str]) -> None:
    """Runs the window until it is closed, and ends the process.

    It ends without Qt's and Python's own clearing up: the reading thread still waits for the daemon.
    """
    stay_in_background()
    application = QApplication([NAME])  # window managers take the class of its windows from it
    out_of_the_dock()
    application.setApplicationName(NAME)
    application.setWindowIcon(QIcon.fromTheme(NAME))
    application.setDesktopFileName(NAME)
    application.setStyle("Fusion")
    speak(application)
    app = WindowApp(application, lines)
    status = application.exec()
    del app
    os._exit(status)
