"""Windows: lock and sleep from a hidden window's messages, calls from the consent store, the rest from the shell.

The consent store notes for each app when it last stopped using a device, and 0 while it uses it. An app that crashed
leaves its 0 behind, so a desktop app must also be running. What keeps the display awake (`powercfg /requests`) is told
to administrators only and not watched. The shell's "quiet time" is the first hour of a new user, and no do-not-disturb.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, ClassVar, NamedTuple, Protocol

from sitbreak.adapters.context.edges import Session
from sitbreak.adapters.context.probe import SlowProbe, ThreadProbe, Wiring
from sitbreak.adapters.hidden_window import HiddenWindow
from sitbreak.adapters.running_programs import programs_of
from sitbreak.boundary import Failure, attempt
from sitbreak.core.events import Signal
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable

STORE = r"SOFTWARE\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"
DEVICES = ("microphone", "webcam")
DESKTOP = "NonPackaged"
STOPPED = "LastUsedTimeStop"

# QUERY_USER_NOTIFICATION_STATE of shellapi.h
BUSY, DIRECT3D, PRESENTATION, STORE_APP = 2, 3, 4, 7


class WindowsCalls(SlowProbe):
    """Who uses a microphone or camera. `registry` is winreg and `programs` lists the running programs."""

    NAME: ClassVar[str] = "calls-windows"
    SIGNAL: ClassVar[Signal] = Signal.CALL

    def __init__(self, wiring: Wiring, registry: Any = None, programs: Callable[[], set[str]] | None = None) -> None:
        super().__init__(wiring)
        self._registry = registry
        self._programs = programs

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On Windows 10 from version 1903 on."""
        return env.only_on("win32") or Viable()

    def look(self) -> Sequence[str]:
        """The names of the apps that use a device."""
        if self._registry is None:
            import winreg

            self._registry = winreg
        return sorted({app for device in DEVICES for app in self._users(f"{STORE}\\{device}")})

    def _users(self, path: str) -> Iterator[str]:
        for app in self._children(path):
            if app != DESKTOP and self._in_use(f"{path}\\{app}"):
                yield app.partition("_")[0].rpartition(".")[2]
        busy = [app for app in self._children(f"{path}\\{DESKTOP}") if self._in_use(f"{path}\\{DESKTOP}\\{app}")]
        programs = [app.rpartition("#")[2] for app in busy]
        running = {name.casefold() for name in self._running()} if programs else set()
        yield from (name.removesuffix(".exe") for name in programs if name.casefold() in running)

    def _running(self) -> set[str]:
        if self._programs is None:
            self._programs = programs_of(self.wiring.env.platform)
        return self._programs() if self._programs is not None else set()

    def _children(self, path: str) -> list[str]:
        try:
            with self._registry.OpenKey(self._registry.HKEY_CURRENT_USER, path) as key:
                count = self._registry.QueryInfoKey(key)[0]
                return [self._registry.EnumKey(key, number) for number in range(count)]
        except FileNotFoundError:
            return []  # no app ever asked for this device

    def _in_use(self, path: str) -> bool:
        try:
            with self._registry.OpenKey(self._registry.HKEY_CURRENT_USER, path) as key:
                return bool(self._registry.QueryValueEx(key, STOPPED)[0] == 0)
        except FileNotFoundError:
            return False


