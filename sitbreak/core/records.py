"""Facts: what is kept for good, and what one can be at all. Every total is derived from these (spec 1.1, 4.2)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, get_args, get_type_hints

from sitbreak.core.frozen import frozen
from sitbreak.core.text import Sentence
from sitbreak.core.timeline import ZERO, Instant


class SpanClass(StrEnum):
    """What a span of time is booked as (spec 1.1)."""

    SEATED = "SEATED"  # estimated desk sitting: input, presence evidence, or a gap under 5 min
    STANDING = "STANDING"  # would be SEATED, but the user said "desk raised"
    BREAK = "BREAK"  # hands off after accepting a break: confirmed movement
    AWAY = "AWAY"  # inferred absence of at most 20 min
    UNOBSERVED = "UNOBSERVED"  # nobody can tell


class Strength(StrEnum):
    """How sure an AWAY span is: strong with a lock or sleep right after the last input, else weak."""

    STRONG = "strong"
    WEAK = "weak"


class Evidence(StrEnum):
    """What a span's class rests on."""

    INPUT = "input"
    CALL = "call"
    MEETING = "meeting"
    READING = "reading"
    MEDIA = "media"
    ACCEPTED = "accepted"
    DECLARED = "declared"
    LOCK = "lock"
    SLEEP = "sleep"
    IDLE = "idle"
    NOT_RUNNING = "not_running"
    SOURCE_LOST = "source_lost"
    IMPORTED = "imported"  # told by another program, under its own rule of what is idle
    SEAT = "seat_sensor"  # measured
    DESK = "desk_sensor"


AT_DESK = frozenset({SpanClass.SEATED, SpanClass.STANDING})
OUT_OF_CHAIR = frozenset({SpanClass.BREAK, SpanClass.STANDING, SpanClass.AWAY})
MEASURED = frozenset({Evidence.SEAT})
UNWATCHED = frozenset({Evidence.NOT_RUNNING, Evidence.SOURCE_LOST})  # nobody can tell what happened meanwhile


@frozen
class Span:
    """A stretch of one class inside one logical day. Spans tile the observed time without gap or overlap."""

    start: Instant
    end: Instant
    kind: SpanClass
    strength: Strength | None
    evidence: frozenset[Evidence]
    day: date

    @property
    def duration(self) -> timedelta:
        """Its length on the steady clock."""
        return self.end.elapsed - self.start.elapsed

    @property
    def measured(self) -> bool:
        """Whether a seat sensor says so, and nobody corrected it."""
        return Evidence.SEAT in self.evidence and Evidence.DECLARED not in self.evidence


class Reason(StrEnum):
    """Why a prompt came when it did (spec 6)."""

    LULL = "lull"  # a pause in the input inside the window
    LATEST = "latest"  # the window closed
    HELD_END = "held_end"  # what held it ended
    UNLOCK = "unlock"  # the screen was unlocked after a minute or more
    RETURN = "return"  # it came back after a refusal, no answer, or a break not taken
    SNOOZE = "snooze"  # it came back after a snooze
    HELD_LIMIT = "held_limit"  # a presentation or do-not-disturb may hold it no longer
    STANDING = "standing"  # whatever made it due, the person had been standing for long


class Outcome(StrEnum):
    """What became of a prompt (spec 2.2)."""

    TAKEN = "taken"
    NOT_TAKEN = "not_taken"
    STRETCHED = "stretched"
    SNOOZED = "snoozed"
    DECLINED = "declined"
    RAISED = "raised"  # the desk was, to stand for a while
    STANDING = "standing"  # "I am standing already"
    IGNORED = "ignored"
    LEFT = "left"
    UNDELIVERED = "undelivered"


FOLLOWED = frozenset({Outcome.TAKEN, Outcome.STRETCHED, Outcome.RAISED})  # the person did what a prompt is for


@frozen
class PromptRecord:
    """A prompt: when, why, which movement, and what became of it. `number` identifies it for good."""

    number: int
    shown: Instant
    day: date
    reason: Reason
    movement: str
    bout: timedelta  # how long the sitting bout had lasted; to one for STANDING, the standing
    outcome: Outcome | None = None
    closed: Instant | None = None


@frozen
class BreakRecord:
    """An accepted break, prompted or self-started, with the hands-off time credited so far."""

    accepted: Instant
    day: date
    length: timedelta
    movement: str
    prompt: int | None
    credited: timedelta = ZERO
    seated: bool = False  # a seated or lying movement: listed as stretched, earns no M
    level: str = "shown"  # easier, shown, harder


class GapLabel(StrEnum):
    """Answers to "what was this gap?"."""

    HERE = "here"  # at this desk, reading or thinking
    UP = "up"  # off the chair; as an answer to a small question, in which nothing is walked
    PART = "part"  # for a part of it
    WALKED = "walked"
    STOOD = "stood"
    SAT = "sat"
    SKIP = "skip"


@frozen
class GapAnswer:
    """What the user said a gap was, or what they did in it; the spans themselves stay as they are."""

    start: Instant
    end: Instant
    label: GapLabel
    at: Instant


@frozen
class Quiet:
    """No real input for a minute or more, whatever it was booked as: what the estimate is made from (spec 8.1)."""

    start: Instant  # the last input before it
    length: timedelta
    absence: timedelta | None = None  # from its start to the first lock or sleep of a minute or more in it
    held: frozenset[Evidence] = frozenset()  # the evidence that covered more than half of it
    motion: bool = False  # whether the pointer's motion ended it; for later study, in no figure

    @property
    def end(self) -> timedelta:
        """Where it ends on the steady clock."""
        return self.start.elapsed + self.length


