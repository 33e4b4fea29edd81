"""The Today window under a pointer: nothing that can be pressed moves there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from sitbreak.window.day_protocol import DoubtMessage
from sitbreak.window.today import TodayWindow
from tests.window.conftest import OpenScene, Said
from tests.window.made_days import DAY, ENTRIES, STATUS
from tests.window.test_today import texts

Open = Callable[[dict[str, Any]], TodayWindow]


@pytest.fixture
def opened(open_scene: OpenScene) -> Open:
    """Open the window."""
    return partial(open_scene, TodayWindow)


def over(scene: TodayWindow, on: bool, *, moved: bool = True) -> None:
    """The pointer comes over the window, or leaves it; `moved`: by a hand."""
    middle = QPointF(scene.rect().center())
    QApplication.sendEvent(scene, QEnterEvent(middle, middle, middle) if on else QEvent(QEvent.Type.Leave))
    if on and moved:
        QTest.mouseMove(scene, scene.rect().center())
        QTest.mouseMove(scene, scene.rect().center() + QPoint(2, 2))
    QApplication.processEvents()


def places(scene: TodayWindow) -> dict[str, QPoint]:
    """Where everything is that can be pressed."""
    QTest.qWait(1)
    controls = [each for each in scene.page.findChildren(QAbstractButton) if each.isVisible()]
    return {each.accessibleName() or each.text(): each.mapTo(scene.page, QPoint(0, 0)) for each in controls}


PROMPTED = [*ENTRIES[:2], {"label": "Not now", "key": "not_now"}, *ENTRIES[2:]]
LONGER = "About 1 h 38 min at the desk, until Wednesday 17:20, and much longer than that"


@pytest.mark.parametrize(
    "change",
    [{"entries": ENTRIES}, {"title": LONGER}, {"note": f"{LONGER}. {LONGER}. {LONGER}."}, {"note": ""}],
    ids=["a reminder lapses", "the headline wraps", "a note wraps", "a note goes"],
)
def test_nothing_moves_under_the_pointer(opened: Open, change: dict[str, object]) -> None:
    """What would move a line waits until the pointer has left; then it is shown."""
    status = {**STATUS, "entries": PROMPTED, "title": "About 38 min at the desk", "note": "A reminder is on screen."}
    scene = opened(status)
    over(scene, True)
    before = places(scene)
    scene.hear({"do": "status", "status": {**status, **change}})
    assert places(scene) == before
    over(scene, False)
    assert places(scene) != before


def test_what_moves_nothing_is_shown_under_the_pointer(opened: Open) -> None:
    """Minutes that go on, a tick that goes: nobody has to leave the window to see them."""
    status = {**STATUS, "title": "About 38 min at the desk"}
    scene = opened(status)
    over(scene, True)
    entries = [{**each, "checked": False} if each.get("checked") else each for each in ENTRIES]
    scene.hear({"do": "status", "status": {**status, "title": "About 39 min at the desk", "entries": entries}})
    assert scene.page.status._title.text() == "About 39 min at the desk"
    assert not scene.page.status.buttons[1].isChecked()


def test_a_second_press_answers_nothing_else(opened: Open, said: Said) -> None:
    """A stretch that was answered keeps its place under the pointer, takes no more presses, and goes afterwards."""
    second = DoubtMessage("10:40 to 10:50, 10 min: no input for long", "2026-03-02T10:40:00", "2026-03-02T10:50:00")
    scene = opened(STATUS)
    scene.hear({"do": "day", "day": asdict(replace(DAY, doubts=(*DAY.doubts, second)))})
    over(scene, True)
    before = places(scene)
    scene.page.day.answers[0].buttons[0].click()
    scene.hear({"do": "noted", "text": "10:00 to 10:30 is noted as sat; what was seen is kept beside it."})
    scene.hear({"do": "day", "day": asdict(replace(DAY, doubts=(second,), figures=(("Longest stretch", "2 h"),)))})
    assert places(scene) == before
    assert "2 h" in texts(scene)
    assert [answers.isEnabled() for answers in scene.page.day.answers] == [False, True]
    over(scene, False)
    assert [answers.stretch[0] for answers in scene.page.day.answers] == [second.start]


def test_a_goal_is_chosen_where_the_list_is_open(opened: Open) -> None:
    """The lines behind an entry stay; only the tick goes to another."""
    goals: list[dict[str, Any]] = [
        {"label": f"{each} min a day", "key": f"goal:{each}", "checked": each == 20} for each in (10, 20, 30)
    ]
    status = {**STATUS, "entries": [*ENTRIES, {"label": "Goal", "children": goals}]}
    scene = opened(status)
    scene.page.status.buttons[-1].click()
    over(scene, True)
    goals = [{**each, "checked": each["key"] == "goal:30"} for each in goals]
    scene.hear({"do": "status", "status": {**status, "entries": [*ENTRIES, {"label": "Goal", "children": goals}]}})
    buttons = scene.page.status.buttons
    assert [button.isChecked() for button in buttons] == [False, False, False, True]


@pytest.mark.parametrize("hand", ["on the keys", "nowhere"])
def test_a_pointer_that_was_left_over_the_window_holds_up_nothing(opened: Open, hand: str) -> None:
    """Whoever presses keys, or has a screen reader press, sees at once what came of it."""
    scene = opened(STATUS)
    scene.hear({"do": "day", "day": asdict(DAY)})
    over(scene, True, moved=hand == "on the keys")
    if hand == "on the keys":
        QTest.keyClick(scene.page.day.strip, Qt.Key.Key_Right)
    scene.hear({"do": "day", "day": asdict(replace(DAY, doubts=()))})
    assert scene.page.day.answers == []


def test_what_waited_is_shown_with_the_first_key(opened: Open) -> None:
    """The hand has left the pointer, though the pointer has not left the window."""
    scene = opened(STATUS)
    scene.hear({"do": "day", "day": asdict(DAY)})
    over(scene, True)
    scene.hear({"do": "day", "day": asdict(replace(DAY, doubts=()))})
    assert len(scene.page.day.answers) == 1
    QTest.keyClick(scene.page.day.strip, Qt.Key.Key_Right)
    assert scene.page.day.answers == []
