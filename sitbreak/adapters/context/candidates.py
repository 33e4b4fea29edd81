"""The probes for each signal, the better informed first."""

from __future__ import annotations

from collections.abc import Mapping

from sitbreak.adapters.context.calls_camera import Camera
from sitbreak.adapters.context.calls_pulse import PulseCalls
from sitbreak.adapters.context.dnd import (
    DunstQuiet,
    GsettingsQuiet,
    LxqtQuiet,
    MakoQuiet,
    PlasmaQuiet,
    SwayncQuiet,
    XfceQuiet,
)
from sitbreak.adapters.context.edges import Session, Subject
from sitbreak.adapters.context.fullscreen_kwin import KWinFullscreen
from sitbreak.adapters.context.fullscreen_x11 import X11Fullscreen
from sitbreak.adapters.context.keeps_awake import GnomeMedia, LogindMedia, PlasmaMedia, XfceMedia
from sitbreak.adapters.context.macos import MacCalls, MacFullscreen, MacMedia
from sitbreak.adapters.context.probe import Probe
from sitbreak.adapters.context.quiet_apps import QuietApps
from sitbreak.adapters.context.session_linux import SAVERS, Lockers, LogindLock, LogindSleep
from sitbreak.adapters.context.session_macos import MacLock, MacSleep
from sitbreak.adapters.context.session_windows import WindowsLock, WindowsSleep
from sitbreak.adapters.context.sharing_pipewire import PipeWireSharing
from sitbreak.adapters.context.sway import SwayFullscreen, SwayMedia
from sitbreak.adapters.context.windows import WindowsCalls, WindowsFullscreen, WindowsPresentation, WindowsQuiet
from sitbreak.core.events import Signal

CANDIDATES: Mapping[Subject, tuple[type[Probe], ...]] = {
    Session.LOCK: (LogindLock, *SAVERS, Lockers, WindowsLock, MacLock),
    Session.SLEEP: (LogindSleep, WindowsSleep, MacSleep),
    Signal.CALL: (PulseCalls, Camera, WindowsCalls, MacCalls),
    Signal.MEDIA: (GnomeMedia, PlasmaMedia, SwayMedia, LogindMedia, XfceMedia, MacMedia),
    Signal.FULLSCREEN: (KWinFullscreen, SwayFullscreen, X11Fullscreen, WindowsFullscreen, MacFullscreen),
    Signal.PRESENTING: (WindowsPresentation,),
    Signal.DND: (
        *(DunstQuiet, PlasmaQuiet, XfceQuiet, MakoQuiet, SwayncQuiet, GsettingsQuiet, LxqtQuiet),
        WindowsQuiet,
    ),
    Signal.SHARING: (PipeWireSharing,),
    Signal.QUIET_APP: (QuietApps,),
}
