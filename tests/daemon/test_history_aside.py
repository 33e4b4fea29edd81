"""Reading the books aside: the loop does not wait, and what is found comes back on its thread."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sitbreak.adapters.clock import A_MORNING
from sitbreak.adapters.history import HistoryDamaged, MemoryHistory, SqliteHistory
from sitbreak.adapters.history.merged_history import BodyHistory
from sitbreak.core.records import Facts
from sitbreak.core.timeline import Instant
from sitbreak.daemon.history_aside import AtOnce, HistoryAside
from sitbreak.daemon.isolation import Isolation
from sitbreak.ports import History
from tests.review.made import Story

MONDAY = date(2026, 3, 2)
STORY = Story("2026-03-02T09:00").sit(40).move(3).sit(60)


class Loop:
    """A loop's thread that does nothing by itself: what it is called for waits here."""

    def __init__(self, file: Path) -> None:
        self.calls: queue.SimpleQueue[Callable[[Instant], None]] = queue.SimpleQueue()
        self.path, self.trouble = file, ""
        self.told: list[object] = []
        books = BodyHistory(MemoryHistory(), file)
        self.aside = HistoryAside(self, books, self.calls.put, Isolation(), lambda: A_MORNING)

    def read(self, work: Callable[[History], object]) -> None:
        """Reads, and keeps what is told."""
        self.aside.read("the books", work, self.told.append, lambda why: self.told.append(("failed", why)))

    def turn(self) -> None:
        """Does the next thing it is called for, once it is."""
        self.calls.get(timeout=30)(A_MORNING)


@pytest.fixture
def loop(tmp_path: Path) -> Iterator[Loop]:
    """One whose history has a day."""
    history = SqliteHistory(tmp_path / "history.db", datetime(2026, 3, 1, tzinfo=UTC))
    history.keep(STORY.spans)
    yield Loop(tmp_path / "history.db")
    history.close()


def spans(history: History) -> int:
    """How many stretches the day has."""
    return len(history.facts(MONDAY, MONDAY).spans)


def test_what_is_found_is_told_when_the_loop_has_its_turn(loop: Loop) -> None:
    """Not before, however soon it was read; the reading is done elsewhere."""
    threads = []

    def work(history: History) -> int:
        threads.append(threading.current_thread())
        return spans(history)

    loop.read(work)
    assert loop.told == []
    loop.turn()
    assert loop.told == [len(STORY.spans)]
    assert threads != [threading.current_thread()]


def test_books_that_cannot_be_read_are_told_in_a_sentence(tmp_path: Path) -> None:
    """On the loop's thread, too."""
    (tmp_path / "bad.db").write_bytes(b"no database at all" * 200)
    loop = Loop(tmp_path / "bad.db")
    loop.read(spans)
    loop.turn()
    (told,) = loop.told
    assert isinstance(told, tuple)
    assert str(tmp_path / "bad.db") in told[1]


def test_a_fault_of_ours_is_told_and_ends_nothing(loop: Loop) -> None:
    """Whatever it is."""
    loop.read(lambda history: dict[str, object]()["a fault"])
    loop.turn()
    assert loop.told == [("failed", "'a fault'")]


def test_what_waits_to_be_written_is_read_where_it_waits(loop: Loop) -> None:
    """At once, on the loop's thread: no other connection knows of it."""
    loop.trouble = "The disk is full."
    loop.read(spans)
    assert loop.told == [0]


def test_reading_at_once_tells_the_same_of_books_that_cannot_be_read() -> None:
    """For tests, and for whoever has no loop."""
    told: list[str] = []

    def work(history: History) -> Facts:
        raise HistoryDamaged("It is damaged.")

    AtOnce(MemoryHistory()).read("the books", work, lambda found: None, told.append)
    assert told == ["It is damaged."]
