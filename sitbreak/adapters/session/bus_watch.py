"""Keeping a watch over D-Bus alive: one log line when it breaks, another try after a while, for as long as it takes."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import Future

from sitbreak.adapters.bus import BusThread, again_and_again

Ready = Callable[[], None]
Attend = Callable[[Ready], Awaitable[None]]
_log = logging.getLogger(__name__)


class BusWatch:
    """Runs `attend` on the bus thread, again and again.

    `attend(ready)` subscribes, calls `ready()`, and returns when the connection has ended; it raises when it cannot,
    a BusError as a rule. After either, `lost()` is called (on the bus thread) and another attempt follows.
    """

    def __init__(self, bus: BusThread, what: str, attend: Attend, lost: Callable[[], None]) -> None:
        self._bus = bus
        self._what = what
        self._attend = attend
        self._lost = lost
        self._works = self._told = False
        self._running: Future[None] | None = None

    def start(self) -> None:
        """Begins; returns at once."""
        self._running = self._bus.spawn(again_and_again(lambda: self._attend(self._ready), self._ended))

    def close(self) -> None:
        """Ends the watch."""
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def _ended(self, failure: BaseException | None) -> bool:
        """Tells once that nothing can be watched, and why; whether it could before."""
        worked = self._works
        if worked or not self._told:
            reason = "the connection has ended" if failure is None else str(failure) or repr(failure)
            _log.warning("%s cannot be watched for now: %s; it is tried again.", self._what, reason)
        self._told, self._works = True, False
        self._lost()
        return worked

    def _ready(self) -> None:
        self._works = True
