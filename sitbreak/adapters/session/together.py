"""Several watchers as one: the session is locked while any of them says so, and each edge is posted once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.choose import choose_all
from sitbreak.adapters.session.edges import SessionEdges
from sitbreak.adapters.session.lockers import LockerWatcher
from sitbreak.adapters.session.logind import LogindWatcher
from sitbreak.adapters.session.macos import MacOSWatcher
from sitbreak.adapters.session.null import NullWatcher
from sitbreak.adapters.session.screensaver import ScreenSaverWatcher
from sitbreak.adapters.session.windows import WindowsWatcher
from sitbreak.ports import Choice, Env, Post, Watcher

SessionBackend = LogindWatcher | ScreenSaverWatcher | LockerWatcher | WindowsWatcher | MacOSWatcher | NullWatcher
# All that are viable run at once; NullWatcher where none is.
CANDIDATES: tuple[type[SessionBackend], ...] = (
    LogindWatcher,
    ScreenSaverWatcher,
    LockerWatcher,
    WindowsWatcher,
    MacOSWatcher,
)


class SessionWatchers:
    """The session as all that were chosen see it."""

    NAME: ClassVar[str] = "session"

    def __init__(self, choice: Choice[Watcher]) -> None:
        self.choice = choice
        self.watchers = choice.backends

    def start(self, post: Post) -> None:
        """Starts them all."""
        edges = SessionEdges(post)
        for watcher in self.watchers:
            watcher.start(partial(edges.take, watcher.NAME))

    def close(self) -> None:
        """Stops them all."""
        for watcher in self.watchers:
            watcher.close()


def builder(bus: BusThread) -> Callable[[type[SessionBackend]], SessionBackend]:
    """What makes a watcher of a candidate; those that speak D-Bus share `bus`."""

    def build(candidate: type[SessionBackend]) -> SessionBackend:
        if candidate is LogindWatcher or candidate is ScreenSaverWatcher:
            return candidate(bus)
        return candidate()  # type: ignore[call-arg]  # the two that need an argument are above

    return build


def watch_session(env: Env, bus: BusThread) -> SessionWatchers:
    """All viable watchers as one; not started yet."""
    found = choose_all("session", CANDIDATES, env, build=builder(bus))
    if not found.backends:
        found = replace(found, backends=(NullWatcher(),), limits=NullWatcher.viable(env).limits)
    return SessionWatchers(found)
