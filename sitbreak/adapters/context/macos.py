"""macOS: microphone and camera in use, assertions that keep the display awake, and full screen.

A device "runs somewhere" when any program uses it. A device that can also play runs for that as well, so only devices
that do nothing but record are asked: the built-in microphone, desk microphones and the microphones of most headsets.

Do-not-disturb (Focus) and screen sharing have no public interface: neither is watched. Of windows only their size,
layer and the app they belong to are read; never their titles.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from sitbreak.adapters.context.edges import Begun
from sitbreak.adapters.context.probe import SlowProbe, Wiring
from sitbreak.core.events import Signal
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable

SYSTEM = 1  # kAudioObjectSystemObject, kCMIOObjectSystemObject


def code(text: str) -> int:
    """The number of a four-letter code, as the headers write them."""
    return int.from_bytes(text.encode("ascii"), "big")


DEVICES, RUNS, STREAMS = code("dev#"), code("gone"), code("stm#")
EVERYWHERE, INPUT, OUTPUT = code("glob"), code("inpt"), code("outp")
MAIN = 0


class Address(ctypes.Structure):
    """AudioObjectPropertyAddress and CMIOObjectPropertyAddress: which property of an object."""

    _fields_ = [(name, ctypes.c_uint32) for name in ("selector", "scope", "element")]


class Devices:
    """The audio and the camera framework, or what stands in for them."""

    def __init__(self, audio: Any = None, camera: Any = None) -> None:
        self._audio = _framework("CoreAudio") if audio is None else audio
        self._camera = _framework("CoreMediaIO") if camera is None else camera

    def microphone_runs(self) -> bool:
        """Whether a device that only records is in use. Raises OSError."""
        return any(self._records_only(device) and self._audio_flag(device) for device in self._audio_devices())

    def camera_runs(self) -> bool:
        """Whether a camera is in use. Raises OSError."""
        size = self._size(self._camera.CMIOObjectGetPropertyDataSize, SYSTEM, Address(DEVICES, EVERYWHERE, MAIN))
        devices = self._camera_read(SYSTEM, DEVICES, (ctypes.c_uint32 * (size // 4))())
        return any(self._camera_read(device, RUNS, (ctypes.c_uint32 * 1)())[0] for device in devices)

    def _audio_devices(self) -> list[int]:
        size = self._size(self._audio.AudioObjectGetPropertyDataSize, SYSTEM, Address(DEVICES, EVERYWHERE, MAIN))
        return self._audio_read(SYSTEM, DEVICES, (ctypes.c_uint32 * (size // 4))())

    def _audio_flag(self, device: int) -> bool:
        return bool(self._audio_read(device, RUNS, (ctypes.c_uint32 * 1)())[0])

    def _records_only(self, device: int) -> bool:
        ask = self._audio.AudioObjectGetPropertyDataSize
        inputs, outputs = (self._size(ask, device, Address(STREAMS, scope, MAIN)) for scope in (INPUT, OUTPUT))
        return inputs > 0 and outputs == 0

    def _size(self, ask: Callable[..., int], thing: int, address: Address) -> int:
        size = ctypes.c_uint32(0)
        _checked(ask(thing, ctypes.byref(address), 0, None, ctypes.byref(size)))
        return size.value

    def _audio_read(self, thing: int, selector: int, room: Any) -> list[int]:
        address, size = Address(selector, EVERYWHERE, MAIN), ctypes.c_uint32(ctypes.sizeof(room))
        read = self._audio.AudioObjectGetPropertyData
        _checked(read(thing, ctypes.byref(address), 0, None, ctypes.byref(size), room))
        return list(room[: size.value // 4])

    def _camera_read(self, thing: int, selector: int, room: Any) -> list[int]:
        address, used = Address(selector, EVERYWHERE, MAIN), ctypes.c_uint32(0)
        read = self._camera.CMIOObjectGetPropertyData
        _checked(read(thing, ctypes.byref(address), 0, None, ctypes.sizeof(room), ctypes.byref(used), room))
        return list(room[: used.value // 4])


def _framework(name: str) -> Any:
    return ctypes.CDLL(f"{FRAMEWORKS}/{name}.framework/{name}")


def _checked(result: int) -> None:
    if result != 0:
        raise OSError(f"macOS does not tell which devices run ({result & 0xFFFFFFFF:#x})")


UTF8 = 0x08000100  # kCFStringEncodingUTF8
SINT64 = 4  # kCFNumberSInt64Type
TEXT_BYTES = 1024
Ref = ctypes.c_void_p


class CoreFoundation:
    """Strings, numbers, lists and dictionaries. `library` is the framework, or what stands in for it."""

    def __init__(self, library: Any = None) -> None:
        path = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
        self._cf = ctypes.CDLL(path) if library is None else library
        index = ctypes.c_long
        for name, result, arguments in (
            ("CFStringCreateWithCString", Ref, [Ref, ctypes.c_char_p, ctypes.c_uint32]),
            ("CFStringGetCString", ctypes.c_bool, [Ref, ctypes.c_char_p, index, ctypes.c_uint32]),
            ("CFNumberGetValue", ctypes.c_bool, [Ref, index, Ref]),
            ("CFArrayGetCount", index, [Ref]),
            ("CFArrayGetValueAtIndex", Ref, [Ref, index]),
            ("CFDictionaryGetCount", index, [Ref]),
            ("CFDictionaryGetValue", Ref, [Ref, Ref]),
            ("CFDictionaryGetKeysAndValues", None, [Ref, Ref, Ref]),
            ("CFRelease", None, [Ref]),
        ):
            function = getattr(self._cf, name)
            function.restype, function.argtypes = result, arguments

    @contextmanager
    def released(self, ref: int | None) -> Iterator[int | None]:
        """Releases a created object after the block."""
        try:
            yield ref
        finally:
            if ref:
                self._cf.CFRelease(ref)

    def text(self, ref: int | None) -> str:
        """The text of a string; empty for none."""
        buffer = ctypes.create_string_buffer(TEXT_BYTES)
        if not ref or not self._cf.CFStringGetCString(ref, buffer, TEXT_BYTES, UTF8):
            return ""
        return buffer.value.decode("utf-8", "replace")

    def number(self, ref: int | None) -> int:
        """The value of a number; 0 for none."""
        value = ctypes.c_int64(0)
        if ref:
            self._cf.CFNumberGetValue(ref, SINT64, ctypes.byref(value))
        return value.value

    def items(self, ref: int | None) -> list[int]:
        """The elements of a list."""
        count = self._cf.CFArrayGetCount(ref) if ref else 0
        return [self._cf.CFArrayGetValueAtIndex(ref, number) for number in range(count)]

    def values(self, ref: int | None) -> list[int]:
        """The values of a dictionary."""
        count = self._cf.CFDictionaryGetCount(ref) if ref else 0
        keys, values = (Ref * count)(), (Ref * count)()
        if count:
            self._cf.CFDictionaryGetKeysAndValues(ref, keys, values)
        return [value for value in values if value]

    def get(self, ref: int, key: str) -> int | None:
        """The value under a key of a dictionary; None when it has none."""
        with self.released(self._cf.CFStringCreateWithCString(None, key.encode(), UTF8)) as name:
            found: int | None = self._cf.CFDictionaryGetValue(ref, name)
            return found


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
        return env.only_on("darwin") or Viable(
            (_("macOS does not name the app; a headset that also plays is not told from one that records."),)
        )

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
        return env.only_on("darwin") or Viable()

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
        return env.only_on("darwin") or Viable(
            (_("Beside a camera notch full screen is not seen in apps that leave the notch's strip free."),)
        )

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
