"""What all context probes have in common, and the three ways they look: on a thread, at the slow pace, over D-Bus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from typing import ClassVar

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.choose import AGAIN_S
from sitbreak.adapters.context.edges import Edges, Subject, Trouble
from sitbreak.adapters.context.worker import Pipe, Slow, Worker
from sitbreak.boundary import Failure, attempt
from sitbreak.core.events import Signal
from sitbreak.core.frozen import frozen
from sitbreak.ports import Env, NotViable, Post, Viable


@frozen
class Options:
    """What the settings say. Apps are named as the system does: program or application name, case ignored."""

    signals: frozenset[Signal] = frozenset(Signal)  # the ones to look for
    ignored_apps: tuple[str, ...] = ()  # their microphone, camera, inhibitor or capture is no evidence
    quiet_apps: tuple[str, ...] = ()  # while one runs, prompts are held

    def ignores(self, *names: str) -> bool:
        """Whether one of these names is that of an ignored app."""
        ignored = {app.casefold() for app in self.ignored_apps}
        return any(name.casefold() in ignored for name in names)


@frozen
class Wiring:
    """What probes are given: the settings, where they are, and what they share. `back_off` in seconds."""

    env: Env
    options: Options = field(default_factory=Options)
    slow: Slow = field(default_factory=Slow)
    bus: BusThread = field(default_factory=BusThread)  # of the daemon, which stays open
    back_off: Sequence[float] = AGAIN_S
    lost: set[str] = field(default_factory=set)  # the buses whose loss was logged; for the D-Bus thread only


class Probe:
    """A Watcher for one signal. `trouble` says what it cannot see at the moment; empty when all is well.

    `waits`: why it has nothing to ask at the moment, which is no trouble, as others have; empty when it has.
    """

    NAME: ClassVar[str] = ""
    SIGNAL: ClassVar[Subject]

    def __init__(self, wiring: Wiring) -> None:
        self.wiring = wiring
        self._trouble = Trouble(self.NAME)
        self._edges: Edges | None = None
        self._voice = 0
        self.waits = ""

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Whether it can work here; cheap, and without lasting effect."""
        raise NotImplementedError

    @property
    def trouble(self) -> str:
        """Why it does not see at the moment, for `doctor`; empty when it does."""
        return self._trouble.text

    @property
    def sees(self) -> bool:
        """Whether it has looked, and nothing is in its way since."""
        return self._trouble.sees

    def start(self, post: Post) -> None:
        """Begins to watch by itself; posts the signal if it is on, then each change."""
        self.begin(Edges(post))

    def begin(self, edges: Edges) -> None:
        """Begins to watch beside others, and tells `edges`."""
        self._edges, self._voice = edges, edges.voice()
        self._begin()

    def close(self) -> None:
        """Stops watching and turns its signal off; nothing is posted after. Callable twice."""
        edges, self._edges = self._edges, None
        if edges is not None:
            self._end()
            edges.hold(self._voice, self.SIGNAL, ())

    def hold(self, holders: Iterable[str]) -> None:
        """The signal is held by these apps; ignored ones are left out."""
        edges = self._edges
        if edges is not None:
            apps = [name for name in holders if not self.wiring.options.ignores(name)]
            edges.hold(self._voice, self.SIGNAL, apps)

    def _begin(self) -> None:
        raise NotImplementedError

    def _end(self) -> None:
        raise NotImplementedError


class ThreadProbe(Probe):
    """A probe that waits for edges on a thread of its own."""

    def attempt(self) -> None:
        """Watches until `worker.ending`; raises what it fails of."""
        raise NotImplementedError

    def wake(self) -> None:
        """Makes `attempt` look at `worker.ending`; callable at any time."""
        raise NotImplementedError

    def _begin(self) -> None:
        self.worker = Worker(
            f"context-{self.NAME}",
            self.attempt,
            trouble=self._trouble,
            wake=self.wake,
            after=lambda: self.hold(()),
            back_off=self.wiring.back_off,
        )
        self.worker.start()

    def _end(self) -> None:
        self.worker.close()


class PipeProbe(ThreadProbe):
    """A thread probe that waits for a file descriptor, through `self.pipe.wait`."""

    def wake(self) -> None:
        """Ends the wait under way."""
        self.pipe.wake()

    def _begin(self) -> None:
        self.pipe = Pipe()
        super()._begin()

    def _end(self) -> None:
        super()._end()
        self.pipe.close()


class SlowProbe(Probe):
    """A probe that can only poll; it does so at the slow pace, on the thread shared by all such probes."""

    def look(self) -> Sequence[str]:
        """The apps that hold the signal now; raises what it fails of."""
        raise NotImplementedError

    def _begin(self) -> None:
        self._remove = self.wiring.slow.add(self._poll)

    def _end(self) -> None:
        self._remove()

    def _poll(self) -> None:
        holders = attempt(self.look)
        if isinstance(holders, Failure):
            self._trouble.met(holders)
            self.hold(())
        else:
            self._trouble.over()
            self.hold(holders)
