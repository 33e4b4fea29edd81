"""The working hours as strips: drawn over, walked along, and kept as they were written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from sitbreak.window.settings import SettingsWindow
from sitbreak.window.working_hours_strip import DAY, HoursStrip, painted, ranges_of, texts_of
from tests.window.conftest import OpenScene, Said

OFFICE = ["09:00-12:30", "13:00-17:15"]
FRIDAY = {
    "key": "working_hours.fri", "section": "Working hours", "help": "Friday.", "label": "Friday", "kind": "hours",
    "value": OFFICE, "default": [],
}  # fmt: skip


@pytest.mark.parametrize("value", [OFFICE, [], ["00:00-24:00"], ["22:00-02:00"], ["00:00-06:00", "23:30-00:00"]])
def test_what_is_read_is_written_again(value: list[str]) -> None:
    """To the minute, past midnight, and the whole day."""
    assert texts_of(ranges_of(value)) == value


def test_what_cannot_be_read_is_no_hours() -> None:
    """The text beside the strip says what is wrong with it."""
    assert ranges_of(["9-5"]) == ()


@pytest.mark.parametrize(
    ("first", "last", "on", "found"),
    [
        (12 * 60, 13 * 60, True, ["09:00-17:15"]),
        (10 * 60, 11 * 60, False, ["09:00-10:00", "11:00-12:30", "13:00-17:15"]),
        (0, DAY, False, []),
        (18 * 60, 19 * 60, True, [*OFFICE, "18:00-19:00"]),
    ],
)
def test_a_stroke_adds_or_takes_out(first: int, last: int, on: bool, found: list[str]) -> None:
    """Ranges that meet are one; minutes that the stroke did not touch stay."""
    assert texts_of(painted(ranges_of(OFFICE), first, last, on=on)) == found


def test_the_night_goes_with_its_evening() -> None:
    """What begins on the next day is not this day's."""
    night = ranges_of(["22:00-02:00"])
    assert texts_of(painted(night, 23 * 60, DAY, on=False)) == ["22:00-23:00"]
    assert texts_of(painted(night, 21 * 60, 22 * 60, on=True)) == ["21:00-02:00"]
    assert texts_of(painted(night, 0, DAY, on=True)) == ["00:00-24:00"]


halves = st.integers(0, 47).map(lambda step: step * 30)


@given(st.lists(st.tuples(halves, halves, st.booleans()), max_size=8))
def test_any_strokes_leave_ranges_that_can_be_kept(strokes: list[tuple[int, int, bool]]) -> None:
    """In order, apart from each other, and exactly the half hours that were last added."""
    ranges, cells = ranges_of([]), set[int]()
    for one, other, on in strokes:
        first, last = min(one, other), max(one, other) + 30
        ranges = painted(ranges, first, last, on=on)
        touched = set(range(first, last, 30))
        cells = cells | touched if on else cells - touched
    assert {minute for start, end in ranges for minute in range(start, end, 30)} == cells
    assert all(end < start for (_, end), (start, _) in pairwise(ranges))
    assert ranges_of(texts_of(ranges)) == ranges


def strip_of(open_scene: OpenScene, **changes: object) -> tuple[SettingsWindow, HoursStrip]:
    """The settings window with one weekday, and its strip."""
    scene = open_scene(SettingsWindow, {"kind": "settings", "settings": [{**FRIDAY, **changes}]})
    strip = scene.page.rows["working_hours.fri"].field.below
    assert isinstance(strip, HoursStrip)
    return scene, strip


def test_drawing_over_noon_joins_the_day(open_scene: OpenScene, said: Said) -> None:
    """A drag over the pause adds it, is told once, and stands in the text, too."""
    scene, strip = strip_of(open_scene)
    begin, end = (QPoint(round(strip.width() * share), 10) for share in (12.6 / 24, 12.9 / 24))
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(strip, end)
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=end)
    assert said == [{"event": "set", "key": "working_hours.fri", "value": ["09:00-17:15"]}]
    text = scene.page.rows["working_hours.fri"].field.widget
    assert isinstance(text, QLineEdit)
    assert text.text() == "09:00-17:15"


def test_keys_do_it_too(open_scene: OpenScene, said: Said) -> None:
    """Space at nine o'clock takes half an hour out; Shift and Right draws that on."""
    _, strip = strip_of(open_scene)
    QTest.keyClick(strip, Qt.Key.Key_Space)
    QTest.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert [each["value"][0] for each in said] == ["09:30-12:30", "10:00-12:30"]
    assert strip.accessibleName() == "Friday: 10:00-12:30, 13:00-17:15"


def test_a_value_set_elsewhere_is_drawn(open_scene: OpenScene) -> None:
    """By the command line, say."""
    scene, strip = strip_of(open_scene)
    scene.hear({"do": "value", "key": "working_hours.fri", "value": ["08:00-09:00"]})
    assert texts_of(strip.ranges) == ["08:00-09:00"]
