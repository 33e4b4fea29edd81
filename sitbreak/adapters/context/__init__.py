"""Context: calls, media, full screen, do-not-disturb, sharing and quiet apps, by as many probes as work here.

`probes_for` and `start` are all the daemon needs. Every probe is optional and may fail at any time; the others go on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitbreak.adapters.choose import choose_all
from sitbreak.adapters.context.candidates import CANDIDATES, Merged
from sitbreak.adapters.context.probe import Options, Probe, Wiring
from sitbreak.adapters.context.worker import Slow
from sitbreak.core.events import Signal
from sitbreak.ports import Choice, Env, Post

if TYPE_CHECKING:
    from sitbreak.adapters.bus import BusThread

__all__ = ["CANDIDATES", "Options", "ProbeSet", "probes_for"]

NOT_WANTED = "The settings say not to look for it."


@dataclass(frozen=True, slots=True)
class ProbeSet:
    """The probes for each signal, and why the others are not."""

    choices: Mapping[Signal, Choice[Probe]]

    @property
    def probes(self) -> list[Probe]:
        """All probes."""
        return [probe for choice in self.choices.values() for probe in choice.backends]

    def troubles(self) -> Mapping[str, str]:
        """What the probes cannot see at the moment, and why, by name."""
        return {probe.NAME: probe.trouble for probe in self.probes if probe.trouble}

    def start(self, post: Post) -> None:
        """Starts every probe. `post` is called from their threads, once for each change of a signal."""
        merged = Merged(post)
        for probe in self.probes:
            probe.start(merged.way_in())

    def close(self) -> None:
        """Closes all probes; their signals go off."""
        for probe in self.probes:
            probe.close()


def probes_for(env: Env, names: Collection[str] | None, options: Options, bus: BusThread | None = None) -> ProbeSet:
    """Every probe that can work here for the signals in `names` (values of `Signal`; None: for all); none is started.

    `bus` is the D-Bus thread of the daemon, which stays open; without one the probes that need it are left out.
    """
    wiring = Wiring(env, options, Slow(), bus)

    def build(candidate: type[Probe]) -> Probe:
        if bus is None and candidate.needs_bus():
            raise ValueError("There is no D-Bus thread.")
        return candidate(wiring)

    def found(signal: Signal, candidates: Collection[type[Probe]]) -> Choice[Probe]:
        port = f"context: {signal.value.replace('_', ' ')}"
        if names is not None and signal.value not in names:
            return Choice(port, limits=(NOT_WANTED,))
        return choose_all(port, tuple(candidates), env, build=build)

    return ProbeSet({signal: found(signal, candidates) for signal, candidates in CANDIDATES.items()})
