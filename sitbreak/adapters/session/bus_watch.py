"""Keeping a watch over D-Bus alive: one log line when it breaks, another try after a while, for as long as it takes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import Future

from sitbreak.adapters.bus import BusThread, pause
from sitbreak.adapters.choose import AGAIN_S

FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = AGAIN_S[-1]

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
        self._wait_s = FIRST_WAIT_S
        self._told = False
        self._running: Future[None] | None = None

    def start(self) -> None:
        """Begins; returns at once."""
        self._running = self._bus.spawn(self._keep())

    def close(self) -> None:
        """Ends the watch."""
        if self._running is not None:
            self._running.cancel()
            self._running = None

    async def _keep(self) -> None:
        while True:
            (failure,) = await asyncio.gather(self._attend(self._ready), return_exceptions=True)
            self._tell("the connection has ended" if failure is None else str(failure) or repr(failure))
            self._lost()
            await pause(self._wait_s)
            self._wait_s = min(2 * self._wait_s, LONGEST_WAIT_S)

    def _ready(self) -> None:
        self._wait_s = FIRST_WAIT_S
        self._told = False

    def _tell(self, reason: str) -> None:
        if not self._told:
            _log.warning("%s cannot be watched for now: %s; it is tried again.", self._what, reason)
        self._told = True
