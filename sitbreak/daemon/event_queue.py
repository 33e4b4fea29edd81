"""What wakes the loop: posted events and calls, and inputs from the activity source, in order of their instants."""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Protocol

from sitbreak.boundary import Failure, attempt
from sitbreak.core.events import ActivityObserved, Event, Slept, SourceBack, SourceLost, Started, Stopped, Woke
from sitbreak.core.frozen import frozen
from sitbreak.core.timeline import ZERO, Instant
from sitbreak.language import N_
from sitbreak.ports import ActivitySource, Clock, SourceUnreadable

log = logging.getLogger(__name__)

# Spec 1.5: no observation for longer than the planned wait + 30 s, without sleep, counts as not running.
LATE = timedelta(seconds=30)
# The two clocks whose difference is the time asleep are read one after the other; less than this is no sleep.
LEAST_SLEEP = timedelta(seconds=1)
UNREADABLE = N_("What tells of input here failed")


@frozen
class Call:
    """Something to do on the loop's thread: a request of the control socket, or an appointment."""

    run: Callable[[Instant], None]


Item = tuple[Event | Call, Instant]


class Feed(Protocol):
    """Where the loop's events come from."""

    def receive(self, until: timedelta) -> Iterator[Item]:
        """Waits until something is posted, at the latest until `until` on the steady clock; yields in order of time."""
        ...


class LiveFeed:
    """Posted events, and what a poll of the activity source says. `post` and `call` may be used from any thread."""

    def __init__(
        self, clock: Clock, source: ActivitySource, asleep: Callable[[], timedelta | None] = lambda: None
    ) -> None:
        """`asleep` tells the total sleep of the system so far, or None where nobody can tell."""
        self._clock = clock
        self._asleep = asleep
        self._slept = asleep()
        self._seen = clock.now()
        self._source = source
        self._posted: queue.SimpleQueue[Item] = queue.SimpleQueue()
        self._blind = False

    def post(self, event: Event) -> None:
        """Adds an event that happened just now."""
        self._posted.put((event, self._clock.now()))

    def call(self, run: Callable[[Instant], None]) -> None:
        """Has `run` called on the loop's thread."""
        self._posted.put((Call(run), self._clock.now()))

    def now(self) -> Instant:
        """The present instant."""
        return self._clock.now()

    def wake(self) -> None:
        """Ends the waiting."""
        self.call(lambda at: None)

    def receive(self, until: timedelta) -> Iterator[Item]:
        """See Feed."""
        wait = max(ZERO, until - self._clock.now().elapsed)
        items = [*self._waited(wait.total_seconds()), *self._polled()]
        items = [*self._noticed(until, self._clock.now()), *items]
        yield from sorted(items, key=lambda item: item[1].elapsed)

    def _noticed(self, planned: timedelta, now: Instant) -> list[Item]:
        """A wake-up that came late means a sleep, or that nobody watched (spec 1.5)."""
        before, self._seen = self._seen, now
        slept = self._total_sleep()
        gone = ZERO if slept is None or self._slept is None else slept - self._slept
        self._slept = slept
        if gone >= LEAST_SLEEP:
            began = max(ZERO, now.elapsed - before.elapsed - gone)
            return [(Slept(), before.plus(began)), (Woke(), now)]
        if now.elapsed - max(planned, before.elapsed) > LATE:
            return [(Stopped(), before), (Started(), now)]
        return []

    def _total_sleep(self) -> timedelta | None:
        try:
            return self._asleep()
        except OSError:
            return None

    def _waited(self, seconds: float) -> list[Item]:
        found: list[Item] = []
        try:
            found.append(self._posted.get(block=seconds > 0, timeout=seconds))
            while True:
                found.append(self._posted.get_nowait())
        except queue.Empty:
            return found

    def _polled(self) -> list[Item]:
        """The inputs since the last poll; losing the source, and having it back, are events."""
        observed = attempt(self._source.poll)
        if isinstance(observed, Failure):  # whatever it fails of, it does not see; it is polled again
            return self._lost(observed.error)
        items: list[Item] = [(ActivityObserved(seen.kind), seen.at) for seen in observed]
        if self._blind:
            self._blind = False
            items.insert(0, (SourceBack(), items[0][1] if items else self._clock.now()))
        return items

    def _lost(self, error: Exception) -> list[Item]:
        if self._blind:
            return []
        self._blind = True
        why = str(error) if isinstance(error, SourceUnreadable) else f"{UNREADABLE} ({error!r})."
        log.warning("no activity is seen: %s", why)
        return [(SourceLost(why), self._clock.now())]
