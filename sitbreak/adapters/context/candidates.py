"""The probes for each signal, the better informed first; those of another system are not even loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sitbreak.adapters.context.edges import Session, Subject
from sitbreak.adapters.context.probe import Probe
from sitbreak.adapters.context.quiet_apps import QuietApps
from sitbreak.core.events import Signal

Probes = Mapping[Subject, tuple[type[Probe], ...]]
SUBJECTS: tuple[Subject, ...] = (
    *(Session.LOCK, Session.SLEEP, Signal.CALL, Signal.MEDIA, Signal.FULLSCREEN, Signal.PRESENTING, Signal.DND),
    *(Signal.SHARING, Signal.QUIET_APP),
)


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
    from sitbreak.adapters.context.session_windows import WindowsLock, WindowsSleep
    from sitbreak.adapters.context.windows import WindowsCalls, WindowsFullscreen, WindowsPresentation, WindowsQuiet

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
