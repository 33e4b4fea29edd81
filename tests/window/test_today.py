"""The Today window: the present, the day as a strip that can be put right, the week and the month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from sitbreak.window.day_protocol import DayMessage, DoubtMessage, SaidMessage
from sitbreak.window.today import TodayWindow
from tests.window.conftest import OpenScene, Said, toggle
from tests.window.made_days import BLOCKS, DAY, ENTRIES, LOOKED, STATUS, WEEK

Open = Callable[[dict[str, Any]], TodayWindow]


@pytest.fixture
def opened(open_scene: OpenScene) -> Open:
    """Open the window."""
    return partial(open_scene, TodayWindow)


def texts(scene: TodayWindow) -> list[str]:
    """All words at the right, once Qt has shown what was added."""
    QApplication.processEvents()
    page = next(each for each in (scene.page.day, scene.page.span) if not each.isHidden())
    return [each.text() for each in page.findChildren(QLabel) if not each.isHidden()]


# -- the present


def test_the_present_tells_the_day(opened: Open) -> None:
    """Minutes against the goal, the sitting, and the tray's entries as buttons."""
    page = opened(STATUS).page.status
    assert page._told.text() == "14 of 20 min out of the chair"
    assert page._sitting.text() == "Sitting for about 38 min."
    names = [button.accessibleName() for button in page.buttons]
    assert names == ["Start a break now", "Standing at the desk", "Pause", "Walk this call"]
    assert [button.isEnabled() for button in page.buttons] == [True, True, True, False]
    assert page.buttons[1].isChecked()


def test_an_entry_is_chosen_by_its_key_and_the_window_goes(opened: Open, said: Said) -> None:
    """As in the tray's own menu."""
    QTest.keyClick(opened(STATUS).page.status.buttons[0], Qt.Key.Key_Return)
    assert said == [LOOKED, {"event": "chosen", "key": "break"}, {"event": "left"}]


def test_entries_behind_an_entry_open_in_place(opened: Open, said: Said) -> None:
    """And lead back."""
    page = opened(STATUS).page.status
    page.buttons[2].click()
    assert [button.text() for button in page.buttons] == ["Pause", "30 minutes"]
    page.buttons[0].click()
    assert len(page.buttons) == 4
    page.buttons[2].click()
    page.buttons[1].click()
    assert said[1] == {"event": "chosen", "key": "pause:30"}


def test_new_figures_leave_the_list_alone(opened: Open) -> None:
    """A card that is open stays true, and an open sub-list stays open."""
    scene = opened(STATUS)
    scene.page.status.buttons[2].click()
    scene.hear({"do": "status", "status": {**STATUS, "confirmed_min": 16, "note": "In a call."}})
    assert scene.page.status._told.text() == "16 of 20 min out of the chair"
    assert scene.page.status._note.text() == "In a call."
    assert [button.text() for button in scene.page.status.buttons] == ["Pause", "30 minutes"]
    scene.hear({"do": "status", **STATUS, "entries": ENTRIES[:3]})
    assert [button.text() for button in scene.page.status.buttons] == ["Start a break now"]


def test_the_keyboard_stays_in_the_list_when_the_list_changes(opened: Open) -> None:
    """On the line it was on; on the first, where that line has gone; nothing takes it that was not on it."""
    scene = opened(STATUS)
    status = scene.page.status
    status.buttons[1].setFocus()
    scene.hear({"do": "status", **STATUS, "entries": [*ENTRIES, {"label": "Quit", "key": "quit"}]})
    assert scene.focusWidget() is status.buttons[1]
    assert status.buttons[1].text() == "Standing at the desk"
    scene.hear({"do": "status", **STATUS, "entries": ENTRIES[:3]})
    assert scene.focusWidget() is status.buttons[0]
    scene.page.day.strip.setFocus()
    scene.hear({"do": "status", **STATUS})
    assert scene.focusWidget() is scene.page.day.strip


def test_escape_closes_the_present(opened: Open, said: Said) -> None:
    """Nothing is chosen."""
    QTest.keyClick(opened(STATUS), Qt.Key.Key_Escape)
    assert said == [LOOKED, {"event": "left"}]


# -- the day


def test_the_strip_has_a_legend(opened: Open) -> None:
    """A word beside each kind of piece that is on it, and of reminder."""
    legend = (("seated", "seated"), ("taken", "reminder, taken"))
    scene = opened(STATUS)
    scene.hear({"do": "day", "day": asdict(replace(DAY, legend=legend))})
    assert {"seated", "reminder, taken"} <= set(texts(scene))
    assert scene.page.day.legend.kinds == legend


def test_the_keyboard_goes_on_with_the_next_stretch(opened: Open) -> None:
    """After an answer it is on the answers to the next one; after the last on the strip."""
    second = DoubtMessage("10:40 to 10:50, 10 min: no input for long", "2026-03-02T10:40:00", "2026-03-02T10:50:00")
    scene = opened(STATUS)
    scene.hear({"do": "day", "day": asdict(replace(DAY, doubts=(*DAY.doubts, second)))})
    scene.page.day.answers[0].buttons[0].setFocus()
    for left, expected in (((second,), "10:40 to 10:50: Sitting"), ((), "The day")):
        scene.hear({"do": "day", "day": asdict(replace(DAY, doubts=left))})
        focused = scene.focusWidget()
        assert focused is not None
        assert focused.accessibleName() == expected


