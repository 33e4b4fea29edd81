"""Sources that are asked how long ago the last input was, and the observations that come of it."""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import ClassVar

from sitbreak.adapters.ttys import PLACES, STEP, last_used
from sitbreak.core.events import InputKind
from sitbreak.core.timeline import ZERO, Instant
from sitbreak.language import _
from sitbreak.ports import Clock, Env, NotViable, Observed, SourceUnreadable, Viable

# Two readings of the same input may differ by this much: the age and the clock are not read in the same moment.
SAME = timedelta(milliseconds=100)
# Ages beyond this are "never" (macOS answers a huge number then) and would not fit the calendar.
NEVER = timedelta(days=365)


class Ages:
    """Remembers the newest input of each kind, and tells which ages mean a newer one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._newest: dict[InputKind, Instant] = {}

    def news(self, ages: Mapping[InputKind, timedelta]) -> list[Observed]:
        """The inputs that these ages add to what was told before, oldest first."""
        now = self._clock.now()
        found = [Observed(kind, now.plus(-age)) for kind, age in ages.items() if age < NEVER]
        fresh = [seen for seen in found if self._is_new(seen)]
        self._newest.update({seen.kind: seen.at for seen in fresh})
        return sorted(fresh, key=lambda seen: seen.at.elapsed)

    def _is_new(self, seen: Observed) -> bool:
        known = self._newest.get(seen.kind)
        return known is None or seen.at.since(known) > SAME


# -- Windows

TICKS = 1 << 32  # both readings are 32-bit milliseconds since the start, and wrap after 49.7 days
Ticks = Callable[[], tuple[int, int]]


class LASTINPUTINFO(ctypes.Structure):
    """winuser.h: its own size in bytes, and the tick of the last input."""

    _fields_ = (("cbSize", ctypes.c_uint32), ("dwTime", ctypes.c_uint32))


def idle_between(last: int, now: int) -> timedelta:
    """The time from tick `last` to tick `now`, across a wrap. A `last` a little ahead of `now` is no time at all.

    GetTickCount steps by up to 16 ms, so the last input may carry a later tick than the reading after it.
    """
    ticks = (now - last) % TICKS
    return timedelta(milliseconds=ticks if ticks < TICKS - 1000 else 0)


def system_ticks() -> Ticks:
    """What reads (tick of the last input, tick now); raises SourceUnreadable off Windows."""
    if sys.platform != "win32":
        raise SourceUnreadable(_("GetLastInputInfo is there on Windows only."))
    user32, kernel32 = ctypes.windll.user32, ctypes.windll.kernel32
    kernel32.GetTickCount.restype = ctypes.c_uint32

    def read() -> tuple[int, int]:
        asked = LASTINPUTINFO(ctypes.sizeof(LASTINPUTINFO), 0)
        if not user32.GetLastInputInfo(ctypes.byref(asked)):
            raise SourceUnreadable(_("Windows does not tell when the last input was."))
        return int(asked.dwTime), int(kernel32.GetTickCount())

    return read


class WindowsSource:
    """Activity on Windows, kinds not told."""

    NAME: ClassVar[str] = "windows"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable on Windows."""
        return env.only_on("win32") or Viable((_("cannot tell keys, clicks and motion apart"),))

    def __init__(self, clock: Clock, ticks: Ticks | None = None) -> None:
        """`ticks` stands in for the system in tests. Raises SourceUnreadable."""
        self._ticks = system_ticks() if ticks is None else ticks
        self._ages = Ages(clock)
        self.poll()  # what was before us is not ours to tell

    def poll(self) -> Sequence[Observed]:
        """The newest input since the last poll, if there was one; raises SourceUnreadable."""
        return self._ages.news({InputKind.UNKNOWN: idle_between(*self._ticks())})

    def close(self) -> None:
        """Nothing to let go of."""


# -- macOS

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


# -- terminals of a login without a display


class TerminalSource:
    """Keys in any terminal of the user. A step of 8 s in which a key came counts whole: no lull is taken for longer."""

    NAME: ClassVar[str] = "terminals"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable where somebody logged in without a display."""
        if not env.in_terminal:
            return NotViable(_("this is no login over ssh or on a console"))
        return Viable((_("only keys in your terminals are seen, and when they came to about 8 seconds"),))

    def __init__(self, clock: Clock, places: Sequence[str] = PLACES) -> None:
        """`places`: patterns of where terminals are. Raises SourceUnreadable."""
        self._clock, self._places = clock, places
        self._ages = Ages(clock)
        self.poll()  # what was before us is not ours to tell

    def poll(self) -> Sequence[Observed]:
        """The newest input since the last poll, if there was one; raises SourceUnreadable."""
        used = last_used(self._places)
        if used is None:
            raise SourceUnreadable(_("No terminal of yours is open."))
        age = max(ZERO, self._clock.now().utc - (used.typed + STEP))
        return self._ages.news({InputKind.KEY: age})

    def close(self) -> None:
        """Nothing is held."""
