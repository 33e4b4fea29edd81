"""The macOS probes on stand-ins for the system's frameworks."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from sitbreak.adapters.context.macos import (
    DEVICES,
    INPUT,
    OUTPUT,
    RUNS,
    STREAMS,
    Address,
    CoreFoundation,
    Devices,
    MacCalls,
    MacFullscreen,
    MacMedia,
    Rect,
    code,
)
from sitbreak.adapters.context.probe import Options, Wiring
from sitbreak.adapters.context.worker import Slow
from sitbreak.adapters.running_programs import MacPrograms
from sitbreak.ports import Env, NotViable, Viable
from tests.adapters.context_worlds import Run

WIRING = Wiring(Env("darwin", {}), Options(), Slow(0.1))


class _Function:
    """A function of a library: callable, with attributes."""

    def __init__(self, answer: Callable[..., Any]) -> None:
        self._answer = answer
        self.restype: Any = None
        self.argtypes: Any = None

    def __call__(self, *arguments: Any) -> Any:
        """Answers."""
        return self._answer(*arguments)


class Foundation:
    """A CoreFoundation whose objects are Python values, each under the number that is its reference."""

    def __init__(self) -> None:
        self.objects: dict[int, Any] = {}
        self.released: list[int] = []
        for name in (name for name in dir(type(self)) if name.startswith("CF")):
            setattr(self, name, _Function(getattr(self, name)))

    def put(self, value: Any) -> int:
        """A reference to this value, and to what it holds."""
        if isinstance(value, dict):
            value = {key: self.put(one) for key, one in value.items()}
        elif isinstance(value, list):
            value = [self.put(one) for one in value]
        self.objects[len(self.objects) + 1] = value
        return len(self.objects)

    def CFStringCreateWithCString(self, _allocator: None, text: bytes, _encoding: int) -> int:
        """A new string."""
        return self.put(text.decode())

    def CFStringGetCString(self, ref: int, buffer: Any, size: int, _encoding: int) -> bool:
        """The text of a string."""
        text = str(self.objects[ref]).encode()
        buffer.value = text[: size - 1]
        return len(text) < size

    def CFNumberGetValue(self, ref: int, kind: int, place: Any) -> bool:
        """The value of a number."""
        assert (kind, ctypes.sizeof(place._obj)) == (4, 8)
        place._obj.value = self.objects[ref]
        return True

    def CFArrayGetCount(self, ref: int) -> int:
        """The length of a list."""
        return len(self.objects[ref])

    def CFArrayGetValueAtIndex(self, ref: int, number: int) -> int:
        """One of its elements."""
        return int(self.objects[ref][number])

    def CFDictionaryGetCount(self, ref: int) -> int:
        """The size of a dictionary."""
        return len(self.objects[ref])

    def CFDictionaryGetValue(self, ref: int, key: int) -> int | None:
        """The value under a key."""
        found: int | None = self.objects[ref].get(self.objects[key])
        return found

    def CFDictionaryGetKeysAndValues(self, ref: int, keys: Any, values: Any) -> None:
        """All of it."""
        for number, value in enumerate(self.objects[ref].values()):
            keys[number], values[number] = 1, value

    def CFRelease(self, ref: int) -> None:
        """Not needed any more."""
        self.released.append(ref)


def assertion(pid: int, kind: str, app: str, level: int = 255) -> dict[str, Any]:
    """An entry as macOS lists it."""
    return {"AssertPID": pid, "AssertType": kind, "Process Name": app, "AssertLevel": level}


PLAYER = assertion(11, "PreventUserIdleDisplaySleep", "QuickTime Player")


class IOKit:
    """Power assertions by process."""

    def __init__(self, foundation: Foundation) -> None:
        self._foundation = foundation
        self.held: list[dict[str, Any]] = []
        self.result = 0
        self.given: list[int] = []

    def IOPMCopyAssertionsByProcess(self, place: Any) -> int:
        """A dictionary from process to its assertions."""
        self.given.append(self._foundation.put({one["AssertPID"]: [one] for one in self.held}))
        place._obj.value = self.given[-1]
        return self.result


def test_an_assertion_that_begins_while_we_watch_is_media() -> None:
    """Only assertions about the display count, and of them those that began before our eyes; all is released."""
    foundation = Foundation()
    iokit = IOKit(foundation)
    iokit.held = [assertion(9, "NoDisplaySleepAssertion", "Caffeine")]
    with Run(MacMedia(WIRING, CoreFoundation(foundation), iokit)) as run:
        run.looked()
        iokit.held = [*iokit.held, assertion(10, "PreventUserIdleSystemSleep", "backupd"), PLAYER]
        run.wait((True, "QuickTime Player"))
        iokit.held = iokit.held[:2]
        run.wait((True, "QuickTime Player"), (False, ""))
    assert set(iokit.given) <= set(foundation.released)


def test_an_assertion_that_is_switched_off_is_none() -> None:
    """An assertion with level 0 keeps nothing awake."""
    foundation = Foundation()
    iokit = IOKit(foundation)
    probe = MacMedia(WIRING, CoreFoundation(foundation), iokit)
    assert probe.look() == []
    iokit.held = [{**PLAYER, "AssertLevel": 0}]
    assert probe.look() == []


def test_a_refusal_is_trouble() -> None:
    """An error number of the framework is an OSError that names it."""
    foundation = Foundation()
    iokit = IOKit(foundation)
    iokit.result = -536870206
    with pytest.raises(OSError, match="0xe00002c2"):
        MacMedia(WIRING, CoreFoundation(foundation), iokit).look()


SCREEN = {"X": 0.0, "Y": 0.0, "Width": 1440.0, "Height": 900.0}


class Graphics:
    """One display and some windows."""

    def __init__(self, foundation: Foundation, *windows: dict[str, Any]) -> None:
        self._foundation = foundation
        self._windows = list(windows)

    def CGGetActiveDisplayList(self, most: int, numbers: Any, count: Any) -> int:
        """One display."""
        numbers[0], count._obj.value = 5, 1
        return 0

    def CGDisplayBounds(self, number: int) -> Rect:
        """Its size."""
        assert number == 5
        return Rect(*SCREEN.values())

    def CGWindowListCopyWindowInfo(self, option: int, relative: int) -> int:
        """The windows on screen."""
        assert (option, relative) == (17, 0)
        return self._foundation.put(self._windows)

    def CGRectMakeWithDictionaryRepresentation(self, bounds: int, place: Any) -> bool:
        """A size from its dictionary."""
        values = {key: self._foundation.objects[ref] for key, ref in self._foundation.objects[bounds].items()}
        rect = place._obj
        rect.x, rect.y, rect.width, rect.height = (values[key] for key in ("X", "Y", "Width", "Height"))
        return True


def window(app: str, layer: int = 0, **changed: float) -> dict[str, Any]:
    """A window that covers the display, but for what is changed."""
    return {"kCGWindowLayer": layer, "kCGWindowOwnerName": app, "kCGWindowBounds": {**SCREEN, **changed}}


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ([window("Keynote")], ["Keynote"]),
        ([window("Editor", Y=25.0, Height=875.0)], []),
        ([window("Dock", layer=20)], []),
        ([window("Editor", Width=800.0), window("Keynote")], ["Keynote"]),
    ],
)
def test_full_screen_is_an_ordinary_window_over_a_whole_display(
    shown: list[dict[str, Any]], expected: list[str]
) -> None:
    """Windows that leave room for the menu bar, and those of the system, are not full screen."""
    foundation = Foundation()
    probe = MacFullscreen(WIRING, CoreFoundation(foundation), Graphics(foundation, *shown))
    assert probe.look() == expected


class Hardware:
    """Both device frameworks: which devices there are, their streams, and whether they run."""

    def __init__(self, streams: dict[int, tuple[int, int]], running: set[int]) -> None:
        self._streams = streams
        self.running = running

    def AudioObjectGetPropertyDataSize(self, thing: int, place: Any, *rest: Any) -> int:
        """How many bytes an answer has."""
        address = place._obj
        assert ctypes.sizeof(address) == 12
        counts = {DEVICES: len(self._streams)}
        if address.selector == STREAMS:
            inputs, outputs = self._streams[thing]
            counts[STREAMS] = {INPUT: inputs, OUTPUT: outputs}[address.scope]
        rest[-1]._obj.value = 4 * counts[address.selector]
        return 0

    def AudioObjectGetPropertyData(self, thing: int, place: Any, *rest: Any) -> int:
        """The answer."""
        room = rest[-1]
        answer = list(self._streams) if place._obj.selector == DEVICES else [int(thing in self.running)]
        assert place._obj.selector in (DEVICES, RUNS)
        room[: len(answer)] = answer
        return 0

    CMIOObjectGetPropertyDataSize = AudioObjectGetPropertyDataSize

    def CMIOObjectGetPropertyData(self, thing: int, place: Any, *rest: Any) -> int:
        """The answer; this framework takes the size and tells what it used."""
        _qualifier_size, _qualifier, size, used, room = rest
        answer = list(self._streams) if place._obj.selector == DEVICES else [int(thing in self.running)]
        assert size == ctypes.sizeof(room)
        room[: len(answer)] = answer
        used._obj.value = 4 * len(answer)
        return 0


def test_a_running_microphone_or_camera_is_a_call() -> None:
    """A device that only records counts while it runs, one that also plays does not; a camera does."""
    audio = Hardware({40: (1, 0), 41: (0, 1), 42: (1, 1)}, {41, 42})
    camera = Hardware({50: (1, 0)}, set())
    with Run(MacCalls(WIRING, Devices(audio, camera))) as run:
        run.looked()
        assert run.posted.edges == []
        audio.running = {40}
        run.wait((True, "microphone"))
        camera.running = {50}
        audio.running = set()
        run.wait((True, "microphone"), (True, "camera"))


def test_the_codes_are_those_of_the_headers() -> None:
    """Four letters are a big-endian number, and an address is three of them."""
    assert code("gone") == 0x676F6E65
    assert ctypes.sizeof(Address) == 12
    assert ctypes.sizeof(Rect) == 32


@pytest.mark.unix("user ids")
def test_the_running_programs_are_named_by_libproc() -> None:
    """Every process is asked for its name; those without one are left out."""
    names = {1: b"launchd", 300: b"zoom.us"}

    def listing(_kind: int, _info: int, room: Any, _size: int) -> int:
        if room is None:
            return 3 * 4
        room[0:3] = [1, 300, 0]
        return 12

    def name(pid: int, buffer: Any, _size: int) -> int:
        buffer.value = names[pid]
        return len(names[pid])

    assert MacPrograms(SimpleNamespace(proc_listpids=listing, proc_name=name))() == {"launchd", "zoom.us"}


def test_only_macos_is_asked() -> None:
    """Elsewhere the probes are not viable; on macOS they are."""
    for probe in (MacCalls, MacMedia, MacFullscreen):
        assert isinstance(probe.viable(Env("linux", {})), NotViable)
        assert isinstance(probe.viable(Env("darwin", {})), Viable)
