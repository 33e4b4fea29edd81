"""The review as exact figures, for `--json`: unrounded minutes, and null for what is not available."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from sitbreak.core.baseline_goal import Reduction
from sitbreak.core.estimate import Sitting
from sitbreak.core.sitting_pattern import Broken
from sitbreak.review.build import Review
from sitbreak.review.day import DayView
from sitbreak.review.weeks import WeekView


def exact_days(views: Iterable[DayView]) -> list[dict[str, object]]:
    """The days on which something was recorded, with their goal, prompts, breaks and walks."""
    return [_day(view) for view in views if view.summary is not None]


def exact_week(week: WeekView) -> dict[str, object]:
    """The figures of a week; its days are given by `exact_days`."""
    return {
        "first": week.first.isoformat(),
        "last": week.last.isoformat(),
        **_broken(week.broken),
        "estimate_a_day": week.sitting and _sitting(week.sitting),
    }


def exact_review(review: Review) -> dict[str, object]:
    """What holds for the four weeks up to the day."""
    month = review.month
    usual = month.baseline
    return {
        "next_goal": review.offer,
        "baseline": usual and {**asdict(usual), "first": usual.first.isoformat(), "last": usual.last.isoformat()},
        "reduction": month.reduction and _reduction(month.reduction),
    }


def _day(view: DayView) -> dict[str, object]:
    assert view.summary is not None
    summary = view.summary
    return {
        **summary.figures(),
        "goal": view.goal,
        "estimate": view.sitting and _sitting(view.sitting),
        "prompts": [
            {
                "shown": prompt.shown.local.isoformat(),
                "reason": prompt.reason.value,
                "outcome": prompt.outcome and prompt.outcome.value,
                "movement": prompt.movement,
            }
            for prompt in summary.prompts
        ],
        "breaks": [
            {
                "accepted": taken.accepted.local.isoformat(),
                "movement": taken.movement,
                "credited": taken.credited.total_seconds() / 60,
                "stretched": taken.seated,
            }
            for taken in summary.breaks
        ],
        "walks": [{"minutes": walk.minutes, "counted": walk.counted, "source": walk.source} for walk in summary.walks],
    }


def _sitting(found: Sitting) -> Mapping[str, float]:
    return {
        "minutes": found.seated,
        "low": found.low,
        "high": found.high,
        "answers": found.habit.answers,
        "measured": found.measured,
    }


def _broken(broken: Broken) -> Mapping[str, object]:
    return asdict(broken)


def _reduction(found: Reduction) -> dict[str, object]:
    return {
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "days": found.days,
        "mean": found.mean,
        "low": found.low,
        "high": found.high,
        "distinguishable": found.distinguishable,
    }
