"""What ends the program from outside: signals, the end of the session, and on Windows the console's own events."""

from __future__ import annotations

import ctypes
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from sitbreak.adapters.hidden_window import HiddenWindow

log = logging.getLogger(__name__)

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
WM_ENDSESSION = 0x0016
WILL_TERMINATE = "NSApplicationWillTerminateNotification"
KEYS = (0, 1)  # wincon.h: CTRL_C_EVENT, CTRL_BREAK_EVENT; the others close the console, log off or shut down
WITHIN_S = 4.0  # Windows ends a program five seconds after it was told; macOS waits longer
KEPT: list[object] = []  # what the system calls back or writes to for as long as the program lives


def watch(stop: Callable[[], None], over: threading.Event) -> None:
    """Has `stop` called when the system or the user ends the program; `over` is set once all is written.

    Raises ValueError off the main thread.
    """
    for number in (getattr(signal, name) for name in SIGNALS if hasattr(signal, name)):
        signal.signal(number, lambda _number, _frame: stop())
    if sys.platform == "win32":
        console_watched(stop, over, ctypes.WinDLL("kernel32"))
        session_watched(stop, over, HiddenWindow("end"))
    elif sys.platform == "darwin":
        woken(stop)
        if find_spec("Foundation") is not None:
            quitting_watched(stop, over, import_module("Foundation").NSNotificationCenter.defaultCenter())


def console_watched(stop: Callable[[], None], over: threading.Event, kernel32: Any) -> None:
    """Ctrl+C, and the end of the console: the main thread is in the tray, where Python hears no signal.

    The system calls on a thread of its own, and ends the program when that returns from anything but a key.
    """

    def told(event: int) -> bool:
        stop()
        if event not in KEYS:
            over.wait(WITHIN_S)
        return True

    kind = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)
    KEPT.append(kind(ctypes.c_int32, ctypes.c_uint32)(told))
    if not kernel32.SetConsoleCtrlHandler(KEPT[-1], True):
        log.info("the end of the console is not told")


def session_watched(stop: Callable[[], None], over: threading.Event, window: Any) -> None:
    """The end of the session is told to windows only, and the program is ended when its window has answered."""

    def received(message: int, first: int) -> None:
        if message == WM_ENDSESSION and first:
            stop()
            over.wait(WITHIN_S)

    def run() -> None:
        try:
            window.run(received, lambda: None)
        except OSError as error:
            log.info("the end of the session is not told: %s", error)

    threading.Thread(target=run, name="session-end", daemon=True).start()


def quitting_watched(stop: Callable[[], None], over: threading.Event, centre: Any) -> None:
    """At the end of its session macOS has each program quit, and AppKit ends the process once this was told."""

    def told(_notification: object) -> None:
        stop()
        over.wait(WITHIN_S)

    KEPT.append(centre.addObserverForName_object_queue_usingBlock_(WILL_TERMINATE, None, None, told))


def woken(stop: Callable[[], None]) -> None:
    """On macOS the main thread is in AppKit, where Python hears no signal; the interpreter notes each here at once."""
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    KEPT.extend((ours, theirs))

    def wait() -> None:
        while ours.recv(1):
            stop()

    threading.Thread(target=wait, name="signals", daemon=True).start()
