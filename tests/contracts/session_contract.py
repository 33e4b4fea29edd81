"""What every watcher of lock and sleep must do; each implementation runs this suite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import active_count
from typing import ClassVar, Protocol

from sitbreak.adapters.context.edges import Edges
from sitbreak.adapters.context.probe import Probe
from sitbreak.core.events import Event, Locked, Slept, Unlocked, Woke
from sitbreak.ports import Post, Watcher
from tests.waiting import wait_until


class SessionHands(Protocol):
    """What a suite does to the session under watch."""

    def lock(self, on: bool) -> None:
        """Locks or unlocks the screen."""
        ...

    def suspend(self, on: bool) -> None:
        """The machine goes to sleep, or wakes."""
        ...

    def watcher(self) -> Watcher:
        """A watcher of this session, not started."""
        ...

    def settle(self) -> None:
        """Returns once everything that was done before has reached the watcher, if it listens at all."""
        ...


class Together:
    """Probes of lock and sleep as one watcher, as the program has them."""

    NAME: ClassVar[str] = "together"

    def __init__(self, *probes: Probe) -> None:
        self.probes = probes

    def start(self, post: Post) -> None:
        """Starts them all."""
        edges = Edges(post)
        for probe in self.probes:
            probe.begin(edges)

    def close(self) -> None:
        """Closes them all."""
        for probe in self.probes:
            probe.close()


class SessionContract:
    """Subclasses say how to get hands on a session."""

    sleeps = True  # whether this watcher sees sleep

    def hands(self) -> AbstractContextManager[SessionHands]:
        """A session, unlocked and awake."""
        raise NotImplementedError

    @contextmanager
    def watched(self, locked: bool = False) -> Iterator[tuple[SessionHands, Watcher, list[Event]]]:
        """A session, its watcher, started and listening, and what it posts."""
        with self.hands() as session:
            if locked:
                session.lock(True)
            posted: list[Event] = []
            watcher = session.watcher()
            watcher.start(posted.append)
            try:
                session.settle()
                yield session, watcher, posted
            finally:
                watcher.close()

    def test_an_unlocked_session_is_not_mentioned(self) -> None:
        """The usual state at the start is not posted."""
        with self.watched() as (_, _, posted):
            assert posted == []

    def test_a_session_locked_at_the_start_is_told(self) -> None:
        """A screen that is locked already is posted first."""
        with self.watched(locked=True) as (_, _, posted):
            wait_until(lambda: posted == [Locked()], what="Locked")

    def test_each_lock_and_unlock_is_posted(self) -> None:
        """Locking and unlocking are posted in their order."""
        with self.watched() as (session, _, posted):
            for on in (True, False, True):
                session.lock(on)
            wait_until(lambda: posted == [Locked(), Unlocked(), Locked()], what="the three edges")

    def test_only_changes_are_posted(self) -> None:
        """Being told twice that the screen is locked is one lock."""
        with self.watched() as (session, _, posted):
            for on in (False, True, True, False, False):
                session.lock(on)
            session.settle()
            wait_until(lambda: posted == [Locked(), Unlocked()], what="the two edges")

    def test_sleep_and_waking_are_posted(self) -> None:
        """Going to sleep and waking are posted once each, where this watcher sees them."""
        with self.watched() as (session, _, posted):
            for on in (True, True, False):
                session.suspend(on)
            session.settle()
            expected = [Slept(), Woke()] if self.sleeps else []
            wait_until(lambda: posted == expected, what="sleep")

    def test_nothing_is_posted_once_closed(self) -> None:
        """After close the session may do what it likes; closing twice is harmless."""
        with self.watched() as (session, watcher, posted):
            watcher.close()
            session.settle()
            session.lock(True)
            session.settle()
            assert posted == []

    def test_close_ends_the_threads(self) -> None:
        """No thread is left behind."""
        before = active_count()
        with self.watched():
            pass
        wait_until(lambda: active_count() <= before, what="the threads' end")
