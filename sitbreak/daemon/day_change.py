"""What a new day brings: a copy of the books, a baseline that is complete, the rules of the day and why they moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sitbreak.adapters.history import SqliteHistory
from sitbreak.adapters.history.merged_history import BodyHistory
from sitbreak.core.timeline import Instant
from sitbreak.daemon.baseline_goal import complete
from sitbreak.daemon.day_figures import Today
from sitbreak.daemon.isolation import Isolation
from sitbreak.daemon.presenter import Presenter
from sitbreak.daemon.rules_in_force import PromptPace
from sitbreak.language import N_, _, said


class DayChange:
    """`work_anew` has the machine work by the rules of the day; `today` has the settings in force."""

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

    def _freeze(self, today: date) -> None:
        whole = complete(self._books, self._today.settings, today)
        if whole is not None:
            self._history.keep([whole])

    def _tell_news(self, today: date) -> None:
        news = self._pace.news(today)
        if news:
            self._presenter.tell(_("Prompts move a little"), said(news))
