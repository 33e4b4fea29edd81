"""What a gap in presence is booked as: the table of spec 1.1, first match, as one pure function."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sitbreak.core.frozen import frozen
from sitbreak.core.records import AT_DESK, MEASURED, UNWATCHED, Evidence, SpanClass, Strength
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import ZERO

ABSENT = frozenset({Evidence.LOCK, Evidence.SLEEP})


@dataclass(slots=True)
class Stretch:
    """A lock, a sleep, time in which nobody watched, or a seat that says empty; `end` None while it lasts.

    Steady-clock durations.
    """

    what: Evidence
    start: timedelta
    end: timedelta | None = None

    def within(self, low: timedelta, high: timedelta) -> tuple[timedelta, timedelta]:
        """The part of it between `low` and `high`; empty (start >= end) when it lies outside."""
        end = high if self.end is None else min(self.end, high)
        return max(self.start, low), end


@frozen
class Gap:
    """From the last presence to the next. `credit`: what an accepted break may still claim of it (zero: none)."""

    start: timedelta
    end: timedelta
    last_input: timedelta
    stretches: tuple[Stretch, ...] = ()
    credit: timedelta = ZERO
    shortest: timedelta = ZERO  # a credited gap is at least this long

    @property
    def length(self) -> timedelta:
        """How long nobody was seen."""
        return self.end - self.start

    @property
    def watched(self) -> timedelta:
        """How much of it was watched: only that can be confirmed."""
        return self.length - _covered(self.unwatched())

    def unwatched(self) -> list[tuple[timedelta, timedelta]]:
        """The parts in which the program did not run or could not see, in order; they may overlap."""
        parts = (stretch.within(self.start, self.end) for stretch in self.stretches if stretch.what in UNWATCHED)
        return sorted((low, high) for low, high in parts if high > low)


@frozen
class Piece:
    """A part of a gap and its class."""

    start: timedelta
    end: timedelta
    kind: SpanClass
    strength: Strength | None
    evidence: frozenset[Evidence]


@frozen
class ClosedGap:
    """A gap that a presence ended, and what it was booked as."""

    gap: Gap
    pieces: tuple[Piece, ...]

    @property
    def ended_bout(self) -> bool:
        """Whether somebody got up, or nobody can tell."""
        return any(p.kind not in AT_DESK for p in self.pieces)

    @property
    def silent(self) -> bool:
        """Whether nothing but hands off says that somebody left: it may have been sitting."""
        return all(p.kind is SpanClass.SEATED or p.strength is Strength.WEAK for p in self.pieces)

    @property
    def credited(self) -> timedelta:
        """The confirmed movement in it."""
        return sum((p.end - p.start for p in self.pieces if p.kind is SpanClass.BREAK), ZERO)


def classify(gap: Gap, rules: Rules) -> list[Piece]:
    """The pieces a gap is booked as, in order; they tile it exactly."""
    if not _measured(gap, rules) and gap.length >= rules.idle_limit and gap.length - gap.watched >= rules.blind_length:
        return [Piece(gap.start, gap.end, SpanClass.UNOBSERVED, None, _held(gap, UNWATCHED))]
    if gap.credit > ZERO and gap.watched >= gap.shortest:
        return _credited(gap, rules)
    return [_inferred(gap, gap.start, rules)]


def _credited(gap: Gap, rules: Rules) -> list[Piece]:
    """A confirmed break: the credit goes to the watched time in order, and what nobody watched in it is UNOBSERVED.

    What the credit does not reach is AWAY, or UNOBSERVED when the gap is long.
    """
    pieces: list[Piece] = []
    edge = gap.start
    for low, high in [*gap.unwatched(), (gap.end, gap.end)]:
        left = gap.credit - sum((p.end - p.start for p in pieces if p.kind is SpanClass.BREAK), ZERO)
        until = min(low, edge + left)
        if until > edge:
            held = frozenset({Evidence.ACCEPTED}) | _held(gap, ABSENT | MEASURED)
            pieces.append(Piece(edge, until, SpanClass.BREAK, None, held))
        edge = max(edge, until)
        if edge < low:  # the credit is used up
            rest = _inferred(gap, edge, rules)
            return [*pieces, _away(gap, edge) if rest.kind is SpanClass.SEATED else rest]
        if high > edge:
            pieces.append(Piece(edge, high, SpanClass.UNOBSERVED, None, _held(gap, UNWATCHED)))
            edge = high
    return pieces


def _inferred(gap: Gap, start: timedelta, rules: Rules) -> Piece:
    """The class of a gap that no break explains, booked from `start` on; its whole length decides."""
    if _measured(gap, rules):
        if gap.length <= rules.away_limit:
            return Piece(start, gap.end, SpanClass.AWAY, Strength.STRONG, MEASURED | _held(gap, ABSENT))
        return Piece(start, gap.end, SpanClass.UNOBSERVED, None, MEASURED | _idle(gap))
    if gap.length <= rules.away_limit and (strong := _strong(gap, rules)):
        return Piece(start, gap.end, SpanClass.AWAY, Strength.STRONG, strong)
    if gap.length > rules.away_limit:
        return Piece(start, gap.end, SpanClass.UNOBSERVED, None, _idle(gap))
    if gap.length < rules.idle_limit and not _slept(gap, rules):
        return Piece(start, gap.end, SpanClass.SEATED, None, _shifted(gap, rules))
    return _away(gap, start)


def _away(gap: Gap, start: timedelta) -> Piece:
    return Piece(start, gap.end, SpanClass.AWAY, Strength.WEAK, _idle(gap))


def _empty(gap: Gap) -> bool:
    """Whether a seat said empty for all of it."""
    return any(
        s.what is Evidence.SEAT and s.start <= gap.start and (s.end is None or s.end >= gap.end) for s in gap.stretches
    )


def _measured(gap: Gap, rules: Rules) -> bool:
    """Whether nobody sat there, and for so long that they did not only shift."""
    return _empty(gap) and gap.length >= rules.seat_flicker


def _shifted(gap: Gap, rules: Rules) -> frozenset[Evidence]:
    """What a short gap without input rests on: what it lies between, so that a seat that flickers cuts nothing up."""
    typed = frozenset({Evidence.INPUT})
    if not _empty(gap):
        return typed
    return MEASURED | typed if gap.start < gap.last_input + rules.idle_limit else MEASURED


def _slept(gap: Gap, rules: Rules) -> bool:
    """A sleep of a minute ends the bout at the last input (1.5), so such a gap is never SEATED.

    The table of 1.1 alone would book a short gap with a late sleep as SEATED; 1.5 says otherwise, and wins.
    """
    return any(s.what is Evidence.SLEEP and _length(s, gap) >= rules.strong_length for s in gap.stretches)


def _strong(gap: Gap, rules: Rules) -> frozenset[Evidence]:
    """The locks and sleeps of a minute that began within a minute of the last input, and not before it.

    A late lock came by itself, and one from before the last input did not end what went on: neither proves anything.
    """
    return frozenset(
        s.what
        for s in gap.stretches
        if s.what in ABSENT
        and _length(s, gap) >= rules.strong_length
        and gap.last_input <= s.start <= gap.last_input + rules.strong_within
    )


def _length(stretch: Stretch, gap: Gap) -> timedelta:
    low, high = stretch.within(gap.start, gap.end)
    return high - low


def _held(gap: Gap, kinds: frozenset[Evidence]) -> frozenset[Evidence]:
    return frozenset(s.what for s in gap.stretches if s.what in kinds and _length(s, gap) > ZERO)


def _idle(gap: Gap) -> frozenset[Evidence]:
    return frozenset({Evidence.IDLE}) | _held(gap, ABSENT)


def _covered(parts: Iterable[tuple[timedelta, timedelta]]) -> timedelta:
    """How much the parts, in order, cover in all; overlaps are counted once."""
    total, reached = ZERO, None
    for low, high in parts:
        low = low if reached is None else max(low, reached)
        if high > low:
            total += high - low
            reached = high
    return total
