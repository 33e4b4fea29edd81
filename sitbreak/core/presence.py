"""Observations in, booked time out: who was at the desk, backdated to the last presence (spec 1.1, 1.2).

Everything before `last` is booked; from `last` on runs the open gap. Presence evidence (a call, a declared meeting,
reading, media) moves `last` along by itself while it counts; real input closes the gap, and classify.py says what it
was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sitbreak.core.breaks import Break
from sitbreak.core.classify import ABSENT, Gap, Piece, Stretch, classify
from sitbreak.core.inputs import Inputs
from sitbreak.core.ledger import Ledger
from sitbreak.core.quiet import Silence
from sitbreak.core.records import UNWATCHED, Evidence, SpanClass, Strength
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import ZERO

USUAL_TIMES = 3
PAUSES_KEPT = 60  # an hour of them, one a minute
CAPTURES = frozenset({Evidence.CALL, Evidence.MEDIA})
SITTING = frozenset({SpanClass.SEATED, SpanClass.STANDING})


@dataclass(frozen=True, slots=True)
class ClosedGap:
    """A gap that a presence ended, and what it was booked as."""

    gap: Gap
    pieces: tuple[Piece, ...]

    @property
    def ended_bout(self) -> bool:
        """Whether somebody got up, or nobody can tell."""
        return any(p.kind not in SITTING for p in self.pieces)

    @property
    def silent(self) -> bool:
        """Whether nothing but hands off says that somebody left: it may have been sitting."""
        return all(p.kind is SpanClass.SEATED or p.strength is Strength.WEAK for p in self.pieces)

    @property
    def credited(self) -> timedelta:
        """The confirmed movement in it."""
        return sum((p.end - p.start for p in self.pieces if p.kind is SpanClass.BREAK), ZERO)


@dataclass(frozen=True, slots=True)
class Pause:
    """Hands off for so long, until `end`, and no absence."""

    end: timedelta
    length: timedelta


@dataclass(slots=True)
class PresenceState:
    """What presence remembers; all times on the steady clock."""

    last: timedelta
    last_input: timedelta
    bout_start: timedelta | None  # None while standing
    armed: bool = True  # whether evidence counts; an accepted break disarms it until real input
    spent: frozenset[Evidence] = frozenset()  # what a lock or a sleep ended; the next real input renews it
    evidence: dict[Evidence, timedelta] = field(default_factory=dict)
    stretches: list[Stretch] = field(default_factory=list)
    standing_until: timedelta | None = None
    inputs: Inputs = field(default_factory=Inputs)
    pauses: list[Pause] = field(default_factory=list)  # the latest between inputs that went on, half a minute or more
    silence: Silence = field(default_factory=Silence)


class Presence:
    """Books time into a ledger. Every method takes the present as a steady-clock duration."""

    def __init__(self, rules: Rules, ledger: Ledger, state: PresenceState) -> None:
        self.rules = rules
        self.ledger = ledger
        self.state = state

    # -- what others ask

    def counting(self, now: timedelta) -> frozenset[Evidence]:
        """The presence evidence that counts at `now`."""
        if not self._watching:
            return frozenset()
        return frozenset(e for e in self._fresh() if now < self.evidence_end(e))

    def _fresh(self) -> list[Evidence]:
        """The evidence that is on, without what a lock or a sleep ended: that counts again from the next real input."""
        return [e for e in self.state.evidence if e not in self.state.spent]

    def evidence_end(self, evidence: Evidence) -> timedelta:
        """When evidence stops counting without further input: 90 min after it, a capture 3 h after its start."""
        end = self.state.last_input + self.rules.evidence_limit
        if evidence in CAPTURES:
            end = min(end, self.state.evidence[evidence] + self.rules.capture_limit)
        return end

    def hands_off(self, now: timedelta) -> timedelta:
        """How long there has been neither input nor evidence."""
        self.settle(now)
        return now - self.state.last

    def locked_since(self) -> timedelta | None:
        """Since when the session is locked, or None."""
        return next((s.start for s in self.state.stretches if s.what is Evidence.LOCK and s.end is None), None)

    def leaving(self, since: timedelta) -> timedelta:
        """How long hands must be off from `since` on before somebody has left: a minute, or twice their usual pause.

        The usual pause (2.2) is the third longest of the hour before, so that once or twice at the door is no habit.
        """
        hour = self.rules.usual_within
        recent = sorted(pause.length for pause in self.state.pauses if since - hour <= pause.end <= since)
        usual = recent[-USUAL_TIMES] if len(recent) >= USUAL_TIMES else ZERO
        return max(self.rules.empty_chair, 2 * usual)

    @property
    def _watching(self) -> bool:
        return self.state.armed and not self._open(Evidence.NOT_RUNNING)

    def _open(self, what: Evidence) -> Stretch | None:
        return next((s for s in self.state.stretches if s.what is what and s.end is None), None)

    # -- what happens

    def extend_typing(self, now: timedelta) -> bool:
        """The quick way for the common case: input soon after input, and nothing else going on."""
        s = self.state
        plain = not s.stretches and not s.evidence and s.standing_until is None and s.last == s.last_input
        if not plain or now - s.last >= self.rules.empty_chair / 2 or not self.ledger.extend_typing(now):
            return False
        s.last = s.last_input = now
        s.armed, s.spent = True, frozenset()
        return True

    def input(
        self, since: timedelta, now: timedelta, pause: Break | None = None, own: bool = False
    ) -> ClosedGap | None:
        """Real input from `since` to `now`; closes the gap.

        `pause` is the break that may claim the gap; `own` books it as spans of its own, so that it can be rebooked.
        """
        since = max(since, self.state.last)
        self.settle(since)
        closed = self._close(since, pause, own)
        self.state.last_input, self.state.armed, self.state.spent = since, True, frozenset()
        if now > since:
            self.settle(now)
            self._close(now)
            self.state.last_input = now
        return closed

    def break_silence(self, since: timedelta) -> tuple[timedelta, Silence]:
        """Real input at `since`, before it is booked: when the last one was, and what is known of the time between."""
        self.settle(since)
        silence, self.state.silence = self.state.silence, Silence()
        for stretch in self.state.stretches:
            silence.absent(stretch, since, self.rules)
        return self.state.last_input, silence

    def settle(self, now: timedelta) -> None:
        """Books what the evidence covers up to `now`."""
        if not self.state.evidence or not self._watching or now <= self.state.last:
            return
        ends = {e: self.evidence_end(e) for e in self._fresh()}
        for edge in sorted({*ends.values(), self.state.last_input + self.rules.idle_limit, now}):
            start, end = self.state.last, min(edge, now)
            held = frozenset(e for e, until in ends.items() if until > start)
            if held and end > start:
                self.state.silence.cover(held, end - start)
                near = start < self.state.last_input + self.rules.idle_limit
                self._sit(Piece(start, end, SpanClass.SEATED, None, held | ({Evidence.INPUT} if near else set())))
                self._move_to(end)

    def evidence_on(self, evidence: Evidence, now: timedelta) -> ClosedGap | None:
        """Evidence begins; if it counts, that is presence."""
        self.settle(now)
        self.state.evidence.setdefault(evidence, now)
        if any(self._open(absence) for absence in ABSENT):
            self.state.spent |= {evidence}
        return self._close(now) if evidence in self.counting(now) else None

    def evidence_off(self, evidence: Evidence, now: timedelta) -> None:
        """Evidence ends."""
        self.settle(now)
        self.state.evidence.pop(evidence, None)
        self.state.spent -= {evidence}

    def begin(self, what: Evidence, now: timedelta) -> bool:
        """A lock, a sleep, or time not watched begins; False when it is on already."""
        if self._open(what):
            return False
        self.settle(now)
        cut = self._cut_by_restart(what, now)
        if cut is not None:
            cut.end = None
            return True
        self.state.stretches.append(Stretch(what, now))
        if what in ABSENT:
            self.state.spent = frozenset(self.state.evidence)
        return True

    def _cut_by_restart(self, what: Evidence, now: timedelta) -> Stretch | None:
        """The lock that was on when the program stopped, if it runs again too soon for the gap to be blind."""
        stop = self._open(Evidence.NOT_RUNNING)
        if stop is None or now - stop.start >= self.rules.blind_length:
            return None
        return next((s for s in self.state.stretches if s.what is what and s.end == stop.start), None)

    def finish(self, what: Evidence, now: timedelta) -> Stretch | None:
        """It ends; returns it, or None when it was not on."""
        stretch = self._open(what)
        if stretch is not None:
            stretch.end = now
            self.state.silence.absent(stretch, now, self.rules)
            self.state.inputs.beat.unwatched |= what in UNWATCHED
        return stretch

    def resume_watching(self, now: timedelta) -> ClosedGap | None:
        """After a restart: evidence that still counts is presence, the restart itself is not."""
        stopped = self.finish(Evidence.NOT_RUNNING, now)
        return self._close(now) if stopped and self.counting(now) else None

    def disarm(self) -> None:
        """A break was accepted: evidence does not count until the next real input (a call can be walked)."""
        self.state.armed = False

    def stand(self, on: bool, now: timedelta) -> None:
        """The desk was raised (again), or lowered; the user said so, which is input, so nothing before is open."""
        if on:
            self.state.standing_until, self.state.bout_start = now + self.rules.standing_limit, None
        elif self.state.standing_until is not None:
            self.state.standing_until, self.state.bout_start = None, now

    def expire_standing(self, now: timedelta) -> bool:
        """Lets a standing that nobody renewed run out; True when it did just now. SEATED follows, a bout begins."""
        until = self.state.standing_until
        if until is None or now < until or self.state.bout_start is not None:
            return False
        self.state.bout_start = until
        return True

    # -- booking

    def _close(self, now: timedelta, pause: Break | None = None, own: bool = False) -> ClosedGap | None:
        """Books the open gap as ending at `now`."""
        if now <= self.state.last:
            return None
        credit, shortest = pause.claim(self.state.last) if pause else (ZERO, ZERO)
        gap = Gap(self.state.last, now, self.state.last_input, tuple(self.state.stretches), credit, shortest)
        pieces = classify(gap, self.rules)
        closed = ClosedGap(gap, tuple(pieces))
        for piece in pieces:
            self._sit(piece, own) if piece.kind in SITTING else self._leave(piece)
        self._move_to(now)
        if gap.length >= self.rules.empty_chair / 2 and not closed.ended_bout:
            self.state.pauses = [*self.state.pauses, Pause(now, gap.length)][-PAUSES_KEPT:]
        return closed

    def _sit(self, piece: Piece, own: bool = False) -> None:
        """Books desk time: standing up to its limit, seated after it."""
        until = self.state.standing_until
        if until is None:
            self.ledger.book(piece, own)
            return
        edge = min(max(until, piece.start), piece.end)
        evidence = piece.evidence | {Evidence.DECLARED}
        self.ledger.book(Piece(piece.start, edge, SpanClass.STANDING, None, evidence), own)
        self.ledger.book(Piece(edge, piece.end, SpanClass.SEATED, None, piece.evidence), own)
        if piece.end > until:  # at the limit itself the program still has to ask
            self.state.standing_until, self.state.bout_start = None, until

    def _leave(self, piece: Piece) -> None:
        """Books time away from the desk; the next bout begins after it, seated."""
        self.ledger.book(piece, own=True)
        self.sit_anew(piece.end)

    def sit_anew(self, when: timedelta) -> None:
        """A bout begins there, seated."""
        self.state.standing_until, self.state.bout_start = None, when

    def rebook_as_break(self, closed: ClosedGap, credit: timedelta) -> ClosedGap:
        """The person says they were up during a gap already booked: a break from the last input on."""
        gap = Gap(closed.gap.start, closed.gap.end, closed.gap.last_input, closed.gap.stretches, credit)
        pieces = classify(gap, self.rules)
        self.ledger.rebook(pieces)
        self.sit_anew(gap.end)
        return ClosedGap(gap, tuple(pieces))

    def _move_to(self, now: timedelta) -> None:
        self.state.last = now
        self.state.stretches = [s for s in self.state.stretches if s.end is None or s.end > now]
