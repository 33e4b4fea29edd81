"""The daily books: facts -> the figures of spec 1.3 for each logical day, in minutes, unrounded.

Durations come from the steady clock only; the wall clock says no more than on which logical day a span lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Protocol, TypeVar

from sitbreak.core.frozen import frozen
from sitbreak.core.records import (
    OUT_OF_CHAIR,
    BreakRecord,
    DeclaredMovement,
    Facts,
    PromptRecord,
    Span,
    SpanClass,
    Strength,
)
from sitbreak.core.spans import (
    PROLONGED,
    VERY_LONG,
    Bout,
    as_minutes,
    at_least,
    bouts,
    overlay,
    runs,
    total,
    w50,
    with_reach,
)
from sitbreak.core.timeline import DAY_START

VALID_OMEGA = 120.0  # minutes; spec 1.4: a shorter observed window says little about a day


class _Dated(Protocol):
    @property
    def day(self) -> date: ...


_D = TypeVar("_D", bound=_Dated)


@frozen
class DaySummary:
    """The figures of one logical day, in minutes; `figures()` gives them under the names of the spec."""

    day: date
    seated: float  # S
    moved: float  # M, confirmed breaks
    standing: float  # T, declared
    away_strong: float
    away_weak: float
    unobserved: float  # X
    declared: float  # D, counted walks
    omega: float  # the observed desk window: seated, moved, standing and away
    breaks_seen: int = 0  # times something visible broke up the sitting
    bouts: tuple[Bout, ...] = ()
    prompts: tuple[PromptRecord, ...] = ()
    breaks: tuple[BreakRecord, ...] = ()
    walks: tuple[DeclaredMovement, ...] = ()

    @property
    def reduced(self) -> float:
        """C, minutes out of the chair as confirmed by the user: M + T + D."""
        return self.moved + self.standing + self.declared

    @property
    def up(self) -> float:
        """E, observed minutes out of the chair: M + T + A."""
        return self.moved + self.standing + self.away_strong + self.away_weak

    @property
    def valid(self) -> bool:
        """Whether enough of the day was observed to compare it with others."""
        return self.omega >= VALID_OMEGA

    @property
    def uncertain(self) -> float:
        """Minutes nobody can be sure of: weak absences and unobserved time."""
        return self.away_weak + self.unobserved

    @property
    def lengths(self) -> list[timedelta]:
        """The lengths of the sitting bouts begun this day, in order of start."""
        return [bout.duration for bout in self.bouts]

    @property
    def longest(self) -> float | None:
        """The longest sitting bout begun this day, in minutes; None without any."""
        return as_minutes(max(self.lengths)) if self.bouts else None

    def prolonged(self, least: timedelta = PROLONGED) -> tuple[int, float]:
        """Number and minutes of the bouts of at least `least`."""
        lengths = at_least(self.lengths, least)
        return len(lengths), as_minutes(total(lengths))

    def figures(self) -> dict[str, object]:
        """Exactly the keys of a `days` entry of `sitbreak replay --json` (spec 6)."""
        (n30, min30), (n60, min60) = self.prolonged(), self.prolonged(VERY_LONG)
        usual = w50(self.lengths)
        return {
            "day": self.day.isoformat(),
            "S": self.seated,
            "M": self.moved,
            "T": self.standing,
            "A_strong": self.away_strong,
            "A_weak": self.away_weak,
            "X": self.unobserved,
            "D": self.declared,
            "omega": self.omega,
            "C": self.reduced,
            "longest": self.longest,
            "n30": n30,
            "min30": min30,
            "n60": n60,
            "min60": min60,
            "bouts": [as_minutes(length) for length in self.lengths],
            "w50": as_minutes(usual) if usual is not None else None,
            "valid": self.valid,
        }


def days(facts: Facts, day_start: time = DAY_START) -> list[DaySummary]:
    """One summary for each logical day with observed presence, in order of days; corrections applied.

    `facts` should reach a day further on both sides than what is to be shown, so that a bout across a boundary is seen
    in full. `day_start` is the local time at which a logical day begins.
    """
    spans = overlay(facts.spans, facts.corrections)
    gaps = _day_gaps(spans, day_start)
    seen, broken = of_day(bouts(spans)), of_day(run[0] for run in runs(spans, OUT_OF_CHAIR))
    prompts, breaks, walks = of_day(facts.prompts), of_day(facts.breaks), of_day(facts.movement)
    room = _room(facts, spans)
    found = []
    for day, rows in sorted(of_day(spans).items()):
        if day not in gaps:
            continue
        walked = tuple(walks.get(day, ()))
        found.append(
            DaySummary(
                day=day,
                **_sums(rows),
                unobserved=as_minutes(gaps[day]),
                declared=_declared(walked, room.get(day)),
                breaks_seen=len(broken.get(day, ())),
                bouts=tuple(seen.get(day, ())),
                prompts=tuple(prompts.get(day, ())),
                breaks=tuple(breaks.get(day, ())),
                walks=walked,
            )
        )
    return found


def of_day(dated: Iterable[_D]) -> dict[date, list[_D]]:
    """The records by logical day, in the order they came."""
    found: dict[date, list[_D]] = {}
    for record in dated:
        found.setdefault(record.day, []).append(record)
    return found


def _sums(rows: Sequence[Span]) -> dict[str, float]:
    def of(kind: SpanClass, strength: Strength | None = None) -> timedelta:
        return total(row.duration for row in rows if row.kind is kind and row.strength is strength)

    sums = {
        "seated": of(SpanClass.SEATED),
        "moved": of(SpanClass.BREAK),
        "standing": of(SpanClass.STANDING),
        "away_strong": of(SpanClass.AWAY, Strength.STRONG),
        "away_weak": of(SpanClass.AWAY, Strength.WEAK),
    }
    sums["omega"] = total(sums.values())
    return {name: as_minutes(duration) for name, duration in sums.items()}


def _day_gaps(spans: Sequence[Span], day_start: time) -> dict[date, timedelta]:
    """X of each day with presence: unobserved time between its first and its last presence."""
    found: dict[date, timedelta] = {}
    for span, back, on in with_reach(spans, day_start):
        unseen = span.kind is SpanClass.UNOBSERVED
        if unseen and back and on:
            continue  # nobody was there at either end of it on this day
        within = span.duration if unseen and not back and not on else timedelta(0)
        found[span.day] = found.get(span.day, timedelta(0)) + within
    return found


def _room(facts: Facts, corrected: Sequence[Span]) -> Mapping[date, timedelta]:
    """The unobserved time left on days where corrections turned some of it into something else (none counts twice)."""
    before, after = _unseen(facts.spans), _unseen(corrected)
    return {day: after.get(day, timedelta(0)) for day in before if after.get(day) != before[day]}


def _unseen(spans: Iterable[Span]) -> dict[date, timedelta]:
    rows = of_day(span for span in spans if span.kind is SpanClass.UNOBSERVED)
    return {day: total(row.duration for row in found) for day, found in rows.items()}


def _declared(walks: Iterable[DeclaredMovement], room: timedelta | None) -> float:
    minutes = float(sum(walk.minutes for walk in walks if walk.counted))
    return minutes if room is None else min(minutes, as_minutes(room))
