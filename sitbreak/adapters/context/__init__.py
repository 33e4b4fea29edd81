"""Context: calls, media, full screen, do-not-disturb, sharing and quiet apps, by as many probes as work here.

`start_all` is all the daemon needs. Every probe is optional and may fail at any time; the others go on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitbreak.adapters.context.candidates import CANDIDATES
from sitbreak.adapters.context.merge import Merged
from sitbreak.adapters.context.probe import Options, Probe, Wiring
from sitbreak.adapters.context.slow import Slow
from sitbreak.core.events import Signal
from sitbreak.ports import Env, NotViable, Post

if TYPE_CHECKING:
    from sitbreak.adapters.bus import BusThread

__all__ = ["CANDIDATES", "Context", "Options", "start_all"]

NO_BUS = NotViable("There is no D-Bus thread.")


@dataclass(slots=True)
class Context:
    """The probes at work, and for `doctor` the limits of each and why the others are not."""

    probes: list[Probe] = field(default_factory=list)
    limits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    refused: dict[str, NotViable] = field(default_factory=dict)

    def watched(self, signal: Signal) -> list[str]:
        """The names of the probes that look for this signal."""
        return [probe.NAME for probe in self.probes if signal is probe.SIGNAL]

    def troubles(self) -> Mapping[str, str]:
        """What the probes cannot see at the moment, and why, by name."""
        return {probe.NAME: probe.trouble for probe in self.probes if probe.trouble}

    def close(self) -> None:
        """Closes all probes; their signals go off."""
        for probe in self.probes:
            probe.close()
        self.probes.clear()


def start_all(
    env: Env, names: Collection[str] | None, options: Options, post: Post, bus: BusThread | None = None
) -> Context:
    """Starts every probe that can work here for the signals in `names` (values of `Signal`; None: for all).

    `post` is called from the probes' threads, once for each change of a signal however many probes see it. `bus` is
    the D-Bus thread of the daemon, which stays open; without one the probes that need it are left out.
    """
    context = Context()
    wiring = Wiring(env, options, Slow(), bus)
    merged = Merged(post)
    for signal, candidates in CANDIDATES.items():
        for candidate in candidates if names is None or signal.value in names else ():
            verdict = candidate.viable(env) if bus is not None or not candidate.needs_bus() else NO_BUS
            if isinstance(verdict, NotViable):
                context.refused[candidate.NAME] = verdict
                continue
            context.limits[candidate.NAME] = verdict.limits
            context.probes.append(candidate(wiring))
            context.probes[-1].start(merged.way_in())
    return context
