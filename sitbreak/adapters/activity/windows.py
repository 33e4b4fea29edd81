"""Input on Windows: GetLastInputInfo, which tells when the last input was and not what it was."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import ClassVar

from sitbreak.adapters.activity.idle_to_observed import Ages
from sitbreak.core.events import InputKind
from sitbreak.language import _
from sitbreak.ports import Clock, Env, NotViable, Observed, SourceUnreadable, Viable

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
