"""One row a day for people who run trials of sitting less: figures with units, and a code book that defines them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from sitbreak.core.accounting import DaySummary
from sitbreak.core.records import FOLLOWED, Outcome
from sitbreak.review.day import DayView

# column: unit, definition with its source. The letters are those of spec 1.3.
CODE_BOOK: dict[str, tuple[str, str]] = {
    "day": ("date", "logical day, from 04:00 local time unless set otherwise"),
    "valid": ("0/1", "1: at least 120 minutes observed (spec 1.4)"),
    "observed_min": ("min", "omega: seated, confirmed, standing and inferred away (spec 1.3)"),
    "seated_min": (
        "min",
        "S: time with input or other evidence, and gaps under 5 min (spec 1.1); an estimate, but for what was measured",
    ),
    "seated_est_min": ("min", "expected sitting of the estimate, silent gaps included in part (spec 8)"),
    "seated_est_low_min": ("min", "lower end of its range, 80 to 90 % of days (spec 8)"),
    "seated_est_high_min": ("min", "upper end of its range"),
    "measured_min": ("min", "of it all, minutes in which a seat sensor told seated or not (spec 1.1); 0 without one"),
    "break_min": ("min", "M: hands off after an accepted break, confirmed"),
    "standing_min": ("min", "T: declared by the user, or told by a desk sensor"),
    "walks_min": ("min", "D: walks noted by the user, counted"),
    "away_strong_min": ("min", "A strong: screen locked or machine asleep within a minute of the last input"),
    "away_weak_min": ("min", "A weak: 5 to 20 min without input; an absence or reading"),
    "unobserved_min": ("min", "X: nobody can tell"),
    "longest_bout_min": ("min", "longest sitting bout begun that day (SBRN consensus, Tremblay 2017)"),
    "bouts_30_n": ("count", "bouts of 30 min and more"),
    "bouts_30_min": ("min", "minutes in them"),
    "bouts_60_n": ("count", "bouts of 60 min and more"),
    "bouts_60_min": ("min", "minutes in them"),
    "usual_bout_min": ("min", "W50: half of all sitting is in bouts this long or longer"),
    "prompts_n": ("count", "reminders that were shown"),
    "prompts_taken_n": ("count", "of them taken, or stretched seated"),
    "goal_min": ("min", "the goal in force, for M + T + D"),
}


def rows(views: Iterable[DayView]) -> Iterable[dict[str, object]]:
    """A row for each day with a record."""
    for view in views:
        if view.summary is not None:
            yield _row(view, view.summary)


def _row(view: DayView, day: DaySummary) -> dict[str, object]:
    figures, sitting = day.figures(), view.sitting
    shown = [each for each in day.prompts if each.outcome is not Outcome.UNDELIVERED]
    return {
        "day": day.day.isoformat(),
        "valid": int(day.valid),
        "observed_min": _minutes(day.omega),
        "seated_min": _minutes(day.seated),
        "seated_est_min": _minutes(sitting.seated if sitting else None),
        "seated_est_low_min": _minutes(sitting.low if sitting else None),
        "seated_est_high_min": _minutes(sitting.high if sitting else None),
        "measured_min": _minutes(sitting.measured if sitting else None),
        "break_min": _minutes(day.moved),
        "standing_min": _minutes(day.standing),
        "walks_min": _minutes(day.declared),
        "away_strong_min": _minutes(day.away_strong),
        "away_weak_min": _minutes(day.away_weak),
        "unobserved_min": _minutes(day.unobserved),
        "longest_bout_min": _minutes(day.longest),
        "bouts_30_n": figures["n30"],
        "bouts_30_min": _minutes(figures["min30"]),
        "bouts_60_n": figures["n60"],
        "bouts_60_min": _minutes(figures["min60"]),
        "usual_bout_min": _minutes(figures["w50"]),
        "prompts_n": len(shown),
        "prompts_taken_n": sum(each.outcome in FOLLOWED for each in shown),
        "goal_min": view.goal,
    }


def _minutes(value: object) -> object:
    return round(value, 2) if isinstance(value, (int, float)) else ""


def write(views: Iterable[DayView], out: TextIO) -> int:
    """Writes the table as CSV (RFC 4180); how many days it has."""
    table = csv.DictWriter(out, list(CODE_BOOK), lineterminator="\r\n")
    table.writeheader()
    number = 0
    for row in rows(views):
        table.writerow(row)
        number += 1
    return number


def write_code_book(out: TextIO) -> int:
    """Writes what each column is: its name, its unit, and its definition; how many there are."""
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(("column", "unit", "definition"))
    table.writerows((name, unit, meaning) for name, (unit, meaning) in CODE_BOOK.items())
    return len(CODE_BOOK)
