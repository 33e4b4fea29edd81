"""Levels of a movement, and the areas that were served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from sitbreak.adapters.catalogue import load_catalogue
from sitbreak.core.levels import areas_served, last_level, level_text, offered_level
from sitbreak.core.timeline import ZERO, Instant

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Done:
    """A movement done some days after a Monday."""

    movement: str
    days: float
    level: str = "shown"

    @property
    def at(self) -> Instant:
        """When."""
        return Instant(ZERO, MONDAY + timedelta(days=self.days))


def test_the_last_level_of_each_movement_is_remembered() -> None:
    """Each has its own; one never done is as shown."""
    past = [Done("a", 0, "easier"), Done("b", 1, "harder"), Done("a", 2, "harder"), Done("a", 3, "easier")]
    assert [last_level(past, name) for name in ("a", "b", "c")] == ["easier", "harder", "shown"]


@pytest.mark.parametrize(
    ("days", "level", "offered"),
    [
        ((0, 27.9), "shown", None),
        ((0, 10, 28), "shown", "harder"),
        ((0, 28), "easier", "shown"),
        ((0, 28), "harder", None),
        ((0,), "shown", None),
        ((), "shown", None),
    ],
)
def test_the_next_level_is_offered_after_four_weeks(days: tuple[float, ...], level: str, offered: str | None) -> None:
    """Not before, and nothing comes after the hardest."""
    assert offered_level([Done("a", each, level) for each in days], "a") == offered


def test_four_weeks_begin_anew_with_each_change_of_level() -> None:
    """A day at another level in between starts the count again."""
    past = [Done("a", 0), Done("a", 20, "easier"), Done("a", 21), Done("a", 40), Done("b", 60)]
    assert offered_level(past, "a") is None
    assert offered_level([*past, Done("a", 49)], "a") == "harder"


def test_a_level_has_its_sentence() -> None:
    """As shown needs none."""
    movement = load_catalogue().movements[0]
    assert [level_text(movement, level) for level in ("easier", "shown", "harder")] == [
        movement.easier,
        "",
        movement.harder,
    ]


def test_areas_of_the_week_count_each_time_an_area_was_served() -> None:
    """Only the days asked for count; areas not served are there with 0; unknown movements are passed over."""
    today = date(2026, 3, 9)
    done = [("pan-shrug", today), ("mob-neck", today - timedelta(days=6)), ("mob-neck", date(2026, 3, 2)), ("x", today)]
    served = areas_served(load_catalogue().movements, done, today - timedelta(days=6), today)
    assert {area: count for area, count in served.items() if count} == {"neck": 2, "shoulders": 1}
    assert served["calves"] == 0
