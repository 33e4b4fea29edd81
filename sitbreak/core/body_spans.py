"""Pieces of the body's time line into spans: one logical day each, equal neighbours of one presence grown together.

The ledger does this for a machine that books as it goes, under a wall clock that is set now and then. Here the axis is
UTC itself and only zones change, so that a day is looked up once.
"""

from __future__ import annotations

from datetime import date, time, timedelta, tzinfo

from sitbreak.core.classify import Piece
from sitbreak.core.device_axis import EPOCH
from sitbreak.core.records import Span
from sitbreak.core.timeline import Instant, next_boundary


class BodySpans:
    """Pieces have to come in order; `own` ones stay spans of their own."""

    def __init__(self, day_start: time) -> None:
        self.found: list[Span] = []
        self._day_start = day_start
        self._zone: tzinfo | None = None
        self._day = date.min
        self._begins = self._ends = timedelta(0)  # of the day, in that zone
        self._open = False  # whether the last span may grow

    def book(self, piece: Piece, zone: tzinfo, own: bool = False) -> None:
        """Adds a piece, cut where its logical day ends."""
        low = piece.start
        while low < piece.end:
            day = self.day_at(low, zone)
            high = min(piece.end, self._ends)
            self._add(low, high, piece, zone, day, own)
            low = high

    def day_at(self, moment: timedelta, zone: tzinfo) -> date:
        """The logical day of a moment of the shared axis, in that zone."""
        if zone is not self._zone or not self._begins <= moment < self._ends:
            at = Instant(moment, EPOCH + moment, zone)
            self._zone, self._day, self._begins = zone, at.day(self._day_start), moment
            self._ends = next_boundary(at, self._day_start) - EPOCH
        return self._day

    def _add(self, low: timedelta, high: timedelta, piece: Piece, zone: tzinfo, day: date, own: bool) -> None:
        end, last = Instant(high, EPOCH + high, zone), self.found[-1] if self._open and not own else None
        if (
            last is not None
            and last.end.elapsed == low
            and (last.kind, last.strength, last.evidence, last.day) == (piece.kind, piece.strength, piece.evidence, day)
        ):
            self.found[-1] = Span(last.start, end, last.kind, last.strength, last.evidence, day)
            return
        start = Instant(low, EPOCH + low, zone)
        self.found.append(Span(start, end, piece.kind, piece.strength, piece.evidence, day))
        self._open = not own
