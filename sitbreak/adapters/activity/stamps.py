"""Stamps that callbacks leave between two polls: for each kind of input, when the first and the last was."""

from __future__ import annotations

import threading

from sitbreak.core.events import InputKind
from sitbreak.core.timeline import Instant
from sitbreak.ports import Clock, Observed


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
