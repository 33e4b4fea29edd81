"""The baseline and the goal as they stand, in words: read from the history (spec 1.3, 1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sitbreak.core.accounting import DaySummary, days
from sitbreak.core.away_share import habit_of
from sitbreak.core.baseline_goal import (
    FIRM,
    LADDER,
    PROVISIONAL,
    Baseline,
    baseline,
    freeze,
    goal_on,
    next_rung,
    usual_days,
)
from sitbreak.core.estimate import estimates, expected_up
from sitbreak.core.frozen import frozen
from sitbreak.core.records import BaselineRecord, Facts
from sitbreak.language import N_, _, ngettext, paragraph
from sitbreak.ports import History
from sitbreak.review.dates import date_range, long_date
from sitbreak.review.words import percent, speech
from sitbreak.settings.model import Settings

ONE = timedelta(days=1)
LOOKED_BACK = 28  # days in which the last five workdays are sought
TWO_MINUTES = N_(
    "Honestly: in 8 desk hours with every prompt taken, two-minute breaks give 20 to 30 minutes, and 8 to 15 with half "
    "of them. More takes longer breaks."
)
MORE_WALKING = N_(
    "Honestly: in 8 desk hours with every prompt taken, two-minute breaks give 20 to 30 minutes, and 8 to 15 with half "
    "of them. More takes longer breaks (`sitbreak break 5`), a walk of 10 to 20 min, or calls taken walking."
)


@frozen
class Measured:
    """The latest baseline measurement: its record, its valid days so far, and the baseline in use (maybe an older)."""

    record: BaselineRecord
    days: int
    usual: Baseline | None

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return is_open(self.record)


def is_open(record: BaselineRecord) -> bool:
    """Whether a measurement goes on: neither firm nor ended."""
    return record.last is None and not record.firm


def observing(records: Sequence[BaselineRecord]) -> bool:
    """Whether usual days are being measured now, so that no prompt may come."""
    return bool(records) and is_open(records[-1])


def measured(history: History, settings: Settings, today: date) -> Measured | None:
    """The latest measurement as it stands; None when none was ever begun."""
    records = history.facts(today, today).baselines
    if not records:
        return None
    weekdays = settings.working_hours.weekdays
    habit = habit_of(history.answers(), history.outcomes() if settings.raises_desk else None)
    known: list[DaySummary] = []
    ups: dict[date, float] = {}
    for record in records:
        facts = _facts(history, record, today)
        known += _summaries(facts, settings, record, today)
        ups |= expected_up(estimates(facts, habit, settings.day.start))
    usual = baseline(records, known, ups, weekdays)
    return Measured(records[-1], len(usual_days(records[-1], known, weekdays)), usual)


def valid_days(history: History, settings: Settings, record: BaselineRecord, today: date) -> int:
    """How many valid workdays a measurement of these days has."""
    found = _summaries(_facts(history, record, today), settings, record, today)
    return len(usual_days(record, found, settings.working_hours.weekdays))


def complete(history: History, settings: Settings, today: date) -> BaselineRecord | None:
    """The measurement under way, frozen, once twenty valid workdays are over; else None."""
    records = history.facts(today, today).baselines
    if not observing(records):
        return None
    facts = _facts(history, records[-1], today)
    over = [each for each in _summaries(facts, settings, records[-1], today) if each.day < today]
    return freeze(records[-1], over, settings.working_hours.weekdays)


def _facts(history: History, record: BaselineRecord, today: date) -> Facts:
    """Those of the days of a measurement, and of a day more on both sides."""
    last = today if record.last is None else record.last
    return history.facts(record.first - ONE, last + ONE)


def _summaries(facts: Facts, settings: Settings, record: BaselineRecord, today: date) -> list[DaySummary]:
    last = today if record.last is None else record.last
    return [each for each in days(facts, settings.day.start) if record.first <= each.day <= last]


def baseline_words(found: Measured | None) -> str:
    """Where the baseline stands, in a few sentences, and the command that changes that."""
    if found is None:
        how = _("`sitbreak baseline start` measures your usual days first: 5 to 20 workdays without prompts.")
    elif found.running:
        how = _("`sitbreak baseline stop` ends it.")
    else:
        how = _("`sitbreak baseline redo` measures anew.")
    return paragraph(baseline_standing(found), how)


def baseline_standing(found: Measured | None) -> str:
    """Where the baseline stands, in a few sentences."""
    if found is None:
        return _("No baseline was measured, so the minutes you confirm count by themselves.")
    since = long_date(found.record.first)
    count = ngettext("{count} valid day", "{count} valid days", found.days)
    if not found.running:
        return paragraph(_ended(found, count), _usual(found.usual))
    here = _(
        "Measuring your usual days since {since}: {days} so far "
        "(provisional from {provisional}, firm at {firm}; a day counts from 2 desk hours).",
        since=since,
        days=count,
        provisional=PROVISIONAL,
        firm=FIRM,
    )
    return paragraph(here, _usual(found.usual), _("No prompts come meanwhile."))


def _ended(found: Measured, count: str) -> str:
    last = found.record.last if found.record.last is not None else found.record.first
    dates = long_date(last) if found.record.first == last else date_range(found.record.first, last)
    if found.record.firm:
        return _("Your baseline is firm: {days}, {dates}, frozen with these dates.", days=count, dates=dates)
    if found.days >= PROVISIONAL:
        return _("The measurement of {dates} was ended with {days}: provisional.", dates=dates, days=count)
    return _(
        "The measurement of {dates} was ended with {days}: too few for a baseline, which takes {needed}.",
        dates=dates,
        days=count,
        needed=PROVISIONAL,
    )


def _usual(usual: Baseline | None) -> str:
    if usual is None:
        return ""
    return _(
        "Usually you were up in {share} of the desk time, as estimated, and "
        "{prolonged} of the sitting was in stretches of 30 min or more.",
        share=percent(usual.share),
        prolonged=percent(usual.prolonged_share),
    )


def baseline_facts(found: Measured | None) -> dict[str, object]:
    """The same for other programs."""
    if found is None:
        return {"measuring": False, "first": None, "last": None, "days": 0, "firm": False, "usual": None}
    record, usual = found.record, found.usual
    shares = usual and {
        "first": usual.first.isoformat(),
        "last": usual.last.isoformat(),
        "days": usual.days,
        "firm": usual.firm,
        "up_share": usual.share,
        "prolonged_share": usual.prolonged_share,
    }
    last = record.last.isoformat() if record.last else None
    return {
        "measuring": found.running, "first": record.first.isoformat(), "last": last,
        "days": found.days, "firm": record.firm, "usual": shares,
    }  # fmt: skip


@frozen
class Goal:
    """The goal in force, the one it would step up to (None at the top), and whether that is earned already."""

    minutes: int
    above: int | None
    offered: bool


def goal(history: History, settings: Settings, today: date) -> Goal:
    """The goal as it stands on `today`."""
    facts = history.facts(today - LOOKED_BACK * ONE, today + ONE)
    default = settings.day.goal_minutes
    minutes = goal_on(today, facts.goals, default)
    above = next((rung for rung in LADDER if rung > minutes), None)
    found = days(facts, settings.day.start)
    offer = (
        next_rung(found, facts.goals, today, settings.working_hours.weekdays, default)
        if settings.day.goal_ladder
        else None
    )
    return Goal(minutes, above, offer is not None)


def goal_words(found: Goal, seated_mode: bool) -> str:
    """The goal in a few sentences, honest about what two minutes add up to."""
    lines = [_(speech(seated_mode).goal, minutes=found.minutes)]
    if found.offered:
        lines.append(
            _(
                "You met it on 3 of the last 5 workdays: `sitbreak goal next` makes it {above}, if you like.",
                above=found.above,
            )
        )
    elif found.above is not None:
        lines.append(
            _(
                "The next one would be {above}; any other figure is fine too (`sitbreak goal set 25`).",
                above=found.above,
            )
        )
    return "\n".join([*lines, _(TWO_MINUTES if seated_mode else MORE_WALKING)])
