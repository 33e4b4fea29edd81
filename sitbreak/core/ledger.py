"""Turns booked pieces into spans: one logical day each, equal neighbours grown together, the last one open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise

from sitbreak.core.classify import Piece
from sitbreak.core.records import Evidence, Span, SpanClass, Strength
from sitbreak.core.timeline import Instant, WallMap

TYPED = frozenset({Evidence.INPUT})


@dataclass(slots=True)
class _Open:
    """The span that may still grow; `same_day_until` is where its logical day ends, as the wall clock stands now."""

    start: Instant
    end: timedelta
    kind: SpanClass
    strength: Strength | None
    evidence: frozenset[Evidence]
    day: date
    own: bool
    same_day_until: timedelta
    wall_map_version: int


class Ledger:
    """Holds the open span; closed ones wait in `drain()`. Pieces must come in order, without gaps."""

    def __init__(self, wall_map: WallMap, day_start: time, opened: Span | None = None) -> None:
        self._wall_map = wall_map
        self._day_start = day_start
        self._done: list[Span] = []
        self._open: _Open | None = None
        if opened is not None:
            self._begin(opened.start, opened.end.elapsed, opened.kind, opened.strength, opened.evidence, True)

    @property
    def open(self) -> Span | None:
        """The span that may still grow."""
        o = self._open
        return Span(o.start, self._wall_map.at(o.end), o.kind, o.strength, o.evidence, o.day) if o else None

    @property
    def fresh(self) -> list[Span]:
        """The spans booked since the last `drain()`, the open one included."""
        return [*self._done, *([self.open] if self.open else [])]

    def extend_typing(self, now: timedelta) -> bool:
        """The quick way for the common case: typing goes on, in a span of typing, within a day."""
        o = self._open
        if o is None or o.own or o.kind is not SpanClass.SEATED or o.evidence != TYPED:
            return False
        if now >= o.same_day_until or o.wall_map_version != self._wall_map.version:
            return False
        o.end = now
        return True

    def book(self, piece: Piece, own: bool = False) -> None:
        """Books a piece; `own`: as spans of its own, so that its edges stay visible and it can be booked anew."""
        if piece.end <= piece.start:
            return
        edges = [piece.start, *self._wall_map.cuts(piece.start, piece.end, self._day_start), piece.end]
        for low, high in pairwise(edges):
            self._put(self._wall_map.at(low), high, piece, own)

    def _put(self, start: Instant, end: timedelta, piece: Piece, own: bool) -> None:
        last = self._open
        if last is not None and not own and not last.own and self._same(last, piece, start):
            last.end = end
            return
        self._shut()
        self._begin(start, end, piece.kind, piece.strength, piece.evidence, own)

    def _same(self, last: _Open, piece: Piece, start: Instant) -> bool:
        alike = (last.kind, last.strength, last.evidence) == (piece.kind, piece.strength, piece.evidence)
        return alike and last.day == start.day(self._day_start)

    def _shut(self) -> None:
        opened = self.open
        if opened is not None:
            self._done.append(opened)
        self._open = None

    def _begin(
        self,
        start: Instant,
        end: timedelta,
        kind: SpanClass,
        strength: Strength | None,
        evidence: frozenset[Evidence],
        own: bool,
    ) -> None:
        day = start.day(self._day_start)
        horizon = self._wall_map.cuts(end, end + timedelta(days=2), self._day_start)
        until = horizon[0] if horizon else end
        self._open = _Open(start, end, kind, strength, evidence, day, own, until, self._wall_map.version)

    def rebook(self, pieces: list[Piece]) -> None:
        """Books a stretch again that was booked as its own: spans with the same start replace the former ones."""
        current, self._open = self._open, None
        for piece in pieces:
            self.book(piece, own=True)
        if current is not None and self._open is not None and current.start.elapsed > self._open.start.elapsed:
            self._shut()
            self._open = current

    def redate(self, booked: Sequence[Span], since: timedelta) -> None:
        """Books anew what was booked from `since` on, because the wall clock was put right from there."""
        again = {span.start.elapsed: span for span in (*booked, *self.fresh)}
        self._done, self._open = [], None
        for start, span in sorted(again.items()):
            edges = sorted({start, min(max(start, since), span.end.elapsed), span.end.elapsed})
            for low, high in pairwise(edges):
                self.book(Piece(low, high, span.kind, span.strength, span.evidence), own=True)

    def drain(self) -> list[Span]:
        """The spans closed since the last call."""
        done, self._done = self._done, []
        return done
