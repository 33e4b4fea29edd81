"""The life of a window's process: what replaces what, and when it ends."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sitbreak import language
from sitbreak.window.app import WindowApp, speak
from sitbreak.window.breakapp import BreakApp
from sitbreak.window.card_pages import ResultLine
from sitbreak.window.widgets.text_inputs import NumberBox
from tests.window.conftest import MakeRequest


class Process:
    """Stands in for the application object: ending Qt's would end it for every test after this one."""

    def setQuitOnLastWindowClosed(self, on: bool) -> None:
        """Notes nothing."""

    def exit(self, code: int) -> None:
        """Ends nothing."""


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[WindowApp]:
    """A process whose daemon says nothing by itself."""
    over = threading.Event()

    def silence() -> Iterator[str]:
        over.wait(30)
        yield from ()

    made = WindowApp(cast("QApplication", Process()), silence())
    yield made
    if made._scene is not None:
        made._scene.dispose()
    over.set()
    qtbot.waitUntil(lambda: not made._channel._thread.is_alive())


def test_a_break_begun_while_the_closing_note_of_the_last_is_up_stays(
    app: WindowApp, request_for: MakeRequest, capfd: pytest.CaptureFixture[str]
) -> None:
    """When the note of the first would go, the second break is on the screen and nothing says goodbye."""
    app.hear(request_for("break"))
    app.hear({"do": "result", "line": "2 min hands off, counted."})
    assert isinstance(app._scene, BreakApp)
    note = app._scene.shells[0].findChild(ResultLine)
    assert note is not None
    app.hear(request_for("break", movement="mob-neck"))
    note.gone.emit()
    assert "closed" not in capfd.readouterr().out
    assert isinstance(app._scene, BreakApp)
    assert app._scene.request.movement.id == "mob-neck"
    assert app._scene.shells[0].isVisible()


def test_the_closing_note_ends_the_process(
    app: WindowApp, request_for: MakeRequest, capfd: pytest.CaptureFixture[str]
) -> None:
    """With nothing in its place it says goodbye."""
    app.hear(request_for("break"))
    app.hear({"do": "result", "line": "2 min hands off, counted."})
    assert isinstance(app._scene, BreakApp)
    note = app._scene.shells[0].findChild(ResultLine)
    assert note is not None
    note.gone.emit()
    assert "closed" in capfd.readouterr().out


@pytest.fixture
def in_german(qapp: QApplication) -> Iterator[None]:
    """Qt and we speak German, and English again afterwards."""
    language.choose("de")
    speak(qapp)
    yield
    for words in qapp.findChildren(QTranslator):
        qapp.removeTranslator(words)
    language.choose("en")
    speak(qapp)


@pytest.mark.usefixtures("in_german")
def test_qts_own_words_are_those_of_the_language() -> None:
    """A dialog for files, or the menu of a text field."""
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


@pytest.mark.usefixtures("in_german")
@pytest.mark.parametrize("typed", ["7,5", "7.5"])
def test_a_number_takes_a_comma_and_a_point(qtbot: QtBot, typed: str) -> None:
    """Either is on somebody's keyboard, and neither makes 75 of it; it is shown as the language writes it."""
    box = NumberBox("minutes", 0, 90)
    qtbot.addWidget(box)
    box.setDecimals(2)
    box.lineEdit().selectAll()
    QTest.keyClicks(box, typed)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert (box.value(), box.text()) == (7.5, "7,5 Minuten")
