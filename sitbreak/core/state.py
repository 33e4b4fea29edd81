"""All that the machine remembers, in one dataclass: what a snapshot keeps and a restart brings back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from sitbreak.core.asking import Asking
from sitbreak.core.breaks import Break
from sitbreak.core.events import Signal
from sitbreak.core.holds import Context
from sitbreak.core.presence import ClosedGap, PresenceState
from sitbreak.core.prompting import PromptState
from sitbreak.core.reboot import Boot
from sitbreak.core.records import Evidence, Span
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import ZERO, Instant, WallMap

PAST_KEPT = 60  # movements remembered for choosing the next one


@dataclass(slots=True)
class DayTally:
    """Room for walks logged by hand: unobserved time of the day so far, and what was claimed of it."""

    day: date
    unobserved: timedelta = ZERO
    walked: timedelta = ZERO


@dataclass(frozen=True, slots=True)
class GapQuestion:
    """ "What was this gap?", asked at a moment of the steady clock."""

    start: Instant
    end: Instant
    asked: timedelta
    small: bool = False  # the one a day about a gap that may have been sitting


@dataclass(frozen=True, slots=True)
class Suggested:
    """A movement that was suggested or done, and when (UTC)."""

    movement: str
    at: Instant
    level: str = "shown"


LONGEST_BOUT = timedelta(days=2)
DECLARED = frozenset({Signal.MEETING, Signal.READING})  # go on over a restart


@dataclass(slots=True)
class MachineState:
    """The machine's memory. `seen` is the last instant it was told of."""

    seen: Instant
    presence: PresenceState
    tally: DayTally
    prompting: PromptState = field(default_factory=PromptState)
    context: Context = field(default_factory=Context)
    brk: Break | None = None
    bout_at_break: timedelta | None = None
    carried: timedelta | None = None  # where the stretch began that goes on through silent gaps (8.5)
    before_gap: timedelta | None = None  # where the one began that the last gap ended
    asked_gap: ClosedGap | None = None
    question: GapQuestion | None = None
    asking: Asking = field(default_factory=Asking)
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
    hours_change: timedelta | None = None
    boot: Boot | None = None  # the machine was started anew, and its wall clock may still be set

    def consistent(self) -> bool:
        """Whether its moments are in an order that can be; a damaged memory may decode and still make no sense."""
        seen, presence, brk = self.seen.elapsed, self.presence, self.brk
        bout, span = presence.bout_start, self.open_span
        return (
            presence.last_input <= presence.last <= seen
            and (bout is None or presence.last - LONGEST_BOUT <= bout <= seen)
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


def begin(at: Instant, rules: Rules) -> MachineState:
    """The memory of a machine that begins to watch at `at`; that first moment counts as presence."""
    presence = PresenceState(at.elapsed, at.elapsed, at.elapsed)
    return MachineState(at, presence, DayTally(at.day(rules.day_start)))


def revive(state: MachineState) -> MachineState:
    """The memory of a run that ended, ready for the next: what only probes can know is forgotten.

    Declared meetings, reading, standing and pauses go on; calls, media, locks and the like are reported anew. Time from
    the last instant seen to the next `Started` counts as not running.
    """
    presence, context = state.presence, state.context
    for evidence in (Evidence.CALL, Evidence.MEDIA):
        presence.evidence.pop(evidence, None)
    for signal in [s for s in context.signals if s not in DECLARED]:
        context.turn(signal, False, state.seen.elapsed)
    for stretch in presence.stretches:
        if stretch.end is None and stretch.what is not Evidence.NOT_RUNNING:
            stretch.end = state.seen.elapsed
    state.blind, state.asleep = "", False
    return state
