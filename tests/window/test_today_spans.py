"""A week and four weeks in the Today window: days that are read, and that lead to themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from sitbreak.window.day_protocol import RowMessage
from sitbreak.window.day_rows import HEIGHT, ROW
from sitbreak.window.today import TodayWindow
from tests.window.conftest import OpenScene, Said
from tests.window.made_days import BLOCKS, STATUS, WEEK

Open = Callable[[dict[str, Any]], TodayWindow]


@pytest.fixture
def opened(open_scene: OpenScene) -> Open:
    """Open the window."""
    return partial(open_scene, TodayWindow)


def test_the_keys_go_from_day_to_day(opened: Open) -> None:
    """Each day of the week is said."""
    scene = opened(STATUS)
    scene.hear({"do": "span", "span": asdict(WEEK)})
    QTest.keyClick(scene.page.span.columns, Qt.Key.Key_Right)
    assert scene.page.span.hint.text() == "Mon 2 Mar: 12 of 20 min"
    QTest.keyClick(scene.page.span.columns, Qt.Key.Key_Right)
    assert scene.page.span.hint.text() == "Tue 3 Mar: nothing recorded"


def test_a_day_of_the_week_leads_to_it(opened: Open, said: Said) -> None:
    """By a click on its column, or Enter where the arrows are."""
    scene = opened(STATUS)
    scene.hear({"do": "span", "span": asdict(WEEK)})
    columns = scene.page.span.columns
    QTest.mouseClick(columns, Qt.MouseButton.LeftButton, pos=QPoint(columns.width() // 5, 60))
    assert said[-1] == {"event": "look", "scope": "day", "day": "2026-03-02"}
    assert scene.page.scope.segments["day"].isChecked()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(columns, key)
    assert said[-1] == {"event": "look", "scope": "day", "day": "2026-03-03"}


def test_days_on_one_clock_are_read_and_lead_on(opened: Open, said: Said) -> None:
    """Row by row with the arrows, piece by piece with the pointer; Enter and a click lead into the day."""
    scene = opened(STATUS)
    rows = tuple(RowMessage(f"{name} {n}", f"{name} {n}: told", BLOCKS[:n], "7 of 10", f"2026-03-0{n}") for n, name in
                 ((2, "Mon"), (3, "Tue")))  # fmt: skip
    scene.hear({"do": "span", "span": asdict(replace(WEEK, columns=(), rows=rows, caption="On one clock."))})
    chart, hint = scene.page.span.rows, scene.page.span.hint
    assert scene.page.span.columns.isHidden()
    assert scene.page.span.caption.text() == "On one clock."
    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Down)
    assert hint.text() == chart.accessibleName() == "Tue 3: told"
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert said[-1] == {"event": "look", "scope": "day", "day": "2026-03-03"}
    scene.hear({"do": "span", "span": asdict(replace(WEEK, columns=(), rows=rows))})
    inside = QPoint(round(chart._x(BLOCKS[0].x + BLOCKS[0].width / 2)), ROW // 2)
    QTest.mouseMove(chart, inside)
    assert hint.text() == BLOCKS[0].says
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=inside)
    assert said[-1] == {"event": "look", "scope": "day", "day": "2026-03-02"}


def test_a_day_is_named_below_its_column(opened: Open) -> None:
    """Also the first of them, whose word has the edge of the window beside it."""
    scene = opened(STATUS)
    week = [
        replace(WEEK.columns[0], x=13 * number, width=13, label="Mon 26" if not number else "") for number in range(7)
    ]
    scene.hear({"do": "span", "span": asdict(replace(WEEK, columns=tuple(week)))})
    shown = scene.page.span.columns.grab().toImage()
    ratio, paper = shown.devicePixelRatio(), shown.pixelColor(1, 1)
    rows = range(round((HEIGHT - 20) * ratio), round((HEIGHT - 8) * ratio))
    inked = [x for x in range(shown.width() // 3) if any(shown.pixelColor(x, y) != paper for y in rows)]
    assert (inked[0] + inked[-1]) / 2 == pytest.approx(shown.width() * 0.13 / 2, abs=4 * ratio)
