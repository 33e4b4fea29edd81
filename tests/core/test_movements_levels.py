"""Levels of a movement, and the areas that were served."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.core.movements import areas_served, offered_level
from sitbreak.core.timeline import ZERO, Instant

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def done(days: float, level: str = "shown") -> tuple[Instant, str]:
    """A movement done some days after a Monday."""
    return Instant(ZERO, MONDAY + timedelta(days=days)), level


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
    assert offered_level([done(each, level) for each in days]) == offered


def test_one_day_at_a_new_level_is_no_four_weeks() -> None:
    """The change was only just made."""
    assert offered_level([done(0, "easier"), done(30)]) is None


def test_four_weeks_begin_anew_with_each_change_of_level() -> None:
    """A day at another level in between starts the count again."""
    past = [done(0), done(20, "easier"), done(21), done(40)]
    assert offered_level(past) is None
    assert offered_level([*past, done(49)]) == "harder"


def test_areas_of_the_week_count_each_time_an_area_was_served() -> None:
    """Only the days asked for count; areas not served are there with 0; unknown movements are passed over."""
    today = date(2026, 3, 9)
    done = [("pan-shrug", today), ("mob-neck", today - timedelta(days=6)), ("mob-neck", date(2026, 3, 2)), ("x", today)]
    served = areas_served(load_catalogue().movements, done, today - timedelta(days=6), today)
    assert {area: count for area, count in served.items() if count} == {"neck": 2, "shoulders": 1}
    assert served["calves"] == 0
