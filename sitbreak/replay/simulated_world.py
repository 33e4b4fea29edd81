"""The log as the loop's feed: a simulated world that plays its lines on a simulated clock."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from sitbreak.adapters.clock import SimulatedClock
from sitbreak.core import events as e
from sitbreak.core.event_messages import SENSED, event_of
from sitbreak.core.records import Span
from sitbreak.core.timeline import ZERO, Instant, WallMap
from sitbreak.daemon.event_queue import Item
from sitbreak.replay.log import RUN_SLACK, Log, LogLine

SIGNALS = {s.value: s for s in e.Signal}
DECLARED = {"meeting", "reading"}
PLAIN: dict[str, e.Event] = {
    "lock": e.Locked(),
    "unlock": e.Unlocked(),
    "sleep": e.Slept(),
    "wake": e.Woke(),
    "source_lost": e.SourceLost("the log says so"),
    "source_back": e.SourceBack(),
    "end": e.Present(last=True),
    "clock_step": e.Tick(),  # the machine sees the new wall clock at once, not at the next poll
    "zone": e.Tick(),
    **SENSED,
}
INPUTS: dict[object, e.ActivityObserved] = {kind.value: e.ActivityObserved(kind) for kind in e.InputKind}
REPLIES, LAST = 10**9, 10**9 + 1  # line numbers after every line of a file


@dataclass(slots=True)
class Reply:
    """How the person answers every prompt from now on."""

    answer: str
    after: timedelta
    away: timedelta
    minutes: object  # a number, or None


@dataclass(slots=True)
class Run:
    """A run of inputs, at its `n`th."""

    line: LogLine
    event: e.ActivityObserved
    n: int = 0

    def reaches(self, t: float) -> bool:
        """Whether an input at `t` is still part of it."""
        return t <= float(str(self.line.keys["until"])) + RUN_SLACK

    @classmethod
    def of(cls, line: LogLine) -> Run:
        """The run that an `input_run` line begins."""
        return cls(line, INPUTS[line.keys["kind"]])

    def next(self) -> timedelta | None:
        """Goes on to the next input; None after the last."""
        self.n += 1
        t: float = self.line.t + self.n * self.line.keys["every"]  # type: ignore[operator]
        return timedelta(seconds=t) if self.reaches(t) else None


@dataclass(slots=True)
class World:
    """What probes would report at any moment."""

    on: set[str] = field(default_factory=set)
    locked: bool = False
    asleep: bool = False
    blind: bool = False  # the activity source cannot be read
    alive: bool = True
    failing: set[str] = field(default_factory=set)
    sensed: dict[str, str] = field(default_factory=dict)  # by the sensor, what it said last


class Script:
    """Implements Feed. `deadline` is asked before each line, so that the loop wakes for what falls due between two."""

    def __init__(self, log: Log) -> None:
        self.clock = SimulatedClock(Instant(ZERO, log.start.astimezone(UTC), log.zone))
        self.wall_map = WallMap()
        self.wall_map.observe(self.clock.now())
        self.world = World()
        self.deadline: Callable[[], timedelta | None] = lambda: None
        self.booked: Callable[[], tuple[Span, ...]] = tuple  # the spans kept so far, which a correction is held against
        self.end = _seconds(log.end)
        self.finished = False
        self.killed = False
        self._reply: Reply | None = None
        self._gone: tuple[timedelta, timedelta] | None = None
        self._order = itertools.count()
        self._heap: list[tuple[timedelta, int, int, LogLine | Run]] = []
        for line in log.lines:
            if line.do != "input_run":
                self._push(_seconds(line.t), line)
            elif (run := Run.of(line)).reaches(line.t):
                self._push(_seconds(line.t), run)
        if not log.lines or log.lines[-1].do != "end":
            self._push(self.end, LogLine(LAST, log.end, "end"))

    def _push(self, at: timedelta, item: LogLine | Run) -> None:
        """Queues a line; ties go in file order, what the person of `reply` does comes after them."""
        number = item.line.number if isinstance(item, Run) else item.number
        heapq.heappush(self._heap, (at, number, next(self._order), item))

    def post(self, event: e.Event) -> None:
        """Adds an event that happens now, before what comes later."""
        heapq.heappush(
            self._heap, (self.clock.now().elapsed, -1, next(self._order), LogLine(0, 0.0, "posted", {"event": event}))
        )

    def receive(self, until: timedelta) -> Iterator[Item]:
        """See Feed."""
        while self._heap and not self.killed:
            due = self.deadline()
            limit = until if due is None else min(until, max(due, self.clock.now().elapsed))
            at, _, _, item = self._heap[0]
            if at > limit:
                self._move(limit)
                return
            heapq.heappop(self._heap)
            self._move(at)
            if isinstance(item, Run):
                if self._seen(at):
                    yield item.event, self.clock.now()
                self._go_on(item)
                continue
            if item.do == "input":  # nearly all lines of a day
                if self._seen(at):
                    yield INPUTS[item.keys["kind"]], self.clock.now()
                continue
            if item.do == "end":
                self._heap.clear()  # nothing is observed after it; what is posted because of it still comes
            for event in self._events(item, at):
                yield event, self.clock.now()
        self.finished = not self._heap

    def _go_on(self, run: Run) -> None:
        following = run.next()
        if following is not None:
            self._push(following, run)

    def skip_to_run(self) -> None:
        """While the process is dead only the world goes on; stops at `run`, or at the end."""
        self.killed = False
        while self._heap:
            at, _, _, line = heapq.heappop(self._heap)
            self._move(at)
            if isinstance(line, Run):
                self._go_on(line)
                continue
            self._change_world(line)
            if line.do == "reply":
                self._reply = _reply(line)
            if line.do in ("run", "end"):
                if line.do == "end":
                    self._push(at, line)
                break
        self.world.alive = True

    def present_state(self) -> list[e.Event]:
        """What probes report when the program starts; an inhibitor that was there before is no evidence (1.1)."""
        found: list[e.Event] = [e.SignalChanged(SIGNALS[name], True) for name in sorted(self.world.on - {"media"})]
        if self.world.locked:
            found.append(e.Locked())
        if self.world.blind:
            found.append(PLAIN["source_lost"])
        return [*found, *(SENSED[do] for do in self.world.sensed.values())]

    def prompt_shown(self, at: timedelta, given: Reply | None = None) -> None:
        """A prompt went on show: the person of `reply` reacts, unless another reaction is given."""
        reply = self._reply if given is None else given
        if reply is None:
            return
        answered = at + reply.after
        if reply.answer != "none" and answered <= self.end:
            self._push(answered, LogLine(REPLIES, 0.0, "answer", {"answer": reply.answer, "minutes": reply.minutes}))
        self._gone = (answered, answered + reply.away)

    def _move(self, to: timedelta) -> None:
        now = self.clock.now().elapsed
        if to > now:
            self.clock.advance(to - now)

    # -- lines

    def _events(self, line: LogLine, at: timedelta) -> Iterator[e.Event]:
        self._change_world(line)
        do = line.do
        if do == "posted":
            event = line.keys["event"]
            assert isinstance(event, e.Event)  # only post() makes such lines
            yield event
        elif do == "kill":
            self.killed = True
        elif do in PLAIN:
            yield PLAIN[do]
        elif do == "reply":
            self._reply = _reply(line)
            yield e.Present()
        elif (name := do.rpartition("_")[0]) in SIGNALS and name not in DECLARED:
            yield e.SignalChanged(SIGNALS[name], do.endswith("_on"))
        else:
            yield from self._said(line)

    def _said(self, line: LogLine) -> Iterator[e.Event]:
        event = event_of({**line.keys, "do": line.do}, lambda name, value: self.wall_map.at(_seconds(value)))
        if isinstance(event, e.CorrectionRequested):
            event = replace(event, booked=self.booked())
        if event is not None:
            yield event

    def _seen(self, at: timedelta) -> bool:
        """Whether an input of the log happens: not asleep, and the person of `reply` has not left."""
        left = self._gone is not None and self._gone[0] < at < self._gone[1]
        return not self.world.asleep and not left

    def _change_world(self, line: LogLine) -> None:
        world, do = self.world, line.do
        name, _, state = do.rpartition("_")
        if do in ("lock", "unlock"):
            world.locked = do == "lock"
        elif do in ("sleep", "wake"):
            world.asleep = do == "sleep"
        elif do in ("source_lost", "source_back"):
            world.blind = do == "source_lost"
        elif do == "clock_step":
            self.clock.step(_seconds(line.keys["seconds"]))
            self.wall_map.observe(self.clock.now())
        elif do == "zone":
            self.clock.set_zone(ZoneInfo(str(line.keys["tz"])))
            self.wall_map.observe(self.clock.now())
        elif do in SENSED:
            world.sensed[name] = do
        elif name == "fail":
            (world.failing.add if state == "on" else world.failing.discard)(str(line.keys["port"]))
        elif name in SIGNALS and name not in DECLARED:
            (world.on.add if state == "on" else world.on.discard)(name)


def _reply(line: LogLine) -> Reply:
    keys = line.keys
    return Reply(str(keys["answer"]), _seconds(keys["after"]), _seconds(keys["away"]), keys["minutes"])


def _seconds(value: object) -> timedelta:
    assert isinstance(value, int | float)  # log.read let nothing else pass
    return timedelta(seconds=value)
