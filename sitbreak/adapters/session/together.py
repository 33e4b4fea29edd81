"""Several watchers as one: the session is locked while any of them says so, and each edge is posted once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.session.edges import Edges
from sitbreak.adapters.session.logind import LogindWatcher
from sitbreak.adapters.session.macos import MacOSWatcher
from sitbreak.adapters.session.null import NullWatcher
from sitbreak.adapters.session.screensaver import ScreenSaverWatcher
from sitbreak.adapters.session.windows import WindowsWatcher
from sitbreak.ports import Env, Post, Viable, Watcher

SessionBackend = LogindWatcher | ScreenSaverWatcher | WindowsWatcher | MacOSWatcher | NullWatcher
# All that are viable run at once; the last only where no other is.
CANDIDATES: tuple[type[SessionBackend], ...] = (
    LogindWatcher,
    ScreenSaverWatcher,
    WindowsWatcher,
    MacOSWatcher,
    NullWatcher,
)


class SessionWatchers:
    """The session as all of `watchers` see it."""

    NAME: ClassVar[str] = "session"

    def __init__(self, watchers: Sequence[Watcher]) -> None:
        self.watchers = tuple(watchers)

    def start(self, post: Post) -> None:
        """Starts them all."""
        edges = Edges(post)
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
    viable = [each for each in CANDIDATES if isinstance(each.viable(env), Viable)]
    chosen = [each for each in viable if each is not NullWatcher] or [NullWatcher]
    return SessionWatchers([builder(bus)(each) for each in chosen])
