"""A zone that has only a rule is kept as the C library keeps it, with every hour of the year."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

# Local times of a year and a bit, every 30 min, both ways, beside the zone of the same rule in the zone database.
COMPARED = """
import copy, pickle
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo
from sitbreak.adapters.clock import SystemClock
now = SystemClock().now()
assert copy.deepcopy(now) == now and pickle.loads(pickle.dumps(now)) == now
zone, named = now.zone, ZoneInfo({name!r})
assert not isinstance(zone, ZoneInfo)
wrong = []
for step in range(2 * 24 * 380):
    utc = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=30 * step)
    here, there = utc.astimezone(zone), utc.astimezone(named)
    if any(one.isoformat() != two.isoformat() or one.fold != two.fold for one, two in [(here, there)]):
        wrong.append((utc, here, there))
    naive = utc.replace(tzinfo=None)
    for fold in (0, 1):
        local = naive.replace(fold=fold)
        if local.replace(tzinfo=zone).utcoffset() != local.replace(tzinfo=named).utcoffset():
            wrong.append((local, fold))
print(len(wrong), wrong[:3])
"""


def run(code: str, zone: str) -> str:
    """What a process prints in which TZ is `zone`."""
    return subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "TZ": zone}, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.unix("the variable TZ")
@pytest.mark.parametrize(
    ("rule", "name"),
    [
        ("CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Berlin"),
        ("NST3:30NDT,M3.2.0,M11.1.0", "America/St_Johns"),
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "Australia/Sydney"),
    ],
)
def test_a_rule_in_tz_gives_the_local_times_of_its_zone(rule: str, name: str) -> None:
    """Both ways, in the hour that is left out and in the one that comes twice."""
    assert run(COMPARED.format(name=name), rule) == "0 []"


@pytest.mark.unix("the variable TZ")
@pytest.mark.parametrize("zone", ["Nonsense/Zone", "../../etc/passwd", "a\x01b", "/dev/zero", ":"])
def test_what_is_no_zone_is_utc_as_for_every_program(zone: str) -> None:
    """Nothing raises, and the time is what `date` says."""
    code = "from sitbreak.adapters.clock import SystemClock; print(SystemClock().now().local.strftime('%z'))"
    assert run(code, zone) == "+0000"
