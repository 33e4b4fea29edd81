"""One slow timer thread for all probes that can only poll."""

from __future__ import annotations

import threading
from collections.abc import Callable

CLOSING_S = 5.0


class Slow:
    """Calls each `look` added to it, at once and then every `step_s` seconds, on one thread it has while any is there.

    A look must be short and raise nothing.
    """

    def __init__(self, step_s: float = 10.0) -> None:
        self._step_s = step_s
        self._guard = threading.Lock()
        self._looks: dict[int, Callable[[], None]] = {}
        self._numbers = 0
        self._thread: threading.Thread | None = None
        self._nudge = threading.Event()

    def add(self, look: Callable[[], None]) -> Callable[[], None]:
        """Has `look` called from now on; returned is what ends that, and waits for a call under way."""
        with self._guard:
            self._numbers += 1
            number = self._numbers
            self._looks[number] = look
            self._nudge.set()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="context-slow", daemon=True)
                self._thread.start()
        return lambda: self._remove(number)

    def _remove(self, number: int) -> None:
        with self._guard:
            self._looks.pop(number, None)
            thread = None if self._looks else self._thread
            if thread is not None:
                self._thread = None
                self._nudge.set()
        if thread is not None and thread is not threading.current_thread():
            thread.join(CLOSING_S)

    def _run(self) -> None:
        mine = threading.current_thread()
        while True:
            self._nudge.clear()
            with self._guard:
                if self._thread is not mine:
                    return
                looks = list(self._looks.values())
            for look in looks:
                look()
            self._nudge.wait(self._step_s)