@frozen
class DeclaredMovement:
    """Minutes the user says they walked. `counted` (D, part of C) only if unobserved time of that day has room."""

    at: Instant
    day: date
    minutes: float
    counted: bool
    source: str = "log"  # log, gap, or a plan's name


@frozen
class Correction:
    """A later correction of a stretch of time. The original spans are kept beside it; taken back it has no length."""

    start: Instant
    end: Instant
    kind: SpanClass
    at: Instant


@frozen
class BaselineRecord:
    """A baseline measurement: begun on a day, and once firm or ended, frozen with its last day."""

    first: date
    last: date | None = None  # None: still being measured
    firm: bool = False


@frozen
class GoalRecord:
    """From this day on, the daily goal in minutes out of the chair."""

    day: date
    minutes: int
    by_user: bool = True


Fact = (
    Span | PromptRecord | BreakRecord | GapAnswer | DeclaredMovement | Correction | BaselineRecord | GoalRecord | Quiet
)


@frozen
class Facts:
    """Everything recorded for a range of days, in order of time; what the accounting functions read."""

    spans: tuple[Span, ...] = ()
    prompts: tuple[PromptRecord, ...] = ()
    breaks: tuple[BreakRecord, ...] = ()
    gaps: tuple[GapAnswer, ...] = ()
    movement: tuple[DeclaredMovement, ...] = ()
    corrections: tuple[Correction, ...] = ()
    baselines: tuple[BaselineRecord, ...] = field(default=())
    goals: tuple[GoalRecord, ...] = field(default=())
    quiets: tuple[Quiet, ...] = field(default=())


GROUPS: Mapping[type[Any], str] = {get_args(hint)[0]: name for name, hint in get_type_hints(Facts).items()}


# -- what a fact can be at all: one that cannot be true, after damage or from a bad import, is in no figure. The bounds
# are those a person has: no break or walk longer than a day, no credit beyond twice a break (spec 1.1).

DAY = timedelta(days=1)
LONGEST = 2 * DAY  # spans are cut at each day boundary; the wall clock may have been set in between
LONGEST_CORRECTION = 366 * DAY
LONGEST_QUIET = 3660 * DAY  # a holiday, or a machine in a cupboard
WALL = timedelta(hours=1)  # how far the wall clock may have been set within a confirmed break
MOST_MINUTES = 24 * 60
GOALS = range(1, 481)  # minutes; the bounds of day.goal_minutes
HIGHEST_NUMBER = 2**40  # of prompts; a damaged number must leave room for the next


def implausible(fact: Fact) -> str:
    """Why the fact cannot be true, as a clause such as "it ends before it begins"; empty when it can."""
    match fact:
        case Span():
            return _span(fact)
        case PromptRecord():
            if not -HIGHEST_NUMBER < fact.number < HIGHEST_NUMBER:
                return Sentence("its number cannot be")
            if fact.closed is not None and fact.closed.elapsed < fact.shown.elapsed:
                return Sentence("it ends before it begins")
            return _length(fact.bout, LONGEST, of_stretch=True)
        case BreakRecord():
            if fact.length <= ZERO:
                return Sentence("it has no length")
            if not ZERO <= fact.credited <= 2 * fact.length:
                return Sentence("it is credited with less than nothing or more than twice its length")
            return _length(fact.length, DAY)
        case GapAnswer():
            return _order(fact.start.elapsed, fact.end.elapsed, LONGEST)
        case Correction():
            back = fact.end.elapsed == fact.start.elapsed  # it was taken back
            return "" if back else _order(fact.start.elapsed, fact.end.elapsed, LONGEST_CORRECTION)
        case DeclaredMovement():
            sound = math.isfinite(fact.minutes) and 0 < fact.minutes <= MOST_MINUTES
            return (
                "" if sound else Sentence("{minutes:g} minutes is not above 0 and at most a day", minutes=fact.minutes)
            )
        case BaselineRecord():
            return Sentence("it ends before it begins") if fact.last is not None and fact.last < fact.first else ""
        case Quiet():
            if fact.length <= ZERO or not ZERO <= (ZERO if fact.absence is None else fact.absence) <= fact.length:
                return Sentence("it has no length, or an absence outside it")
            return _length(fact.length, LONGEST_QUIET)
        case GoalRecord():
            return (
                "" if fact.minutes in GOALS else Sentence("a goal of {minutes} minutes cannot be", minutes=fact.minutes)
            )


def _span(span: Span) -> str:
    if why := _order(span.start.elapsed, span.end.elapsed, LONGEST):
        return why
    if not ZERO <= (span.start.local.date() - span.day) <= DAY:
        return Sentence("its day is not the one of its time")
    stepped = abs((span.end.utc - span.start.utc) - span.duration)
    if span.kind is SpanClass.BREAK and stepped > WALL:
        return Sentence("its length is not the one between its two times")
    return ""


def _order(start: timedelta, end: timedelta, longest: timedelta) -> str:
    return Sentence("it ends before it begins, or at once") if end <= start else _length(end - start, longest)


def _length(length: timedelta, longest: timedelta, of_stretch: bool = False) -> str:
    if ZERO <= length <= longest:
        return ""
    if of_stretch:
        if length < ZERO:
            return Sentence("its sitting stretch is shorter than nothing")
        return Sentence("its sitting stretch is longer than {days} days", days=longest.days)
    if length < ZERO:
        return Sentence("it is shorter than nothing")
    return Sentence("it is longer than {days} days", days=longest.days)
