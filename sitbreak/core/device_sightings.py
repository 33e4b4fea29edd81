"""What one device saw: when there was somebody, and what it booked of the time in which it saw nobody.

A silence of a minute and more in which no evidence held is a time in which it saw nobody, though its own books may
call it sitting: only the union of all devices tells how long nobody was seen anywhere.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from sitbreak.core.classify import ABSENT, Piece, Stretch
from sitbreak.core.frozen import frozen
from sitbreak.core.records import AT_DESK, UNWATCHED, Evidence, Facts, Quiet, Span, SpanClass
from sitbreak.core.timeline import ZERO, Instant

TYPED = frozenset({Evidence.INPUT, Evidence.IMPORTED})
SAYS_NOTHING = TYPED | {Evidence.DECLARED, Evidence.DESK}  # of somebody being there while nothing is typed
Part = tuple[timedelta, timedelta]


@frozen
class Seen:
    """Somebody was there from `low` to `high`, which may be one moment; `typed`: by input, not by evidence alone."""

    low: timedelta
    high: timedelta
    device: int
    typed: bool
    kind: SpanClass
    evidence: frozenset[Evidence]
    like: Instant  # for its zone


def cut_out(low: timedelta, high: timedelta, parts: Iterable[Part]) -> Iterator[Part]:
    """What is left of low to high without the parts, which come in order."""
    for start, end in parts:
        if end <= low or start >= high:
            continue
        if start > low:
            yield low, start
        low = max(low, end)
    if high > low:
        yield low, high


class Sights:
    """One device's facts on the shared axis. `device`: its number among those that are merged."""

    def __init__(self, device: int, facts: Facts) -> None:
        self.device = device
        self.facts = facts
        self._spans, self._quiets = facts.spans, facts.quiets
        self._starts = [span.start.elapsed for span in facts.spans]
        self._quiet_starts = [quiet.start.elapsed for quiet in facts.quiets]
        self.records = frozenset(facts.breaks)
        self.breaks = [(s.start.elapsed, s.end.elapsed) for s in facts.spans if s.kind is SpanClass.BREAK]

    def seen(self) -> Iterator[Seen]:
        """When somebody was there, by this device alone; both ends of a silence are an input."""
        for span in self._spans:
            if span.kind in AT_DESK:
                yield from self._parts(span)
        seated, typed = SpanClass.SEATED, frozenset({Evidence.INPUT})
        for quiet in self._quiets:
            for moment in (quiet.start.elapsed, quiet.end):
                yield Seen(moment, moment, self.device, True, seated, typed, quiet.start)

    def _parts(self, span: Span) -> Iterator[Seen]:
        start, end, kind, evidence = span.start.elapsed, span.end.elapsed, span.kind, span.evidence
        typed = bool(evidence & TYPED)
        silent = [(max(q.start.elapsed, start), min(q.end, end)) for q in self.quiets(start, end)]
        for low, high in cut_out(start, end, silent):
            yield Seen(low, high, self.device, typed, kind, evidence, span.start)
        if evidence - SAYS_NOTHING:
            for low, high in silent:
                yield Seen(low, high, self.device, False, kind, evidence, span.start)

    def quiets(self, low: timedelta, high: timedelta) -> Sequence[Quiet]:
        """The silences that reach into low to high."""
        first = max(0, bisect_right(self._quiet_starts, low) - 1)
        found = self._quiets[first : bisect_left(self._quiet_starts, high)]
        return found if not found or found[0].end > low else found[1:]

    def quiet_at(self, start: timedelta) -> Quiet | None:
        """The silence that begins there."""
        index = bisect_left(self._quiet_starts, start)
        return self._quiets[index] if self._quiet_starts[index : index + 1] == [start] else None

    def spans(self, low: timedelta | None, high: timedelta | None) -> Iterator[Span]:
        """Its spans that reach into low to high; None: from the first, to the last."""
        first = 0 if low is None else max(0, bisect_right(self._starts, low) - 1)
        last = len(self._spans) if high is None else bisect_left(self._starts, high)
        for span in self._spans[first:last]:
            if low is None or span.end.elapsed > low:
                yield span

    def booked(self, low: timedelta | None, high: timedelta | None) -> list[tuple[Piece, Instant]]:
        """What it booked of low to high, each with an instant that has its zone."""
        found = []
        for span in self.spans(low, high):
            start = span.start.elapsed if low is None else max(low, span.start.elapsed)
            end = span.end.elapsed if high is None else min(high, span.end.elapsed)
            found.append((Piece(start, end, span.kind, span.strength, span.evidence), span.start))
        return found

    def measured(self, low: timedelta, high: timedelta) -> bool:
        """Whether its seat sensor told that nobody sat there in all of low to high."""
        found = list(self.spans(low, high))
        told = all(span.measured and span.kind in (SpanClass.AWAY, SpanClass.UNOBSERVED) for span in found)
        return told and bool(found) and found[0].start.elapsed <= low and found[-1].end.elapsed >= high

    def absences(self, moment: timedelta) -> list[Stretch]:
        """The lock or sleep of a minute and more in the silence that is on at `moment`, as far as it is known."""
        quiets = [q for q in self.quiets(moment, moment + timedelta.resolution) if q.start.elapsed <= moment]
        found = []
        for quiet in quiets:
            if quiet.absence is not None:
                held = {each for span in self.spans(quiet.start.elapsed, quiet.end) for each in span.evidence & ABSENT}
                begun = quiet.start.elapsed + quiet.absence
                found += [Stretch(what, begun, quiet.end) for what in sorted(held or {Evidence.LOCK})]
        return found

    def last_input(self, moment: timedelta) -> timedelta:
        """The last real input before or at `moment`, where it was seen by evidence alone."""
        quiets = self.quiets(moment, moment + timedelta.resolution)
        return min((quiet.start.elapsed for quiet in quiets), default=moment)

    def unwatched(self, low: timedelta, high: timedelta) -> list[Part]:
        """The parts of low to high in which this device did not watch; before its books began it did not."""
        found = [
            (max(low, span.start.elapsed), min(high, span.end.elapsed))
            for span in self.spans(low, high)
            if span.evidence & UNWATCHED
        ]
        begun = self._starts[0] if self._starts else high
        return ([(low, min(begun, high))] if begun > low else []) + found