def test_a_drag_goes_on_when_the_day_does(opened: Open, said: Said) -> None:
    """Nobody loses the part they are about to pick."""
    scene = opened(STATUS)
    scene.hear({"do": "day", "day": asdict(DAY)})
    strip = scene.page.day.strip
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=_at(scene, 10))
    QTest.mouseMove(strip, _at(scene, 20))
    scene.hear({"do": "day", "day": asdict(DAY)})
    QTest.mouseMove(strip, _at(scene, 30))
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=_at(scene, 30))
    assert scene.page.day.picked is not None
    assert scene.page.day.picked.stretch[0][:13] == scene.page.day.picked.stretch[1][:13]


def test_it_asks_for_the_day_and_shows_it(opened: Open, said: Said) -> None:
    """Its sentence, its figures, and what is not sure with the answers beside it."""
    scene = opened(STATUS)
    assert said == [LOOKED]
    scene.hear({"do": "day", "day": asdict(DAY)})
    shown = texts(scene)
    assert scene.page.title.text() == "Monday, 2 March 2026"
    assert {"No confirmed minutes out of the chair.", "Longest stretch", "1 h", "Not sure"} <= set(shown)
    assert [button.text() for button in scene.page.day.answers[0].buttons] == [
        "Sitting",
        "Up",
        "Standing at the desk",
        "Away",
    ]
    assert not scene.page.later.isEnabled()


def test_a_doubt_is_settled_with_one_tap(opened: Open, said: Said) -> None:
    """The stretch and what it was go to the daemon; what came of it is read out."""
    scene = opened(STATUS)
    scene.hear({"do": "day", "day": asdict(DAY)})
    scene.page.day.answers[0].buttons[1].click()
    assert said[-1] == {
        "event": "correct",
        "from": "2026-03-02T10:00:00",
        "to": "2026-03-02T10:30:00",
        "class": "BREAK",
    }
    scene.hear({"do": "noted", "text": "10:00 to 10:30 is noted as walked."})
    assert scene.page.day.hint.text() == "10:00 to 10:30 is noted as walked."


def test_what_was_said_can_be_taken_back(opened: Open, said: Said) -> None:
    """Each with a button that a screen reader calls by the stretch."""
    listed = SaidMessage("09:30 to 09:40: sat", "2026-03-02T08:30:00+00:00", "2026-03-02T11:00:00+00:00")
    scene = opened(STATUS)
    scene.hear({"do": "day", "day": asdict(replace(DAY, said=(listed,)))})
    assert {"What you said", "09:30 to 09:40: sat"} <= set(texts(scene))
    (row,) = scene.page.day.said
    assert row.button.accessibleName() == "09:30 to 09:40: sat: Take it back"
    row.button.click()
    assert said[-1] == {"event": "take_back", "start": listed.start, "at": listed.at}


def test_the_report_is_opened_from_today_which_stays(opened: Open, said: Said) -> None:
    """What becomes of it is told there."""
    scene = opened({**STATUS, "entries": [*ENTRIES, {"label": "Summary", "key": "summary"}]})
    scene.hear({"do": "day", "day": asdict(DAY)})
    press(scene, "summary")
    assert said[-1] == {"event": "chosen", "key": "summary"}
    assert scene.page.day.hint.text() == "The report opens in your browser."


def test_nobody_in_seated_mode_is_asked_whether_they_stood(opened: Open) -> None:
    """Moving instead of up, and no standing."""
    scene = opened({**STATUS, "seated_mode": True})
    scene.hear({"do": "day", "day": asdict(DAY)})
    assert [button.text() for button in scene.page.day.answers[0].buttons] == ["Sitting", "Moving", "Away"]
    assert scene.page.status._told.text() == "14 of 20 min of movement"


def test_the_keys_walk_along_the_strip(opened: Open, said: Said) -> None:
    """Each piece is said, to a screen reader too; Enter offers what it may have been."""
    scene = opened(STATUS)
    scene.hear({"do": "day", "day": asdict(DAY)})
    strip = scene.page.day.strip
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert scene.page.day.hint.text() == BLOCKS[1].says
    assert strip.accessibleName() == f"The day: {BLOCKS[1].says}"
    QTest.keyClick(strip, Qt.Key.Key_Return)
    assert scene.page.day.picked is not None
    scene.page.day.picked.buttons[0].click()
    assert said[-1] == {"event": "correct", "from": BLOCKS[1].start, "to": BLOCKS[1].end, "class": "SEATED"}


def _at(scene: TodayWindow, percent: float) -> QPoint:
    strip = scene.page.day.strip
    return QPoint(round(strip._place(percent)), 70)


