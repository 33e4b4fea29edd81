"""Wall-clock appointments: over DST nights, after a run, after the clock was set, and after a sleep (spec 1.5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sitbreak.adapters.clock import SimulatedClock, SystemClock
from sitbreak.core.timeline import ZERO, Instant, next_boundary
from sitbreak.daemon.day_change import Calendar
from tests.waiting import wait_until

BERLIN = ZoneInfo("Europe/Berlin")
FOUR = time(4, 0)
SOON = timedelta(milliseconds=150)
HOUR = timedelta(hours=1)


def berlin(*local: int, fold: int = 0) -> Instant:
    """An instant by its local reading in Berlin."""
    return Instant(ZERO, datetime(*local, tzinfo=BERLIN, fold=fold).astimezone(UTC), BERLIN)  # type: ignore[arg-type,misc]


# -- moments


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


# -- appointments


class Kept:
    """A calendar on a clock, and how often its daily appointment was kept."""

    def __init__(self) -> None:
        self.clock = SimulatedClock(SystemClock().now())  # the scheduler waits by the real clock
        self.calendar = Calendar(self.clock.now)
        self.times = 0
        self.asked: list[Instant] = []
        self.due: list[datetime] = []

    def keep(self) -> None:
        """The appointment is kept."""
        self.times += 1

    def moment(self, at: Instant) -> datetime:
        """The next moment of the daily appointment, as the test has set it."""
        self.asked.append(at)
        return self.due.pop(0)

    def every_day(self, *due: datetime) -> None:
        """Makes the daily appointment; `due` are its moments one after the other."""
        self.due = list(due)
        self.calendar.every_day("daily", self.moment, self.keep)


@pytest.fixture
def kept() -> Iterator[Kept]:
    """A calendar at work."""
    kept = Kept()
    kept.calendar.start()
    yield kept
    kept.calendar.close()


def test_a_daily_appointment_is_made_anew_after_each_run(kept: Kept) -> None:
    """The second is computed from the present of then, and kept too."""
    now = kept.clock.now().utc
    kept.every_day(now + SOON, now + 2 * SOON, now + timedelta(days=1))
    wait_until(lambda: kept.times == 2, 5.0)
    wait_until(lambda: len(kept.asked) == 3, 5.0)


def test_an_appointment_that_fell_due_during_sleep_is_kept_once(kept: Kept) -> None:
    """Hours late, and a single time, however many days went by."""
    now = kept.clock.now().utc
    kept.every_day(now - timedelta(hours=9), now + timedelta(days=1))
    wait_until(lambda: len(kept.asked) == 2, 5.0)
    assert kept.times == 1


def test_rearming_replaces_the_moment(kept: Kept) -> None:
    """The wall clock was set: what was a day off is now, and is kept once."""
    now = kept.clock.now().utc
    kept.every_day(now + timedelta(days=1), now + SOON, now + timedelta(days=2))
    kept.clock.step(timedelta(days=1) - SOON)
    kept.calendar.rearm()
    assert kept.asked[1] == kept.clock.now()
    wait_until(lambda: kept.times, 5.0)
    wait_until(lambda: len(kept.asked) == 3, 5.0)
    assert kept.times == 1


def test_appointments_made_before_the_start_are_kept_after_it() -> None:
    """The program makes them while it is being put together."""
    kept = Kept()
    kept.every_day(kept.clock.now().utc, kept.clock.now().utc + timedelta(days=1))
    kept.calendar.start()
    wait_until(lambda: kept.times == 1, 5.0)
    wait_until(lambda: len(kept.asked) == 2, 5.0)
    kept.calendar.close()


def test_a_calendar_that_never_started_can_be_closed() -> None:
    """The program may end before it has begun."""
    Kept().calendar.close()
