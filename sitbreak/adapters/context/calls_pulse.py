"""Microphone in use, on PulseAudio and on PipeWire's pulse server: somebody records from a real source.

No call: recordings of a monitor (what the speakers play), corked streams, level meters, and streams without a client
(loopback and echo-cancelling modules, whose own users show up beside them).
"""

from __future__ import annotations

import ctypes.util
import threading
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any, ClassVar

from sitbreak.adapters.context.probe import ThreadProbe, Wiring
from sitbreak.core.events import Signal
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable

NOBODY = 0xFFFFFFFF  # PA_INVALID_INDEX
# A bound on each wait costs two wake-ups an hour and makes a lost event harmless.
RELOOK_S = 1800.0


@lru_cache(maxsize=1)
def pulsectl() -> Any:
    """The pulsectl module; raises ImportError, or OSError where the library it needs is missing.

    It asks ctypes for the place of "libpulse", which starts gcc and never finds that name; told so at once, it takes
    the library by its usual name.
    """
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        return import_module("pulsectl")
    finally:
        ctypes.util.find_library = search


class PulseCalls(ThreadProbe):
    """Listens to the sound server's record streams."""

    NAME: ClassVar[str] = "microphone-pulse"
    SIGNAL: ClassVar[Signal] = Signal.CALL

    def __init__(self, wiring: Wiring) -> None:
        super().__init__(wiring)
        self._guard = threading.Lock()
        self._pulse: Any = None
        self._changed = False

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On Linux with pulsectl and the PulseAudio client library."""
        if elsewhere := env.only_on("linux"):
            return elsewhere
        try:
            pulsectl()
        except (ImportError, OSError) as missing:
            return NotViable(
                _("Calls cannot be noticed by the microphone: {missing}.", missing=missing),
                _("Install libpulse0 and pulsectl."),
            )
        return Viable()

    def attempt(self) -> None:
        """Looks at the record streams, and again at each event about one."""
        with pulsectl().Pulse("sitbreak", server=self.wiring.env.variables.get("PULSE_SERVER"), connect=False) as pulse:
            pulse.connect()  # its `timeout` would be waited out in full; libpulse itself gives up after 30 s
            pulse.event_mask_set("source_output")
            pulse.event_callback_set(self._event)
            with self._guard:
                self._pulse = pulse
            try:
                self._listen(pulse)
            finally:
                with self._guard:
                    self._pulse = None

    def wake(self) -> None:
        """Ends the wait for the next event."""
        with self._guard:
            if self._pulse is not None:
                self._pulse.event_listen_stop()

    def _listen(self, pulse: Any) -> None:
        while not self.worker.ending.is_set():
            self._changed = False  # before looking: an event during the look calls for another
            self.hold(list(self._callers(pulse)))
            self.worker.works()
            if not self._changed:
                pulse.event_listen(timeout=RELOOK_S)

    def _event(self, event: object) -> None:
        self._changed = True
        raise pulsectl().PulseLoopStop

    def _callers(self, pulse: Any) -> Iterator[str]:
        streams = pulse.source_output_list()
        if not streams:
            return
        monitors = {source.index for source in pulse.source_list() if source.monitor_of_sink != NOBODY}
        for stream in streams:
            if stream.source not in monitors and records(stream):
                names = names_of(stream.proplist)
                if not self.wiring.options.ignores(*names):
                    yield names[0]


def records(stream: Any) -> bool:
    """Whether a record stream may be somebody talking: running, of a client, and no level meter."""
    properties = stream.proplist
    meter = stream.resample_method == "peaks" or properties.get("media.name") == "Peak detect"
    monitor = properties.get("stream.monitor") == "true" or properties.get("stream.capture.sink") == "true"
    return not (stream.corked or meter or monitor or stream.client == NOBODY)


def names_of(properties: Mapping[str, str]) -> list[str]:
    """The names of the app behind a stream, the one to show first; never what it plays or records."""
    keys = ("application.name", "application.process.binary", "application.id")
    return [properties[key] for key in keys if properties.get(key)] or [_("an unnamed app")]
