"""Context: screen lock and sleep, calls, media, full screen, do-not-disturb, sharing and quiet apps.

Each signal has as many probes as work here. Every probe is optional and may fail at any time; the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import ClassVar

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.choose import choose_all
from sitbreak.adapters.context.candidates import SUBJECTS, candidates
from sitbreak.adapters.context.edges import Edges, Session, Subject
from sitbreak.adapters.context.probe import Options, Probe, Wiring
from sitbreak.adapters.context.worker import Slow
from sitbreak.language import N_, _
from sitbreak.ports import Choice, Env, Post

__all__ = ["ContextWatcher", "Options"]

NOT_WANTED = N_("The settings say not to look for it.")
SIGNALS = tuple(subject for subject in SUBJECTS if not isinstance(subject, Session))


class ContextWatcher:
    """The probes for each signal as one watcher; `choices` has them, and why the others are not used.

    `bus` is the D-Bus thread of the daemon, which stays open; `quiet` tells that nobody touches anything.
    """

    NAME: ClassVar[str] = "context"

    def __init__(self, env: Env, bus: BusThread, options: Options, quiet: Callable[[], bool] = lambda: False) -> None:
        self._wiring = Wiring(env, options, Slow(quiet=quiet), bus)
        self._candidates = candidates(env.platform)
        self._edges: Edges | None = None
        self.choices = {subject: self._choice(subject) for subject in SUBJECTS}

    def start(self, post: Post) -> None:
        """Starts every probe. `post` is called from their threads, once for each change of a signal."""
        self._edges = Edges(post)
        self._begin(SUBJECTS)

    def use(self, options: Options) -> None:
        """From now on these options: the probes of all signals are made anew; lock and sleep stay watched meanwhile."""
        if options == self._wiring.options:
            return
        self._wiring = replace(self._wiring, options=options)
        self._close(SIGNALS)
        self.choices.update({signal: self._choice(signal) for signal in SIGNALS})
        self._begin(SIGNALS)

    def hurry(self) -> None:
        """Somebody touches something again; callable from any thread."""
        self._wiring.slow.hurry()

    def close(self) -> None:
        """Closes all probes; their signals go off."""
        self._close(SUBJECTS)

    def _choice(self, subject: Subject) -> Choice[Probe]:
        """Every probe that can work here; none is started."""
        port = subject.value.replace("_", " ")
        if isinstance(subject, Session):
            return choose_all(port, self._candidates[subject], self._wiring.env, build=self._built)
        if subject not in self._wiring.options.signals:
            return Choice(f"context: {port}", limits=(_(NOT_WANTED),))
        return choose_all(f"context: {port}", self._candidates[subject], self._wiring.env, build=self._built)

    def _built(self, candidate: type[Probe]) -> Probe:
        return candidate(self._wiring)

    def _begin(self, subjects: Collection[Subject]) -> None:
        if self._edges is not None:
            for subject in subjects:
                for probe in self.choices[subject].backends:
                    probe.begin(self._edges)

    def _close(self, subjects: Collection[Subject]) -> None:
        for subject in subjects:
            for probe in self.choices[subject].backends:
                probe.close()
