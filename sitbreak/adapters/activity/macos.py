"""Input on macOS: how long ago the last key, click, scroll and move were, by CGEventSource. Needs no permission."""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import ClassVar

from sitbreak.adapters.activity.idle_to_observed import NEVER, Ages
from sitbreak.core.events import InputKind
from sitbreak.language import _
from sitbreak.ports import Clock, Env, NotViable, Observed, SourceUnreadable, Viable

# CGEventTypes.h: what is asked for each kind. Moves include drags; other buttons count as clicks.
EVENT_TYPES: dict[InputKind, tuple[int, ...]] = {
    InputKind.KEY: (10, 12),  # key down, modifier changed
    InputKind.CLICK: (1, 3, 25),  # left, right, other button down
    InputKind.WHEEL: (22,),
    InputKind.MOTION: (5, 6, 7, 27),  # moved, dragged with left, right, other
}
HID_STATE = 1  # kCGEventSourceStateHIDSystemState: hardware only, so programs that post events do not count
SecondsSince = Callable[[int], float]


def quartz_seconds_since() -> SecondsSince:
    """What answers "seconds since the last event of this type"; raises SourceUnreadable where that cannot be had."""
    path = ctypes.util.find_library("ApplicationServices")
    if path is None:
        raise SourceUnreadable(_("The ApplicationServices framework is not there."))
    ask = ctypes.CDLL(path).CGEventSourceSecondsSinceLastEventType
    ask.argtypes = (ctypes.c_int32, ctypes.c_uint32)
    ask.restype = ctypes.c_double
    return lambda event_type: float(ask(HID_STATE, event_type))


class MacOSSource:
    """Activity on macOS, kinds told."""

    NAME: ClassVar[str] = "macos"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable on macOS."""
        return env.only_on("darwin") or Viable()

    def __init__(self, clock: Clock, seconds_since: SecondsSince | None = None) -> None:
        """`seconds_since` stands in for the system in tests. Raises SourceUnreadable."""
        self._seconds_since = quartz_seconds_since() if seconds_since is None else seconds_since
        self._ages = Ages(clock)
        self._ages.news(self.ages())  # what was before us is not ours to tell

    def poll(self) -> Sequence[Observed]:
        """The newest input of each kind since the last poll."""
        return self._ages.news(self.ages())

    def ages(self) -> dict[InputKind, timedelta]:
        """How long ago the newest input of each kind was."""
        return {
            kind: timedelta(seconds=min(NEVER.total_seconds(), *map(self._seconds_since, event_types)))
            for kind, event_types in EVENT_TYPES.items()
        }

    def close(self) -> None:
        """Nothing to let go of."""
