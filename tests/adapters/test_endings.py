"""What ends the program from outside, with the calls of Windows faked; the signals are real."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from sitbreak.adapters import endings
from sitbreak.adapters.endings import (
    KEPT,
    WM_ENDSESSION,
    console_watched,
    quitting_watched,
    session_watched,
    watch,
    woken,
)
from tests.waiting import wait_until

CTRL_C, CTRL_CLOSE, SHUTDOWN = 0, 2, 6


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The handlers of the test run, and nothing kept."""
    names = [getattr(signal, name) for name in endings.SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in names}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
    signal.set_wakeup_fd(-1)
    sockets = [each for each in KEPT if isinstance(each, socket.socket)]
    for each in reversed(sockets):  # the thread ends with the other end of its line
        each.close()
        wait_until(lambda: not [thread for thread in threading.enumerate() if thread.name == "signals"])
    KEPT.clear()


def console(stop: Callable[[], None], over: threading.Event) -> Callable[[int], int]:
    """The handler that the console calls."""
    kernel32 = SimpleNamespace(SetConsoleCtrlHandler=lambda handler, add: True)
    console_watched(stop, over, kernel32)
    handler: Callable[[int], int] = KEPT[-1]  # type: ignore[assignment]
    return handler


def test_ctrl_c_in_a_console_stops_at_once() -> None:
    """The program ends by itself, so the handler returns without waiting."""
    stopped: list[str] = []
    assert console(lambda: stopped.append("stop"), threading.Event())(CTRL_C) == 1
    assert stopped == ["stop"]


@pytest.mark.parametrize("event", [CTRL_CLOSE, SHUTDOWN])
def test_a_console_that_closes_waits_for_the_books(event: int) -> None:
    """Windows ends the program when the handler returns, so it returns once all is written."""
    over, order = threading.Event(), list[str]()
    handler = console(lambda: order.append("stop"), over)

    def call() -> None:
        handler(event)
        order.append("returned")

    told = threading.Thread(target=call, daemon=True)
    told.start()
    wait_until(lambda: order == ["stop"], what="the stop")
    over.set()
    told.join(10)
    assert order == ["stop", "returned"]


def test_the_end_of_the_session_waits_for_the_books() -> None:
    """Only when it does end: a question that somebody answers with no stops nothing."""
    over, order = threading.Event(), list[str]()

    def run(received: Callable[[int, int], None], ready: Callable[[], None]) -> None:
        received(WM_ENDSESSION, 0)
        order.append("not yet")
        received(WM_ENDSESSION, 1)
        order.append("answered")

    def stop() -> None:
        order.append("stop")
        over.set()

    session_watched(stop, over, SimpleNamespace(run=run))
    wait_until(lambda: order == ["not yet", "stop", "answered"], what="the end")


def test_quitting_on_macos_waits_for_the_books() -> None:
    """AppKit ends the process when the observer returns, so it returns once all is written."""
    over, order = threading.Event(), list[str]()
    observers: dict[str, Callable[[object], None]] = {}

    def observe(name: str, sender: object, queue: object, block: Callable[[object], None]) -> str:
        observers[name] = block
        return "token"

    def stop() -> None:
        order.append("stop")
        over.set()

    quitting_watched(stop, over, SimpleNamespace(addObserverForName_object_queue_usingBlock_=observe))
    observers["NSApplicationWillTerminateNotification"](None)
    order.append("ended")
    assert (order, over.is_set(), KEPT[-1]) == (["stop", "ended"], True, "token")


@pytest.mark.unix("signals between processes")
def test_a_signal_stops() -> None:
    """As `kill` sends it."""
    stopped: list[str] = []
    watch(lambda: stopped.append("stop"), threading.Event())
    os.kill(os.getpid(), signal.SIGTERM)
    wait_until(lambda: stopped == ["stop"], what="the stop")


@pytest.mark.unix("signals between processes")
def test_a_signal_stops_though_the_main_thread_hears_nothing() -> None:
    """As on macOS, where that is in AppKit: the interpreter's own note of the signal is enough."""
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: None)
    woken(stopped.set)
    os.kill(os.getpid(), signal.SIGTERM)
    assert stopped.wait(10)
