"""The daily goal in minutes out of the chair, and when a higher one is offered (spec 1.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sitbreak.core.accounting import DaySummary
from sitbreak.core.baseline import Weekdays, workday
from sitbreak.core.records import GoalRecord

LADDER = (10, 20, 40, 60)  # minutes; in 8 desk hours with every prompt obeyed, two-minute breaks give 20 to 30
LOOKED_AT = 5  # workdays
MET_ON = 3  # of them


def goal_on(day: date, goals: Iterable[GoalRecord], default: int = LADDER[0]) -> int:
    """The goal in force on `day`, in minutes; `default` before the first one."""
    record = _in_force(day, goals)
    return default if record is None else record.minutes


def met(summary: DaySummary, goals: Iterable[GoalRecord], default: int = LADDER[0]) -> bool:
    """Whether the goal in force that day was met."""
    return summary.reduced >= goal_on(summary.day, goals, default)


def next_rung(
    summaries: Sequence[DaySummary],
    goals: Sequence[GoalRecord],
    today: date,
    weekdays: Weekdays | None = None,
    default: int = LADDER[0],
) -> int | None:
    """The rung to offer on `today`: the goal was met on 3 of the last 5 workdays. None when it was not, or at the top.

    It is met here by breaks and a raised desk, M + T: else the walk at lunch alone would climb the ladder (spec 8.7).

    Days without observation are no workdays here (missing days are gaps, not failures), and days before the present
    goal was set do not count as met, so that no rung is offered twice for the same days.
    """
    record = _in_force(today, goals)
    goal, since = (default, date.min) if record is None else (record.minutes, record.day)
    before = sorted((s for s in summaries if s.day < today and workday(s, weekdays)), key=lambda s: s.day)
    kept = [s for s in before[-LOOKED_AT:] if s.day >= since and s.moved + s.standing >= goal]
    higher = [rung for rung in LADDER if rung > goal]
    return higher[0] if len(kept) >= MET_ON and higher else None


def _in_force(day: date, goals: Iterable[GoalRecord]) -> GoalRecord | None:
    """The latest goal set by `day`; of several set on one day the last."""
    found: GoalRecord | None = None
    for goal in goals:
        if goal.day <= day and (found is None or goal.day >= found.day):
            found = goal
    return found
