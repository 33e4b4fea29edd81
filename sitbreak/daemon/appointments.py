"""Wall-clock appointments through APScheduler: the new day at 04:00.

Always date jobs in UTC, made anew from local time after each run and after a clock change or wake-up; never cron,
which loses a day at the spring DST night, nor intervals, which stall when the clock is set back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time

from apscheduler.schedulers.background import BackgroundScheduler

from sitbreak.core.timeline import Instant, next_boundary

Action = Callable[[], None]
# Jobs that fell due during sleep run once, as soon as the machine wakes.
DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


class Calendar:
    """Appointments by name; each calls its action on the scheduler's thread, so actions only post."""

    def __init__(self, now: Callable[[], Instant]) -> None:
        self._now = now
        self._scheduler = BackgroundScheduler(timezone=UTC, job_defaults=DEFAULTS)
        self._daily: dict[str, tuple[Callable[[Instant], datetime], Action]] = {}

    def start(self) -> None:
        """Begins to keep appointments."""
        self._scheduler.start()

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
        moment = self._daily[name][0](self._now())
        self._scheduler.add_job(lambda: self._kept(name), "date", run_date=moment, id=name, replace_existing=True)

    def _kept(self, name: str) -> None:
        _, action = self._daily[name]
        action()
        self._arm(name)
