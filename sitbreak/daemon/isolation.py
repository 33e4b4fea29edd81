"""The one place that decides what a failure may end: nothing but the work that failed.

Each part of the program is called through `Isolation.run`. A part that fails again and again is retired with one line
in the log, left alone for a while and then tried again, ever less often; status and doctor name it meanwhile.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from sitbreak.boundary import Failure, attempt
from sitbreak.core.timeline import ZERO, Instant
from sitbreak.language import _

log = logging.getLogger(__name__)

T = TypeVar("T")
STRIKES = 3  # failures in a row after which a part is retired
# What failed may be back within a minute (a service restarted) or not for hours (a broken install).
REST = timedelta(minutes=1)
LONGEST_REST = timedelta(minutes=16)


class Retired(Exception):
    """The part is left alone for now; the message is a sentence for people."""


@dataclass(slots=True)
class _Record:
    """How a part fails: why last, how often in a row, and until when on the steady clock it is left alone."""

    why: str
    failures: int = 0
    until: timedelta = ZERO


class Isolation:
    """Runs parts so that their failures stay their own; `strict`: they raise all the same. For any thread."""

    def __init__(self, strict: bool = False) -> None:
        self._strict = strict
        self._guard = threading.Lock()
        self._failing: dict[str, _Record] = {}

    def run(self, part: str, do: Callable[[], T], at: Instant, otherwise: T, *, retire: bool = True) -> T:
        """What `do` returns, or `otherwise` when it failed or the part is retired at `at`.

        `retire=False` is for what a person asks for and for the books: tried every time.
        """
        done = attempt(lambda: self.tried(part, do, at, retire=retire))
        if not isinstance(done, Failure):
            return done
        if self._strict:
            raise done.error
        return otherwise

    def tried(
        self, part: str, do: Callable[[], T], at: Instant, expected: tuple[type[Exception], ...] = (), *,
        retire: bool = True,
    ) -> T:  # fmt: skip
        """Like `run`, for a caller with another way: raises what failed, or Retired; `expected` is no fault."""
        record = self._failing.get(part)
        if retire and record is not None and at.elapsed < record.until:
            raise Retired(
                _(
                    "{part} failed {failures} times ({why}) and is tried again later.",
                    part=part,
                    failures=record.failures,
                    why=record.why,
                )
            )
        done = attempt(do)
        if isinstance(done, Failure):
            if not isinstance(done.error, expected):
                self._failed(part, done.error, at, retire)
            raise done.error
        self._works(part)
        return done

    def _failed(self, part: str, error: Exception, at: Instant, retire: bool) -> None:
        """Notes a failure; the log is told of the first, and of the one that retires the part."""
        why = f"{type(error).__name__}: {error}".removesuffix(": ")
        with self._guard:
            record = self._failing.setdefault(part, _Record(why))
            record.why, record.failures = why, record.failures + 1
            beyond = record.failures - STRIKES
            if beyond >= 0:
                record.until = at.elapsed + min(LONGEST_REST, REST * 2 ** min(beyond, 4))
        if beyond == -STRIKES + 1:
            log.warning("%s failed; the rest goes on: %s", part, why, exc_info=error)
        elif beyond == 0 and retire:
            log.error("%s failed %d times in a row, it is left alone and tried again later: %s", part, STRIKES, why)

    def _works(self, part: str) -> None:
        with self._guard:
            record = self._failing.pop(part, None)
        if record is not None and record.failures >= STRIKES:
            log.info("%s works again.", part)

    def troubles(self) -> dict[str, str]:
        """The parts that failed when they were last tried, and why."""
        with self._guard:
            return {part: record.why for part, record in self._failing.items()}
