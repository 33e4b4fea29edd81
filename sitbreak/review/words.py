"""How the review speaks: numbers with their honesty, dates, a word for every class, and what the numbers mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from sitbreak.core.accounting import DaySummary
from sitbreak.core.away_share import Told
from sitbreak.core.estimate import Sitting
from sitbreak.core.frozen import frozen
from sitbreak.core.records import Evidence, GapLabel, Outcome, Reason
from sitbreak.core.rounding import around, full, longest, parts, whole
from sitbreak.core.spans import as_minutes
from sitbreak.language import N_, _, clauses, comma_list, ngettext, numeral


@frozen
class Speech:
    """What confirmed minutes and times away are called; nobody who cannot stand is told of chairs and legs.

    All are texts to be translated where they are used.
    """

    earned: str  # "10 min ..."
    heading: str
    heading_confirmed: str
    column: str
    up: str  # an answer to `asked`
    moved: str  # what confirmed breaks are beside sitting and standing
    asked: str
    question: str
    yes: str
    perhaps: str
    walked: str
    noted: str  # what was noted without being seen
    today: str
    goal: str
    no_minutes: str
    and_noted: str
    classes: tuple[str, ...]  # what a stretch can be said to have been, as `sitbreak correct` takes it
    confirmed: str  # what the confirmed minutes are


UPRIGHT = Speech(
    earned=N_("out of the chair"),
    heading=N_("Out of the chair"),
    heading_confirmed=N_("Out of the chair, you confirmed"),
    column=N_("out of chair"),
    up=N_("up"),
    moved=N_("up {time}"),
    asked=N_("were you up just now?"),
    question=N_("Were you up?"),
    yes=N_("Yes, I was up"),
    perhaps=N_("no answer; you may be up"),
    walked=N_("Walked"),
    noted=N_("Walks you noted"),
    today=N_("Today {minutes} of {goal} min out of the chair"),
    goal=N_("Your goal is {minutes} min out of the chair a day, as you confirm them."),
    no_minutes=N_("No confirmed minutes out of the chair"),
    and_noted=N_("{confirmed} and {minutes} min of walks you noted"),
    classes=("sat", "stood", "walked", "away", "unobserved"),
    confirmed=N_(
        "Breaks you accepted and took your hands off for, time you said you stood at the desk, and walks you noted. No "
        "second with input in it is counted as a break."
    ),
)
SEATED = Speech(
    earned=N_("of movement"),
    heading=N_("Movement"),
    heading_confirmed=N_("Movement, you confirmed"),
    column=N_("movement"),
    up=N_("moving"),
    moved=N_("moving {time}"),
    asked=N_("were you moving just now?"),
    question=N_("Were you moving?"),
    yes=N_("Yes, I was moving"),
    perhaps=N_("no answer; you may be moving"),
    walked=N_("On the way"),
    noted=N_("Time on the way that you noted"),
    today=N_("Today {minutes} of {goal} min of movement"),
    goal=N_("Your goal is {minutes} min of movement a day, as you confirm them."),
    no_minutes=N_("No confirmed minutes of movement"),
    and_noted=N_("{confirmed} and {minutes} min on the way you noted"),
    classes=("sat", "moved", "away", "unobserved"),
    confirmed=N_(
        "Breaks you accepted and took your hands off for, and time on the way that you noted. No second with input in "
        "it is counted as a break."
    ),
)


def speech(seated_mode: bool) -> Speech:
    """How somebody is spoken to who is, or is not, in seated mode."""
    return SEATED if seated_mode else UPRIGHT


REASONS = {
    Reason.LULL: N_("in a lull"),
    Reason.LATEST: N_("at the latest moment"),
    Reason.HELD_END: N_("after something that held it"),
    Reason.UNLOCK: N_("after an unlock"),
    Reason.RETURN: N_("once more"),
    Reason.SNOOZE: N_("later, as you asked"),
    Reason.HELD_LIMIT: N_("after being held for long"),
    Reason.STANDING: N_("after standing for long"),
}
OUTCOMES = {
    Outcome.TAKEN: N_("taken"),
    Outcome.STRETCHED: N_("stretched"),
    Outcome.NOT_TAKEN: N_("begun but not taken"),
    Outcome.SNOOZED: N_("later"),
    Outcome.DECLINED: N_("not now"),
    Outcome.RAISED: N_("stood for a while"),
    Outcome.STANDING: N_("standing already"),
    Outcome.IGNORED: N_("no answer"),
    Outcome.LEFT: N_("left the desk"),
    Outcome.UNDELIVERED: N_("could not be shown"),
}
LABELS = {
    GapLabel.HERE: N_("here, at my desk"),
    GapLabel.UP: N_("up"),
    GapLabel.PART: N_("part of it"),
    GapLabel.WALKED: N_("walked"),
    GapLabel.STOOD: N_("stood"),
    GapLabel.SAT: N_("sat elsewhere"),
    GapLabel.SKIP: N_("skipped"),
}
WHY_UNSEEN = {
    Evidence.SEAT: N_("the seat was empty"),
    Evidence.NOT_RUNNING: N_("the program was not running"),
    Evidence.SOURCE_LOST: N_("the keyboard could not be seen"),
    Evidence.SLEEP: N_("the computer slept"),
    Evidence.LOCK: N_("the screen was locked"),
}
DASH, MINUS = "\u2013", "\u2212"  # an en dash where there is no figure; a minus as wide as a plus
NOTHING = N_("Nothing was recorded on this day.")
ANSWERS_ENOUGH = 10  # spec 8.4: from so many on the estimate is no first guess any more


def outcome(value: Outcome | None) -> str:
    """A word for what became of a prompt; None is one that is still on show."""
    return _("still open") if value is None else _(OUTCOMES[value])


def why_unseen(evidence: Collection[Evidence]) -> str:
    """Why a gap was not observed."""
    return _(next((why for kind, why in WHY_UNSEEN.items() if kind in evidence), N_("no input for long")))


def duration(minutes: float | None) -> str:
    """A duration for people: "52 min", "6 h 45 min"; a dash where there is none."""
    if minutes is None:
        return DASH
    hours, rest = divmod(whole(minutes), 60)
    if not hours:
        return _("{minutes} min", minutes=rest)
    return _("{hours} h {minutes} min", hours=hours, minutes=rest) if rest else _("{hours} h", hours=hours)


def stretch(minutes: int | None) -> str:
    """The length of a stretch of the day: "52 min", "under 1 min"; a dash where there is none."""
    return _("under 1 min") if minutes == 0 else duration(minutes)


def credited(time: timedelta) -> str:
    """The complete minutes of a break that count, below one its seconds: as much as is held against the goal."""
    minutes = full(as_minutes(time))
    return duration(minutes) if minutes else _("{seconds} s", seconds=int(time.total_seconds()))


def sitting(found: Sitting, each: bool = False) -> str:
    """ "about 5 h 40 min (between 5 h 10 min and 6 h 10 min)", as rough as the estimate is; `each`: a day.

    What of it a seat sensor measured is said with it.
    """
    if found.wholly_measured:
        text = N_("{time} a day, measured by the seat sensor") if each else N_("{time}, measured by the seat sensor")
        return _(text, time=duration(found.seated))
    low, middle, high = map(duration, _rough(found))
    text = (
        N_("about {time} a day (between {low} and {high})") if each else N_("about {time} (between {low} and {high})")
    )
    told, measured = _(text, time=middle, low=low, high=high), duration(found.measured)
    part = N_("{estimate}, {measured} of the time measured by the seat sensor")
    return _(part, estimate=told, measured=measured) if found.measured >= 1 else told


def about(found: Sitting | None) -> str:
    """The estimate without its range, for a column: "5 h 40 min"; a dash where there is none."""
    return DASH if found is None else duration(_rough(found)[1])


def _rough(found: Sitting) -> tuple[int, int, int]:
    return around(found.low, found.seated, found.high, 5 if (found.high - found.low) / 2 < 20 else 10)


def less_sure(found: Sitting) -> str:
    """Why the range is as wide as it is: little learned yet, or a day from before short gaps were kept; else empty."""
    if found.wholly_measured:
        return ""
    guess = _("a first guess: it learns from your answers") if found.habit.answers < ANSWERS_ENOUGH else ""
    older = "" if found.short else _("gaps under 5 min were not kept yet, so the range is wider")
    return clauses(filter(None, (guess, older)))


def told_about(told: Iterable[Told]) -> str:
    """How many gaps that nobody could judge were told about, and what was said of them; empty without any."""
    short = [each.up for each in told if 300 <= each.seconds <= 1200]
    if not short:
        return ""
    return ngettext(
        "You told about {count} silent gap of 5 to 20 min: up in {up}, part of {part}.",
        "You told about {count} silent gaps of 5 to 20 min: up in {up}, part of {part}.",
        len(short),
        up=short.count(1.0),
        part=short.count(0.5),
    )


def foreseen(right: int, of: int) -> str:
    """How good the estimate was for this person; empty while too few gaps were told about."""
    if of < ANSWERS_ENOUGH:
        return ""
    return _(
        "Of the last {of} silent gaps you told about, the estimate had thought the likelier thing in {right}.",
        of=of,
        right=right,
    )


def signed(minutes: float) -> str:
    """Minutes with their sign, using a real minus: "+12", "-5", "0"."""
    value = whole(abs(minutes))
    return "0" if not value else f"{'+' if minutes > 0 else MINUS}{value}"


def signed_range(low: float, high: float) -> str:
    """ "+3 to +12"; one figure where both ends round to the same."""
    ends = signed(low), signed(high)
    return ends[0] if ends[0] == ends[1] else _("{low} to {high}", low=ends[0], high=ends[1])


def percent(share: float | None) -> str:
    """A share of one as "58%"; a dash where there is none."""
    return DASH if share is None else _("{number}%", number=int(share * 100 + 0.5))


def days_counted(number: int) -> str:
    """ "1 day", "3 days"."""
    return ngettext("{count} day", "{count} days", number)


def stretches(number: int) -> str:
    """ "1 stretch", "3 stretches"."""
    return ngettext("{count} stretch", "{count} stretches", number)


def records(number: int) -> str:
    """ "1 record", "3 records"."""
    return ngettext("{count} record", "{count} records", number)


def minutes_confirmed(number: int, speak: Speech) -> str:
    """ "1 minute out of the chair", "3 minutes of movement"."""
    if speak is UPRIGHT:
        return ngettext("{count} minute out of the chair", "{count} minutes out of the chair", number)
    return ngettext("{count} minute of movement", "{count} minutes of movement", number)


def area_names(areas: Iterable[str]) -> str:
    """Body areas in words, with commas between."""
    return comma_list(_(area) for area in areas)


# What charts show that a page and a window have alike.
ONE_CLOCK = N_("Each day on one clock, with a line at every hour. At the right the minutes {earned} against the goal.")
LONG_HOURS = N_(
    "Minutes in stretches of {minutes} min or more, by hour, on an average day with a record; the stronger the colour, "
    "the more."
)


def day_sentence(day: DaySummary | None, speak: Speech, latest: float) -> str:
    """The day in one sentence, wherever it is told in one; `latest`: the person's own latest moment, in minutes."""
    if day is None:
        return _(NOTHING)
    count = day.prolonged(timedelta(minutes=latest))[0]
    up, walked = parts((day.moved + day.standing, day.declared))
    confirmed = minutes_confirmed(up, speak) if up else _(speak.no_minutes)
    confirmed = _(speak.and_noted, confirmed=confirmed, minutes=walked) if walked else confirmed
    most = longest(day.bouts, latest)
    if most is None:
        return _("{confirmed}, no sitting stretch begun.", confirmed=confirmed)
    told = stretch(most)
    if not count:
        text = N_("{confirmed}, longest stretch {longest}, no stretch of {latest} min or more.")
        return _(text, confirmed=confirmed, longest=told, latest=numeral(latest))
    return ngettext(
        "{confirmed}, longest stretch {longest}, {count} stretch of {latest} min or more.",
        "{confirmed}, longest stretch {longest}, {count} stretches of {latest} min or more.",
        count,
        confirmed=confirmed,
        longest=told,
        latest=numeral(latest),
    )


