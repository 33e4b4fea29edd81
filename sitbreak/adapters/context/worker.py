"""The threads of the probes: one of its own for a probe that waits for edges, one slow timer for all that only poll."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable, Sequence

from sitbreak.adapters.choose import AGAIN_S, until_next
from sitbreak.adapters.context.edges import Trouble
from sitbreak.boundary import Failure, attempt

CLOSING_S = 5.0
NUDGE_S = 0.1
SLOW_S = 8.0  # less than the hands rest before a lull is found (10 s): a lock is seen before a prompt would come
# A lock that nobody touched anything for is no evidence (spec 1.1), and no prompt comes into an empty chair (2.1.4).
STILL, STILL_S = 15, 60.0  # so many looks after the last input it is enough to look that often


class Lost(Exception):
    """What a probe listened to has ended; the message is part of a sentence for people."""


class Worker:
    """Runs `attempt()` on a daemon thread, again after each failure, until `close`.

    `attempt` blocks while all is well and looks at `ending` whenever `wake` was called; it calls `works()` once it
    sees. `after` is called when it has ended, however it did.
    """

    def __init__(
        self,
        name: str,
        attempt: Callable[[], None],
        *,
        trouble: Trouble,
        wake: Callable[[], None],
        after: Callable[[], None],
        back_off: Sequence[float] = AGAIN_S,
    ) -> None:
        self.ending = threading.Event()
        self._attempt = attempt
        self._trouble = trouble
        self._wake = wake
        self._after = after
        self._back_off = back_off
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def works(self) -> None:
        """The attempt under way sees."""
        self._failures = 0
        self._trouble.over()

    def close(self) -> None:
        """Ends the thread; waits for that at most a few seconds. A wake-up that came too early is repeated."""
        self.ending.set()
        for _ in range(round(CLOSING_S / NUDGE_S)):
            self._wake()
            self._thread.join(NUDGE_S)
            if not self._thread.is_alive():
                return

    def _run(self) -> None:
        while not self.ending.is_set():
            done = attempt(self._attempt)
            if isinstance(done, Failure):
                self._trouble.met(done)
            self._after()
            self.ending.wait(until_next(self._failures, self._back_off))
            self._failures += 1


class Pipe:
    """A pipe to wake a thread that waits for file descriptors."""

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self._writer, False)

    def wake(self) -> None:
        """Ends the wait under way, or the next one."""
        try:
            os.write(self._writer, b".")
        except BlockingIOError:
            return  # full: the waiter has not read the former ones yet, so it wakes anyway

    def wait(self, readable: int, timeout_s: float | None = None) -> bool:
        """Waits for `readable` to be so; False when woken or when `timeout_s` is over first."""
        poll = select.poll()
        poll.register(readable, select.POLLIN)
        poll.register(self._reader, select.POLLIN)
        ready = dict(poll.poll(None if timeout_s is None else timeout_s * 1000))
        if self._reader in ready:
            os.read(self._reader, 4096)
        return readable in ready

    def close(self) -> None:
        """Gives the descriptors back."""
        os.close(self._reader)
        os.close(self._writer)


class Slow:
    """Calls each `look` added to it, at once and then every `step_s` seconds, on one thread it has while any is there.

    A look must be short and raise nothing. `quiet` tells that nobody touches anything; when that has been so for a
    while, looks come every `still_s` seconds, until `hurry`.
    """

    def __init__(
        self, step_s: float = SLOW_S, quiet: Callable[[], bool] = lambda: False, still_s: float = STILL_S
    ) -> None:
        self.step_s, self._quiet, self._still_s = step_s, quiet, still_s
        self._rested = 0  # looks since somebody touched something; whoever starts the program is there
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

    @property
    def resting(self) -> bool:
        """Whether nobody has touched anything for a while."""
        return self._rested >= STILL

    def hurry(self) -> None:
        """Somebody touches something again; callable from any thread."""
        rested, self._rested = self.resting, 0
        if rested:
            self._nudge.set()

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
            self._rested = self._rested + 1 if self._quiet() else 0
            self._nudge.wait(self._still_s if self.resting else self.step_s)
