"""All that the machine remembers, in one dataclass: what a snapshot keeps and a restart brings back.

Every subject of the machine writes its own part of it, and may read the others'. Moments that are plain durations lie
on the steady clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from sitbreak.core.classify import ClosedGap, Stretch
from sitbreak.core.events import Signal
from sitbreak.core.frozen import frozen
from sitbreak.core.human_input import Inputs, Silence
from sitbreak.core.prompt_states import PromptState
from sitbreak.core.reboot import Boot
from sitbreak.core.records import Evidence, Span
from sitbreak.core.rules import Rules
from sitbreak.core.sensor_words import RoomState
from sitbreak.core.small_question import Asking
from sitbreak.core.timeline import ZERO, Instant, WallMap

LEAST_GAP = timedelta(seconds=60)  # spec 1.1: a gap of >= 60 s
USUAL_TIMES = 3
LONGEST_BOUT = timedelta(days=2)
DECLARED = frozenset({Signal.MEETING, Signal.READING})  # go on over a restart


@frozen
class Pause:
    """Hands off for so long, until `end`, and no absence."""

    end: timedelta
    length: timedelta


@dataclass(slots=True)
class PresenceState:
    """Who was here until when, and what says so."""

    last: timedelta
    last_input: timedelta
    bout_start: timedelta | None  # None while standing
    armed: bool = True  # whether evidence counts; an accepted break disarms it until real input
    spent: frozenset[Evidence] = frozenset()  # what a lock or a sleep ended; the next real input renews it
    evidence: dict[Evidence, timedelta] = field(default_factory=dict)
    stretches: list[Stretch] = field(default_factory=list)
    standing_from: timedelta | None = None  # kept when it runs out, for it may be said again
    standing_until: timedelta | None = None
    offered: timedelta | None = None  # when it was asked whether the desk is still raised, if that is still open
    desk_up: bool = False  # a sensor says so
    inputs: Inputs = field(default_factory=Inputs)
    pauses: list[Pause] = field(default_factory=list)  # the latest between inputs that went on, half a minute or more
    silence: Silence = field(default_factory=Silence)

    def usual_pause(self, until: timedelta, within: timedelta) -> timedelta:
        """The third longest pause of the time `within` before `until`, for once or twice at the door is no habit."""
        recent = sorted(pause.length for pause in self.pauses if until - within <= pause.end <= until)
        return recent[-USUAL_TIMES] if len(recent) >= USUAL_TIMES else ZERO

    def open(self, what: Evidence) -> Stretch | None:
        """The lock, the sleep or the time not watched that goes on."""
        return next((s for s in self.stretches if s.what is what and s.end is None), None)

    def move_to(self, now: timedelta) -> None:
        """Everything before `now` is booked."""
        self.last = now
        self.stretches = [s for s in self.stretches if s.end is None or s.end > now]

    @property
    def raised(self) -> bool:
        """Whether the person stands by the sensors: the desk is raised, and no seat says occupied."""
        return self.desk_up and Evidence.SEAT not in self.evidence

    @property
    def standing(self) -> bool:
        """Whether they stand: a sensor or they themselves say so."""
        return self.raised or self.standing_until is not None

    def chosen(self, limit: timedelta) -> bool:
        """Whether they chose for how long they stand."""
        until, start = self.standing_until, self.standing_from
        return until is not None and start is not None and until - start < limit

    def sit_anew(self, when: timedelta) -> None:
        """A bout begins there, seated, or of standing if a sensor says so."""
        self.standing_until = None
        self.standing_from, self.bout_start = (when, None) if self.raised else (None, when)

    def stand(self, now: timedelta, until: timedelta, again_within: timedelta) -> None:
        """Standing from `now` on; it goes on where it is said again soon after it ran out."""
        again = self.bout_start is None or now - self.bout_start <= again_within
        if self.standing_from is None or not again:
            self.standing_from = now
        self.standing_until, self.bout_start = until, None


@dataclass(slots=True)
class ContextState:
    """The signals that are on, with the app behind each; the pause, and the declared meeting."""

    signals: dict[Signal, str] = field(default_factory=dict)
    paused: bool = False
    paused_until: timedelta | None = None
    paused_day: date | None = None  # the pause ends with this logical day, whatever becomes of the wall clock
    pause_said: timedelta | None = None  # when a pause or its end was last said, here or at another device
    meeting_until: timedelta | None = None
    since: dict[Signal, timedelta] = field(default_factory=dict)

    def turn(self, signal: Signal, on: bool, now: timedelta, holder: str = "") -> None:
        """Notes that a signal went on or off."""
        if on:
            self.signals[signal] = holder
            self.since.setdefault(signal, now)
        else:
            self.signals.pop(signal, None)
            self.since.pop(signal, None)


@dataclass(slots=True)
class Break:
    """An accepted break, prompted (`prompt`) or self-started."""

    accepted: timedelta
    length: timedelta
    movement: str
    prompt: int | None = None
    chosen: bool = False  # the movement, by the person
    stretch: bool = False  # a seated or lying movement: it earns no confirmed minutes
    credited: timedelta = ZERO
    hands_off: timedelta = ZERO  # the longest watched gap, whatever it was booked as
    chimed: bool = False
    left: bool = False  # whether it was told that the hands are off
    level: str = "shown"
    back: timedelta | None = None  # since when there is real input again, after hands off long enough to count

    @property
    def ends(self) -> timedelta:
        """When the countdown ends."""
        return self.accepted + self.length

    @property
    def shortest(self) -> timedelta:
        """The shortest gap that counts: a minute (1.1), or half of a break that was set shorter than that itself."""
        return LEAST_GAP if self.length >= LEAST_GAP else self.length / 2

    def claim(self, gap_start: timedelta) -> tuple[timedelta, timedelta]:
        """What a gap that began at `gap_start` may claim, and how long it must be: twice the length over all gaps."""
        if self.stretch or not self.accepted <= gap_start <= self.ends:
            return ZERO, self.shortest
        return 2 * self.length - self.credited, self.shortest

    def returned(self, since: timedelta, now: timedelta, off: timedelta, rules: Rules) -> bool:
        """Takes real input from `since` to `now`, `off` after the last; True when somebody is back for good (2.2)."""
        if off >= self.shortest or (self.back is not None and off > rules.motion_most):
            self.back = since
        return self.back is not None and now - self.back >= rules.back_after


@dataclass(slots=True)
class DayTally:
    """Room for walks logged by hand: unobserved time of the day so far, and what was claimed of it."""

    day: date
    unobserved: timedelta = ZERO
    walked: timedelta = ZERO


@frozen
class GapQuestion:
    """ "What was this gap?", asked at a moment of the steady clock."""

    start: Instant
    end: Instant
    asked: timedelta
    small: bool = False  # the one a day about a gap that may have been sitting


@frozen
class Suggested:
    """A movement that was suggested or done, when, and on which level."""

    movement: str
    at: Instant
    level: str = "shown"


@dataclass(slots=True)
class Memory:
    """The machine's memory. `seen` is the last instant it was told of."""

    seen: Instant
    presence: PresenceState
    tally: DayTally
    prompting: PromptState = field(default_factory=PromptState)
    context: ContextState = field(default_factory=ContextState)
    brk: Break | None = None
    bout_at_break: timedelta | None = None
    carried: timedelta | None = None  # where the stretch began that goes on through silent gaps (8.5)
    before_gap: timedelta | None = None  # where the one began that the last gap ended
    asked_gap: ClosedGap | None = None  # what "were you up?" is about
    question: GapQuestion | None = None
    asked_before_lock: bool = False  # a question was open when the screen was locked, and waits behind it
    asking: Asking = field(default_factory=Asking)
    room: RoomState = field(default_factory=RoomState)
    open_span: Span | None = None
    anchors: list[Instant] = field(default_factory=list)
    next_number: int = 1
    past: list[Suggested] = field(default_factory=list)
    levels: dict[str, str] = field(default_factory=dict)
    blind: str = ""  # why the source cannot be read; empty: it can
    asleep: bool = False
    running: bool = True
    last_shown: Instant | None = None
    last_reason: str = ""
    hours_change: timedelta | None = None  # when the working hours begin or end next
    elsewhere: timedelta | None = None  # when the person was last seen at another device
    put_off: timedelta | None = None  # by what was shown or answered there: no prompt before
    boot: Boot | None = None  # the machine was started anew, and its wall clock may still be set

    def level(self, movement: str) -> str:
        """How hard the person wants this movement: easier, shown or harder."""
        return self.levels.get(movement, "shown")

    def oldest(self) -> timedelta:
        """The earliest moment whose wall-clock time may still be asked for: of what is open, on show or unanswered."""
        shown, gap, last = self.prompting.shown, self.asked_gap, self.presence.last
        return min(
            last,
            self.open_span.start.elapsed if self.open_span else last,
            shown.at if shown else last,
            gap.gap.start if gap else last,
            self.brk.accepted if self.brk else last,
        )

    def consistent(self) -> bool:
        """Whether its moments are in an order that can be; a damaged memory may decode and still make no sense."""
        seen, presence, brk = self.seen.elapsed, self.presence, self.brk
        span, begun = self.open_span, (presence.bout_start, presence.standing_from, self.carried)
        return (
            presence.last_input <= presence.last <= seen
            and all(each is None or presence.last - LONGEST_BOUT <= each <= seen for each in begun)
            and all(
                stretch.start <= (seen if stretch.end is None else stretch.end) <= seen
                for stretch in presence.stretches
            )
            and (brk is None or (brk.accepted <= seen and ZERO < brk.length <= LONGEST_BOUT and brk.credited >= ZERO))
            and (span is None or span.start.elapsed < span.end.elapsed <= seen)
            and [anchor.elapsed for anchor in self.anchors] == sorted(anchor.elapsed for anchor in self.anchors)
            and bool(self.anchors)
            and abs(self.seen.utc - self.anchors[-1].plus(seen - self.anchors[-1].elapsed).utc) <= WallMap.TOLERANCE
            and self.next_number > 0
        )


def begin(at: Instant, rules: Rules) -> Memory:
    """The memory of a machine that begins to watch at `at`; that first moment counts as presence."""
    presence = PresenceState(at.elapsed, at.elapsed, at.elapsed)
    return Memory(at, presence, DayTally(at.day(rules.day_start)))


def revive(memory: Memory) -> Memory:
    """The memory of a run that ended, ready for the next: what only probes can know is forgotten.

    Declared meetings, reading, standing, a raised desk and pauses go on; calls, media, locks and the like are reported
    anew. Time from the last instant seen to the next `Started` counts as not running.
    """
    presence, context = memory.presence, memory.context
    for evidence in (Evidence.CALL, Evidence.MEDIA, Evidence.SEAT):
        presence.evidence.pop(evidence, None)
    memory.room.seat.unlistened(memory.seen.elapsed)
    memory.room.seat.says = None
    for signal in [s for s in context.signals if s not in DECLARED]:
        context.turn(signal, False, memory.seen.elapsed)
    for stretch in presence.stretches:
        if stretch.end is None and stretch.what is not Evidence.NOT_RUNNING:
            stretch.end = memory.seen.elapsed
    memory.blind, memory.asleep = "", False
    return memory
