"""Windows: calls from the consent store, full screen and presentation from the shell, do-not-disturb from its toasts.

The consent store notes for each app when it last stopped using a device, and 0 while it uses it. An app that crashed
leaves its 0 behind, so a desktop app must also be running. What keeps the display awake (`powercfg /requests`) is told
to administrators only and not watched. The shell's "quiet time" is the first hour of a new user, and no do-not-disturb.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any, ClassVar

from sitbreak.adapters.context.probe import SlowProbe, Wiring
from sitbreak.adapters.processes import programs_of
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
