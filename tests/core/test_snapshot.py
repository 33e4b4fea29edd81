"""The machine's memory as plain JSON values."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest

from sitbreak.core.memory import Memory, begin
from sitbreak.core.rules import Rules
from sitbreak.core.snapshot import decode, encode, zone_name, zone_of
from sitbreak.core.timeline import Instant

NOW = Instant(timedelta(seconds=5), datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=UTC), ZoneInfo("Europe/Berlin"))


def zone(name: str) -> tzinfo:
    """The zone kept under a name."""
    return zone_of(name, ZoneInfo)


def test_there_and_back() -> None:
    """What was kept comes back equal, microseconds and zone included."""
    state = begin(NOW, Rules())
    assert decode(Memory, json.loads(json.dumps(encode(state))), zone) == state


@pytest.mark.parametrize("raw", [None, [], {}, {"seen": 5}, {"seen": ["x"]}, {"seen": [1, "x", "UTC"]}, "text", 3])
def test_what_is_no_snapshot(raw: object) -> None:
    """Anything else raises ValueError, never something the caller does not expect."""
    with pytest.raises(ValueError, match=r".+"):
        decode(Memory, raw, zone)


@pytest.mark.parametrize("each", [UTC, ZoneInfo("Asia/Tokyo"), timezone(timedelta(hours=-5)), timezone(timedelta(0))])
def test_zones(each: tzinfo) -> None:
    """A zone is kept under its name, or its offset."""
    again = zone(zone_name(each))
    assert again.utcoffset(datetime(2026, 7, 1)) == each.utcoffset(datetime(2026, 7, 1))  # noqa: DTZ001
