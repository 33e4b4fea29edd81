"""The one thread on which everything is shown, so that nothing outside is ever waited for on the loop's thread.

Notifications, windows and the tray belong to other programs, which may stop, hang or be gone. What they are to do waits
here in a queue and is done in order. A job that does not come back in time is left behind with its thread: the next
ones go on upon a new one, `hanging` names it, and whoever gave the job is told that it failed. Its part is left alone
until the thread comes back, or for a minute and ever longer, so that few threads are spent on what hangs for good.
"""

from __future__ import annotations

import itertools
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, TypeVar

from sitbreak.core.timeline import ZERO, Instant
from sitbreak.daemon.isolation import REST, Isolation
from sitbreak.language import _

log = logging.getLogger(__name__)

PATIENCE_S = 12.0  # the longest that one job can honestly take: two channels and a window, each with its own limit
CLOSING_S = 1.0

T = TypeVar("T")
Do = Callable[[], object]


class Stage(Protocol):
    """Where things are shown."""

    def do(self, part: str, work: Do, failed: Callable[[str], None] | None = None) -> None:
        """Has `work` done in its turn; `failed` is told why it was not. Returns at once."""
        ...

    def latest(self, part: str, work: Do) -> None:
        """The same, in the place of an earlier one of this part that still waits for its turn."""
        ...

    def tried(
        self, part: str, work: Callable[[], T], expected: tuple[type[Exception], ...] = ()
    ) -> tuple[T | None, str]:
        """For work on the stage: does it now; what it returns, or None and why it failed, whatever it raised.

        `expected` is no fault of the part.
        """
        ...


class Inline:
    """A stage for tests and replays: everything is done at once."""

    def do(self, part: str, work: Do, failed: Callable[[str], None] | None = None) -> None:
        """Does it."""
        work()

    def latest(self, part: str, work: Do) -> None:
        """Does it."""
        work()

    def tried(
        self, part: str, work: Callable[[], T], expected: tuple[type[Exception], ...] = ()
    ) -> tuple[T | None, str]:
        """Does it; raises what is not expected."""
        try:
            return work(), ""
        except expected as error:
            return None, str(error)


@dataclass(slots=True)
class _Job:
    part: str
    work: Do | None  # None: another one took its place
    failed: Callable[[str], None] | None = None
    begun: bool = False
    given_up: bool = False


@dataclass(slots=True)
class _Left:
    """A part that hangs: how often it was left behind, and until when on the steady clock it is left alone."""

    times: int = 0
    until: timedelta = ZERO


class StageThread:
    """A Stage on a thread of its own. `now` is called from any thread."""

    def __init__(self, isolation: Isolation, now: Callable[[], Instant], patience_s: float = PATIENCE_S) -> None:
        """`isolation` notes what fails; `patience_s`: after so long a job counts as hanging."""
        self._isolation, self._now, self._patience = isolation, now, patience_s
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._waiting: dict[str, _Job] = {}  # the latest of each part
        self._current: _Job | None = None
        self._threads = itertools.count(1)
        self._turn = 0  # the number of the thread whose turn it is
        self._left: dict[str, _Left] = {}
        self._closed = False

    def do(self, part: str, work: Do, failed: Callable[[str], None] | None = None) -> None:
        """See Stage."""
        self._put(_Job(part, work, failed))

    def latest(self, part: str, work: Do) -> None:
        """See Stage."""
        with self._guard:
            waiting = self._waiting.get(part)
            if waiting is not None and not waiting.begun:
                waiting.work = work
                return
            job = self._waiting[part] = _Job(part, work)
        self._put(job)

    def tried(
        self, part: str, work: Callable[[], T], expected: tuple[type[Exception], ...] = ()
    ) -> tuple[T | None, str]:
        """See Stage."""
        refused: list[str] = []

        def asked() -> T | None:
            try:
                return work()
            except expected as error:
                refused.append(str(error))
                return None

        done = self._isolation.run(part, asked, self._now(), None, retire=False)
        return done, "".join(refused) or self._isolation.troubles().get(part, "")

    def _put(self, job: _Job) -> None:
        with self._guard:
            if self._closed:
                return
            if not self._turn:
                self._next_thread()
            self._jobs.put(job)

    def _next_thread(self) -> None:
        self._turn = next(self._threads)
        threading.Thread(target=self._serve, args=(self._turn,), name="stage", daemon=True).start()

    def _serve(self, number: int) -> None:
        while True:
            job = self._jobs.get()
            if job is None:
                return
            with self._guard:
                if self._turn != number:  # this thread came back late: its successor does the work
                    self._jobs.put(job)
                    return
                job.begun, self._current = True, job
                left = self._left.get(job.part)
            if left is not None and self._now().elapsed < left.until:
                self._tell_failed(job, _("it did not answer before, and is tried again later"))
                continue
            watch = threading.Timer(self._patience, self._leave_behind, [job, number])
            watch.daemon = True
            watch.start()
            self._perform(job)
            watch.cancel()
            with self._guard:
                self._left.pop(job.part, None)
                if self._turn != number:
                    return
                self._current = None

    def _perform(self, job: _Job) -> None:
        def done() -> bool:
            if job.work is not None:
                job.work()
            return True

        worked = self._isolation.run(job.part, done, self._now(), False, retire=False)
        if not worked and not job.given_up:
            self._tell_failed(job, self._isolation.troubles().get(job.part, "it failed"))

    def _tell_failed(self, job: _Job, why: str) -> None:
        if job.failed is not None:
            job.failed(why)

    def _leave_behind(self, job: _Job, number: int) -> None:
        """The job takes too long: another thread goes on with the others."""
        with self._guard:
            if self._turn != number or self._current is not job or self._closed:
                return
            job.given_up = True
            left = self._left.setdefault(job.part, _Left())
            left.until = self._now().elapsed + REST * 2**left.times
            left.times += 1
            self._next_thread()
        log.warning("%s does not come back, it is left behind", job.part)
        self._tell_failed(job, _("it did not answer within {patience:g} s", patience=self._patience))

    @property
    def hanging(self) -> str:
        """What was left behind and has not come back, for `status`; empty when nothing was."""
        with self._guard:
            return ", ".join(self._left)

    def close(self) -> None:
        """Takes no further work; waits a moment for what is under way."""
        with self._guard:
            if self._closed:
                return
            self._closed = True
            begun = self._turn
        if begun:
            ended = threading.Event()
            self._jobs.put(_Job("the end", ended.set))
            self._jobs.put(None)
            ended.wait(CLOSING_S)
