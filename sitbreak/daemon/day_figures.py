"""The day so far, kept at hand for tray and words; made anew only when facts were kept."""

from __future__ import annotations

import logging
from datetime import date

from sitbreak.adapters.history import HistoryDamaged, HistoryUnwritable
from sitbreak.core.accounting import DaySummary, days
from sitbreak.core.away_share import habit_of
from sitbreak.core.baseline_goal import goal_on
from sitbreak.core.estimate import Sitting, estimates
from sitbreak.core.timeline import Instant
from sitbreak.language import _
from sitbreak.ports import History
from sitbreak.review import figures, words
from sitbreak.review.day import worth_telling
from sitbreak.settings.model import Settings

log = logging.getLogger(__name__)


class Today:
    """The summary of the present logical day. `settings` may be replaced."""

    def __init__(self, history: History, settings: Settings) -> None:
        self.settings = settings
        self._history = history
        self._stale = True
        self._summary: DaySummary | None = None
        self._sitting: Sitting | None = None
        self._goal = settings.day.goal_minutes
        self._day: date | None = None
        self._failed = ""

    def changed(self) -> None:
        """Facts were kept: the figures may have changed."""
        self._stale = True

    def look(self, at: Instant) -> None:
        """Brings the figures up to date; where the history cannot be read now, those of before stay."""
        day = at.day(self.settings.day.start)
        if not self._stale and day == self._day:
            return
        try:
            facts = self._history.facts(day, day)
            habit = habit_of(self._history.answers(), self._history.outcomes() if self.settings.raises_desk else None)
        except (HistoryDamaged, HistoryUnwritable) as error:
            self._unreadable(error, day)
            return
        found = [summary for summary in days(facts, self.settings.day.start) if summary.day == day]
        self._summary = found[0] if found else None
        self._sitting = estimates(facts, habit, self.settings.day.start).get(day)
        self._goal = goal_on(day, facts.goals, self.settings.day.goal_minutes)
        self._day, self._stale, self._failed = day, False, ""

    def _unreadable(self, error: Exception, day: date) -> None:
        """What was known of this day stays, another day's figures do not; it is tried again at the next look."""
        if str(error) != self._failed:
            log.warning("the figures of today are not up to date: %s", error)
        self._failed = str(error)
        if day != self._day:
            self._summary, self._sitting, self._day = None, None, day

    def figures(self) -> tuple[float, float]:
        """Confirmed minutes out of the chair, and the goal."""
        return (self._summary.reduced if self._summary else 0.0), float(self._goal)

    @property
    def summary(self) -> DaySummary | None:
        """The summary, or None before anything was observed."""
        return self._summary

    @property
    def sitting(self) -> str:
        """How long they probably sat today, as a sentence; empty while there is little to tell."""
        found = self._sitting
        return _("Desk sitting today {sitting}.", sitting=words.sitting(found)) if worth_telling(found) else ""

    @property
    def booked(self) -> str:
        """How the books have today so far, as a sentence; empty in the first minute."""
        speak = words.speech(self.settings.movements.seated_mode)
        told = figures.booked(self._summary, speak) if self._summary else ""
        return _("Booked today: {figures}.", figures=told) if told else ""
