"""The probes for each signal, the better informed first: where several see the same, the first names the app."""

from __future__ import annotations

from collections.abc import Mapping

from sitbreak.adapters.context.calls_camera import Camera
from sitbreak.adapters.context.calls_pulse import PulseCalls
from sitbreak.adapters.context.dnd_bus import DunstQuiet, MakoQuiet, PlasmaQuiet, SwayncQuiet, XfceQuiet
from sitbreak.adapters.context.dnd_gsettings import GsettingsQuiet
from sitbreak.adapters.context.fullscreen_kwin import KWinFullscreen
from sitbreak.adapters.context.fullscreen_x11 import X11Fullscreen
from sitbreak.adapters.context.macos import MacCalls, MacFullscreen, MacMedia
from sitbreak.adapters.context.media_bus import GnomeMedia, LogindMedia, PlasmaMedia, XfceMedia
from sitbreak.adapters.context.probe import Probe
from sitbreak.adapters.context.quiet_apps import QuietApps
from sitbreak.adapters.context.sharing_pipewire import PipeWireSharing
from sitbreak.adapters.context.sway import SwayFullscreen, SwayMedia
from sitbreak.adapters.context.windows import WindowsCalls, WindowsFullscreen, WindowsPresentation, WindowsQuiet
from sitbreak.core.events import Signal

CANDIDATES: Mapping[Signal, tuple[type[Probe], ...]] = {
    Signal.CALL: (PulseCalls, Camera, WindowsCalls, MacCalls),
    Signal.MEDIA: (GnomeMedia, PlasmaMedia, SwayMedia, LogindMedia, XfceMedia, MacMedia),
    Signal.FULLSCREEN: (KWinFullscreen, SwayFullscreen, X11Fullscreen, WindowsFullscreen, MacFullscreen),
    Signal.PRESENTING: (WindowsPresentation,),
    Signal.DND: (DunstQuiet, PlasmaQuiet, XfceQuiet, MakoQuiet, SwayncQuiet, GsettingsQuiet, WindowsQuiet),
    Signal.SHARING: (PipeWireSharing,),
    Signal.QUIET_APP: (QuietApps,),
}
