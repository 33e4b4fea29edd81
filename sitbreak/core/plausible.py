"""What a fact can be at all: a record that cannot be true, after damage or from a bad import, is in no figure.

The bounds are those a person has: no break or walk longer than a day, no credit beyond twice a break (spec 1.1).
"""

from __future__ import annotations

import math
from datetime import timedelta

from sitbreak.core.records import (
    BaselineRecord,
    BreakRecord,
    Correction,
    DeclaredMovement,
    Fact,
    GapAnswer,
    GoalRecord,
    PromptRecord,
    Quiet,
    Span,
    SpanClass,
)
from sitbreak.core.text import Sentence
from sitbreak.core.timeline import ZERO

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
