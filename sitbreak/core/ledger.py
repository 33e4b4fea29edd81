"""Turns booked pieces into spans: one logical day each, equal neighbours grown together, the last one open."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import pairwise

from sitbreak.core.classify import Piece
from sitbreak.core.records import Evidence, Span, SpanClass, Strength
from sitbreak.core.timeline import WallMap


class Ledger:
    """Holds the open span; closed and changed ones wait in `drain()`. Pieces must come in order, without gaps."""

    def __init__(self, walls: WallMap, day_start: time, opened: Span | None = None) -> None:
        self._walls = walls
        self._day_start = day_start
        self._done: list[Span] = []
        self.open: Span | None = opened
        self._own = False

    def book(self, piece: Piece, own: bool = False) -> None:
        """Books a piece; `own`: as spans of its own, so that its edges stay visible and it can be booked anew."""
        if piece.end <= piece.start:
            return
        edges = [piece.start, *self._walls.cuts(piece.start, piece.end, self._day_start), piece.end]
        for low, high in pairwise(edges):
            self._put(low, high, piece.kind, piece.strength, piece.evidence, own)

    def _put(
        self,
        low: timedelta,
        high: timedelta,
        kind: SpanClass,
        strength: Strength | None,
        evidence: frozenset[Evidence],
        own: bool,
    ) -> None:
        start = self._walls.at(low)
        day = start.day(self._day_start)
        last = self.open
        if last is not None and not own and not self._own and _same(last, kind, strength, evidence, day):
            self.open = Span(last.start, self._walls.at(high), kind, strength, evidence, day)
            return
        if last is not None:
            self._done.append(last)
        self.open = Span(start, self._walls.at(high), kind, strength, evidence, day)
        self._own = own

    def rebook(self, pieces: list[Piece]) -> None:
        """Books a stretch again that was booked as its own: spans with the same start replace the former ones."""
        current, own = self.open, self._own
        self.open = None
        for piece in pieces:
            self.book(piece, own=True)
        if self.open is not None:
            again = self.open
            if current is not None and current.start.elapsed > again.start.elapsed:
                self._done.append(again)
                self.open, self._own = current, own

    def drain(self) -> list[Span]:
        """The spans closed since the last call."""
        done, self._done = self._done, []
        return done


def _same(last: Span, kind: SpanClass, strength: Strength | None, evidence: frozenset[Evidence], day: date) -> bool:
    return last.kind is kind and last.strength is strength and last.evidence == evidence and last.day == day
