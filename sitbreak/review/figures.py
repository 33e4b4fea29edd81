"""Figures of a day, a week and four weeks as names and values, for whoever lists them: terminal, page, window."""

from __future__ import annotations

from collections.abc import Sequence

from sitbreak.core.accounting import DaySummary
from sitbreak.core.bouts import as_minutes
from sitbreak.core.week import Broken
from sitbreak.review import several, words
from sitbreak.review.day import DayView
from sitbreak.review.patterns import GoalRun

Figures = tuple[tuple[str, str], ...]


def confirmed(view: DayView, summary: DaySummary) -> tuple[str, str]:
    """C against the goal, with its parts: "27 of 10 min (7 min in breaks, 5 min standing at the desk)"."""
    made_of = parts(summary)
    told = f"{words.full(summary.reduced)} of {view.goal} min"
    return f"{view.speech.heading}, you confirmed", f"{told} ({made_of})" if made_of else told


def parts(summary: DaySummary) -> str:
    """What C is made of: "7 min in breaks, 5 min standing at the desk"; empty where it is nothing."""
    known = (
        (summary.moved, "in breaks"),
        (summary.standing, "standing at the desk"),
        (summary.declared, "noted by you"),
    )
    return ", ".join(f"{words.full(minutes)} min {what}" for minutes, what in known if minutes >= 1)


def sitting(view: DayView) -> Figures:
    """The estimate of the day; nothing where there is none."""
    return () if view.sitting is None else (("Estimated desk sitting", words.sitting(view.sitting)),)


def stretches(summary: DaySummary) -> Figures:
    """The longest stretch, and those of half an hour and more."""
    count, minutes = summary.prolonged()
    over = f"{words.counted(count, 'stretch', 'stretches')}, {words.duration(minutes)}" if count else "none"
    return ("Longest stretch", words.duration(summary.longest)), ("Stretches of 30 min or more", over)


def reminders(outcomes: Sequence[tuple[str, int]]) -> tuple[str, str]:
    """How many came, and what became of them: "6: 3 taken, 2 later, 1 left the desk"."""
    parts = ", ".join(f"{count} {word}" for word, count in outcomes)
    return "Reminders", f"{sum(count for _, count in outcomes)}: {parts}" if parts else "none"


def last_break(summary: DaySummary) -> Figures:
    """When the last break with credit was, and what it came to; nothing before the first."""
    taken = [each for each in summary.breaks if each.credited]
    if not taken:
        return ()
    last = taken[-1]
    return (("Last break", f"{words.clock(last.accepted.local)}, {words.duration(as_minutes(last.credited))}"),)


def day(view: DayView, summary: DaySummary) -> Figures:
    """What matters of a day."""
    return (
        confirmed(view, summary),
        *sitting(view),
        *stretches(summary),
        reminders(several.outcomes(summary.prompts)),
        *last_break(summary),
    )


def how_broken_up(broken: Broken) -> Figures:
    """How broken-up the sitting of several days was."""
    return (
        ("Sitting in stretches of 30 min or more", words.percent(broken.share30)),
        ("Sitting in stretches of 60 min or more", words.percent(broken.share60)),
        ("Half of the sitting is in stretches of at least", words.duration(broken.w50)),
        ("Times up per hour of sitting", words.decimal(broken.breaks_per_hour)),
    )


def several_days(days: Sequence[DayView], run: GoalRun) -> Figures:
    """Confirmed minutes of several days: on average, on the best day, how often the goal was met, and in what row."""
    known = [(view, view.summary) for view in days if view.summary is not None]
    if not known:
        return (("Days with a record", "none"),)
    met = sum(summary.reduced >= view.goal for view, summary in known)
    best, most = max(known, key=lambda each: each[1].reduced)
    mean = several.mean_reduced([summary for _, summary in known])
    return (
        ("Days with a record", str(len(known))),
        ("Goal met on", words.counted(met, "day")),
        ("In a row, days off left out", f"{words.counted(run.now, 'day')} now, {run.best} at best"),
        ("A day, on average", f"{mean or 0:.0f} min"),
        ("Best day", f"{words.short_date(best.day)}, {words.full(most.reduced)} min"),
    )
