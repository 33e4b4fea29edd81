"""A machine that begins in the morning, and a feed that tells it a scripted day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from sitbreak.adapters.clock import A_MORNING, SimulatedClock
from sitbreak.core.events import ActivityObserved, Event, InputKind, Tick
from sitbreak.core.machine import Machine
from sitbreak.core.memory import Suggested, begin
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import Instant
from sitbreak.daemon.event_queue import Call, Item

KEY = ActivityObserved(InputKind.KEY)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


class Walks:
    """Suggests the same walk every time; ids that begin with "seated" earn no minutes."""

    def choose(self, past: Sequence[Suggested]) -> str:
        """The movement suggested next."""
        return "walk"

    def short_walk(self) -> str:
        """The walk of the shorter offer."""
        return "walk"

    def stretch(self, movement: str) -> bool:
        """Whether it is seated."""
        return movement.startswith("seated")


def machine_at(at: Instant = A_MORNING, rules: Rules | None = None) -> Machine:
    """A machine without a past that begins to watch at `at`."""
    found = Rules() if rules is None else rules
    return Machine(found, Walks(), begin(at, found))


def after(minutes: float, start: Instant = A_MORNING) -> Instant:
    """The instant so many minutes after `start`."""
    return start.plus(minutes * MINUTE)


def typing(machine: Machine, first: float, last: float, every: float = 0.5, start: Instant = A_MORNING) -> None:
    """A key every half minute from minute `first` to minute `last`, both after `start`."""
    for step in range(round((last - first) / every) + 1):
        machine.handle(KEY, after(first + step * every, start))


class ScriptedFeed:
    """A Feed on a simulated clock: what was planned comes at its time, what was posted at once."""

    def __init__(self, clock: SimulatedClock) -> None:
        self.clock = clock
        self.waits: list[timedelta] = []  # how long each call of `receive` would have waited at the most
        self._planned: list[tuple[timedelta, Event | Call]] = []

    def plan(self, seconds: float, event: Event) -> None:
        """An event so many seconds after the morning began."""
        self._add(A_MORNING.elapsed + seconds * SECOND, event)

    def plan_typing(self, first_s: float, last_s: float, every_s: float = 30.0) -> None:
        """Keys from `first_s` to `last_s`."""
        for step in range(int((last_s - first_s) / every_s) + 1):
            self.plan(first_s + step * every_s, KEY)

    def plan_call(self, seconds: float, run: Callable[[Instant], None]) -> None:
        """Something to be done on the loop's thread."""
        self._add(A_MORNING.elapsed + seconds * SECOND, Call(run))

    def post(self, event: Event) -> None:
        """An event that happened just now."""
        self._add(self.clock.now().elapsed, event)

    def _add(self, at: timedelta, what: Event | Call) -> None:
        self._planned.append((at, what))
        self._planned.sort(key=lambda item: item[0])

    def receive(self, until: timedelta) -> Iterator[Item]:
        """See Feed; the clock stands at the moment of each item, and at `until` in the end."""
        self.waits.append(until - self.clock.now().elapsed)
        while self._planned and self._planned[0][0] <= until:
            at, what = self._planned.pop(0)
            self._move(at)
            yield what, self.clock.now()
        self._move(until)

    def _move(self, to: timedelta) -> None:
        now = self.clock.now().elapsed
        if to > now:
            self.clock.advance(to - now)


TICK = Tick()
