"""What a card that comes up by itself keeps away, what it always shows, and what can be said of its movement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sitbreak.window.breakapp import SMALL_RING
from sitbreak.window.breakview import BreakView
from sitbreak.window.card_frame import spacious
from sitbreak.window.card_pages import HelpPage
from sitbreak.window.look import Style
from sitbreak.window.performance import Progress
from sitbreak.window.protocol import BreakRequest, request_of
from tests.window.conftest import CATALOGUE, MakeRequest, Open, Said

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen


def test_a_running_break_shows_the_cautions_of_its_movement(opened: Open) -> None:
    """In the words of the catalogue, as the daemon sends them."""
    app = opened(movement="walk-march", elapsed_s=30.0)
    assert app.views[0].note.text() == "Hold something fixed."


def test_another_one_in_a_break_that_was_asked_for(opened: Open, said: Said) -> None:
    """The same two buttons as on a prompt, and the same reason."""
    app = opened(elapsed_s=5.0, why="Every second suggestion is a walk.")
    app.views[0].another_button.click()
    app.views[0].help.click()
    page = app.shells[0].findChildren(HelpPage)[0]
    assert page.body.text().startswith("Why this one: Every second suggestion is a walk.")
    page.never_button.click()
    assert [each["event"] for each in said] == ["another", "help", "never_again"]


def test_when_to_see_a_doctor_is_told_alone(opened: Open) -> None:
    """What is said of the movement, and the refusal of it, are gone from there."""
    app = opened("prompt")
    app.views[0].help.click()
    page = app.shells[0].findChildren(HelpPage)[0]
    assert page.own.isVisible()
    assert page.never_button.isVisible()
    page.doctor.click()
    assert page.title.text() == "When to see a doctor"
    assert not any(each.isVisible() for each in (page.own, page.never_button, page.doctor))


@pytest.mark.parametrize("press", ["click", "key"])
def test_a_card_nobody_asked_for_takes_no_stray_press(opened: Open, said: Said, qtbot: QtBot, press: str) -> None:
    """It came up under a clicking pointer or typing hands: what was meant for another window answers nothing."""
    app = opened("prompt", focus=False)
    button = app.views[0].prompt_row.buttons[-1]

    def pressed() -> bool:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton) if press == "click" else QTest.keyClick(
            button, Qt.Key.Key_Space
        )
        return bool(said)

    assert not pressed()
    qtbot.waitUntil(pressed, timeout=3000)
    assert said[0] == {"event": "answer", "answer": "not_now"}


def test_a_card_that_was_asked_for_answers_at_once(opened: Open, said: Said) -> None:
    """Whoever opened it knows what they press."""
    QTest.mouseClick(opened("prompt").views[0].prompt_row.buttons[-1], Qt.MouseButton.LeftButton)
    assert said[0] == {"event": "answer", "answer": "not_now"}


def test_another_one_and_not_this_one_again(opened: Open, said: Said) -> None:
    """On the prompt: the first beside Help, the second inside it, with why this one was suggested."""
    app = opened("prompt", why="Every second suggestion is a walk.")
    app.views[0].another_button.click()
    app.views[0].help.click()
    page = app.shells[0].findChildren(HelpPage)[0]
    assert page.body.text().startswith("Why this one: Every second suggestion is a walk.")
    page.never_button.click()
    assert [each["event"] for each in said] == ["another", "help", "never_again"]


def test_a_break_whose_movement_was_chosen_has_no_other(opened: Open) -> None:
    """One that we chose has, until it is over."""
    assert opened(elapsed_s=30.0, why="").views[0].another_button.isHidden()
    view = opened(elapsed_s=30.0, why="Every second suggestion is a walk.").views[0]
    assert view.another_button.isVisible()
    view.progress.follow(replace(view.progress.request, elapsed_s=130.0))
    view.refresh()
    assert view.another_button.isHidden()


# -- small monitors


@dataclass
class Monitor:
    """A monitor of a size, in logical pixels."""

    width: int
    height: int

    def size(self) -> QSize:
        """As Qt tells it."""
        return QSize(self.width, self.height)


@pytest.mark.parametrize(
    ("width", "height", "large"), [(400, 640, False), (512, 300, False), (719, 900, False), (720, 480, True)]
)
def test_a_small_monitor_is_no_place_for_large_type(width: int, height: int, large: bool) -> None:
    """There a full-screen break is laid out as the card is."""
    assert spacious(cast("QScreen", Monitor(width, height))) is large


def needed(page: BreakView | HelpPage, width: int, height: int) -> QSize:
    """The room a page needs on a full screen of this size, after it has shrunk if it must."""
    layout = page.layout()
    assert layout is not None
    if layout.totalHeightForWidth(width) > height:
        page.shrink()
        layout.activate()
    return QSize(layout.totalMinimumSize().width(), layout.totalHeightForWidth(width))


@pytest.mark.parametrize(("width", "height"), [(400, 640), (512, 300)])
def test_every_movement_and_its_help_fit_a_small_monitor(
    request_for: MakeRequest, qtbot: QtBot, width: int, height: int
) -> None:
    """At any level; the help with its refusal and, further on, when to see a doctor."""
    for movement in CATALOGUE:
        request = request_of(request_for(movement=movement, elapsed_s=1.0, why="Every second suggestion is a walk."))
        assert isinstance(request, BreakRequest)
        style = Style(request.look)
        view = BreakView(style, Progress(request), SMALL_RING)
        page = HelpPage(style, request.movement, why=request.why, refusable=True)
        for each in (view, page):
            qtbot.addWidget(each)
            room = needed(each, width, height)
            assert (room.width() <= width, room.height() <= height) == (True, True), movement
        page.doctor.click()
        assert needed(page, width, height).height() <= height, movement


@pytest.mark.parametrize(("width", "height"), [(400, 640), (512, 300)])
def test_everything_can_be_reached_on_a_small_monitor(opened: Open, qtbot: QtBot, width: int, height: int) -> None:
    """Title, levels and Done lie within it."""
    view = opened(elapsed_s=30.0).views[0]
    alone = BreakView(view._style, view.progress, SMALL_RING)
    qtbot.addWidget(alone)
    alone.resize(width, height)
    alone.show()
    qtbot.waitExposed(alone)
    for control in (alone.title, *alone.break_row.buttons, alone.help, alone.hide_button):
        assert alone.rect().contains(QRect(control.mapTo(alone, QPoint(0, 0)), control.size()))
