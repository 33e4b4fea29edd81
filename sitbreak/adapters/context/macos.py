"""macOS: microphone and camera in use, assertions that keep the display awake, and full screen.

Do-not-disturb (Focus) and screen sharing have no public interface: neither is watched. Of windows only their size,
layer and the app they belong to are read; never their titles.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any, ClassVar

from sitbreak.adapters.context.coredevices import Devices
from sitbreak.adapters.context.corefoundation import CoreFoundation
from sitbreak.adapters.context.edges import Begun
from sitbreak.adapters.context.probe import SlowProbe, Wiring
from sitbreak.core.events import Signal
from sitbreak.ports import Env, NotViable, Viable

FRAMEWORKS = "/System/Library/Frameworks"
# IOPMLib.h: assertions that keep the display from sleeping when idle
DISPLAY_AWAKE = frozenset({"PreventUserIdleDisplaySleep", "NoDisplaySleepAssertion"})
ON_SCREEN = 1 | 16  # kCGWindowListOptionOnScreenOnly, kCGWindowListExcludeDesktopElements
MOST_DISPLAYS = 16


class Rect(ctypes.Structure):
    """CGRect: origin and size in points."""

    _fields_ = [(name, ctypes.c_double) for name in ("x", "y", "width", "height")]

    def same(self, other: Rect) -> bool:
        """Whether both cover the same area."""
        return (self.x, self.y, self.width, self.height) == (other.x, other.y, other.width, other.height)


def _viable(env: Env, *limits: str) -> Viable | NotViable:
    if env.platform != "darwin":
        return NotViable("This way of looking exists on macOS only.")
    return Viable(limits)


class MacCalls(SlowProbe):
    """Whether a microphone or camera runs. `devices` are the frameworks, or what stands in for them."""

    NAME: ClassVar[str] = "calls-macos"
    SIGNAL: ClassVar[Signal] = Signal.CALL

    def __init__(self, wiring: Wiring, devices: Devices | None = None) -> None:
        super().__init__(wiring)
        self._devices = devices

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On macOS, with a limit."""
        return _viable(env, "macOS does not name the app; a headset that also plays is not told from one that records.")

    def look(self) -> Sequence[str]:
        """Held by "microphone" or "camera". Raises OSError."""
        if self._devices is None:
            self._devices = Devices()
        found = {"microphone": self._devices.microphone_runs(), "camera": self._devices.camera_runs()}
        return [name for name, runs in found.items() if runs]


class MacMedia(SlowProbe):
    """Assertions that keep the display awake and began while we watched, by process and kind."""

    NAME: ClassVar[str] = "media-macos"
    SIGNAL: ClassVar[Signal] = Signal.MEDIA

    def __init__(self, wiring: Wiring, foundation: CoreFoundation | None = None, iokit: Any = None) -> None:
        super().__init__(wiring)
        self._foundation = foundation
        self._iokit = iokit
        self._begun = Begun()

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On macOS."""
        return _viable(env)

    def look(self) -> Sequence[str]:
        """The apps that keep the display awake. Raises OSError."""
        present = self._assertions()
        return [present[key] for key in self._begun.look(present)]

    def _assertions(self) -> dict[Any, str]:
        foundation = self._foundation = self._foundation or CoreFoundation()
        self._iokit = self._iokit or ctypes.CDLL(f"{FRAMEWORKS}/IOKit.framework/IOKit")
        answer = ctypes.c_void_p()
        result = self._iokit.IOPMCopyAssertionsByProcess(ctypes.byref(answer))
        if result != 0:
            raise OSError(f"macOS does not tell its power assertions ({result & 0xFFFFFFFF:#x})")
        with foundation.released(answer.value) as processes:
            every = [one for held in foundation.values(processes) for one in foundation.items(held)]
            every = [one for one in every if foundation.number(foundation.get(one, "AssertLevel")) != 0]
            return {
                (foundation.number(foundation.get(one, "AssertPID")), kind): self._app(foundation, one)
                for one in every
                if (kind := foundation.text(foundation.get(one, "AssertType"))) in DISPLAY_AWAKE
            }

    def _app(self, foundation: CoreFoundation, assertion: int) -> str:
        return foundation.text(foundation.get(assertion, "Process Name"))


class MacFullscreen(SlowProbe):
    """Whether an ordinary window covers a whole display."""

    NAME: ClassVar[str] = "fullscreen-macos"
    SIGNAL: ClassVar[Signal] = Signal.FULLSCREEN

    def __init__(self, wiring: Wiring, foundation: CoreFoundation | None = None, graphics: Any = None) -> None:
        super().__init__(wiring)
        self._foundation = foundation
        self._graphics = graphics

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On macOS, with a limit."""
        return _viable(env, "Beside a camera notch full screen is not seen in apps that leave the notch's strip free.")

    def look(self) -> Sequence[str]:
        """The apps whose windows cover a display."""
        foundation = self._foundation = self._foundation or CoreFoundation()
        graphics = self._graphics = self._graphics or _core_graphics()
        displays = self._displays(graphics)
        with foundation.released(graphics.CGWindowListCopyWindowInfo(ON_SCREEN, 0)) as listing:
            windows = [one for one in foundation.items(listing) if self._ordinary(foundation, one)]
            full = [one for one in windows if any(self._area(one).same(display) for display in displays)]
            return sorted({foundation.text(foundation.get(one, "kCGWindowOwnerName")) for one in full})

    def _ordinary(self, foundation: CoreFoundation, window: int) -> bool:
        return foundation.number(foundation.get(window, "kCGWindowLayer")) == 0

    def _displays(self, graphics: Any) -> list[Rect]:
        numbers, count = (ctypes.c_uint32 * MOST_DISPLAYS)(), ctypes.c_uint32(0)
        if graphics.CGGetActiveDisplayList(MOST_DISPLAYS, numbers, ctypes.byref(count)) != 0:
            raise OSError("macOS does not list its displays")
        return [graphics.CGDisplayBounds(number) for number in numbers[: count.value]]

    def _area(self, window: int) -> Rect:
        rect = Rect()
        bounds = self._foundation.get(window, "kCGWindowBounds") if self._foundation else None
        if bounds:
            self._graphics.CGRectMakeWithDictionaryRepresentation(bounds, ctypes.byref(rect))
        return rect


def _core_graphics() -> Any:
    library = ctypes.CDLL(f"{FRAMEWORKS}/CoreGraphics.framework/CoreGraphics")
    library.CGWindowListCopyWindowInfo.restype = ctypes.c_void_p
    library.CGDisplayBounds.restype = Rect
    library.CGDisplayBounds.argtypes = [ctypes.c_uint32]
    library.CGRectMakeWithDictionaryRepresentation.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    return library
