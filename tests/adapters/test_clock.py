"""The clocks: the system's, and the simulated one."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sitbreak.adapters.clock import A_MORNING, SimulatedClock, SystemClock
from sitbreak.core.timeline import ZERO

HOUR = timedelta(hours=1)
CLOSE = timedelta(seconds=2)  # far more than two readings are ever apart


@pytest.mark.unix("CLOCK_BOOTTIME")
def test_steady_clock_counts_sleep() -> None:
    """On Linux the elapsed time is CLOCK_BOOTTIME."""
    boottime = timedelta(microseconds=time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000)
    assert ZERO <= SystemClock().now().elapsed - boottime < CLOSE


def test_wall_clock_is_utc() -> None:
    """The wall clock is read in UTC and carries the local zone beside it."""
    now = SystemClock().now()
    assert now.utc.tzinfo is UTC
    assert abs(now.utc - datetime.now(UTC)) < CLOSE
    assert now.local.utcoffset() == datetime.now().astimezone().utcoffset()


def test_readings_never_go_back() -> None:
    """A later reading is never before an earlier one."""
    clock = SystemClock()
    readings = [clock.now().elapsed for _ in range(1000)]
    assert readings == sorted(readings)


def test_zone_stays_the_same_object() -> None:
    """Two readings in one zone carry the very same zone, so that no zone change is seen."""
    clock = SystemClock()
    assert clock.now().zone is clock.now().zone


@pytest.mark.unix("the variable TZ")
def test_zone_change_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new TZ setting shows in the next reading, and the elapsed time goes on."""
    clock = SystemClock()
    monkeypatch.setenv("TZ", "America/New_York")
    before = clock.now()
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    after = clock.now()
    assert str(before.zone) == "America/New_York"
    assert str(after.zone) == "Asia/Tokyo"
    assert ZERO <= after.since(before) < CLOSE


def test_unknown_zone_falls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A zone setting that nobody knows does not stop the clock."""
    monkeypatch.setenv("TZ", "Nowhere/Atall")
    assert abs(SystemClock().now().utc - datetime.now(UTC)) < CLOSE


def test_boot_id_is_stable() -> None:
    """Two clocks in one run of the machine agree on the boot."""
    assert SystemClock().boot_id() == SystemClock().boot_id() != ""


@pytest.mark.unix("CLOCK_BOOTTIME")
def test_asleep_is_the_growth_of_boottime_over_monotonic() -> None:
    """The total sleep is never negative and stays put while the machine is awake."""
    clock = SystemClock()
    first, second = clock.asleep(), clock.asleep()
    assert first is not None
    assert second is not None
    assert first >= ZERO
    assert abs(second - first) < timedelta(milliseconds=10)


def test_simulated_clock_stands_still() -> None:
    """Nothing but the test moves a simulated clock."""
    clock = SimulatedClock()
    assert clock.now() == clock.now() == A_MORNING


def test_simulated_advance_moves_both_clocks() -> None:
    """Time that passes shows on the steady clock and on the wall clock."""
    clock = SimulatedClock()
    clock.advance(HOUR)
    assert (clock.now().elapsed, clock.now().utc) == (A_MORNING.elapsed + HOUR, A_MORNING.utc + HOUR)


def test_simulated_step_moves_the_wall_clock_only() -> None:
    """A wall-clock step leaves the elapsed time as it was."""
    clock = SimulatedClock()
    clock.step(-HOUR)
    assert (clock.now().elapsed, clock.now().utc) == (A_MORNING.elapsed, A_MORNING.utc - HOUR)


def test_simulated_sleep_is_counted() -> None:
    """Time asleep passes on both clocks and adds to the total sleep."""
    clock = SimulatedClock()
    clock.advance(HOUR)
    clock.suspend(HOUR)
    assert (clock.now().elapsed, clock.asleep()) == (2 * HOUR, HOUR)


def test_simulated_zone() -> None:
    """A new zone changes the local time and nothing else."""
    clock = SimulatedClock()
    clock.set_zone(ZoneInfo("Asia/Tokyo"))
    assert clock.now().local.hour == 16
    assert clock.now().elapsed == ZERO
