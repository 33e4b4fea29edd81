"""Reading the books for longer than the loop may wait: on a thread of its own, and what is found told on the loop's.

Four weeks of several devices are merged as they are read, which takes the better part of a second.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from sitbreak.adapters.history import HistoryDamaged, HistoryReader, HistoryTooNew, HistoryUnwritable
from sitbreak.adapters.history.merged_history import BodyHistory
from sitbreak.adapters.history.queries import collector_paused
from sitbreak.boundary import Failure, attempt
from sitbreak.core.timeline import Instant
from sitbreak.daemon.isolation import Isolation
from sitbreak.ports import History

log = logging.getLogger(__name__)

T = TypeVar("T")
UNREADABLE = (HistoryDamaged, HistoryTooNew, HistoryUnwritable)


def _logged(why: str) -> None:
    log.warning("the books could not be read: %s", why)


class OwnHistory(Protocol):
    """The file that the loop writes; `trouble`: something waits to be written, of which its connection alone knows."""

    path: Path
    trouble: str


class Aside(Protocol):
    """Where the books are read."""

    def read(
        self,
        part: str,
        work: Callable[[History], T],
        then: Callable[[T], None],
        failed: Callable[[str], None] = _logged,
    ) -> None:
        """Has `work` done with the books, and what it returns told to `then`, or to `failed` why it could not be."""
        ...


class AtOnce:
    """Reads them at once, on the caller's thread."""

    def __init__(self, books: History) -> None:
        self._books = books

    def read(
        self,
        part: str,
        work: Callable[[History], T],
        then: Callable[[T], None],
        failed: Callable[[str], None] = _logged,
    ) -> None:
        """See Aside."""
        try:
            found = work(self._books)
        except UNREADABLE as error:
            failed(str(error))
        else:
            then(found)


class HistoryAside:
    """Reads them on a thread of its own, through a connection of its own; returns at once.

    While something waits to be written only our own connection knows all: then that one is asked, at once.
    """

    def __init__(
        self,
        own: OwnHistory,
        books: BodyHistory,
        call: Callable[[Callable[[Instant], None]], None],
        isolation: Isolation,
        now: Callable[[], Instant],
    ) -> None:
        """`books`: those of the body over `own`; `call` has something done on the loop's thread."""
        self._own, self._books = own, books
        self._call, self._isolation, self._now = call, isolation, now

    def read(
        self,
        part: str,
        work: Callable[[History], T],
        then: Callable[[T], None],
        failed: Callable[[str], None] = _logged,
    ) -> None:
        """See Aside; `then` and `failed` are called on the loop's thread."""
        if self._own.trouble:
            AtOnce(self._books).read(part, work, then, failed)
            return
        run = partial(self._run, part, work, then, failed)
        threading.Thread(target=run, name="reading the books", daemon=True).start()

    def _run(
        self, part: str, work: Callable[[History], T], then: Callable[[T], None], failed: Callable[[str], None]
    ) -> None:
        def do() -> T:
            # Walking over all that is read, the cycle collector would hold up every thread for a tenth of a second;
            # what is read is gone again with `work`, of itself.
            with closing(HistoryReader(self._own.path)) as reader, collector_paused():
                return work(self._books.over(reader))

        done = attempt(lambda: self._isolation.tried(part, do, self._now(), UNREADABLE, retire=False))
        if isinstance(done, Failure):
            why = str(done)
            self._call(lambda at: failed(why))
        else:
            self._call(partial(_told, then, done))


def _told(then: Callable[[T], None], found: T, at: Instant) -> None:
    then(found)