def decimal(value: float | None) -> str:
    """One decimal, "1.4"; a dash where there is none."""
    return DASH if value is None else numeral(value, ".1f")


def offer(minutes: int) -> str:
    """The next goal, offered."""
    text = N_("You met the goal on 3 of the last 5 workdays. The next would be {minutes} min, if you like.")
    return _(text, minutes=minutes)


def when_it_came(reason: str, bout: str) -> str:
    """Why a reminder came, and how long into the sitting: "in a lull, 32 min in"."""
    return _("{reason}, {bout} in", reason=reason, bout=bout)


def probably_up(share: float) -> str:
    """How much of a stretch was probably spent up."""
    return _("{share} of it probably up", share=percent(share))


def estimated(found: Sitting, *, each: bool = False, so_far: bool = False) -> str:
    """The estimate as a sentence, with what makes it less sure."""
    text = N_("Desk sitting {estimate} so far, as estimated") if so_far else N_("Desk sitting {estimate}, as estimated")
    told, unsure = _(text, estimate=sitting(found, each)), less_sure(found)
    return _("{told}; {note}.", told=told, note=unsure) if unsure else _("{told}.", told=told)


def answers(outcomes: Iterable[tuple[str, int]]) -> str:
    """What became of reminders: "3 taken, 2 later"."""
    return comma_list(_("{count} {answer}", count=count, answer=word) for word, count in outcomes)


def times(area: str, count: int) -> str:
    """How often a body area was moved: "hips: 3 times"."""
    return ngettext("{area}: {count} time", "{area}: {count} times", count, area=area)


def signed_or_none(minutes: float | None) -> str:
    """Minutes with their sign and unit; a dash where there are none."""
    return DASH if minutes is None else _("{minutes} min", minutes=signed(minutes))
