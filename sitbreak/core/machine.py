"""The core's only door: events and instants in, effects out; deadlines, status and snapshot on request.

Events come in order of their instants. Deadlines that passed meanwhile are dealt with first, each as of its own
moment, so that a late wake-up leaves the same records; an event at the very moment of a deadline comes before it.
While the machine sleeps or is not running nothing falls due: what did is dealt with at the next moment observed.
"""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core import user_events
from sitbreak.core.desk import Desk, MovementChooser
from sitbreak.core.effects import AskStillStanding, CountdownEnded, Effect, PromptSoon, WithdrawPrompt
from sitbreak.core.events import (
    ActivityObserved,
    Event,
    InputKind,
    Locked,
    PromptDelivered,
    PromptDismissed,
    PromptFailed,
    RulesChanged,
    Signal,
    SignalChanged,
    Slept,
    SourceBack,
    SourceLost,
    Started,
    Stopped,
    Tick,
    Unlocked,
    Woke,
)
from sitbreak.core.hours import next_change, within
from sitbreak.core.prompt_states import State
from sitbreak.core.records import Evidence, Outcome, Span
from sitbreak.core.rules import Rules
from sitbreak.core.state import MachineState
from sitbreak.core.text import Sentence
from sitbreak.core.timeline import Instant, next_boundary

EVIDENCE = {
    Signal.CALL: Evidence.CALL,
    Signal.MEDIA: Evidence.MEDIA,
    Signal.MEETING: Evidence.MEETING,
    Signal.READING: Evidence.READING,
}
QUIET = frozenset({ActivityObserved, Tick})


