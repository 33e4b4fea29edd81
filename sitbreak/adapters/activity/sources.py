"""The sources, in the order in which `auto` tries them."""

from __future__ import annotations

from collections.abc import Callable

from sitbreak.adapters.activity.macos import MacOSSource
from sitbreak.adapters.activity.mutter import MutterSource
from sitbreak.adapters.activity.pynput_source import PynputSource
from sitbreak.adapters.activity.terminals import TerminalSource
from sitbreak.adapters.activity.wayland_idle import WaylandIdleSource
from sitbreak.adapters.activity.windows import WindowsSource
from sitbreak.adapters.activity.xinput2 import XInput2Source
from sitbreak.adapters.bus import BusThread
from sitbreak.ports import Clock

Source = WaylandIdleSource | MutterSource | XInput2Source | WindowsSource | MacOSSource | PynputSource | TerminalSource

CANDIDATES: tuple[type[Source], ...] = (
    WaylandIdleSource,
    MutterSource,
    XInput2Source,
    WindowsSource,
    MacOSSource,
    PynputSource,
    TerminalSource,
)


def builder(clock: Clock, bus: BusThread) -> Callable[[type[Source]], Source]:
    """What makes a source of a candidate; those that speak D-Bus share `bus`."""

    def build(candidate: type[Source]) -> Source:
        return MutterSource(clock, bus) if candidate is MutterSource else candidate(clock)

    return build
