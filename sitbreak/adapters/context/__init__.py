"""Context: screen lock and sleep, calls, media, full screen, do-not-disturb, sharing and quiet apps.

Each signal has as many probes as work here. Every probe is optional and may fail at any time; the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import ClassVar

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.choose import choose_all
from sitbreak.adapters.context.edges import Edges, Session, Subject
from sitbreak.adapters.context.probe import Options, Probe, Wiring
from sitbreak.adapters.context.quiet_apps import QuietApps
from sitbreak.adapters.context.worker import Slow
from sitbreak.core.events import Signal
from sitbreak.language import N_, _
from sitbreak.ports import Choice, Env, Post

__all__ = ["ContextWatcher", "Options"]

Probes = Mapping[Subject, tuple[type[Probe], ...]]
SUBJECTS: tuple[Subject, ...] = (
    *(Session.LOCK, Session.SLEEP, Signal.CALL, Signal.MEDIA, Signal.FULLSCREEN, Signal.PRESENTING, Signal.DND),
    *(Signal.SHARING, Signal.QUIET_APP),
)
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


def candidates(platform: str) -> Probes:
    """Those for this system; for one that nobody knows all of them, so that each says why it cannot work there."""
    known: Mapping[str, Callable[[], Probes]] = {"linux": _linux, "win32": _windows, "darwin": _macos}
    found = [known[platform]()] if platform in known else [made() for made in known.values()]
    everywhere: Probes = {Signal.QUIET_APP: (QuietApps,)}
    return {subject: tuple(p for each in (*found, everywhere) for p in each.get(subject, ())) for subject in SUBJECTS}


def _linux() -> Probes:
    from sitbreak.adapters.context import dnd
    from sitbreak.adapters.context.calls_camera import Camera
    from sitbreak.adapters.context.calls_pulse import PulseCalls
    from sitbreak.adapters.context.fullscreen_kwin import KWinFullscreen
    from sitbreak.adapters.context.fullscreen_x11 import X11Fullscreen
    from sitbreak.adapters.context.keeps_awake import GnomeMedia, LogindMedia, PlasmaMedia, XfceMedia
    from sitbreak.adapters.context.session_linux import SAVERS, Lockers, LogindLock, LogindSleep
    from sitbreak.adapters.context.sharing_pipewire import PipeWireSharing
    from sitbreak.adapters.context.sway import SwayFullscreen, SwayMedia

    daemons = (dnd.DunstQuiet, dnd.PlasmaQuiet, dnd.XfceQuiet, dnd.MakoQuiet, dnd.SwayncQuiet)
    return {
        Session.LOCK: (LogindLock, *SAVERS, Lockers),
        Session.SLEEP: (LogindSleep,),
        Signal.CALL: (PulseCalls, Camera),
        Signal.MEDIA: (GnomeMedia, PlasmaMedia, SwayMedia, LogindMedia, XfceMedia),
        Signal.FULLSCREEN: (KWinFullscreen, SwayFullscreen, X11Fullscreen),
        Signal.DND: (*daemons, dnd.GsettingsQuiet, dnd.LxqtQuiet),
        Signal.SHARING: (PipeWireSharing,),
    }


def _windows() -> Probes:
    from sitbreak.adapters.context.windows import (
        WindowsCalls,
        WindowsFullscreen,
        WindowsLock,
        WindowsPresentation,
        WindowsQuiet,
        WindowsSleep,
    )

    return {
        Session.LOCK: (WindowsLock,),
        Session.SLEEP: (WindowsSleep,),
        Signal.CALL: (WindowsCalls,),
        Signal.FULLSCREEN: (WindowsFullscreen,),
        Signal.PRESENTING: (WindowsPresentation,),
        Signal.DND: (WindowsQuiet,),
    }


def _macos() -> Probes:
    from sitbreak.adapters.context.macos import MacCalls, MacFullscreen, MacMedia
    from sitbreak.adapters.context.session_macos import MacLock, MacSleep

    return {
        Session.LOCK: (MacLock,),
        Session.SLEEP: (MacSleep,),
        Signal.CALL: (MacCalls,),
        Signal.MEDIA: (MacMedia,),
        Signal.FULLSCREEN: (MacFullscreen,),
    }
