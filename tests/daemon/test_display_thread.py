"""What is shown is shown on a thread of its own: in order, and whatever hangs there holds up nothing else."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from sitbreak.adapters.clock import SystemClock
from sitbreak.daemon.display_thread import StageThread
from sitbreak.daemon.isolation import Isolation
from tests.waiting import wait_until


class Theatre:
    """A stage, and what happened on it."""

    def __init__(self, patience_s: float) -> None:
        self.isolation = Isolation()
        self.later = timedelta()
        clock = SystemClock()
        self.stage = StageThread(self.isolation, lambda: clock.now().plus(self.later), patience_s)
        self.done: list[str] = []
        self.failed: list[str] = []
        self.free = threading.Event()  # lets what hangs come back

    def note(self, name: str) -> None:
        """Has it noted on the stage."""
        self.stage.do(name, lambda: self.done.append(name), self.failed.append)

    def hang(self, name: str) -> None:
        """Has something on the stage that does not come back by itself."""
        self.stage.do(name, lambda: self.free.wait(30), self.failed.append)

    def wait_for(self, *names: str) -> None:
        """Waits until just these were done, in this order."""
        wait_until(lambda: self.done == list(names), 5.0, f"{names} of {self.done}")


def _open(patience_s: float) -> Iterator[Theatre]:
    theatre = Theatre(patience_s)
    yield theatre
    theatre.free.set()
    theatre.stage.close()


@pytest.fixture
def theatre() -> Iterator[Theatre]:
    """One with patience for a busy machine."""
    yield from _open(10.0)


@pytest.fixture
def hasty() -> Iterator[Theatre]:
    """One where a tenth of a second is too long; what hangs is let go at the end."""
    yield from _open(0.1)


def test_everything_is_done_in_its_turn(theatre: Theatre) -> None:
    """In the order in which it was given."""
    for name in "abc":
        theatre.note(name)
    theatre.wait_for("a", "b", "c")
    assert theatre.failed == []


def test_what_fails_is_told_and_ends_nothing(theatre: Theatre) -> None:
    """Whoever gave the job learns why; the next one is done."""

    def fail() -> None:
        raise RuntimeError("no screen")

    theatre.stage.do("a card", fail, theatre.failed.append)
    theatre.note("next")
    theatre.wait_for("next")
    assert theatre.failed == ["RuntimeError: no screen"]
    assert theatre.isolation.troubles() == {"a card": "RuntimeError: no screen"}


def test_of_what_waits_only_the_latest_is_shown(theatre: Theatre) -> None:
    """Views of the tray that nobody saw are not shown one after the other."""
    gate = threading.Event()
    theatre.stage.do("before", lambda: gate.wait(5))
    for number in range(1000):
        theatre.stage.latest("the tray", lambda number=number: theatre.done.append(str(number)))  # type: ignore[misc]
    gate.set()
    theatre.wait_for("999")
    theatre.stage.latest("the tray", lambda: theatre.done.append("again"))
    theatre.wait_for("999", "again")


def test_what_hangs_is_left_behind_and_named(hasty: Theatre) -> None:
    """The next ones are done all the same, and its giver is told."""
    hasty.hang("a card")
    hasty.note("next")
    hasty.wait_for("next")
    assert hasty.stage.hanging == "a card"
    assert hasty.failed == ["it did not answer within 0.1 s"]


def test_a_part_that_hangs_for_good_is_tried_again(hasty: Theatre) -> None:
    """After a minute, and ever longer, upon another thread."""
    hasty.hang("a card")
    wait_until(lambda: bool(hasty.stage.hanging), 5.0, "it to be left behind")
    hasty.later += timedelta(seconds=59)
    hasty.note("a card")
    hasty.note("the tray")
    hasty.wait_for("the tray")
    hasty.later += timedelta(seconds=2)
    hasty.note("a card")
    hasty.wait_for("the tray", "a card")


def test_what_comes_back_late_changes_nothing_more(hasty: Theatre) -> None:
    """Each job is done once, by the thread whose turn it is, and told as failed once."""
    hasty.hang("a card")
    hasty.note("next")
    hasty.wait_for("next")
    hasty.free.set()
    for name in "abc":
        hasty.note(name)
    hasty.wait_for("next", "a", "b", "c")
    assert len(hasty.failed) == 1


def test_a_part_that_hangs_costs_one_thread(hasty: Theatre) -> None:
    """What it is given meanwhile fails at once, and the other parts go on."""
    before = set(threading.enumerate())
    for _ in range(20):
        hasty.hang("a card")
    hasty.note("the tray")
    hasty.wait_for("the tray")
    assert Counter(hasty.failed) == {
        "it did not answer within 0.1 s": 1,
        "it did not answer before, and is tried again later": 19,
    }
    threads = [thread for thread in threading.enumerate() if thread.name == "stage" and thread not in before]
    assert (len(hasty.failed), len(threads)) == (20, 2)


def test_a_part_that_came_back_is_asked_again(hasty: Theatre) -> None:
    """Nothing is left of its hanging, however many parts hung at once."""
    names = [f"card {number}" for number in range(8)]
    for name in names:
        hasty.hang(name)
    wait_until(lambda: len(hasty.failed) == len(names), 10.0, "all to be left behind")
    hasty.free.set()
    wait_until(lambda: not hasty.stage.hanging, 5.0, "all to come back")
    for name in names:
        hasty.note(name)
    hasty.wait_for(*names)


def test_closing_waits_a_moment_for_what_is_under_way() -> None:
    """And takes nothing further."""
    theatre = Theatre(5.0)
    theatre.note("last")
    theatre.stage.close()
    assert theatre.done == ["last"]
    theatre.note("too late")
    theatre.stage.close()
    assert theatre.done == ["last"]
