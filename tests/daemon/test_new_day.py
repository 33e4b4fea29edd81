"""The new day at 04:00: over DST nights, after a sleep, after the clock was set, and once each day (spec 1.5)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sitbreak.core.timeline import ZERO, Instant, next_boundary
from sitbreak.daemon.performer import NewDay

BERLIN = ZoneInfo("Europe/Berlin")
FOUR = time(4, 0)
HOUR = timedelta(hours=1)


def berlin(*local: int, fold: int = 0) -> Instant:
    """An instant by its local reading in Berlin."""
    return Instant(ZERO, datetime(*local, tzinfo=BERLIN, fold=fold).astimezone(UTC), BERLIN)  # type: ignore[arg-type,misc]


def begun(seen: Instant | None, *looks: Instant) -> list[str]:
    """When days were begun, of these looks one after the other; `seen`: when the program last ran."""
    found: list[str] = []
    new_day = NewDay(FOUR, seen, lambda at: found.append(f"{at.local:%d %H:%M}"))
    for at in looks:
        new_day.look(at)
    return found


@pytest.mark.parametrize("days", range(27, 32))
def test_the_new_day_comes_once_each_day_around_the_short_night(days: int) -> None:
    """From each new day to the next it is 24 h, and 23 h over the night that loses one."""
    at = berlin(2026, 3, days, 4, 0)
    length = next_boundary(at, FOUR) - at.utc
    assert length == (23 * HOUR if days == 28 else 24 * HOUR)


def test_the_new_day_over_the_long_night() -> None:
    """25 h."""
    at = berlin(2026, 10, 24, 4, 0)
    assert next_boundary(at, FOUR) - at.utc == 25 * HOUR


@pytest.mark.parametrize("first", [berlin(2026, 3, 27, 12, 0), berlin(2026, 10, 23, 12, 0)])
def test_each_day_begins_once_and_at_four_however_long_its_night(first: Instant) -> None:
    """Looks every half minute over three nights, one of which is an hour shorter, or longer."""
    looks = [first.plus(timedelta(seconds=30 * step)) for step in range(3 * 24 * 120 + 120)]
    assert begun(first, *looks) == [f"{first.local.day + night} 04:00" for night in (1, 2, 3)]


def test_a_day_that_began_during_a_sleep_is_begun_once_on_waking() -> None:
    """Hours late, and a single time, however many days went by."""
    woken = berlin(2026, 3, 6, 8, 50)
    assert begun(None, berlin(2026, 3, 2, 18, 0), woken, woken.plus(HOUR)) == ["06 08:50"]


def test_a_day_that_began_while_nothing_ran_is_begun_at_the_start() -> None:
    """What 04:00 would have done; at the very first start, and on the same day, there is nothing to begin."""
    before, now = berlin(2026, 3, 2, 18, 0), berlin(2026, 3, 3, 9, 0)
    assert begun(before, now) == ["03 09:00"]
    assert begun(None, now) == []
    assert begun(before, before.plus(HOUR)) == []


def test_a_clock_that_is_set_back_begins_no_day_and_holds_up_none() -> None:
    """Set to next month by mistake and back again: the next morning comes as ever."""
    wrong, right = berlin(2026, 4, 2, 12, 0), berlin(2026, 3, 2, 12, 5)
    assert begun(None, right, wrong, right, berlin(2026, 3, 3, 4, 0)) == ["02 12:00", "03 04:00"]
