"""Keeping a watch over D-Bus alive, whatever it fails of."""

from __future__ import annotations

from contextlib import closing
from queue import SimpleQueue

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.session.bus_watch import BusWatch, Ready


def test_a_watch_outlives_whatever_it_meets() -> None:
    """An answer of a shape that nobody foresaw ends one attempt, and the next follows."""
    attempts: SimpleQueue[str] = SimpleQueue()

    async def attend(ready: Ready) -> None:
        attempts.put("attempt")
        raise KeyError("LockedHint")

    with closing(BusThread()) as thread, closing(BusWatch(thread, "It", attend, lambda: attempts.put("lost"))) as watch:
        watch.start()
        assert [attempts.get(timeout=10) for _ in range(3)] == ["attempt", "lost", "attempt"]
