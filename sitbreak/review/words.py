"""How the review speaks: numbers with their honesty, dates, a word for every class, and what the numbers mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sitbreak.core.accounting import DaySummary
from sitbreak.core.estimate import Sitting
from sitbreak.core.habit import Told
from sitbreak.core.records import Evidence, GapLabel, Outcome, Reason, SpanClass


@dataclass(frozen=True, slots=True)
class Speech:
    """What confirmed minutes and times away are called; nobody who cannot stand is told of chairs and legs."""

    earned: str  # "10 min ..."
    heading: str  # "..., you confirmed"
    column: str
    up: str  # "were you ...?"
    walked: str
    noted: str  # what was noted without being seen
    classes: tuple[str, ...]  # what a stretch can be said to have been, as `sitbreak correct` takes it
    confirmed: str  # what the confirmed minutes are


UPRIGHT = Speech(
    "out of the chair", "Out of the chair", "out of chair", "up", "Walked", "Walks you noted",
    ("sat", "stood", "walked", "away", "unobserved"),
    "Breaks you accepted and took your hands off for, time you said you stood at the desk, and walks you noted. No "
    "second with input in it is counted as a break.",
)  # fmt: skip
SEATED = Speech(
    "of movement", "Movement", "movement", "moving", "On the way", "Time on the way that you noted",
    ("sat", "moved", "away", "unobserved"),
    "Breaks you accepted and took your hands off for, and time on the way that you noted. No second with input in it "
    "is counted as a break.",
)  # fmt: skip


def speech(seated_mode: bool) -> Speech:
    """How somebody is spoken to who is, or is not, in seated mode."""
    return SEATED if seated_mode else UPRIGHT


def meaning(speak: Speech) -> list[tuple[str, str]]:
    """What the figures mean, a heading and a paragraph each; without the studies of standing for who cannot."""
    confirmed = (f"{speak.heading}, you confirmed", speak.confirmed)
    return [confirmed, *(each for each in MEANING if speak is UPRIGHT or each[0] not in UPRIGHT_ONLY)]


UPRIGHT_ONLY = frozenset({"Moving, not just standing"})

MEANING: tuple[tuple[str, str], ...] = (
    (
        "Estimated desk sitting",
        "Time with input, and of each silent gap the part probably spent sitting: more for short ones, learned "
        "from what you answer. The range holds the truth on eight to nine days out of ten. Tried on made-up people "
        "with known posture (600 days), before any answer it was off by -2 to +3 min a day on average, up to 53 min "
        "for single people, and by 16 to 31 min from day to day; after 50 answers by 4 min and 25 min. These are "
        "simulations: no sensor was worn by anybody yet. A computer sees a desk, not a posture, so a meeting "
        "elsewhere does not count.",
    ),
    (
        "Away, and not sure",
        "A screen locked as you left is a sure absence; 5 to 20 minutes without input are an absence or reading; "
        "longer gaps stay unobserved. None of it is counted as confirmed, and missing records are gaps, not zeros.",
    ),
    (
        "Stretches of 30 and 60 minutes",
        "Sitting without a visible interruption, in the terms of the SBRN consensus (Tremblay 2017, IJBNPA "
        "14:75). Prompts move these most: every 30 minutes, stretches over 30 min fell by 6.8 % and the time "
        "in them by 15.5 %, total sitting not significantly (Evans 2012, AJPM 43:293).",
    ),
    (
        "Half of the sitting",
        "The usual stretch (W50): at least half of all sitting is in stretches this long or longer. Do not "
        "compare any of these counts with research that uses worn sensors; keyboard and mouse do not measure "
        "sitting.",
    ),
    (
        "Against your usual days",
        "Minutes up, less the minutes you would usually be up in as much desk time; only as a mean of four "
        "weeks, since one day scatters by half an hour, with the range it lies in nine times out of ten. What you "
        "note counts on both sides. It is never added to the confirmed minutes.",
    ),
    (
        "Less sitting and backs",
        "In one Finnish trial, people with overweight who cut all-day sitting by about 40 min, mostly by "
        "moving more, had no rise in pain intensity over six months; disability scores rose in both groups "
        "(Norha 2024, BMJ Open 14:e084305).",
    ),
    (
        "Moving, not just standing",
        "In the same trial at 3 months sitting was 50 min less, light activity 19 min more, moderate to "
        "vigorous 24 min more, standing not significantly more (Garthwaite 2022).",
    ),
    (
        "Breaks at work",
        "In 193 high-risk office workers over 6 months new low-back pain came to 9 % with active breaks, 7 % "
        "with postural shifts and 33 % in controls (Waongenngarm 2021, SJWEH 47:306); a meta-analysis of 24 "
        "trials finds mostly non-significant effects of low certainty (Eisele-Metzger 2023).",
    ),
    (
        "Prompts fade",
        "In trials with prompts sitting fell by 42 min a day at up to 3 months and by 1.65 min after 6 "
        "(Stephenson 2017, IJBNPA 14:105). So the movements vary, the goal can move, and this page exists.",
    ),
)


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
KINDS = {
    SpanClass.SEATED: "seated, estimated",
    SpanClass.STANDING: "standing at the desk, you said",
    SpanClass.BREAK: "break, confirmed",
    SpanClass.AWAY: "away, inferred",
    SpanClass.UNOBSERVED: "not observed",
}
REASONS = {
    Reason.LULL: "in a lull",
    Reason.LATEST: "at the latest moment",
    Reason.HELD_END: "after something that held it",
    Reason.UNLOCK: "after an unlock",
    Reason.RETURN: "once more",
    Reason.SNOOZE: "later, as you asked",
    Reason.HELD_LIMIT: "after being held for long",
}
OUTCOMES = {
    Outcome.TAKEN: "taken",
    Outcome.STRETCHED: "stretched",
    Outcome.NOT_TAKEN: "begun but not taken",
    Outcome.SNOOZED: "later",
    Outcome.DECLINED: "not now",
    Outcome.STANDING: "standing already",
    Outcome.IGNORED: "no answer",
    Outcome.LEFT: "left the desk",
    Outcome.UNDELIVERED: "could not be shown",
}
LABELS = {
    GapLabel.HERE: "here, at my desk",
    GapLabel.UP: "up",
    GapLabel.PART: "part of it",
    GapLabel.WALKED: "walked",
    GapLabel.STOOD: "stood",
    GapLabel.SAT: "sat elsewhere",
    GapLabel.SKIP: "skipped",
}
STILL_OPEN = "still open"
WHY_UNSEEN = {
    Evidence.NOT_RUNNING: "the program was not running",
    Evidence.SOURCE_LOST: "the keyboard could not be seen",
    Evidence.SLEEP: "the computer slept",
    Evidence.LOCK: "the screen was locked",
}
DASH, MINUS = "\u2013", "\u2212"  # an en dash where there is no figure; a minus as wide as a plus
NOTHING = "Nothing was recorded on this day."
ANSWERS_ENOUGH = 10  # spec 8.4: from so many on the estimate is no first guess any more


def outcome(value: Outcome | None) -> str:
    """A word for what became of a prompt; None is one that is still on show."""
    return STILL_OPEN if value is None else OUTCOMES[value]


def why_unseen(evidence: Collection[Evidence]) -> str:
    """Why a gap was not observed."""
    return next((why for kind, why in WHY_UNSEEN.items() if kind in evidence), "no input for long")


def whole(minutes: float) -> int:
    """Minutes as a whole number, rounded."""
    return int(minutes + 0.5)


def full(minutes: float) -> int:
    """Whole minutes that are complete: 19.9 of 20 is not 20. For what is held against a goal."""
    return int(minutes + 1e-9)


def duration(minutes: float | None) -> str:
    """A duration for people: "52 min", "6 h 45 min"; a dash where there is none."""
    if minutes is None:
        return DASH
    hours, rest = divmod(whole(minutes), 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def sitting(found: Sitting, each: str = "") -> str:
    """ "about 5 h 40 min (between 5 h 10 min and 6 h 10 min)", as rough as the estimate is; `each`: "a day"."""
    middle, low, high = (_rough(end, found) for end in (found.seated, found.low, found.high))
    return f"{' '.join(filter(None, ('about', middle, each)))} (between {low} and {high})"


def about(found: Sitting | None) -> str:
    """The estimate without its range, for a column: "5 h 40 min"; a dash where there is none."""
    return DASH if found is None else _rough(found.seated, found)


def _rough(minutes: float, found: Sitting) -> str:
    step = 5 if (found.high - found.low) / 2 < 20 else 10
    return duration(step * whole(minutes / step))


def less_sure(found: Sitting) -> str:
    """Why the range is as wide as it is: little learned yet, or a day from before short gaps were kept; else empty."""
    guess = "a first guess: it learns from your answers" if found.habit.answers < ANSWERS_ENOUGH else ""
    older = "" if found.short else "gaps under 5 min were not kept yet, so the range is wider"
    return "; ".join(filter(None, (guess, older)))


def told_about(told: Iterable[Told]) -> str:
    """How many gaps that nobody could judge were told about, and what was said of them; empty without any."""
    short = [each.up for each in told if 300 <= each.seconds <= 1200]
    if not short:
        return ""
    gaps = counted(len(short), "silent gap")
    return f"You told about {gaps} of 5 to 20 min: up in {short.count(1.0)}, part of {short.count(0.5)}."


def foreseen(right: int, of: int) -> str:
    """How good the estimate was for this person; empty while too few gaps were told about."""
    if of < ANSWERS_ENOUGH:
        return ""
    return f"Of the last {of} silent gaps you told about, the estimate had thought the likelier thing in {right}."


def signed(minutes: float) -> str:
    """Minutes with their sign, using a real minus: "+12", "-5", "0"."""
    value = whole(abs(minutes))
    return "0" if not value else f"{'+' if minutes > 0 else MINUS}{value}"


def signed_range(low: float, high: float) -> str:
    """ "+3 to +12"; one figure where both ends round to the same."""
    ends = signed(low), signed(high)
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def percent(share: float | None) -> str:
    """A share of one as "58 %"; a dash where there is none."""
    return DASH if share is None else f"{int(share * 100 + 0.5)} %"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 stretch", "3 stretches"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def long_date(day: date) -> str:
    """ "Tuesday, 3 March 2026"."""
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday(day: date) -> str:
    """ "Tue 3"."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day}"


