"""Who is at the desk, and by what evidence, backdated to the last presence (spec 1.1, 1.2).

Presence evidence (a call, a declared meeting, reading, media) is presence by itself while it counts; real input closes
the open gap, booking.py books it, and the other subjects are told.
"""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core.booking import Booking
from sitbreak.core.classify import ABSENT, Stretch
from sitbreak.core.effects import AskStillStanding, Record, WithdrawQuestion
from sitbreak.core.events import (
    SAID,
    UNATTENDED,
    ActivityObserved,
    BodySeen,
    BreakRequested,
    Declared,
    InputKind,
    Locked,
    Present,
    PromptAnswered,
    Signal,
    SignalChanged,
    Slept,
    SourceBack,
    SourceLost,
    StandingDeclared,
    Started,
    Stopped,
    Unlocked,
    Woke,
)
from sitbreak.core.human_input import Silence
from sitbreak.core.prompt_states import State
from sitbreak.core.records import UNWATCHED, Evidence, Quiet
from sitbreak.core.shared_state import Common, LockEnded, PresenceSeen, Told
from sitbreak.core.text import Sentence

EVIDENCE = {
    Signal.CALL: Evidence.CALL,
    Signal.MEDIA: Evidence.MEDIA,
    Signal.MEETING: Evidence.MEETING,
    Signal.READING: Evidence.READING,
}
# States in which one more input, soon after the last, changes nothing but the time of the last input.
ORDINARY = frozenset({State.RESTING, State.SEEKING, State.HELD, State.QUIET, State.ASKING})
WAITING = frozenset({State.SHOWN, State.LEAVING})  # for an answer: a gap may turn out to have been a break


