"""Lock and sleep on Windows, with the hidden window faked: the meanings and the structure sizes are the real ones."""

from __future__ import annotations

import ctypes
import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event as Flag

import pytest

from sitbreak.adapters.context.windows import Meaning, WindowsLock, WindowsSleep
from sitbreak.adapters.hidden_window import HiddenWindow, WindowClass
from sitbreak.core.events import Event, Locked, Unlocked
from sitbreak.ports import Env, Viable
from tests.adapters.context_worlds import wiring
from tests.contracts.session_contract import SessionContract, SessionHands, Together
from tests.waiting import wait_until

SESSION, POWER = 0x02B1, 0x0218


class FakeMessages:
    """A hidden window whose messages the test sends."""

    def __init__(self) -> None:
        self.queue: queue.SimpleQueue[tuple[int, int] | Flag | None] = queue.SimpleQueue()

    def run(self, received: Callable[[int, int], None], ready: Callable[[], None]) -> None:
        """Passes messages on until it is stopped."""
        ready()
        while (item := self.queue.get()) is not None:
            if isinstance(item, Flag):
                item.set()
            else:
                received(*item)

    def stop(self) -> None:
        """Ends `run`."""
        self.queue.put(None)


class WindowsSession:
    """A session that locks and sleeps by window messages."""

    def __init__(self) -> None:
        self.windows = FakeMessages(), FakeMessages()
        lock, sleep = self.windows
        self.made = Together(WindowsLock(wiring(), lock), WindowsSleep(wiring(), sleep))

    def lock(self, on: bool) -> None:
        """Locks; before the start nobody hears it, as on Windows."""
        self.send(SESSION, 7 if on else 8)

    def suspend(self, on: bool) -> None:
        """Sends the power broadcasts."""
        for code in (4,) if on else (0x12, 7):
            self.send(POWER, code)

    def send(self, message: int, code: int) -> None:
        """Windows tells every window."""
        for window in self.windows:
            window.queue.put((message, code))

    def watcher(self) -> Together:
        """The watcher."""
        return self.made

    def settle(self) -> None:
        """Waits for the queues; a closed watcher reads them no more."""
        for window in self.windows:
            passed = Flag()
            window.queue.put(passed)
            passed.wait(0.5)


class TestWindowsSession(SessionContract):
    """Lock and sleep on Windows keep the contract."""

    @contextmanager
    def hands(self) -> Iterator[SessionHands]:
        """A session of fake messages."""
        yield WindowsSession()


@pytest.mark.parametrize(
    ("message", "code", "state", "on"),
    [
        (SESSION, 7, "the lock", True),
        (SESSION, 8, "the lock", False),
        (SESSION, 2, "another session", True),
        (SESSION, 1, "another session", False),
        (SESSION, 4, "another session", True),
        (SESSION, 3, "another session", False),
        (POWER, 0x04, "sleep", True),
        (POWER, 0x07, "sleep", False),
        (POWER, 0x12, "sleep", False),
    ],
)
def test_meanings(message: int, code: int, state: str, on: bool) -> None:
    """Each message of Windows has one meaning."""
    assert {**WindowsLock.MEANINGS, **WindowsSleep.MEANINGS}[message, code] == Meaning(state, on)


def test_other_messages_mean_nothing() -> None:
    """A message of another sort, or another code, is none of ours."""
    session, posted = WindowsSession(), list[Event]()
    session.made.start(posted.append)
    for message, code in ((0x000F, 7), (SESSION, 99), (POWER, 99)):
        session.send(message, code)
    session.settle()
    session.made.close()
    assert posted == []


def test_switched_and_locked_is_unlocked_when_both_end() -> None:
    """A session that is locked and switched away from is back when both are over."""
    posted: list[Event] = []
    session = WindowsSession()
    session.made.start(posted.append)
    for code in (7, 2, 1):
        session.send(SESSION, code)
    session.settle()
    assert posted == [Locked()]
    session.lock(False)
    session.settle()
    assert posted == [Locked(), Unlocked()]
    session.made.close()


def test_structure_sizes() -> None:
    """WNDCLASSW has the size of winuser.h (64 bits: 72 bytes)."""
    assert ctypes.sizeof(ctypes.c_void_p) == 8
    assert ctypes.sizeof(WindowClass) == 72


@pytest.mark.unix("a system without windows")
def test_no_window_off_windows(caplog: pytest.LogCaptureFixture) -> None:
    """Where no window can be made the watcher says so once and the program goes on."""
    watcher = WindowsLock(wiring(), HiddenWindow("test"))
    watcher.start(list[Event]().append)
    wait_until(lambda: watcher.trouble, what="the trouble")
    watcher.close()
    assert watcher.trouble == "there are no windows here"
    assert len(caplog.records) == 1
    assert not isinstance(WindowsLock.viable(Env("linux", {})), Viable)