class Machine:
    """Estimates, prompts and books for one person."""

    def __init__(self, rules: Rules, movements: MovementChooser, state: MachineState) -> None:
        self.state = state
        self.desk = Desk(rules, movements, state)
        self.desk.wall_map.observe(state.seen)
        self.desk.new_bout()
        self._wall_clock(state.seen.elapsed)
        self._due = self._deadline()

    # -- what others may know

    @property
    def rules(self) -> Rules:
        """The rules in force."""
        return self.desk.rules

    @property
    def seen(self) -> Instant:
        """The last instant it was told of."""
        return self.state.seen

    @property
    def clock_changes(self) -> int:
        """Changes whenever the wall clock was set or the zone changed."""
        return self.desk.wall_map.version

    @property
    def occupied(self) -> bool:
        """Whether a prompt, its question or a break is open."""
        return self.state.brk is not None or self.state.prompting.shown is not None

    # -- the door

    def handle(self, event: Event, at: Instant) -> list[Effect]:
        """Takes one event; returns what is to be shown, asked and kept, in order."""
        at = at if at.elapsed >= self.state.seen.elapsed else self.state.seen
        now = at.elapsed
        if self._due is not None and self._due < now:
            self._timers(now, inclusive=False)
        version, boot = self.desk.wall_map.version, self.state.boot
        self.desk.clock_read(at)
        self.state.seen = at
        if self.desk.wall_map.version != version:
            self._wall_clock(now)  # working hours are wall-clock time, and that was set or moved to another zone
        self._route(event, now)
        if boot:
            self.desk.check_boot(boot, now)
        self._settle(event, now)
        if self._due is not None and self._due <= now:
            self._timers(now, inclusive=True)
        return self.desk.drain()

    def next_deadline(self) -> timedelta | None:
        """The steady-clock moment by which `handle` should be called again, if nothing happens; None: no hurry."""
        return self._due

    def checkpoint(self, at: Instant) -> list[Span]:
        """The spans to keep now: the open one up to the last presence at `at`, after any that just closed."""
        self.desk.presence.settle(at.elapsed)
        closed, opened = self.desk.closed_spans(), self.desk.ledger.open
        return closed if opened is None else [*closed, opened]

    def memory(self) -> MachineState:
        """All that has to be kept to go on after a restart."""
        self.state.open_span = self.desk.ledger.open
        self.desk.wall_map.forget_before(self._oldest())
        self.state.anchors = self.desk.wall_map.anchors
        return self.state

    def _oldest(self) -> timedelta:
        """The earliest moment whose wall-clock time may still be asked for: of what is open, on show or unanswered."""
        state = self.state
        shown, gap, brk = state.prompting.shown, state.asked_gap, state.brk
        return min(
            state.presence.last,
            state.open_span.start.elapsed if state.open_span else state.presence.last,
            shown.at if shown else state.presence.last,
            gap.gap.start if gap else state.presence.last,
            brk.accepted if brk else state.presence.last,
        )

    # -- events

    def _route(self, event: Event, now: timedelta) -> None:
        if isinstance(event, ActivityObserved):
            self._activity(event.kind, now)
        elif isinstance(event, Tick):
            return
        elif isinstance(event, SignalChanged):
            self.signal(event.signal, event.on, now, event.holder)
        elif isinstance(event, user_events.SAID):
            user_events.route(self, event, now)
        else:
            self._world(event, now)

    def _activity(self, kind: InputKind, now: timedelta) -> None:
        if self.state.blind or self.state.asleep or not self.state.running:
            return
        presence, rules = self.state.presence, self.desk.rules
        since = presence.inputs.seen(kind, now - presence.last_input, now, rules)
        if since is None:
            return
        if self.desk.presence.locked_since() is not None:
            presence.inputs.under_lock(since, now, rules)
            return
        self.desk.present(since, now, motion=kind is InputKind.MOTION)
        self.desk.show_due(now)

    def signal(self, signal: Signal, on: bool, now: timedelta, holder: str = "") -> None:
        """A context signal went on or off."""
        self.state.context.turn(signal, on, now, holder)
        evidence = EVIDENCE.get(signal)
        if evidence and on:
            closed = self.desk.presence.evidence_on(evidence, now)
            if evidence in self.desk.presence.counting(now):
                self.desk.after_gap(closed, now)
        elif evidence:
            self.desk.presence.evidence_off(evidence, now)

    def _world(self, event: Event, now: timedelta) -> None:
        presence, state = self.desk.presence, self.state
        match event:
            case Locked():
                presence.begin(Evidence.LOCK, now)
            case Unlocked():
                self._unlocked(now)
            case Slept():
                state.asleep = presence.begin(Evidence.SLEEP, now) or state.asleep
            case Woke():
                state.asleep = False
                presence.finish(Evidence.SLEEP, now)
                self._wall_clock(now)
            case SourceLost(reason):
                state.blind = reason or Sentence("the activity source cannot be read")
                presence.begin(Evidence.SOURCE_LOST, now)
            case SourceBack():
                state.blind = ""
                presence.finish(Evidence.SOURCE_LOST, now)
            case Stopped():
                state.running = not presence.begin(Evidence.NOT_RUNNING, now) and state.running
            case Started():
                state.running = True
                closed = presence.resume_watching(now)
                if closed:
                    self.desk.after_gap(closed, now)
                self._wall_clock(now)
            case PromptFailed(number):
                shown = self.desk.prompting.visible()
                if shown and shown.number == number:
                    self.desk.close_prompt(self.desk.prompting.failed(now))
            case RulesChanged(rules):
                self.desk.adopt(rules)
                self._wall_clock(now)
            case PromptDismissed():
                shown = self.desk.prompting.visible()
                if shown:
                    shown.dismissed = True
            case PromptDelivered():
                pass  # kept in the event log, for whoever looks into a day

    def _unlocked(self, now: timedelta) -> None:
        lock = self.desk.presence.finish(Evidence.LOCK, now)
        typed = self.state.presence.inputs.unlocked(now, self.desk.rules)
        if lock is None:
            return
        if typed is not None:
            self.desk.present(typed, now)
        around = self.desk.surroundings(now)
        long = now - lock.start >= self.desk.rules.strong_length
        if self.desk.prompting.holds_changed(around, lull_after_lock=long):
            self.desk.show(now)

    # -- after every event, and at every deadline

    def _settle(self, event: Event | None, now: timedelta) -> None:
        """Lets the prompt see holds that began or ended, and computes the next deadline."""
        if type(event) in QUIET and self.state.prompting.state is State.RESTING and not self._stirred():
            return
        self._holds(now)
        self._due = self._deadline()

    def _stirred(self) -> bool:
        """Whether anything is going on that an input or a tick could change the next deadline of."""
        state, opens = self.state, self.state.prompting.window
        busy = state.context.signals or state.presence.stretches or state.presence.evidence or state.brk
        return bool(busy or state.asking.pending) or self._due is None or opens is None or self._due != opens.opens

    def _holds(self, now: timedelta) -> None:
        context, s = self.state.context, self.state.prompting
        if not self.state.running:  # a restart: what holds is not known yet
            return
        if context.signals or context.paused or s.held_by or self.state.presence.stretches:
            around = self.desk.surroundings(now)
            if around.holds != s.held_by and self.desk.prompting.holds_changed(around):
                self.desk.show(now)

    def _wall_clock(self, now: timedelta) -> None:
        """Finds anew what goes by the wall clock: the working hours' hold, when it changes, a pause until tomorrow."""
        hours, context = self.desk.rules.working_hours, self.state.context
        at = self.desk.wall_map.at(now)
        context.turn(Signal.OFF_HOURS, bool(hours and not within(hours, at.local)), now)
        change = next_change(hours, at) if hours else None
        self.state.hours_change = None if change is None else now + (change - at.utc)
        if context.paused_day is not None:
            start = self.desk.rules.day_start
            over = at.day(start) != context.paused_day
            context.paused_until = now if over else now + (next_boundary(at, start) - at.utc)

    def pause(self, until: timedelta | None, tomorrow: bool, now: timedelta) -> None:
        """No prompts until `until`, until the next logical day begins, or (neither) until resumed."""
        day = self.desk.wall_map.at(now).day(self.desk.rules.day_start) if tomorrow else None
        self.state.context.pause(until, day)
        self._wall_clock(now)
        self.desk.close_prompt(self.desk.prompting.drop(Outcome.DECLINED, now))

    def _deadline(self) -> timedelta | None:
        state = self.state
        if state.asleep or not state.running:
            return None
        now = state.seen.elapsed
        found = [
            self.desk.prompting.deadline(self.desk.surroundings(now)),
            state.brk.ends if state.brk and not state.brk.chimed else None,
            state.presence.standing_until if state.presence.bout_start is None else None,
            self.desk.questions.deadline(),
            state.context.paused_until if state.context.paused else None,
            state.context.meeting_until,
            state.hours_change,
            self._call_ends(now),
        ]
        return min((d for d in found if d is not None), default=None)

    def _call_ends(self, now: timedelta) -> timedelta | None:
        if Evidence.CALL not in self.desk.presence.counting(now):
            return None
        return self.desk.presence.evidence_end(Evidence.CALL)

    def _timers(self, until: timedelta, inclusive: bool) -> None:
        """Deals with the deadlines up to `until`, each as of its own moment."""
        while self._due is not None and (self._due < until or (inclusive and self._due == until)):
            now = max(self._due, self.state.seen.elapsed)
            before = self._due
            self.state.seen = self.desk.wall_map.at(now)
            self._timer(now)
            self._settle(None, now)
            if self._due == before:  # cannot be met now: wait for the next event
                break

    def _timer(self, now: timedelta) -> None:
        desk, state = self.desk, self.state
        context = state.context
        if state.hours_change is not None and now >= state.hours_change:
            self._wall_clock(now)
        if context.paused_until is not None and now >= context.paused_until:
            context.resume()
        if context.meeting_until is not None and now >= context.meeting_until:
            context.meeting_until = None
            self.signal(Signal.MEETING, False, now)
        if desk.presence.expire_standing(now):
            desk.new_bout()
            desk.out.append(AskStillStanding())
        if state.brk and not state.brk.chimed and now >= state.brk.ends:
            self._countdown_over(now)
        self._holds(now)  # what begins to hold at this very moment holds the prompt that is due at it
        self._prompt_timer(now)
        desk.questions.expire(desk.surroundings(now))

    def _countdown_over(self, now: timedelta) -> None:
        brk = self.state.brk
        if brk is None:
            return
        brk.chimed = True
        self.desk.out.append(CountdownEnded(quiet=Signal.CALL in self.state.context.signals))
        if self.desk.presence.counting(now):
            self.desk.presence.settle(now)
            self.desk.settle_break(now)

    def _prompt_timer(self, now: timedelta) -> None:
        desk, prompting = self.desk, self.desk.prompting
        around = desk.surroundings(now)
        due = prompting.deadline(around)
        if due is None or due > now:
            return
        if prompting.state.state is State.SHOWN:
            shown = prompting.visible()
            if shown:
                desk.out.append(WithdrawPrompt(shown.number))
            closed = prompting.timeout(around)
            if closed:
                desk._record(closed)
        elif prompting.state.state is State.ASKING:
            desk.settle_question(yes=False, now=now)
        elif prompting.advance(around):
            desk.show(now)
        elif prompting.announce(now):
            desk.out.append(PromptSoon())