class Presence:
    """The subject that has time booked, and tells the others of presence and of the gaps it closes."""

    def __init__(self, common: Common, booking: Booking) -> None:
        self._common = common
        self._booking = booking
        self._state = common.memory.presence

    def handle(self, event: Told, now: timedelta) -> None:
        """See Subject."""
        memory = self._common.memory
        match event:
            case ActivityObserved(kind):
                self._activity(kind, now)
            case SignalChanged(signal, on):
                self._signal(signal, on, now)
            case Locked():
                self._begin(Evidence.LOCK, now)
            case Unlocked():
                self._unlocked(now)
            case Slept():
                memory.asleep = self._begin(Evidence.SLEEP, now) or memory.asleep
            case Woke():
                memory.asleep = False
                self._finish(Evidence.SLEEP, now)
            case SourceLost(reason):
                memory.blind = reason or Sentence("the activity source cannot be read")
                self._begin(Evidence.SOURCE_LOST, now)
            case SourceBack():
                memory.blind = ""
                self._finish(Evidence.SOURCE_LOST, now)
            case Stopped():
                memory.running = not self._begin(Evidence.NOT_RUNNING, now) and memory.running
            case Started():
                self._started(now)
            case BodySeen(elsewhere=there) if there is not None and there.elapsed > self._state.last_input:
                self._offer_over()
        if isinstance(event, SAID):
            self._said(event, now)

    def deadline(self) -> timedelta | None:
        """See Subject: when standing runs out unless it is said again, a call stops counting, or an offer is over."""
        standing = self._state.standing_until if self._state.bout_start is None else None
        now = self._common.memory.seen.elapsed
        call = self._booking.evidence_end(Evidence.CALL) if Evidence.CALL in self._booking.counting(now) else None
        offer = None if self._state.offered is None else self._state.offered + self._common.rules.question_open
        return min((end for end in (standing, call, offer) if end is not None), default=None)

    def expire(self, now: timedelta) -> None:
        """See Subject: after a standing that nobody renewed SEATED follows, and a bout begins."""
        until = self._state.standing_until
        if until is not None and now >= until and self._state.bout_start is None:
            s, limit = self._state, self._common.rules.standing_limit
            measured = s.raised
            if measured:
                s.standing_until = None  # a sensor says that they stand on
            else:
                s.bout_start = until
            stood = limit if s.standing_from is None else until - s.standing_from
            self._common.out.append(AskStillStanding(stood, stood < limit, measured))
            s.offered = now
        if self._state.offered is not None and now >= self._state.offered + self._common.rules.question_open:
            self._offer_over()

    def _offer_over(self) -> None:
        """Nobody need be asked about the desk any more; another question may stand in the place of that one."""
        memory = self._common.memory
        offered, self._state.offered = self._state.offered, None
        if offered is not None and memory.question is None and memory.prompting.state is not State.ASKING:
            self._common.out.append(WithdrawQuestion())

    # -- what others say

    def stand(self, on: bool, now: timedelta, length: timedelta | None = None) -> None:
        """The desk was raised (again), for `length` or until it is asked about; or lowered.

        The user said so, which is input, so nothing before is open.
        """
        rules = self._common.rules
        self._offer_over()
        if on and self._state.raised:
            self._state.standing_until = None if length is None else now + length
            return
        if on:
            limit = rules.standing_limit if length is None else min(length, rules.standing_limit)
            self._state.stand(now, now + limit, rules.question_open)
        elif self._state.standing_until is not None:
            self._state.sit_anew(now)

    @property
    def seated(self) -> bool:
        """Whether a seat whose word counts says occupied."""
        return Evidence.SEAT in self._state.evidence

    @property
    def standing(self) -> bool:
        """Whether they stand: a sensor or they themselves say so."""
        return self._state.standing

    def seat_heard(self, now: timedelta) -> None:
        """A seat whose word counts says once more that it is occupied."""
        self._state.evidence[Evidence.SEAT] = now

    def seat_taken(self, now: timedelta, was_empty: bool) -> None:
        """A seat whose word counts says occupied; `was_empty`: somebody sits down, whatever they had said."""
        s, memory = self._state, self._common.memory
        self._booking.settle(now)
        self._finish(Evidence.SEAT, now)
        stood = s.raised or (was_empty and s.standing)
        gap = self._booking.close(now, memory.brk, own=memory.prompting.state in WAITING)
        s.evidence[Evidence.SEAT] = now
        if was_empty:
            self._offer_over()
        if stood:
            s.sit_anew(now)
        if gap:
            self._tell(PresenceSeen(gap), now)

    def seat_empties(self, now: timedelta) -> None:
        """A seat whose word counts says empty."""
        self.seat_unsure(now)
        self._begin(Evidence.SEAT, now)

    def seat_unsure(self, now: timedelta) -> None:
        """What the seat said up to now counts no longer; at a raised desk somebody then stands."""
        s = self._state
        self._booking.settle(now)
        self._finish(Evidence.SEAT, now)
        if s.evidence.pop(Evidence.SEAT, None) is not None and s.raised:
            s.sit_anew(now)

    def desk(self, up: bool, now: timedelta) -> None:
        """A desk whose word counts is raised, or not; what lies just behind is booked as it stood."""
        s = self._state
        if s.desk_up is up:
            return
        self._offer_over()
        self._booking.settle(now)
        if self._common.memory.brk is None and now - s.last < self._common.rules.idle_limit:
            self._booking.close(now)
        stood, s.desk_up = s.standing, up
        if not (up and stood):
            if s.raised or stood:
                s.sit_anew(now)
        elif not s.chosen(self._common.rules.standing_limit):
            s.standing_until = None  # the sensor knows its end

    # -- what a person does

    def _activity(self, kind: InputKind, now: timedelta) -> None:
        memory, s, rules = self._common.memory, self._state, self._common.rules
        if memory.blind or memory.asleep or not memory.running:
            return
        since = s.inputs.seen(kind, now - s.last_input, now, rules)
        if since is None:
            return
        if s.open(Evidence.LOCK):
            s.inputs.under_lock(since, now, rules)
            return
        self._present(since, now, motion=kind is InputKind.MOTION)

    def _said(self, event: Told, now: timedelta) -> None:
        """Saying something is presence, too; then what was said of the desk and of the work at it."""
        if isinstance(event, UNATTENDED) and not self._common.memory.running:
            return
        last = isinstance(event, Present) and event.last
        answers = last or isinstance(event, PromptAnswered | BreakRequested)
        self._state.inputs.unheard += answers and not self._common.memory.blind
        since = now if last else self._state.inputs.certain(now, self._common.rules)
        answering = answers and self._common.memory.prompting.visible is not None
        self._present(since, now, answering=answering, last=last)
        match event:
            case StandingDeclared(on, length):
                self.stand(on, now, length)
            case Declared(signal, on):
                self._signal(signal, on, now)

    def _present(
        self, since: timedelta, now: timedelta, motion: bool = False, answering: bool = False, last: bool = False
    ) -> None:
        """There was real input from `since` to `now`."""
        memory, s = self._common.memory, self._state
        brk, state = memory.brk, memory.prompting.state
        if brk is None and state in ORDINARY and self._extend_typing(now):
            return
        standing = s.standing
        quiet = self._break_silence(since, motion)
        since = max(since, s.last)
        gap = self._booking.close(since, brk, own=state in WAITING)
        s.last_input, s.armed, s.spent = since, True, frozenset()
        if now > since:
            self._booking.settle(now)
            self._booking.close(now)
            s.last_input = now
        self._tell(PresenceSeen(gap, since, None if standing else quiet, answering, last), now)

    def _extend_typing(self, now: timedelta) -> bool:
        """The quick way for the common case: input soon after input, and nothing else going on."""
        s, ledger = self._state, self._common.ledger
        plain = not s.stretches and not s.evidence and not s.standing and s.last == s.last_input
        if not plain or now - s.last >= self._common.rules.empty_chair / 2 or not ledger.extend_typing(now):
            return False
        s.last = s.last_input = now
        s.armed, s.spent = True, frozenset()
        return True

    def _break_silence(self, since: timedelta, motion: bool) -> Quiet | None:
        """Keeps the silence that real input ends at `since`, if it was a minute or more."""
        s, rules = self._state, self._common.rules
        self._booking.settle(since)
        silence, s.silence = s.silence, Silence()
        for stretch in s.stretches:
            silence.absent(stretch, since, rules)
        quiet = silence.ended(self._common.wall_map.at(s.last_input), since, motion)
        if quiet is not None:
            self._common.out.append(Record(quiet))
        return quiet

    def _tell(self, seen: PresenceSeen, now: timedelta) -> None:
        boot = self._common.memory.boot
        if boot and seen.gap:
            boot.closed(seen.gap)
        if seen.gap and seen.gap.ended_bout:
            self._offer_over()
        self._common.tell(seen, now)

    # -- evidence

    def _signal(self, signal: Signal, on: bool, now: timedelta) -> None:
        """A signal that may be evidence went on or off; if it counts, that is presence."""
        evidence, s = EVIDENCE.get(signal), self._state
        if evidence is None:
            return
        self._booking.settle(now)
        if not on:
            s.evidence.pop(evidence, None)
            s.spent -= {evidence}
            return
        s.evidence.setdefault(evidence, now)
        if any(self._state.open(absence) for absence in ABSENT):
            s.spent |= {evidence}
        if evidence in self._booking.counting(now):
            self._tell(PresenceSeen(self._booking.close(now)), now)

    # -- locks, sleeps, and time in which nobody watched

    def _started(self, now: timedelta) -> None:
        """After a restart: evidence that still counts is presence, the restart itself is not."""
        self._common.memory.running = True
        stopped = self._finish(Evidence.NOT_RUNNING, now)
        gap = self._booking.close(now) if stopped and self._booking.counting(now) else None
        if gap:
            self._tell(PresenceSeen(gap), now)

    def _unlocked(self, now: timedelta) -> None:
        lock = self._finish(Evidence.LOCK, now)
        typed = self._state.inputs.unlocked(now, self._common.rules)
        if lock is None:
            return
        if typed is not None:
            self._present(typed, now)
        self._common.tell(LockEnded(now - lock.start), now)

    def _begin(self, what: Evidence, now: timedelta) -> bool:
        """A lock, a sleep, or time not watched begins; False when it is on already."""
        if self._state.open(what):
            return False
        self._booking.settle(now)
        cut = self._cut_by_restart(what, now)
        if cut is not None:
            cut.end = None
            return True
        self._state.stretches.append(Stretch(what, now))
        if what in ABSENT:
            self._state.spent = frozenset(self._state.evidence) - {Evidence.SEAT}
        return True

    def _cut_by_restart(self, what: Evidence, now: timedelta) -> Stretch | None:
        """The lock or empty seat that was on when the program stopped, if it ran again too soon to be blind."""
        stops = [s for s in self._state.stretches if s.what is Evidence.NOT_RUNNING]
        if not stops or now - stops[-1].start >= self._common.rules.blind_length:
            return None
        return next((s for s in self._state.stretches if s.what is what and s.end == stops[-1].start), None)

    def _finish(self, what: Evidence, now: timedelta) -> Stretch | None:
        """It ends; returns it, or None when it was not on."""
        stretch = self._state.open(what)
        if stretch is not None:
            stretch.end = now
            self._state.silence.absent(stretch, now, self._common.rules)
            self._state.inputs.beat.unwatched |= what in UNWATCHED
        return stretch
