"""The rules in force: the settings, with the earliest adapted to the person, and silence while days are measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from sitbreak.core.adapt import Adapted, Adapting, adapting, earliest_for
from sitbreak.core.away_share import habit_of
from sitbreak.core.rules import Rules
from sitbreak.daemon.baseline_goal import complete, observing
from sitbreak.ports import History
from sitbreak.settings.model import Settings

KEPT = "adapting"  # its place in the snapshot


class PromptPace:
    """Makes rules from settings and history. `snapshot` is the one kept last: it says since when to adapt."""

    def __init__(self, history: History, snapshot: Mapping[str, object] | None, books: History | None = None) -> None:
        """`history`: of this device, whose prompts are what is adapted; `books`: of the body, which may be measured."""
        self._history, self._books = history, history if books is None else books
        kept = snapshot.get(KEPT) if snapshot else None
        self._kept, self._told = _read(kept), _told(kept)
        self.adapted: Adapted | None = None

    def rules(self, settings: Settings, today: date) -> Rules:
        """The rules of `today`; `adapted` then says which earliest is in force, and why."""
        rules = settings.rules()
        days = self._history.days()
        self._kept = adapting(self._kept, rules.earliest, today, days[0] if days else None)
        facts = self._history.facts(self._kept.since, today)
        self.adapted = earliest_for(
            facts.prompts, today, rules.earliest, rules.adaptive, self._kept.since, rules.latest
        )
        baselines = self._books.facts(today, today).baselines
        measuring = observing(baselines) and complete(self._books, settings, today) is None
        habit = habit_of(self._history.answers(), self._history.outcomes() if settings.raises_desk else None)
        return replace(rules, earliest=self.adapted.earliest, observe_only=measuring, habit=habit)

    def news(self, today: date) -> str:
        """Why the earliest moved, said once for each move, on that day or when the program next runs; else empty."""
        moved = self.adapted.changed_on if self.adapted is not None else None
        if self.adapted is None or moved is None or moved > today or moved == self._told:
            return ""
        self._told = moved
        return self.adapted.reason

    def remembered(self) -> dict[str, object]:
        """What goes into the snapshot beside the machine's memory."""
        if self._kept is None:
            return {}
        plain = {"base_s": self._kept.base.total_seconds(), "since": self._kept.since.isoformat()}
        return {KEPT: {**plain, "told": self._told.isoformat() if self._told else None}}


def _told(kept: object) -> date | None:
    """The move that was told last."""
    told = kept.get("told") if isinstance(kept, dict) else None
    try:
        return date.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None


def _read(kept: object) -> Adapting | None:
    """What a snapshot remembers; None for anything that makes no sense."""
    if not isinstance(kept, dict):
        return None
    base, since = kept.get("base_s"), kept.get("since")
    if not isinstance(base, int | float) or not isinstance(since, str):
        return None
    try:
        return Adapting(timedelta(seconds=base), date.fromisoformat(since))
    except (ValueError, OverflowError):
        return None
