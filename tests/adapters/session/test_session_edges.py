"""Edges of the session: posted once, and locked while any voice says so."""

from __future__ import annotations

from typing import ClassVar

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.session.edges import SessionEdges
from sitbreak.adapters.session.null import NullWatcher
from sitbreak.adapters.session.together import SessionWatchers, watch_session
from sitbreak.core.events import Event, Locked, Slept, Tick, Unlocked, Woke
from sitbreak.ports import Choice, Env, Post


class Voice:
    """A watcher that says what it is told to say."""

    NAME: ClassVar[str] = "voice"
    open = False

    def start(self, post: Post) -> None:
        """Takes the post."""
        self.say, self.open = post, True

    def close(self) -> None:
        """Is quiet."""
        self.open = False


class Other(Voice):
    """Another one."""

    NAME = "other"


def test_locked_while_any_voice_says_so() -> None:
    """Two voices that lock and one that unlocks leave it locked; the second unlocks it."""
    posted: list[Event] = []
    edges = SessionEdges(posted.append)
    edges.locked("a", True)
    edges.locked("b", True)
    edges.locked("a", False)
    assert posted == [Locked()]
    edges.locked("b", False)
    assert posted == [Locked(), Unlocked()]


def test_several_watchers_post_each_edge_once() -> None:
    """Two watchers that see the same lock and the same sleep are posted as one."""
    first, second, posted = Voice(), Other(), list[Event]()
    together = SessionWatchers(Choice("session", (first, second)))
    together.start(posted.append)
    for event in (Locked(), Slept(), Woke(), Unlocked()):
        first.say(event)
        second.say(event)
    assert posted == [Locked(), Slept(), Woke(), Unlocked()]
    together.close()
    assert not first.open
    assert not second.open


def test_other_events_pass_through() -> None:
    """An event that is no edge is posted as it is."""
    posted: list[Event] = []
    SessionEdges(posted.append).take("a", Tick())
    assert posted == [Tick()]


def test_watchers_of_each_system() -> None:
    """Linux has both D-Bus watchers, and a system nobody knows has the null one."""
    bus = BusThread()
    assert [each.NAME for each in watch_session(Env("linux", {}), bus).watchers] == ["logind", "screensaver", "lockers"]
    assert [each.NAME for each in watch_session(Env("win32", {}), bus).watchers] == ["windows"]
    assert [each.NAME for each in watch_session(Env("plan9", {}), bus).watchers] == ["null"]


def test_null_watcher_does_nothing() -> None:
    """The null watcher starts and closes without a word."""
    posted: list[Event] = []
    watcher = NullWatcher()
    watcher.start(posted.append)
    watcher.close()
    assert posted == []
