"""Figures of a day, a week and four weeks as names and values, for whoever lists them: terminal, page, window."""

from __future__ import annotations

from collections.abc import Sequence

from sitbreak.core import rounding
from sitbreak.core.accounting import DaySummary
from sitbreak.core.sitting_pattern import Broken
from sitbreak.language import N_, _, aside, comma_list, pgettext
from sitbreak.review import dates, weeks, words
from sitbreak.review.day import DayView
from sitbreak.review.patterns import GoalRun
from sitbreak.review.strip import told_places

Figures = tuple[tuple[str, str], ...]


def confirmed(view: DayView, summary: DaySummary) -> tuple[str, str]:
    """C against the goal, with its parts: "27 of 10 min (7 min in breaks, 5 min standing at the desk)"."""
    made_of = parts(summary)
    told = _("{full} of {goal} min", full=rounding.full(summary.reduced), goal=view.goal)
    return _(view.speech.heading_confirmed), aside(told, made_of)


def confirmed_parts(summary: DaySummary) -> list[int]:
    """Minutes in breaks, standing and noted, which make C."""
    return rounding.parts((summary.moved, summary.standing, summary.declared))


def parts(summary: DaySummary) -> str:
    """What C is made of: "7 min in breaks, 5 min standing at the desk"; empty where it is nothing."""
    texts = N_("{minutes} min in breaks"), N_("{minutes} min standing at the desk"), N_("{minutes} min noted by you")
    known = confirmed_parts(summary)
    return comma_list(_(text, minutes=minutes) for text, minutes in zip(texts, known, strict=True) if minutes)


def booked(summary: DaySummary, speak: words.Speech) -> str:
    """How the books have the time at the desk: "sitting 5 h 20 min, standing 40 min, up 14 min, away 25 min"."""
    moved, stood, _noted = confirmed_parts(summary)
    known = (
        (max((rounding.whole(summary.seated), *map(rounding.shown, summary.bouts))), N_("sitting {time}")),
        (stood if speak is words.UPRIGHT else 0, N_("standing {time}")),
        (moved, speak.moved),
        (summary.away_strong + summary.away_weak, N_("away {time}")),
    )
    return _(", ").join(_(text, time=words.duration(minutes)) for minutes, text in known if minutes >= 1)


def sitting(view: DayView) -> Figures:
    """The estimate of the day; nothing where there is none."""
    return () if view.estimate is None else ((_("Estimated desk sitting"), words.sitting(view.estimate)),)


def as_booked(view: DayView, summary: DaySummary) -> Figures:
    """The same day by the books, which know no probabilities; nothing in its first minute."""
    told = booked(summary, view.speech)
    return ((_("As booked"), told),) if told else ()


def stretches(view: DayView, summary: DaySummary) -> Figures:
    """The longest stretch, and those of half an hour and more."""
    count, minutes = rounding.prolonged(summary.bouts)
    over = comma_list((words.stretches(count), words.duration(minutes)))
    over = over if count else pgettext("no such stretches", "none")
    return (_("Longest stretch"), words.stretch(view.longest)), (_("Stretches of 30 min or more"), over)


def reminders(outcomes: Sequence[tuple[str, int]]) -> tuple[str, str]:
    """How many came, and what became of them: "6: 3 taken, 2 later, 1 left the desk"."""
    parts = words.answers(outcomes)
    every = sum(count for __, count in outcomes)
    told = _("{number}: {parts}", number=every, parts=parts) if parts else pgettext("no reminders", "none")
    return _("Reminders"), told


def last_break(summary: DaySummary) -> Figures:
    """When the last break with credit was, and what it came to; nothing before the first."""
    taken = [each for each in summary.breaks if each.credited]
    if not taken:
        return ()
    last = taken[-1]
    return ((_("Last break"), comma_list((dates.clock(last.accepted.local), words.credited(last.credited)))),)


def day(view: DayView, summary: DaySummary) -> Figures:
    """What matters of a day."""
    return (
        confirmed(view, summary),
        *sitting(view),
        *as_booked(view, summary),
        *stretches(view, summary),
        reminders(weeks.outcomes(summary.prompts)),
        *last_break(summary),
        *places(view),
    )


def listed(view: DayView) -> Figures:
    """What the page lists of a day beside its longest stretches."""
    known = view.summary
    return (*(() if known is None else (*as_booked(view, known), stretches(view, known)[1])), *places(view))


def places(view: DayView) -> Figures:
    """At which devices the time was spent, where there are several."""
    return ((_("At these computers"), told_places(view.places)),) if view.places else ()


def how_broken_up(broken: Broken) -> Figures:
    """How broken-up the sitting of several days was."""
    return (
        (_("Sitting in stretches of 30 min or more"), words.percent(broken.share30)),
        (_("Sitting in stretches of 60 min or more"), words.percent(broken.share60)),
        (_("Half of the sitting is in stretches of at least"), words.duration(broken.w50)),
        (_("Times up per hour of sitting"), words.decimal(broken.breaks_per_hour)),
    )


def areas(served: Sequence[tuple[str, int]]) -> Figures:
    """How often each body area was moved; nothing where none was."""
    return ((_("Body areas"), comma_list(words.times(*each) for each in served)),) if served else ()


def _row(run: GoalRun) -> str:
    """The goal days one after the other; a row that has ended is not held against anybody."""
    if not run.now:
        return _("{days} at best", days=words.days_counted(run.best))
    return _("{days} now, {best} at best", days=words.days_counted(run.now), best=run.best)


def several_days(days: Sequence[DayView], run: GoalRun) -> Figures:
    """Confirmed minutes of several days: on average, on the best day, how often the goal was met, and in what row."""
    known = [(view, view.summary) for view in days if view.summary is not None]
    if not known:
        return ((_("Days with a record"), pgettext("no days", "none")),)
    met = sum(view.met for view in days)
    best, most = max(known, key=lambda each: each[1].reduced)
    mean = weeks.mean_reduced([summary for __, summary in known])
    return (
        (_("Days with a record"), str(len(known))),
        (_("Goal met on"), words.days_counted(met)),
        *([(_("In a row, days off left out"), _row(run))] if run.best else []),
        (_("A day, on average"), _("{value:.0f} min", value=mean or 0)),
        (
            _("Best day"),
            _("{short_date}, {full} min", short_date=dates.short_date(best.day), full=rounding.full(most.reduced)),
        ),
    )
