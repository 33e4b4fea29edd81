"""The probes for each signal, the better informed first, and how several of them make one signal."""

from __future__ import annotations

import threading
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
from sitbreak.adapters.context.fullscreen_kwin import KWinFullscreen
from sitbreak.adapters.context.fullscreen_x11 import X11Fullscreen
from sitbreak.adapters.context.macos import MacCalls, MacFullscreen, MacMedia
from sitbreak.adapters.context.media_bus import GnomeMedia, LogindMedia, PlasmaMedia, XfceMedia
from sitbreak.adapters.context.probe import Probe
from sitbreak.adapters.context.quiet_apps import QuietApps
from sitbreak.adapters.context.sharing_pipewire import PipeWireSharing
from sitbreak.adapters.context.sway import SwayFullscreen, SwayMedia
from sitbreak.adapters.context.windows import WindowsCalls, WindowsFullscreen, WindowsPresentation, WindowsQuiet
from sitbreak.core.events import Event, Signal, SignalChanged
from sitbreak.core.text import printable
from sitbreak.ports import Post


class Merged:
    """Stands between the probes and the loop. Callable from any thread.

    Of several holders the one named is that of the probe which asked for its `way_in` first: the better informed
    probes are started first.
    """

    def __init__(self, post: Post) -> None:
        self._post = post
        self._guard = threading.Lock()
        self._ways = 0
        self._held: dict[Signal, dict[int, str]] = {}
        self._said: dict[Signal, str] = {}

    def way_in(self) -> Post:
        """A `post` for one more probe; events other than SignalChanged pass as they are."""
        with self._guard:
            number = self._ways
            self._ways += 1

        def post(event: Event) -> None:
            if isinstance(event, SignalChanged):
                self._take(number, event)
            else:
                self._post(event)

        return post

    def _take(self, number: int, event: SignalChanged) -> None:
        with self._guard:
            held = self._held.setdefault(event.signal, {})
            if event.on:
                held[number] = printable(event.holder)  # what another program calls itself
            else:
                held.pop(number, None)
            self._say(event.signal, held)

    def _say(self, signal: Signal, held: dict[int, str]) -> None:
        said = self._said.get(signal)
        if not held:
            if self._said.pop(signal, None) is not None:
                self._post(SignalChanged(signal, False))
            return
        holder = held[min(held)]
        if holder != said:
            self._said[signal] = holder
            self._post(SignalChanged(signal, True, holder))


CANDIDATES: Mapping[Signal, tuple[type[Probe], ...]] = {
    Signal.CALL: (PulseCalls, Camera, WindowsCalls, MacCalls),
    Signal.MEDIA: (GnomeMedia, PlasmaMedia, SwayMedia, LogindMedia, XfceMedia, MacMedia),
    Signal.FULLSCREEN: (KWinFullscreen, SwayFullscreen, X11Fullscreen, WindowsFullscreen, MacFullscreen),
    Signal.PRESENTING: (WindowsPresentation,),
    Signal.DND: (
        *(DunstQuiet, PlasmaQuiet, XfceQuiet, MakoQuiet, SwayncQuiet, GsettingsQuiet, LxqtQuiet, WindowsQuiet),
    ),
    Signal.SHARING: (PipeWireSharing,),
    Signal.QUIET_APP: (QuietApps,),
}
