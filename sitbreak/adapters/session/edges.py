"""From states to edges: Locked, Unlocked, Slept and Woke are posted once each time they become true."""

from __future__ import annotations

import threading

from sitbreak.core.events import Event, Locked, Slept, Unlocked, Woke
from sitbreak.ports import Post


class SessionEdges:
    """Takes states, as often as they come, from any thread, and posts only their changes.

    The session counts as locked while any of several voices says so; the usual state is unlocked and awake.
    """

    def __init__(self, post: Post) -> None:
        self._post = post
        self._lock = threading.Lock()
        self._locked_by: set[str] = set()
        self._asleep = False

    def locked(self, voice: str, on: bool) -> None:
        """`voice` says that the session is locked, or that it is not."""
        with self._lock:
            before = bool(self._locked_by)
            (self._locked_by.add if on else self._locked_by.discard)(voice)
            if before != bool(self._locked_by):
                self._post(Locked() if on else Unlocked())

    def asleep(self, on: bool) -> None:
        """The machine goes to sleep, or has woken up."""
        with self._lock:
            if on != self._asleep:
                self._asleep = on
                self._post(Slept() if on else Woke())

    def take(self, voice: str, event: Event) -> None:
        """The same from an event that another watcher posted; events of other sorts are passed on as they are."""
        match event:
            case Locked() | Unlocked():
                self.locked(voice, isinstance(event, Locked))
            case Slept() | Woke():
                self.asleep(isinstance(event, Slept))
            case _:
                self._post(event)
