"""What the subjects of the machine share: rules, memory, wall clock, ledger, effects, and a word to each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

from sitbreak.core.classify import ClosedGap
from sitbreak.core.effects import Effect, Record, WithdrawQuestion
from sitbreak.core.events import Event
from sitbreak.core.frozen import frozen
from sitbreak.core.ledger import Ledger
from sitbreak.core.memory import Memory, Suggested
from sitbreak.core.reboot import Boot, dated_anew, put_right
from sitbreak.core.records import GROUPS, Fact, Facts, Quiet, Span
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import ZERO, Instant, WallMap

PAST_KEPT = 60  # movements remembered for choosing the next one


@frozen
class PresenceSeen:
    """Presence tells the others: somebody is here, by real input since `since`, or (None) by evidence alone.

    `gap` is what that ended, if it ended one. `answering`: it is the answer to the prompt on show, so nobody had left.
    """

    gap: ClosedGap | None
    since: timedelta | None = None
    quiet: Quiet | None = None  # the silence before the input, if it was one that may be asked about
    answering: bool = False
    last: bool = False  # the books end here: it brings no prompt


@frozen
class LockEnded:
    """Presence tells the others: the session, locked for so long, is open again."""

    lasted: timedelta


Told = Event | PresenceSeen | LockEnded


class Subject(Protocol):
    """A subject of the machine. `now` is the present on the steady clock; what is to be done goes to `Common.out`."""

    def handle(self, event: Told, now: timedelta) -> None:
        """Takes what happened; most of it is none of its business."""

    def deadline(self) -> timedelta | None:
        """When it has something to do if nothing else happens; None: never."""

    def expire(self, now: timedelta) -> None:
        """Does what falls due at `now`, if anything."""


class MovementChooser(Protocol):
    """Chooses movements (spec 3.1); deterministic in what was suggested before."""

    def choose(self, past: Sequence[Suggested]) -> str:
        """The id of the movement to suggest next."""
        ...

    def short_walk(self) -> str:
        """The id of what the shorter offer after "not now" suggests."""
        ...

    def stretch(self, movement: str) -> bool:
        """Whether it is seated or lying, and so earns no confirmed minutes."""
        ...


class Common:
    """The ground that the subjects stand on. Each writes its own part of `memory`, and may read the others'."""

    def __init__(self, rules: Rules, movements: MovementChooser, memory: Memory) -> None:
        self.rules = rules
        self.movements = movements
        self.memory = memory
        self.wall_map = WallMap()
        for anchor in (*memory.anchors, memory.seen):
            self.wall_map.observe(anchor)
        self.ledger = Ledger(self.wall_map, rules.day_start, memory.open_span)
        self.out: list[Effect] = []
        self.subjects: tuple[Subject, ...] = ()

    def tell(self, event: Told, now: timedelta) -> None:
        """Every subject is told, in their order."""
        for subject in self.subjects:
            subject.handle(event, now)

    def day(self, moment: timedelta) -> date:
        """The logical day of a moment of the steady clock."""
        return self.wall_map.at(moment).day(self.rules.day_start)

    def drop_question(self) -> None:
        """Takes the open question about a gap away, if there is one."""
        if self.memory.question is not None:
            self.memory.question = None
            self.out.append(WithdrawQuestion())

    def suggested(self, movement: str, now: timedelta) -> None:
        """Remembers that a movement was suggested or begun."""
        one = Suggested(movement, self.wall_map.at(now), self.memory.level(movement))
        self.memory.past = [*self.memory.past, one][-PAST_KEPT:]

    # -- what is kept

    def drain(self) -> list[Effect]:
        """The effects since the last call, the spans that closed meanwhile first."""
        out, self.out = self.out, []
        if self.memory.boot:
            self.memory.boot.record(effect.fact for effect in out if isinstance(effect, Record))
        return [*(Record(span) for span in self.closed_spans()), *out]

    def closed_spans(self) -> list[Span]:
        """The spans closed since the last call."""
        spans = self.ledger.drain()
        if self.memory.boot and spans:
            self.memory.boot.record(spans)
        return spans

    # -- the wall clock

    def clock_read(self, at: Instant) -> bool:
        """Takes note of what the clocks say; True when the wall clock was set, or moved to another zone.

        Soon after a start of the machine a step puts right what came before. The first reading after it is no step,
        even where the clock stands before the last moment seen.
        """
        boot, version = self.memory.boot, self.wall_map.version
        step = at.utc - self.wall_map.at(at.elapsed).utc
        if boot and self.memory.running and boot.stepped(step):
            self._redate(boot, step)
        self.wall_map.observe(at)
        self.memory.seen = at
        return self.wall_map.version != version

    def _redate(self, boot: Boot, step: timedelta) -> None:
        """The wall clock was wrong by `step` since the machine was started: what was recorded since is dated anew."""
        self.wall_map.redate(boot.at, step)
        memory, start = self.memory, self.rules.day_start
        recorded, boot.recorded = boot.recorded, Facts()
        self.ledger.redate(recorded.spans, boot.at)
        others: list[Fact] = [
            fact for group in GROUPS.values() if group != "spans" for fact in getattr(recorded, group)
        ]
        self.out += [Record(dated_anew(fact, boot.at, self.wall_map, start)) for fact in others]
        memory.past = [dated_anew(one, boot.at, self.wall_map, start) for one in memory.past]
        if memory.last_shown and memory.last_shown.elapsed >= boot.at:
            memory.last_shown = self.wall_map.at(memory.last_shown.elapsed)
        if memory.question and memory.question.end.elapsed >= boot.at:
            self.drop_question()

    def check_boot(self, boot: Boot, now: timedelta) -> None:
        """Puts right what was booked of the time the machine was off, once its wall clock was set."""
        if boot.gap is None or not boot.mistaken:
            self.memory.boot = None if boot.over(now) else boot
            return
        fact = put_right(boot, self.wall_map, now, self.rules.day_start)
        if fact is not None:
            self.out.append(Record(fact))
        if boot.step > ZERO and not boot.gap.ended_bout:
            self.memory.presence.sit_anew(boot.gap.gap.end)
        self.memory.boot = None
