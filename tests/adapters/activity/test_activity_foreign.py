"""Windows and macOS with the calls faked, the scripted source, and which source is chosen where."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from sitbreak.adapters.activity.last_input import (
    EVENT_TYPES,
    LASTINPUTINFO,
    SAME,
    TICKS,
    MacOSSource,
    WindowsSource,
    idle_between,
    quartz_seconds_since,
    system_ticks,
)
from sitbreak.adapters.activity.reconnecting import CANDIDATES
from sitbreak.adapters.clock import SimulatedClock
from sitbreak.core.events import InputKind
from sitbreak.core.timeline import Instant
from sitbreak.ports import ActivitySource, Env, SourceUnreadable, Viable
from tests.contracts.activity_contract import ActivityContract, ActivityHands
from tests.fakes.scripted_source import ScriptedSource

MS = timedelta(milliseconds=1)


@dataclass
class Machine:
    """A machine whose clock stands still until told otherwise, and which knows when each kind of input was."""

    clock: SimulatedClock = field(default_factory=SimulatedClock)
    last: dict[InputKind, Instant] = field(default_factory=dict)

    def act(self, kind: InputKind) -> None:
        """An input; a little time goes by."""
        self.last[kind] = self.clock.now()
        self.clock.advance(10 * MS)

    def let_pass(self, duration: timedelta) -> None:
        """Time goes by."""
        self.clock.advance(duration)

    def reset_idle(self) -> None:
        """Players do not touch these counters."""

    def kill(self) -> bool:
        """The system's own counter cannot die."""
        return False

    def revive(self) -> bool:
        """Nor come back."""
        return False


class WindowsMachine(Machine):
    """GetLastInputInfo, with the tick counter about to wrap."""

    def ticks(self) -> tuple[int, int]:
        """The tick of the last input, and now."""
        base = TICKS - 700
        newest = max((at.elapsed for at in self.last.values()), default=timedelta(0))
        return (base + newest // MS) % TICKS, (base + self.clock.now().elapsed // MS) % TICKS

    def source(self) -> ActivitySource:
        """A source; what follows its start at once is not told apart from it."""
        made = WindowsSource(self.clock, self.ticks)
        self.let_pass(2 * SAME)
        return made


class MacMachine(Machine):
    """CGEventSourceSecondsSinceLastEventType."""

    def seconds_since(self, event_type: int) -> float:
        """The age of the last event of a type; a huge number when there was none."""
        kind = next(kind for kind, types in EVENT_TYPES.items() if types[0] == event_type or event_type in types)
        if event_type != EVENT_TYPES[kind][0] or kind not in self.last:
            return 1.7e308
        return self.clock.now().since(self.last[kind]).total_seconds()

    def source(self) -> ActivitySource:
        """A source."""
        made = MacOSSource(self.clock, self.seconds_since)
        self.let_pass(2 * SAME)
        return made


class ScriptedMachine(Machine):
    """A script that is written as it is played."""

    def source(self) -> ActivitySource:
        """The source."""
        self.made = ScriptedSource(self.clock)
        return self.made

    def act(self, kind: InputKind) -> None:
        """One more line of the script."""
        self.made.add(kind)
        super().act(kind)

    def kill(self) -> bool:
        """Takes the source away."""
        self.made.lose()
        return True

    def revive(self) -> bool:
        """Gives it back."""
        self.made.regain()
        return True


class TestWindows(ActivityContract):
    """The Windows source keeps the contract, across a wrap of the tick counter."""

    tells_kinds = False

    @contextmanager
    def hands(self) -> Iterator[ActivityHands]:
        """A faked Windows."""
        yield WindowsMachine()


class TestMacOS(ActivityContract):
    """The macOS source keeps the contract."""

    @contextmanager
    def hands(self) -> Iterator[ActivityHands]:
        """A faked macOS."""
        yield MacMachine()


class TestScripted(ActivityContract):
    """The scripted source keeps the contract."""

    @contextmanager
    def hands(self) -> Iterator[ActivityHands]:
        """A script."""
        yield ScriptedMachine()


@pytest.mark.parametrize(
    ("last", "now", "idle_ms"),
    [(0, 0, 0), (1000, 6000, 5000), (TICKS - 1, 0, 1), (TICKS - 500, 1500, 2000), (0, TICKS - 5000, TICKS - 5000)],
)
def test_idle_across_the_wrap(last: int, now: int, idle_ms: int) -> None:
    """The 32-bit tick counter wraps after 49.7 days and idle time goes on."""
    assert idle_between(last, now) == idle_ms * MS


def test_last_input_slightly_ahead_of_now() -> None:
    """An input that carries a later tick than the reading after it was just now, not 49 days ago."""
    assert idle_between(1016, 1000) == timedelta(0)
    assert idle_between(5, TICKS - 11) == timedelta(0)


def test_lastinputinfo_size() -> None:
    """LASTINPUTINFO is 8 bytes, which Windows checks."""
    assert ctypes.sizeof(LASTINPUTINFO) == 8


def test_system_calls_off_their_system() -> None:
    """Where the calls are not there the source refuses with a sentence."""
    for system, call in (("win32", system_ticks), ("darwin", quartz_seconds_since)):
        if system == sys.platform:
            continue
        with pytest.raises(SourceUnreadable, match=r"\.$"):
            call()


NEEDS_BUS = pytest.mark.unix("D-Bus")
WAYLAND_FIRST = ["wayland_idle", "mutter", "xinput2", "pynput"]


@pytest.mark.parametrize(
    ("env", "names"),
    [
        (Env("linux", {"DISPLAY": ":0"}), ["xinput2", "pynput"]),
        (Env("linux", {"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"}), ["xinput2", "pynput"]),
        (Env("linux", {"DISPLAY": ":0", "XDG_SESSION_TYPE": "tty"}), ["xinput2", "pynput"]),
        pytest.param(Env("linux", {"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}), WAYLAND_FIRST, marks=NEEDS_BUS),
        pytest.param(Env("linux", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}), WAYLAND_FIRST, marks=NEEDS_BUS),
        pytest.param(Env("linux", {"WAYLAND_DISPLAY": "wayland-0"}), ["wayland_idle", "mutter"], marks=NEEDS_BUS),
        (Env("linux", {"SSH_TTY": "/dev/pts/3"}), ["terminals"]),
        (Env("linux", {"XDG_SESSION_TYPE": "tty"}), ["terminals"]),
        (Env("linux", {}), []),
        (Env("win32", {}), ["windows", "pynput"]),
        (Env("darwin", {}), ["macos", "pynput"]),
    ],
)
def test_who_offers_itself_where(env: Env, names: list[str]) -> None:
    """A session type may be left over, so an X display is tried as well, after the compositor."""
    assert [each.NAME for each in CANDIDATES if isinstance(each.viable(env), Viable)] == names
