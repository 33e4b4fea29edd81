"""The new day at 04:00: when it comes, by APScheduler, and what it brings.

The appointments are always date jobs in UTC, made anew from local time after each run and after a clock change or
wake-up; never cron, which loses a day at the spring DST night, nor intervals, which stall when the clock is set back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger

from sitbreak.adapters.history import SqliteHistory
from sitbreak.adapters.history.merged_history import BodyHistory
from sitbreak.adapters.memory_saving import give_back
from sitbreak.core.timeline import Instant, next_boundary
from sitbreak.daemon.baseline_goal import complete
from sitbreak.daemon.day_figures import Today
from sitbreak.daemon.isolation import Isolation
from sitbreak.daemon.presenter import Presenter
from sitbreak.daemon.rules_in_force import PromptPace
from sitbreak.language import N_, _, said

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
        self._scheduler.add_job(lambda: self._kept(name), DateTrigger(moment), id=name, replace_existing=True)

    def _kept(self, name: str) -> None:
        _, action = self._daily[name]
        action()
        self._arm(name)


class DayChange:
    """What it brings: a copy of the books, a baseline that is complete, the rules of the day and why they moved.

    `work_anew` has the machine work by the rules of the day; `today` has the settings in force.
    """

    def __init__(
        self,
        history: SqliteHistory,
        books: BodyHistory,
        pace: PromptPace,
        today: Today,
        presenter: Presenter,
        isolation: Isolation,
        work_anew: Callable[[], None],
    ) -> None:
        self._history, self._books, self._pace = history, books, pace
        self._today, self._presenter, self._isolation, self._work_anew = today, presenter, isolation, work_anew

    def catch_up(self, before: Instant | None, at: Instant) -> None:
        """At the start: what 04:00 would have done, if the computer was off then; `before` is when it last ran."""
        day_start = self._today.settings.day.start
        if before is not None and before.day(day_start) < at.day(day_start):
            self.begin(at)

    def begin(self, at: Instant) -> None:
        """04:00: each part for itself."""
        today = at.day(self._today.settings.day.start)
        for part, do in (
            (N_("the daily copy of the history"), lambda: self._history.daily_backup(today)),
            (N_("the baseline"), lambda: self._freeze(today)),
            (N_("the rules of the day"), self._work_anew),
            (N_("the news of the day"), lambda: self._tell_news(today)),
        ):
            self._isolation.run(part, do, at, None, retire=False)
        give_back()  # in 80 days without it 2 MB are held that nothing uses

    def _freeze(self, today: date) -> None:
        whole = complete(self._books, self._today.settings, today)
        if whole is not None:
            self._history.keep([whole])

    def _tell_news(self, today: date) -> None:
        news = self._pace.news(today)
        if news:
            self._presenter.tell(_("Prompts move a little"), said(news))
