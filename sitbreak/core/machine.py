"""The core's only door: events and instants in, effects out; deadlines, status and memory on request.

Inside, six subjects, each of which takes every event, names its next deadline, and does what falls due: presence (and
the books), room, context, prompt, questions, breaks. They are told in this order, and each may ask those before it,
never those after it. Presence tells the others of every gap it closes.

Events come in order of their instants. Deadlines that passed meanwhile are dealt with first, each as of its own
moment, so that a late wake-up leaves the same records; an event at the very moment of a deadline comes before it.
While the computer sleeps or the program is not running nothing falls due: what did is dealt with at the next moment
observed.
"""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core.booking import Booking
from sitbreak.core.breaks import Breaks
from sitbreak.core.context import Context
from sitbreak.core.effects import Effect
from sitbreak.core.events import Event, RulesChanged, Sensor, SensorRead, SignalChanged
from sitbreak.core.memory import Memory, begin
from sitbreak.core.presence import Presence
from sitbreak.core.prompt import Prompting
from sitbreak.core.questions import Questions
from sitbreak.core.records import Span
from sitbreak.core.room import Room
from sitbreak.core.rules import Rules
from sitbreak.core.shared_state import Common, MovementChooser
from sitbreak.core.status import Status, status_of
from sitbreak.core.timeline import Instant

NEXT = timedelta(milliseconds=1)


class Machine:
    """Estimates, prompts and books for one person."""

    def __init__(self, rules: Rules, movements: MovementChooser, memory: Memory) -> None:
        self._memory = memory
        self._common = Common(rules, movements, memory)
        self._booking = Booking(self._common)
        self._presence = Presence(self._common, self._booking)
        self._room = Room(self._common, self._booking, self._presence)
        self._context = Context(self._common, self._booking)
        self._prompt = Prompting(self._common, self._presence, self._context)
        self._questions = Questions(self._common, self._booking, self._context, self._prompt)
        self._breaks = Breaks(self._common, self._booking, self._context, self._prompt)
        self._common.subjects = (
            self._presence, self._room, self._context, self._prompt, self._questions, self._breaks
        )  # fmt: skip
        self._due = self._deadline()

    # -- what others may know

    @property
    def rules(self) -> Rules:
        """The rules in force."""
        return self._common.rules

    @property
    def seen(self) -> Instant:
        """The last instant it was told of."""
        return self._memory.seen

    @property
    def clock_changes(self) -> int:
        """Changes whenever the wall clock was set or the zone changed."""
        return self._common.wall_map.version

    @property
    def occupied(self) -> bool:
        """Whether a prompt, its question or a break is open."""
        return self._memory.brk is not None or self._memory.prompting.shown is not None

    def word_at(self, at: Instant) -> Instant:
        """When a pause or its end said at `at` is told to be said: after the last one, on whatever clock that was."""
        last = self._memory.context.pause_said
        return at if last is None or last < at.elapsed else at.plus(last - at.elapsed + NEXT)

    def status(self, at: Instant) -> Status:
        """The present, at `at`, which is not before the last event."""
        return status_of(self._common, self._booking, self._context, at)

    def on_show(self, at: Instant) -> Effect | None:
        """What a restart took off the screen: a prompt that waits for its answer, or the rest of a break; else None."""
        return self._prompt.on_show(at) or self._breaks.on_show(at)

    # -- the door

    def handle(self, event: Event, at: Instant) -> list[Effect]:
        """Takes one event; returns what is to be shown, asked and kept, in order."""
        at = at if at.elapsed >= self._memory.seen.elapsed else self._memory.seen
        now, boot = at.elapsed, self._memory.boot
        self._expire(now, inclusive=False)
        if self._common.clock_read(at):
            self._context.wall_clock(now)
        if isinstance(event, RulesChanged):
            self._common.rules = event.rules
        self._common.tell(event, now)
        if boot:
            self._common.check_boot(boot, now)
        self._settle(now)
        self._expire(now, inclusive=True)
        return self._common.drain()

    def next_deadline(self) -> timedelta | None:
        """The steady-clock moment by which `handle` should be called again, if nothing happens; None: no hurry."""
        return self._due

    def checkpoint(self, at: Instant) -> list[Span]:
        """The spans to keep now: the open one up to the last presence at `at`, after any that just closed."""
        self._booking.settle(at.elapsed)
        closed, opened = self._common.closed_spans(), self._common.ledger.open
        return closed if opened is None else [*closed, opened]

    # -- what outlives it

    def memory(self) -> Memory:
        """All that has to be kept to go on after a restart."""
        memory, wall_map = self._memory, self._common.wall_map
        memory.open_span = self._common.ledger.open
        wall_map.forget_before(memory.oldest())
        memory.anchors = wall_map.anchors
        return memory

    def begin_anew(self, at: Instant) -> tuple[Machine, list[Event]]:
        """A machine without this one's past, and what it is to be told of the present; pauses and the like go on."""
        fresh = begin(at, self.rules)
        fresh.blind, fresh.context = self._memory.blind, self._memory.context
        machine = Machine(self.rules, self._common.movements, fresh)
        machine._expire(at.elapsed, inclusive=True)
        room = self._memory.room
        heard = [SensorRead(Sensor.SEAT, room.seat.says), SensorRead(Sensor.DESK, room.desk.says)]
        on = [SignalChanged(signal, True, holder) for signal, holder in fresh.context.signals.items()]
        return machine, [*on, *(read for read in heard if read.on is not None)]

    def number_prompts_after(self, highest: int) -> None:
        """The next prompt gets a number above this one."""
        self._memory.next_number = max(self._memory.next_number, highest + 1)

    # -- time

    def _settle(self, now: timedelta) -> None:
        """After every event and every deadline: the prompt looks around, and the next deadline is found."""
        self._prompt.look(now)
        self._due = self._deadline()

    def _deadline(self) -> timedelta | None:
        if self._memory.asleep or not self._memory.running:
            return None
        found = [subject.deadline() for subject in self._common.subjects]
        return min((due for due in found if due is not None), default=None)

    def _expire(self, until: timedelta, inclusive: bool) -> None:
        """Deals with the deadlines up to `until`, each as of its own moment."""
        stuck = 0
        while self._due is not None and (self._due < until or (inclusive and self._due == until)):
            now = max(self._due, self._memory.seen.elapsed)
            before = self._due
            self._memory.seen = self._common.wall_map.at(now)
            for subject in self._common.subjects:
                subject.expire(now)
            self._settle(now)
            stuck = stuck + 1 if self._due == before else 0
            if stuck == 2:  # cannot be met now: wait for the next event
                break
