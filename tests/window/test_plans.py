"""The Plans window: what can be pressed in it, and what it tells the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from sitbreak.window.plans import PlansWindow
from sitbreak.window.protocol import request_of
from tests.window.conftest import OpenScene, Said

SQUATS = {
    "name": "squats", "title": "Squats", "meaning": "To 20.", "source": "An article", "unit": "repetitions",
    "most": 1000, "amount": 5,
}  # fmt: skip
RUNNING = {**SQUATS, "running": True, "told": "Squats, week 1.", "logged": "5 repetitions today"}
WINDOW = {"kind": "plans", "plans": [SQUATS], "rests": [["stool", "Lie on your back."]], "usual": "No baseline."}


@pytest.fixture
def plans(open_scene: OpenScene) -> PlansWindow:
    """With one plan that does not run."""
    scene = open_scene(PlansWindow, WINDOW)
    assert isinstance(scene, PlansWindow)
    return scene


def now(scene: PlansWindow, plan: dict[str, Any], **values: object) -> None:
    """How it stands now, as the program tells it."""
    assert scene.adopt(request_of({**WINDOW, "plans": [plan], **values}))


def seen(widgets: Sequence[QWidget]) -> list[bool]:
    """Which of these are shown."""
    return [not widget.isHidden() for widget in widgets]


def test_a_plan_is_begun_and_logged(plans: PlansWindow, said: Said) -> None:
    """What does not fit is not shown; one press logs what the week asks for."""
    squats = plans.page.plans["squats"]
    assert seen([squats.begin, squats.log, squats.stop, squats.back, squats.guide]) == [True, *[False] * 4]
    squats.begin.click()
    now(plans, RUNNING)
    assert seen([squats.begin, squats.log, squats.stop, squats.back, squats.guide]) == [False, True, True, True, False]
    squats.log.click()
    assert said == [
        {"event": "plan", "verb": "start", "name": "squats"},
        {"event": "plan", "verb": "log", "name": "squats", "amount": 5.0, "day": "today"},
    ]


def test_what_loses_something_asks_first(plans: PlansWindow, said: Said) -> None:
    """To begin anew takes two presses of the same button, which says so to screen readers, too."""
    now(plans, RUNNING)
    again = plans.page.plans["squats"].again
    again.setFocus()
    QTest.keyClick(again, Qt.Key.Key_Return)
    assert said == []
    assert (again.text(), again.accessibleName()) == ("Really? Press again", "Squats: Begin anew. Really? Press again")
    QTest.keyClick(again, Qt.Key.Key_Return)
    assert said == [{"event": "plan", "verb": "start", "name": "squats"}]
    assert again.accessibleName() == "Squats: Begin anew"


def test_a_walk_and_a_rest_take_their_minutes(plans: PlansWindow, said: Said) -> None:
    """As they stand in the field."""
    plans.page.walked.setValue(25)
    for name in ("A walk: Log it", "Lie down: Begin"):
        button = next(each for each in plans.page.findChildren(QWidget) if each.accessibleName() == name)
        button.click()  # type: ignore[attr-defined]
    assert said == [
        {"event": "plan", "verb": "walk", "amount": 25.0},
        {"event": "plan", "verb": "rest", "name": "stool", "amount": 20.0},
    ]


def test_usual_days_show_the_button_that_fits(plans: PlansWindow, said: Said) -> None:
    """Measure, stop, or measure anew."""
    usual = plans.page.usual
    assert seen([usual.start, usual.stop, usual.again]) == [True, False, False]
    now(plans, SQUATS, measured="now")
    usual.stop.click()
    assert said == [{"event": "plan", "verb": "stop_measuring"}]
    now(plans, SQUATS, measured="yes")
    assert seen([usual.start, usual.stop, usual.again]) == [False, False, True]


def test_what_came_of_it_is_told_at_the_top(plans: PlansWindow) -> None:
    """And goes with the next press."""
    now(plans, RUNNING, told="The walk is noted.")
    assert plans.page.noted.text() == "The walk is noted."
    now(plans, RUNNING)
    assert plans.page.noted.isHidden()
    assert "Logged: 5 repetitions today." in [each.text() for each in plans.page.findChildren(QLabel)]
