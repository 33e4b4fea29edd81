"""The Windows probes on stand-ins for the registry, the shell and the tool help library."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

import pytest

from sitbreak.adapters.context.probe import Options, Wiring
from sitbreak.adapters.context.windows import (
    STORE,
    WindowsCalls,
    WindowsFullscreen,
    WindowsPresentation,
    WindowsQuiet,
)
from sitbreak.adapters.context.worker import Slow
from sitbreak.adapters.running_programs import ProcessEntry, WindowsPrograms
from sitbreak.ports import Env, NotViable, Viable
from tests.adapters.context_worlds import Run
from tests.contracts.context_contract import ProbeContract

WIRING = Wiring(Env("win32", {}), Options(), Slow(0.1))
ZOOM = f"{STORE}\\microphone\\NonPackaged\\C:#Program Files#Zoom#Zoom.exe"
TEAMS = f"{STORE}\\webcam\\MSTeams_8wekyb3d8bbwe"


class Registry:
    """A winreg with one branch: paths of keys, and when each app last stopped."""

    HKEY_CURRENT_USER = object()

    def __init__(self, stopped: Mapping[str, int]) -> None:
        self.stopped = dict(stopped)

    def OpenKey(self, root: object, path: str) -> nullcontext[str]:
        """A key that exists, or lies on the way to one that does."""
        assert root is self.HKEY_CURRENT_USER
        if path not in self.stopped and not self._children(path):
            raise FileNotFoundError(path)
        return nullcontext(path)

    def QueryInfoKey(self, path: str) -> tuple[int, int, int]:
        """How many keys are below."""
        return len(self._children(path)), 0, 0

    def EnumKey(self, path: str, number: int) -> str:
        """The name of one of them."""
        return self._children(path)[number]

    def QueryValueEx(self, path: str, name: str) -> tuple[int, int]:
        """When the app stopped."""
        if path not in self.stopped or name != "LastUsedTimeStop":
            raise FileNotFoundError(name)
        return self.stopped[path], 11

    def _children(self, path: str) -> list[str]:
        below = {one.removeprefix(path + "\\").split("\\")[0] for one in self.stopped if one.startswith(path + "\\")}
        return sorted(below)


def test_an_app_that_has_not_stopped_is_in_a_call() -> None:
    """A zero in the consent store is a call, of a desktop app or of one from the shop, until it is no zero."""
    registry = Registry({ZOOM: 0, TEAMS: 133500000000000000})
    with Run(WindowsCalls(WIRING, registry, lambda: {"zoom.exe", "explorer.exe"})) as run:
        run.wait((True, "Zoom"))
        registry.stopped[TEAMS] = 0
        registry.stopped[ZOOM] = 133500000000000001
        run.wait((True, "Zoom"), (True, "MSTeams"))
        registry.stopped[TEAMS] = 133500000000000002
        run.wait((True, "Zoom"), (True, "MSTeams"), (False, ""))


def test_an_app_that_crashed_is_in_no_call() -> None:
    """The zero of a desktop app that does not run means nothing."""
    assert WindowsCalls(WIRING, Registry({ZOOM: 0}), lambda: {"explorer.exe"}).look() == []


def test_a_device_nobody_ever_asked_for_is_no_call() -> None:
    """Where the store has no entries there is no call and no trouble."""
    assert WindowsCalls(WIRING, Registry({}), set).look() == []


class Shell:
    """A shell32 that answers a state."""

    def __init__(self, state: int, result: int = 0) -> None:
        self.state = state
        self.result = result

    def SHQueryUserNotificationState(self, place: Any) -> int:
        """Writes the state."""
        assert ctypes.sizeof(place._obj) == 4
        place._obj.value = self.state
        return self.result


@pytest.mark.parametrize(
    ("state", "fullscreen", "presenting"),
    [
        (1, False, False),
        (2, True, False),
        (3, True, False),
        (4, False, True),
        (5, False, False),
        (6, False, False),
        (7, True, False),
    ],
)
def test_the_states_of_the_shell(state: int, fullscreen: bool, presenting: bool) -> None:
    """Each notification state of the shell is one signal, or none: its quiet time is the first hour of a new user."""
    probes = (WindowsFullscreen, WindowsPresentation)
    assert [bool(probe(WIRING, Shell(state)).look()) for probe in probes] == [fullscreen, presenting]


def test_a_shell_that_does_not_answer_is_trouble(caplog: pytest.LogCaptureFixture) -> None:
    """A failing shell turns the signal off with one log line; once it answers the probe sees again."""
    shell = Shell(2)
    with Run(WindowsFullscreen(WIRING, shell)) as run:
        run.wait((True, ""))
        shell.result = -2147467259
        run.wait((True, ""), (False, ""))
        shell.result = 0
        run.wait((True, ""), (False, ""), (True, ""))
    warnings = [record for record in caplog.records if record.levelname == "WARNING"]
    assert ["0x80004005" in record.getMessage() for record in warnings] == [True]


class Modes:
    """A system with a notification mode, which it may stop to tell."""

    def __init__(self) -> None:
        self.mode = 0
        self.told = True

    def __call__(self) -> int:
        """The mode."""
        if not self.told:
            raise OSError("not told")
        return self.mode

    def probe(self) -> WindowsQuiet:
        """A probe of it."""
        return WindowsQuiet(WIRING, self)

    def turn(self, on: bool) -> None:
        """Priority only, or everything."""
        self.mode = 1 if on else 0

    def lose(self) -> None:
        """It does not answer."""
        self.told = False

    def find(self) -> None:
        """It answers."""
        self.mode, self.told = 0, True


class TestWindowsQuiet(ProbeContract):
    """Do-not-disturb on Windows 11 keeps the contract."""

    @pytest.fixture
    def stage(self) -> Modes:
        """A system that tells."""
        return Modes()

    @pytest.mark.parametrize(("mode", "quiet"), [(0, False), (1, True), (2, True)])
    def test_the_modes(self, mode: int, quiet: bool) -> None:
        """Priority only and alarms only both keep reminders off the screen."""
        assert bool(WindowsQuiet(WIRING, lambda: mode).look()) is quiet

    def test_a_windows_that_does_not_tell_is_no_probe(self) -> None:
        """Before Windows 11 the reason is a sentence; here there is no such library either."""
        verdict = WindowsQuiet.viable(Env("win32", {}))
        assert isinstance(verdict, NotViable)
        assert verdict.reason == "This Windows does not tell whether do-not-disturb is on; Windows 11 does."


class ToolHelp:
    """A kernel32 with a list of programs."""

    def __init__(self, *names: str) -> None:
        self.CreateToolhelp32Snapshot = _Function(lambda kind, process: 77)
        self._names = list(names)
        self.closed: list[int | None] = []

    def Process32FirstW(self, snapshot: ctypes.c_void_p, place: Any) -> int:
        """The first program."""
        assert place._obj.size == ctypes.sizeof(ProcessEntry)
        return self.Process32NextW(snapshot, place)

    def Process32NextW(self, snapshot: ctypes.c_void_p, place: Any) -> int:
        """The next program."""
        if snapshot.value != 77 or not self._names:
            return 0
        place._obj.process = 100 + len(self._names)
        text = self._names.pop(0).encode("utf-16-le") + b"\0\0"
        ctypes.memmove(place._obj.program, text, len(text))
        return 1

    def ProcessIdToSessionId(self, process: int, place: Any) -> int:
        """Ours, and those of even numbers, are in the first session."""
        place._obj.value = 1 if process == os.getpid() or process % 2 == 0 else 2
        return 1

    def CloseHandle(self, snapshot: ctypes.c_void_p) -> int:
        """The snapshot is given back."""
        self.closed.append(snapshot.value)
        return 1


class _Function:
    """A function of a library: callable, with attributes."""

    def __init__(self, answer: Any) -> None:
        self._answer = answer
        self.restype: Any = None

    def __call__(self, *arguments: Any) -> Any:
        """Answers."""
        return self._answer(*arguments)


def test_the_running_programs_are_read_from_a_snapshot() -> None:
    """Entries of this session are read, names in any script, and the snapshot is given back."""
    kernel32 = ToolHelp("zoom.exe", "obs.exe", "Über.exe", "another user's.exe")
    assert WindowsPrograms(kernel32)() == {"zoom.exe", "Über.exe"}
    assert kernel32.closed == [77]


def test_the_entry_has_the_size_windows_expects() -> None:
    """PROCESSENTRY32W has 568 bytes on 64-bit Windows and 556 on 32-bit."""
    assert ctypes.sizeof(ProcessEntry) == (568 if ctypes.sizeof(ctypes.c_void_p) == 8 else 556)
    assert ProcessEntry.program.offset == (44 if ctypes.sizeof(ctypes.c_void_p) == 8 else 36)


def test_only_windows_is_asked() -> None:
    """Elsewhere the probes are not viable; on Windows they are."""
    assert isinstance(WindowsQuiet.viable(Env("linux", {})), NotViable)
    for probe in (WindowsCalls, WindowsFullscreen, WindowsPresentation):
        assert isinstance(probe.viable(Env("linux", {})), NotViable)
        assert isinstance(probe.viable(Env("win32", {})), Viable)
