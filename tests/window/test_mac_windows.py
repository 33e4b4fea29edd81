"""What macOS is told of windows, with AppKit and the bridge faked."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sitbreak.window.desktop_capabilities import (
    EVERY_SPACE,
    IN_BACKGROUND,
    in_every_space,
    stay_in_background,
    to_front,
)


def test_qt_takes_the_front_neither_at_the_start_nor_with_a_card(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only on macOS, where a window process that is got ready would take the keyboard from whoever is typing."""
    monkeypatch.setattr(os, "environ", {"PATH": "/bin"})
    stay_in_background("linux")
    assert os.environ == {"PATH": "/bin"}
    stay_in_background("darwin")
    assert os.environ == {"PATH": "/bin", **IN_BACKGROUND}


def test_a_window_that_was_asked_for_comes_to_the_front(qtbot: QtBot) -> None:
    """The program itself has to be brought there, too."""
    said: list[bool] = []
    application = SimpleNamespace(activateIgnoringOtherApps_=said.append)
    appkit = SimpleNamespace(NSApplication=SimpleNamespace(sharedApplication=lambda: application))
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    to_front(window, appkit)
    assert said == [True]
    qtbot.waitUntil(window.isActiveWindow)


def test_a_card_is_there_in_every_space(qtbot: QtBot) -> None:
    """The window behind Qt's view is told so: all spaces, and beside another program in full screen."""
    asked: list[int] = []
    behind = SimpleNamespace(setCollectionBehavior_=asked.append)
    views: list[int] = []

    def objc_object(c_void_p: Any) -> SimpleNamespace:
        views.append(c_void_p.value)
        return SimpleNamespace(window=lambda: behind)

    window = QWidget()
    qtbot.addWidget(window)
    in_every_space(window, SimpleNamespace(objc_object=objc_object))
    assert asked == [EVERY_SPACE]
    assert views == [int(window.winId())]