def short_date(day: date) -> str:
    """ "Tue 3 Mar"."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def date_range(first: date, last: date) -> str:
    """ "2 to 8 March 2026", "26 January to 22 February 2026"."""
    start = str(first.day)
    if (first.year, first.month) != (last.year, last.month):
        start += f" {MONTHS[first.month - 1]}" + (f" {first.year}" if first.year != last.year else "")
    return f"{start} to {last.day} {MONTHS[last.month - 1]} {last.year}"


def clock(local: datetime) -> str:
    """ "09:05"."""
    return f"{local:%H:%M}"


def sentence(day: DaySummary | None, speak: Speech, latest: float) -> str:
    """The day in one sentence, wherever it is told in one; `latest`: the person's own latest moment, in minutes."""
    if day is None:
        return NOTHING
    count, _ = day.prolonged(timedelta(minutes=latest))
    up, walked = full(day.moved + day.standing), full(day.declared)
    confirmed = f"{counted(up, 'minute')} {speak.earned}" if up else f"No confirmed minutes {speak.earned}"
    noted = "of walks" if speak is UPRIGHT else "on the way"
    confirmed += f" and {walked} min {noted} you noted" if walked else ""
    if day.longest is None:
        return f"{confirmed}, no sitting stretch begun."
    over = counted(count, "stretch", "stretches") if count else "no stretch"
    longest = f"{whole(day.longest)} min" if day.longest < 120 else duration(day.longest)
    return f"{confirmed}, longest stretch {longest}, {over} of {latest:g} min or more."


def day_month(day: date) -> str:
    """ "3 Mar"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def decimal(value: float | None) -> str:
    """One decimal, "1.4"; a dash where there is none."""
    return DASH if value is None else f"{value:.1f}"


def signed_or_none(minutes: float | None) -> str:
    """Minutes with their sign and unit; a dash where there are none."""
    return DASH if minutes is None else f"{signed(minutes)} min"