class _ShellState(SlowProbe):
    """What the shell thinks of notifications now. `shell32` is the library, or what stands in for it."""

    STATES: ClassVar[frozenset[int]] = frozenset()

    def __init__(self, wiring: Wiring, shell32: Any = None) -> None:
        super().__init__(wiring)
        self._shell32 = shell32

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On Windows."""
        return env.only_on("win32") or Viable()

    def look(self) -> Sequence[str]:
        """Held without a name while the shell is in one of the states. Raises OSError when it does not answer."""
        if self._shell32 is None and sys.platform == "win32":
            self._shell32 = ctypes.WinDLL("shell32")
        state = ctypes.c_int32(0)
        result = self._shell32.SHQueryUserNotificationState(ctypes.byref(state))
        if result != 0:
            raise OSError(f"Windows does not tell its notification state ({result & 0xFFFFFFFF:#x})")
        return [""] if state.value in self.STATES else []


class WindowsFullscreen(_ShellState):
    """A full-screen program, Direct3D or not."""

    NAME: ClassVar[str] = "fullscreen-windows"
    SIGNAL: ClassVar[Signal] = Signal.FULLSCREEN
    STATES: ClassVar[frozenset[int]] = frozenset({BUSY, DIRECT3D, STORE_APP})


class WindowsPresentation(_ShellState):
    """Presentation settings are on, as slide programs turn them."""

    NAME: ClassVar[str] = "presentation-windows"
    SIGNAL: ClassVar[Signal] = Signal.PRESENTING
    STATES: ClassVar[frozenset[int]] = frozenset({PRESENTATION})


def notification_mode() -> int:
    """ToastNotificationManagerForUser.NotificationMode: 0 for all, 1 for what has priority, 2 for alarms.

    Raises OSError before Windows 11, which does not know it.
    """
    try:
        manager = import_module("winrt.windows.ui.notifications").ToastNotificationManager.get_default()
        return int(manager.notification_mode)
    except (ImportError, AttributeError, OSError) as error:
        raise OSError(_("This Windows does not tell whether do-not-disturb is on; Windows 11 does.")) from error


class WindowsQuiet(SlowProbe):
    """Do-not-disturb of Windows 11, by hand, by its rules or in a focus session. `mode` stands in for the system."""

    NAME: ClassVar[str] = "dnd-windows"
    SIGNAL: ClassVar[Signal] = Signal.DND

    def __init__(self, wiring: Wiring, mode: Callable[[], int] = notification_mode) -> None:
        super().__init__(wiring)
        self._mode = mode

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On Windows 11."""
        if elsewhere := env.only_on("win32"):
            return elsewhere
        told = attempt(notification_mode)
        return NotViable(str(told)) if isinstance(told, Failure) else Viable()

    def look(self) -> Sequence[str]:
        """Held without a name while not every note is shown. Raises OSError."""
        return [""] if self._mode() != 0 else []


WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
LOCK, SWITCH, SLEEP = "the lock", "another session", "sleep"


class Meaning(NamedTuple):
    """What a window message says: which state, and whether it began or ended."""

    state: str
    on: bool


class MessageSource(Protocol):
    """A hidden window: `run` passes on each message until `stop`."""

    def run(self, received: Callable[[int, int], None], ready: Callable[[], None]) -> None:
        """Owns the calling thread; raises OSError when the window cannot be made."""
        ...

    def stop(self) -> None:
        """Makes `run` return; from any thread."""
        ...


class _Told(ThreadProbe):
    """A state told by window messages. `messages` stands in for the hidden window in tests."""

    MEANINGS: ClassVar[Mapping[tuple[int, int], Meaning]]  # by message and its first parameter

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On Windows."""
        return env.only_on("win32") or Viable()

    def __init__(self, wiring: Wiring, messages: MessageSource | None = None) -> None:
        super().__init__(wiring)
        self._messages = HiddenWindow(self.NAME, sessions=True) if messages is None else messages
        self._on: set[str] = set()

    def attempt(self) -> None:
        """Listens to the window; raises OSError when it cannot be made."""
        self._on.clear()
        self._messages.run(self._received, self.worker.works)

    def wake(self) -> None:
        """Ends the window."""
        self._messages.stop()

    def _received(self, message: int, code: int) -> None:
        said = self.MEANINGS.get((message, code))
        if said is not None:
            (self._on.add if said.on else self._on.discard)(said.state)
            self.hold(sorted(self._on))


class WindowsLock(_Told):
    """The session is locked, or another one is in front (WinUser.h: WTS_SESSION_LOCK and the like)."""

    NAME: ClassVar[str] = "lock-windows"
    SIGNAL: ClassVar[Session] = Session.LOCK
    MEANINGS: ClassVar[Mapping[tuple[int, int], Meaning]] = {
        (WM_WTSSESSION_CHANGE, 7): Meaning(LOCK, True),
        (WM_WTSSESSION_CHANGE, 8): Meaning(LOCK, False),
        (WM_WTSSESSION_CHANGE, 2): Meaning(SWITCH, True),  # console disconnect
        (WM_WTSSESSION_CHANGE, 1): Meaning(SWITCH, False),
        (WM_WTSSESSION_CHANGE, 4): Meaning(SWITCH, True),  # remote disconnect
        (WM_WTSSESSION_CHANGE, 3): Meaning(SWITCH, False),
    }


class WindowsSleep(_Told):
    """The machine is about to sleep, or has woken up (WinUser.h: PBT_APMSUSPEND and the like)."""

    NAME: ClassVar[str] = "sleep-windows"
    SIGNAL: ClassVar[Session] = Session.SLEEP
    MEANINGS: ClassVar[Mapping[tuple[int, int], Meaning]] = {
        (WM_POWERBROADCAST, 0x04): Meaning(SLEEP, True),
        (WM_POWERBROADCAST, 0x07): Meaning(SLEEP, False),
        (WM_POWERBROADCAST, 0x12): Meaning(SLEEP, False),
    }
