"""From what a system tells to observations: "so long ago" where it answers no more, stamps where it calls back."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import timedelta

from sitbreak.core.events import InputKind
from sitbreak.core.timeline import Instant
from sitbreak.ports import Clock, Observed

# Two readings of the same input may differ by this much: the age and the clock are not read in the same moment.
SAME = timedelta(milliseconds=100)
# Ages beyond this are "never" (macOS answers a huge number then) and would not fit the calendar.
NEVER = timedelta(days=365)


class Ages:
    """Remembers the newest input of each kind, and tells which ages mean a newer one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._newest: dict[InputKind, Instant] = {}

    def news(self, ages: Mapping[InputKind, timedelta]) -> list[Observed]:
        """The inputs that these ages add to what was told before, oldest first."""
        now = self._clock.now()
        found = [Observed(kind, now.plus(-age)) for kind, age in ages.items() if age < NEVER]
        fresh = [seen for seen in found if self._is_new(seen)]
        self._newest.update({seen.kind: seen.at for seen in fresh})
        return sorted(fresh, key=lambda seen: seen.at.elapsed)

    def _is_new(self, seen: Observed) -> bool:
        known = self._newest.get(seen.kind)
        return known is None or seen.at.since(known) > SAME


class Stamps:
    """Takes stamps from any thread; small, whatever the event rate."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._first: dict[InputKind, Instant] = {}
        self._last: dict[InputKind, Instant] = {}
        self.newest: Instant | None = None  # of all that was ever stamped

    def stamp(self, kind: InputKind) -> None:
        """There was such an input just now."""
        with self._lock:
            now = self._clock.now()
            self._first.setdefault(kind, now)
            self._last[kind] = now
            self.newest = now

    def take(self) -> list[Observed]:
        """The stamps since the last take, oldest first."""
        with self._lock:
            pairs = {*self._first.items(), *self._last.items()}
            self._first.clear()
            self._last.clear()
        return sorted((Observed(kind, at) for kind, at in pairs), key=lambda seen: seen.at.elapsed)
