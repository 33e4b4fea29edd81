"""Wall-clock appointments through APScheduler: the new day at 04:00, the line about the day.

Always date jobs in UTC, made anew from local time after each run and after a clock change or wake-up; never cron,
which loses a day at the spring DST night, nor intervals, which stall when the clock is set back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from sitbreak.core.timeline import Instant, next_boundary

Action = Callable[[], None]
# Jobs that fell due during sleep run once, as soon as the machine wakes.
DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


def next_local(at: Instant, wanted: time) -> datetime:
    """The next UTC moment after `at` at which local clocks show `wanted`; in a DST gap the first one that exists."""
    for ahead in (0, 1, 2):
        day = at.local.date() + timedelta(days=ahead)
        moment = datetime.combine(day, wanted, tzinfo=at.zone).astimezone(UTC)
        if moment > at.utc:
            return moment
    return at.utc + timedelta(days=1)


class Calendar:
    """Appointments by name; each calls its action on the scheduler's thread, so actions only post."""

    def __init__(self, now: Callable[[], Instant]) -> None:
        self._now = now
        self._scheduler = BackgroundScheduler(timezone=UTC, job_defaults=DEFAULTS)
        self._daily: dict[str, tuple[Callable[[Instant], datetime], Action]] = {}

    def start(self) -> None:
        """Begins to keep appointments."""
        self._scheduler.start()

    def once(self, name: str, at: datetime, action: Action) -> None:
        """Calls `action` at a UTC moment; replaces the appointment of that name."""
        self._scheduler.add_job(action, "date", run_date=at, id=name, replace_existing=True)

    def every_day(self, name: str, moment: Callable[[Instant], datetime], action: Action) -> None:
        """Calls `action` at the moment that `moment` names after each present, day by day."""
        self._daily[name] = (moment, action)
        self._arm(name)

    def new_day(self, name: str, day_start: time, action: Action) -> None:
        """Calls `action` at the start of each logical day."""
        self.every_day(name, lambda at: next_boundary(at, day_start), action)

    def rearm(self) -> None:
        """The clock was set, the zone changed, or the machine woke: every appointment is made anew."""
        for name in self._daily:
            self._arm(name)

    def close(self) -> None:
        """Keeps no further appointment."""
        if self._scheduler.running:
            # APScheduler 3.11 fails on its own thread when it is shut down while it looks after a due job: have it
            # begin no other, and wait (the list of jobs is behind the same lock) until it is through with this one.
            self._scheduler.pause()
            self._scheduler.get_jobs()
            self._scheduler.shutdown(wait=False)

    def _arm(self, name: str) -> None:
        moment, _ = self._daily[name]
        self.once(name, moment(self._now()), lambda: self._kept(name))

    def _kept(self, name: str) -> None:
        _, action = self._daily[name]
        action()
        self._arm(name)