def test_a_part_is_picked_by_dragging(opened: Open, said: Said) -> None:
    """To the whole minute; a click without a drag picks the piece."""
    scene = opened(STATUS)
    scene.hear({"do": "day", "day": asdict(DAY)})
    strip = scene.page.day.strip
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=_at(scene, 10))
    QTest.mouseMove(strip, _at(scene, 30))
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=_at(scene, 30))
    assert scene.page.day.picked is not None
    scene.page.day.picked.buttons[-1].click()
    correction = said[-1]
    assert (correction["from"][:13], correction["to"][:13], correction["class"]) == (
        "2026-03-02T09",
        "2026-03-02T09",
        "AWAY",
    )
    minutes = int(correction["to"][14:16]) - int(correction["from"][14:16])
    assert abs(minutes - 24) <= 1
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=_at(scene, 60))
    scene.page.day.picked.buttons[0].click()
    assert said[-1]["from"] == BLOCKS[1].start


def test_a_day_without_a_record_says_so(opened: Open) -> None:
    """No strip, no figures."""
    scene = opened(STATUS)
    scene.hear(
        {
            "do": "day",
            "day": asdict(DayMessage("2026-03-01", "Sunday, 1 March 2026", "Nothing was recorded on this day.")),
        }
    )
    assert not scene.page.day.strip.isVisible()
    assert texts(scene) == ["Nothing was recorded on this day."]


# -- other days


def test_arrows_and_tabs_ask_for_other_days(opened: Open, said: Said) -> None:
    """A day back; the week of that day; a week back."""
    scene = opened(STATUS)
    scene.hear({"do": "day", "day": asdict(DAY)})
    scene.page.earlier.click()
    assert said[-1] == {"event": "look", "scope": "day", "day": "2026-03-01"}
    scene.page.scope.segments["week"].click()
    assert said[-1] == {"event": "look", "scope": "week", "day": "2026-03-02"}
    scene.hear({"do": "span", "span": asdict(WEEK)})
    assert not scene.page.day.isVisible()
    assert "1.3" in texts(scene)
    scene.page.earlier.click()
    assert said[-1] == {"event": "look", "scope": "week", "day": "2026-02-23"}


@pytest.mark.parametrize("message", [{"do": "day", "day": 3}, {"do": "day", "day": {"day": "x"}}, {"do": "span"}])
def test_what_is_no_day_is_a_complaint(opened: Open, said: Said, message: dict[str, object]) -> None:
    """And ends nothing."""
    opened(STATUS).hear(message)
    assert said[-1]["event"] == "complaint"


def test_a_screen_reader_chooses_a_line_with_a_tick(opened: Open, said: Said) -> None:
    """It toggles it, which is no click."""
    standing = opened(STATUS).page.status.buttons[1]
    toggle(standing)
    assert {"event": "chosen", "key": "standing"} in said


def test_the_day_goes_on_with_the_present(opened: Open, said: Said) -> None:
    """When the figures at the left change, today at the right is asked for anew; not another day, nor every time."""
    scene = opened(STATUS)
    scene.hear({"do": "day", "day": asdict(DAY)})
    asked = said.count(LOOKED)
    scene.hear({"do": "status", "status": STATUS})
    assert said.count(LOOKED) == asked
    scene.hear({"do": "status", "status": {**STATUS, "sitting_min": 39}})
    assert said.count(LOOKED) == asked + 1
    scene.hear({"do": "day", "day": asdict(replace(DAY, later=True))})
    scene.hear({"do": "status", "status": {**STATUS, "sitting_min": 40}})
    assert said.count(LOOKED) == asked + 1


def test_a_day_that_is_being_answered_stays(opened: Open, said: Said) -> None:
    """Nobody loses the stretch they picked."""
    scene = opened(STATUS)
    scene.hear({"do": "day", "day": asdict(DAY)})
    scene.page.day.strip.picked.emit(BLOCKS[1].start, BLOCKS[1].end)
    asked = said.count(LOOKED)
    scene.hear({"do": "status", "status": {**STATUS, "sitting_min": 39}})
    assert said.count(LOOKED) == asked


@pytest.mark.parametrize(("minutes", "shown"), [(0.67, "0"), (1.0, "1"), (14.99, "14")])
def test_no_minute_is_shown_before_it_is_confirmed(opened: Open, minutes: float, shown: str) -> None:
    """As in the tray, the summary and the report: rounded up nowhere."""
    scene = opened({**STATUS, "confirmed_min": minutes})
    assert any(label.text().startswith(f"{shown} of 20") for label in scene.page.findChildren(QLabel))


def test_a_goal_is_chosen_before_ones_eyes(opened: Open, said: Said) -> None:
    """The window stays, and its ring is drawn against the new goal; anything else that is chosen closes it."""
    status = {**STATUS, "entries": [*ENTRIES, {"label": "30 min", "key": "goal:30"}]}
    scene = opened(status)
    press(scene, "goal:30")
    assert {"event": "left"} not in said
    scene.hear({"do": "status", "status": {**status, "goal_min": 30}})
    assert any(label.text().startswith("14 of 30") for label in scene.page.findChildren(QLabel))
    press(scene, "break")
    assert {"event": "left"} in said


def press(scene: TodayWindow, key: str) -> None:
    """Presses the line with that key."""
    next(button for button in scene.page.status.buttons if button.key == key).click()