class ByEvidence:
    """When somebody was seen by evidence alone."""

    def __init__(self, seen: Iterable[Seen]) -> None:
        self._seen = sorted(seen, key=lambda each: each.low)
        self._lows = [each.low for each in self._seen]
        self._longest = max((each.high - each.low for each in self._seen), default=ZERO)

    def held(self, low: timedelta, high: timedelta) -> frozenset[Evidence]:
        """The evidence that covered more than half of it."""
        covered: dict[Evidence, timedelta] = {}
        for each in self._seen[bisect_left(self._lows, low - self._longest) : bisect_left(self._lows, high)]:
            inside = min(high, each.high) - max(low, each.low)
            for evidence in each.evidence - {Evidence.INPUT, Evidence.SEAT} if inside > ZERO else ():
                covered[evidence] = covered.get(evidence, ZERO) + inside
        return frozenset(evidence for evidence, length in covered.items() if length > (high - low) / 2)


LONGEST_BREAK = timedelta(days=2)  # twice what records.py allows


def near(parts: Sequence[Part], low: timedelta, high: timedelta) -> Sequence[Part]:
    """Those of many breaks, in order, that can reach into low to high."""
    return parts[bisect_left(parts, (low - LONGEST_BREAK, low)) : bisect_left(parts, (high, high))]


def common(parts: Sequence[Sequence[Part]]) -> list[Part]:
    """The time that lies in one part of each."""
    found = list(parts[0])
    for others in parts[1:]:
        found = [
            (max(low, start), min(high, end))
            for low, high in found
            for start, end in others
            if max(low, start) < min(high, end)
        ]
    return found
