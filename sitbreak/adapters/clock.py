"""The only reader of a clock: the system's, and one that tests and replays set by hand.

Durations come from a clock that counts sleep and never steps (spec 1.5): CLOCK_BOOTTIME on Linux, CLOCK_MONOTONIC on
macOS, `time.monotonic` on Windows.
"""

from __future__ import annotations

import os
import sys
import time
from calendar import timegm
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitbreak.core.timeline import ZERO, Instant

LOCALTIME = Path("/etc/localtime")
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
A_MORNING = Instant(ZERO, datetime(2024, 5, 6, 7, 0, tzinfo=UTC))  # where simulations begin unless told otherwise
DAY_S = 86_400
ZONE_EVERY_NS = 60_000_000_000  # Windows has no file to watch: its zone is read again once a minute


def _from_ns(nanoseconds: int) -> timedelta:
    return timedelta(microseconds=nanoseconds // 1000)


def _steady_reader() -> Callable[[], int]:
    """What reads the steady clock of this system, in nanoseconds."""
    if sys.platform == "win32":
        return time.monotonic_ns
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # macOS has no BOOTTIME; its MONOTONIC counts sleep
    return lambda: time.clock_gettime_ns(clock)


class SystemClock:
    """The clocks of this system. Safe from any thread; a reading takes a few microseconds."""

    def __init__(self) -> None:
        self._steady_ns = _steady_reader()
        self._zone = LocalZone()

    def now(self) -> Instant:
        """The present instant, in the local zone of the moment."""
        steady = self._steady_ns()
        return Instant(_from_ns(steady), datetime.now(UTC), self._zone.current(steady))

    def asleep(self) -> timedelta | None:
        """How long the machine has slept since its start, in all; None where that cannot be told apart."""
        if sys.platform != "linux":
            return None
        awake = time.clock_gettime_ns(time.CLOCK_MONOTONIC)  # read first, so that the difference is never negative
        return _from_ns(time.clock_gettime_ns(time.CLOCK_BOOTTIME) - awake)

    def boot_id(self) -> str:
        """The same for two readings in one run of the machine: only then may their `elapsed` be compared.

        Where the system has no such mark it is the minute it was started in. That may differ within one run (after
        the wall clock was set), never agree across two.
        """
        if BOOT_ID.exists():
            return BOOT_ID.read_text(encoding="ascii").strip()
        here = self.now()
        return f"{here.utc - here.elapsed:%Y-%m-%dT%H:%M}"


class LocalZone:
    """The local time zone, read again when the system's setting changed."""

    def __init__(self) -> None:
        self._mark: object = None
        self._zone: tzinfo = UTC

    def current(self, steady_ns: int) -> tzinfo:
        """The zone in force; the same object for as long as it is the same zone."""
        mark = _zone_mark(steady_ns)
        if mark != self._mark:
            found = _local_zone()
            self._zone = found if found != self._zone else self._zone
            self._mark = mark
        return self._zone


def _zone_mark(steady_ns: int) -> object:
    """A value that changes when the local zone may have changed; as cheap as one lstat."""
    named = os.environ.get("TZ")
    try:
        link = os.lstat(LOCALTIME)
    except OSError:
        return named, steady_ns // ZONE_EVERY_NS
    return named, link.st_mtime_ns, link.st_ino


def _local_zone() -> tzinfo:
    """The local zone by its name; where it has none (a rule in TZ, a table without a name), the C library's."""
    import tzlocal

    try:
        return ZoneInfo(str(tzlocal.reload_localzone()))  # by name: a zone read from a file cannot be copied
    except (ZoneInfoNotFoundError, ValueError, OSError):  # unknown, or two settings that contradict each other
        return SystemZone()


def _offset(moment: float) -> int:
    """Seconds that local time is ahead of UTC at a moment (seconds since 1970)."""
    try:
        return time.localtime(moment).tm_gmtoff
    except (OverflowError, OSError, ValueError):  # a year the C library does not know
        return time.localtime(0).tm_gmtoff


def _seconds(local: datetime) -> float:
    return timegm(local.timetuple()) + local.microsecond / 1_000_000


class SystemZone(tzinfo):
    """The local time as the C library knows it, where the zone has no name; all are equal, for a process has one.

    `TZ=CET-1CEST,M3.5.0,M10.5.0/3` is such a rule; what TZ holds that is none is UTC to the C library, and so here.
    """

    def utcoffset(self, dt: datetime | None) -> timedelta:
        """The offset in force at a local time; of now, for None. In a repeated hour `fold` decides, as PEP 495 says."""
        if dt is None:
            return timedelta(seconds=_offset(time.time()))
        local = _seconds(dt.replace(tzinfo=None))
        before, after = (_offset(local - _offset(local + far) + far) for far in (-DAY_S, DAY_S))
        first, second = (_offset(local - size) == size for size in (before, after))
        later = dt.fold == 1 if first == second else second
        return timedelta(seconds=after if later else before)

    def fromutc(self, dt: datetime) -> datetime:
        """The local time at a UTC moment, with `fold` set where the hour comes for the second time."""
        moment = _seconds(dt.replace(tzinfo=None))
        offset, before = _offset(moment), _offset(moment - DAY_S)
        again = before > offset and _offset(moment - (before - offset)) == before
        return (dt + timedelta(seconds=offset)).replace(fold=int(again))

    def dst(self, dt: datetime | None) -> None:
        """Not told apart from the offset."""

    def tzname(self, dt: datetime | None) -> str:
        """Such as CET."""
        moment = time.time() if dt is None else (dt.replace(tzinfo=UTC) - self.utcoffset(dt)).timestamp()
        return time.localtime(moment).tm_zone

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SystemZone)

    def __hash__(self) -> int:
        return hash(SystemZone)

    def __repr__(self) -> str:
        return "SystemZone()"


@dataclass
class SimulatedClock:
    """A clock that stands still until it is told otherwise; for replays and tests."""

    at: Instant = A_MORNING
    slept: timedelta = ZERO
    boot: str = "simulated"

    def now(self) -> Instant:
        """The present instant."""
        return self.at

    def advance(self, duration: timedelta) -> None:
        """Lets time pass, on both clocks."""
        self.at = self.at.plus(duration)

    def suspend(self, duration: timedelta) -> None:
        """Lets the machine sleep."""
        self.slept += duration
        self.advance(duration)

    def step(self, jump: timedelta) -> None:
        """Sets the wall clock forward, or back when negative; no time passes."""
        self.at = Instant(self.at.elapsed, self.at.utc + jump, self.at.zone)

    def set_zone(self, zone: tzinfo) -> None:
        """Changes the local zone."""
        self.at = Instant(self.at.elapsed, self.at.utc, zone)

    def asleep(self) -> timedelta | None:
        """How long the machine has slept, in all."""
        return self.slept

    def boot_id(self) -> str:
        """The mark of this run of the machine."""
        return self.boot
