"""The wall clock along the steady one: anchors, logical days, and where they change (spec 1.5)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sitbreak.core.timeline import Instant, WallMap

FOUR = time(4, 0)
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


def at(hours: float, utc: str, zone: ZoneInfo = BERLIN) -> Instant:
    """The instant `hours` after the start at which the wall clock read `utc`."""
    return Instant(hours * HOUR, datetime.fromisoformat(utc).replace(tzinfo=UTC), zone)


def cuts(wall_map: WallMap, start: float, end: float) -> list[float]:
    """The hours at which the logical day changes."""
    return [cut / HOUR for cut in wall_map.cuts(start * HOUR, end * HOUR, FOUR)]


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        ("2026-03-02T22:00", [5]),
        ("2026-03-28T22:00", [4]),  # an hour is left out
        ("2026-10-24T21:00", [6]),  # an hour comes twice
        ("2026-03-03T03:00", [24]),  # 04:00 sharp: the new day has begun
    ],
)
def test_where_the_day_changes(utc: str, expected: list[float]) -> None:
    """At 04:00 on the wall, however long the night was."""
    wall_map = WallMap()
    wall_map.observe(at(0, utc))
    assert cuts(wall_map, 0, 24.5) == expected


def test_a_step_over_the_boundary_is_a_cut() -> None:
    """A clock set forward past 04:00 changes the day there and then; set back, the day comes again."""
    wall_map = WallMap()
    wall_map.observe(at(0, "2026-03-03T02:00"))
    wall_map.observe(at(0.5, "2026-03-03T03:30"))
    wall_map.observe(at(0.75, "2026-03-03T02:45"))
    assert cuts(wall_map, 0, 2) == [0.5, 0.75, 1]
    assert wall_map.at(0.6 * HOUR).day(FOUR) == date(2026, 3, 3)
    assert wall_map.at(0.8 * HOUR).day(FOUR) == date(2026, 3, 2)


def test_slewing_is_no_step() -> None:
    """A wall clock that drifts by less than a second is left to drift; no anchor is added."""
    wall_map = WallMap()
    wall_map.observe(at(0, "2026-03-02T08:00"))
    version = wall_map.version
    wall_map.observe(at(1, "2026-03-02T09:00:00.900"))
    assert wall_map.version == version
    wall_map.observe(at(2, "2026-03-02T10:00:01"))
    assert wall_map.version != version


def test_what_is_not_needed_is_forgotten() -> None:
    """Anchors before a moment go, except the one in force at it."""
    wall_map = WallMap()
    for hours, utc in ((0, "2026-03-02T08:00"), (1, "2026-03-02T12:00"), (2, "2026-03-02T20:00")):
        wall_map.observe(at(hours, utc))
    wall_map.forget_before(1.5 * HOUR)
    assert [anchor.elapsed / HOUR for anchor in wall_map.anchors] == [1, 2]
    assert wall_map.at(1.5 * HOUR).utc == datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
