"""Time into the ledger: what evidence covers, and what a gap was once it is closed (spec 1.1, 1.2).

Everything before `PresenceState.last` is booked; from there on runs the open gap. Presence says when it is closed,
classify.py what it was.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sitbreak.core.classify import ClosedGap, Gap, Piece, classify
from sitbreak.core.memory import Break, Pause
from sitbreak.core.records import AT_DESK, MEASURED, Evidence, SpanClass
from sitbreak.core.shared_state import Common
from sitbreak.core.timeline import ZERO

PAUSES_KEPT = 60  # an hour of them, one a minute
CAPTURES = frozenset({Evidence.CALL, Evidence.MEDIA, Evidence.SEAT})


class Booking:
    """Books the time of presence; it writes presence's part of the memory, and decides nothing of its own."""

    def __init__(self, common: Common) -> None:
        self._common = common
        self._state = common.memory.presence

    # -- evidence

    def counting(self, now: timedelta) -> frozenset[Evidence]:
        """The presence evidence that counts at `now`."""
        return frozenset(e for e in self._fresh() if now < self.evidence_end(e))

    def evidence_end(self, evidence: Evidence) -> timedelta:
        """When evidence stops counting without further input: 90 min after it, a capture 3 h after its start.

        What a seat says counts from its last reading.
        """
        end = self._state.last_input + self._common.rules.evidence_limit
        if evidence in CAPTURES:
            end = min(end, self._state.evidence[evidence] + self._common.rules.capture_limit)
        return end

    def disarm(self) -> None:
        """A break was accepted: evidence does not count until the next real input (a call can be walked)."""
        self._state.armed = False

    def _fresh(self) -> list[Evidence]:
        """The evidence that is on, without what a lock or a sleep ended: that counts again from the next real input.

        After an accepted break only a seat counts, and none while a seat says empty.
        """
        s = self._state
        if not s.evidence or s.open(Evidence.NOT_RUNNING) or s.open(Evidence.SEAT):
            return []
        return [e for e in s.evidence if e not in s.spent and (s.armed or e is Evidence.SEAT)]

    def settle(self, now: timedelta) -> None:
        """Books what the evidence covers up to `now`."""
        s = self._state
        if not s.evidence or now <= s.last:
            return
        ends = {e: self.evidence_end(e) for e in self._fresh()}
        near_until = s.last_input + self._common.rules.idle_limit
        for edge in sorted({*ends.values(), near_until, now}):
            start, end = s.last, min(edge, now)
            held = frozenset(e for e, until in ends.items() if until > start)
            if held and end > start:
                s.silence.cover(held - MEASURED, end - start)  # the estimate tells what it is without it
                near = {Evidence.INPUT} if start < near_until else set()
                self._sit(Piece(start, end, SpanClass.SEATED, None, held | near))
                s.move_to(end)

    # -- gaps

    def close(self, now: timedelta, pause: Break | None = None, own: bool = False) -> ClosedGap | None:
        """Books the open gap as ending at `now`; None when none is open.

        `pause` is the break that may claim it; `own` books it as spans of its own, so that it can be rebooked.
        """
        s = self._state
        if now <= s.last:
            return None
        credit, shortest = pause.claim(s.last) if pause else (ZERO, ZERO)
        gap = Gap(s.last, now, s.last_input, tuple(s.stretches), credit, shortest)
        closed = ClosedGap(gap, tuple(classify(gap, self._common.rules)))
        for piece in closed.pieces:
            if piece.kind in AT_DESK:
                self._sit(piece, own)
            else:  # away from the desk; the next bout begins after it, seated
                self._common.ledger.book(piece, own=True)
                s.sit_anew(piece.end)
        s.move_to(now)
        if gap.length >= self._common.rules.empty_chair / 2 and not closed.ended_bout:
            s.pauses = [*s.pauses, Pause(now, gap.length)][-PAUSES_KEPT:]
        return closed

    def rebook_as_break(self, closed: ClosedGap, credit: timedelta) -> ClosedGap:
        """The person says they were up during a gap already booked: a break from the last input on."""
        gap = Gap(closed.gap.start, closed.gap.end, closed.gap.last_input, closed.gap.stretches, credit)
        pieces = classify(gap, self._common.rules)
        self._common.ledger.rebook(pieces)
        self._state.sit_anew(gap.end)
        return ClosedGap(gap, tuple(pieces))

    def _sit(self, piece: Piece, own: bool = False) -> None:
        """Books desk time: standing up to its limit, seated after it."""
        until, book = self._state.standing_until, self._common.ledger.book
        if self._state.raised:
            book(replace(piece, kind=SpanClass.STANDING, evidence=piece.evidence - MEASURED | {Evidence.DESK}), own)
            return
        if until is None:
            book(piece, own)
            return
        edge = min(max(until, piece.start), piece.end)
        said = piece.evidence - MEASURED | {Evidence.DECLARED}
        book(Piece(piece.start, edge, SpanClass.STANDING, None, said), own)
        book(Piece(edge, piece.end, SpanClass.SEATED, None, piece.evidence), own)
        if piece.end > until:  # at the limit itself the program still has to ask
            self._state.standing_until, self._state.bout_start = None, until
