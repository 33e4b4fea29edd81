"""Several days as they are shown: a calendar week, and the four weeks up to a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date

from sitbreak.core import rounding
from sitbreak.core.accounting import DaySummary
from sitbreak.core.baseline_goal import Baseline, Reduction
from sitbreak.core.estimate import Sitting
from sitbreak.core.frozen import frozen
from sitbreak.core.records import FOLLOWED, DeclaredMovement, Outcome, PromptRecord
from sitbreak.core.sitting_pattern import Broken
from sitbreak.core.spans import as_minutes, average
from sitbreak.core.text import printable
from sitbreak.language import N_, _, numeral, paragraph
from sitbreak.review import words
from sitbreak.review.day import DayView, Names, title_of
from sitbreak.review.patterns import GoalRun, LongSitting


@frozen
class MovementLine:
    """A movement, how often it was done, and the minutes credited; `stretched` ones are done seated or lying."""

    title: str
    times: int
    minutes: float
    stretched: bool


@frozen
class WeekView:
    """A week, Monday first; days to come are left out."""

    first: date
    last: date
    days: tuple[DayView, ...]
    broken: Broken
    outcomes: tuple[tuple[str, int], ...]
    movements: tuple[MovementLine, ...]
    areas: tuple[tuple[str, int], ...]
    sitting: Sitting | None = None  # the estimate of a day, on average
    former: float | None = None  # confirmed minutes of a day in the week before, on average

    @property
    def summaries(self) -> tuple[DaySummary, ...]:
        """The days on which something was recorded."""
        return tuple(day.summary for day in self.days if day.summary is not None)


@frozen
class HourLine:
    """The prompts of one hour of the day: shown, and taken."""

    hour: int
    shown: int
    taken: int


@frozen
class SevenDays:
    """Seven days of the four weeks: how broken-up the sitting was, and L a day where there is a baseline."""

    first: date
    last: date
    broken: Broken
    moved_out: float | None


@frozen
class MonthView:
    """The four weeks up to a day."""

    first: date
    last: date
    days: tuple[DayView, ...]  # one for each of the 28 days
    weeks: tuple[SevenDays, ...]
    baseline: Baseline | None
    measured: int  # days towards the latest baseline
    reduction: Reduction | None
    hours: tuple[HourLine, ...]
    walks: tuple[DeclaredMovement, ...]
    long: LongSitting = field(default_factory=LongSitting)
    run: GoalRun = field(default_factory=GoalRun)


def outcomes(prompts: Iterable[PromptRecord]) -> tuple[tuple[str, int], ...]:
    """What became of prompts, in words, most frequent first."""
    return tuple(Counter(words.outcome(prompt.outcome) for prompt in prompts).most_common())


def movements(summaries: Sequence[DaySummary], names: Names) -> tuple[MovementLine, ...]:
    """The movements done, most frequent first. One without credit is listed only if it is done seated."""
    done = [b for s in summaries for b in s.breaks if b.credited or b.seated]
    lines = []
    for movement, times in Counter(b.movement for b in done).most_common():
        mine = [b for b in done if b.movement == movement]
        minutes = sum(as_minutes(b.credited) for b in mine)
        lines.append(MovementLine(title_of(movement, names), times, minutes, all(b.seated for b in mine)))
    return tuple(lines)


def areas(summaries: Sequence[DaySummary], names: Names) -> tuple[tuple[str, int], ...]:
    """The body areas moved and how often, most frequent first."""
    done = [b.movement for s in summaries for b in s.breaks if b.credited or b.seated]
    served = Counter(printable(_(area)) for movement in done if movement in names for area in names[movement].areas)
    return tuple(served.most_common())


def by_hour(prompts: Iterable[PromptRecord]) -> tuple[HourLine, ...]:
    """The prompts by local hour, those that could not be shown and the one still open left out."""
    shown: Counter[int] = Counter()
    taken: Counter[int] = Counter()
    for prompt in prompts:
        if prompt.outcome is None or prompt.outcome is Outcome.UNDELIVERED:
            continue
        shown[prompt.shown.local.hour] += 1
        taken[prompt.shown.local.hour] += prompt.outcome in FOLLOWED
    return tuple(HourLine(hour, shown[hour], taken[hour]) for hour in sorted(shown))


def mean_reduced(summaries: Sequence[DaySummary]) -> float | None:
    """The confirmed minutes of a day, on average over the days with a record; None without any."""
    return average(s.reduced for s in summaries) if summaries else None


def _compared(week: WeekView) -> str:
    """ "That is 3 min a day more than in the week before." """
    now, former = mean_reduced(week.summaries), week.former
    if now is None or former is None:
        return ""
    more = round(now - former)
    if not more:
        return _("That is as much a day as in the week before.")
    if more > 0:
        return _("That is {minutes} min a day more than in the week before.", minutes=more)
    return _("That is {minutes} min a day less than in the week before.", minutes=-more)


def week_sentence(week: WeekView) -> str:
    """A week in one sentence, how it compares in another, and what is estimated in a third."""
    found = week.summaries
    if not found:
        return _("Nothing was recorded in this week.")
    up = words.minutes_confirmed(rounding.full(sum(s.reduced for s in found)), week.days[0].speech)
    told = _("{confirmed} on {days}", confirmed=up, days=words.days_counted(len(found)))
    estimated = ""
    if week.sitting is not None:
        estimated = _("Desk sitting {estimate}.", estimate=words.sitting(week.sitting, each=True))
    if week.broken.long is None:
        first = _("{told}.", told=told)
    else:
        text = N_("{told}, {share} of the sitting in stretches of {latest} min or more.")
        first = _(text, told=told, share=words.percent(week.broken.long), latest=numeral(week.days[0].latest))
    return paragraph(first, _compared(week), estimated)


def reduction_words(month: MonthView) -> tuple[str, ...]:
    """R in sentences: the figure with its range, whether it can be told from the baseline, and what is missing."""
    if month.baseline is None:
        have = _("{days} of 5 measured so far.", days=words.days_counted(month.measured)) if month.measured else ""
        none = _("No baseline, so no reduction is estimated; the minutes you confirmed count by themselves.")
        return (paragraph(none, have),)
    if month.reduction is None:
        return (_("No full day after the baseline yet, so there is nothing to compare."),)
    found = month.reduction
    text = N_("Time up, against as much desk time on your usual days: {mean} minutes a day (between {low} and {high}).")
    up = _(text, mean=words.signed(found.mean), low=words.signed(found.low), high=words.signed(found.high))
    told = "" if found.distinguishable else _("That is not distinguishable from your baseline.")
    sentences = [paragraph(up, told)]
    if not month.baseline.firm:
        sentences.append(_("The baseline is provisional: {days} of 20 days.", days=month.baseline.days))
    return tuple(sentences)
