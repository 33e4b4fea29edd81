"""The login session on Windows: a hidden window that is told of locks, switched sessions and sleep.

It is not a message-only window, because those get no power broadcasts.
"""

from __future__ import annotations

import ctypes
import logging
import threading
from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple, Protocol

from sitbreak.adapters.session.edges import SessionEdges
from sitbreak.ports import Env, NotViable, Post, Viable

WM_QUIT, WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0012, 0x0218, 0x02B1
LOCK, SWITCH, SLEEP = "windows: locked", "windows: another session", "windows: sleep"
READY_S = 3.0
_log = logging.getLogger(__name__)


class Meaning(NamedTuple):
    """What a window message says: which state, and whether it began or ended."""

    state: str
    on: bool


# WinUser.h: WTS_SESSION_LOCK and the like, PBT_APMSUSPEND and the like.
SESSION_CODES = {
    7: Meaning(LOCK, True),
    8: Meaning(LOCK, False),
    2: Meaning(SWITCH, True),  # console disconnect
    1: Meaning(SWITCH, False),
    4: Meaning(SWITCH, True),  # remote disconnect
    3: Meaning(SWITCH, False),
}
POWER_CODES = {0x04: Meaning(SLEEP, True), 0x07: Meaning(SLEEP, False), 0x12: Meaning(SLEEP, False)}


def meaning(message: int, code: int) -> Meaning | None:
    """What a window message with this first parameter says; None when it is none of ours."""
    if message == WM_WTSSESSION_CHANGE:
        return SESSION_CODES.get(code)
    return POWER_CODES.get(code) if message == WM_POWERBROADCAST else None


class MessageSource(Protocol):
    """A hidden window: `run` passes on each message until `stop`."""

    def run(self, received: Callable[[int, int], None], ready: Callable[[], None]) -> None:
        """Owns the calling thread; raises OSError when the window cannot be made."""
        ...

    def stop(self) -> None:
        """Makes `run` return; from any thread."""
        ...


class WindowsWatcher:
    """Posts Locked, Unlocked, Slept and Woke on Windows."""

    NAME: ClassVar[str] = "windows"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable on Windows."""
        return Viable() if env.platform == "win32" else NotViable("this is not Windows")

    def __init__(self, messages: MessageSource | None = None) -> None:
        """`messages` stands in for the hidden window in tests."""
        self._messages = HiddenWindow() if messages is None else messages
        self._edges: SessionEdges | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="session", daemon=True)

    def start(self, post: Post) -> None:
        """Begins to watch."""
        self._edges = SessionEdges(post)
        self._thread.start()
        self._ready.wait(READY_S)

    def close(self) -> None:
        """Stops watching and ends the thread."""
        if self._thread.is_alive():
            self._messages.stop()
            self._thread.join(READY_S)

    def _serve(self) -> None:
        try:
            self._messages.run(self._received, self._ready.set)
        except OSError as error:
            _log.warning("Locking the screen and sleep are not seen: %s.", error)
        self._ready.set()

    def _received(self, message: int, code: int) -> None:
        said = meaning(message, code)
        if said is None or self._edges is None:
            return
        if said.state == SLEEP:
            self._edges.asleep(said.on)
        else:
            self._edges.locked(said.state, said.on)


class HiddenWindow:
    """A top-level window that is never shown, registered for session notifications."""

    def __init__(self) -> None:
        self._thread_id = 0
        self._windll: Any = getattr(ctypes, "windll", None)

    def run(self, received: Callable[[int, int], None], ready: Callable[[], None]) -> None:
        """Owns the calling thread until `stop`; raises OSError when the window cannot be made."""
        if self._windll is None:
            raise OSError("there are no windows here")
        user32, wtsapi32 = self._windll.user32, self._windll.wtsapi32
        self._thread_id = self._windll.kernel32.GetCurrentThreadId()
        procedure, window = self._made(received)
        if not wtsapi32.WTSRegisterSessionNotification(window, 0):
            raise OSError("session notifications were refused")
        ready()
        try:
            _pump(user32)
        finally:
            wtsapi32.WTSUnRegisterSessionNotification(window)
            user32.DestroyWindow(window)
            del procedure  # it had to outlive the window

    def stop(self) -> None:
        """Makes `run` return."""
        if self._windll is not None and self._thread_id:
            self._windll.user32.PostThreadMessageW(self._thread_id, WM_QUIT, 0, 0)

    def _made(self, received: Callable[[int, int], None]) -> tuple[Any, Any]:
        """The window procedure, which must be kept, and the window."""
        user32 = self._windll.user32
        _declare(user32, self._windll.wtsapi32)

        def answer(window: int, message: int, first: int, second: int) -> int:
            received(message, first)
            return int(user32.DefWindowProcW(window, message, first, second))

        procedure = window_procedure_type()(answer)
        made = WindowClass(lpfnWndProc=ctypes.cast(procedure, ctypes.c_void_p), lpszClassName="sitbreak-session")
        user32.RegisterClassW(ctypes.byref(made))
        window = user32.CreateWindowExW(0, made.lpszClassName, None, 0, 0, 0, 0, 0, None, None, None, None)
        if not window:
            raise OSError("the hidden window could not be made")
        return procedure, window


class WindowClass(ctypes.Structure):
    """WNDCLASSW."""

    _fields_ = (
        ("style", ctypes.c_uint32),
        ("lpfnWndProc", ctypes.c_void_p),
        ("cbClsExtra", ctypes.c_int32),
        ("cbWndExtra", ctypes.c_int32),
        ("hInstance", ctypes.c_void_p),
        ("hIcon", ctypes.c_void_p),
        ("hCursor", ctypes.c_void_p),
        ("hbrBackground", ctypes.c_void_p),
        ("lpszMenuName", ctypes.c_wchar_p),
        ("lpszClassName", ctypes.c_wchar_p),
    )


class WindowMessage(ctypes.Structure):
    """MSG."""

    _fields_ = (
        ("hwnd", ctypes.c_void_p),
        ("message", ctypes.c_uint32),
        ("wParam", ctypes.c_size_t),
        ("lParam", ctypes.c_ssize_t),
        ("time", ctypes.c_uint32),
        ("x", ctypes.c_int32),
        ("y", ctypes.c_int32),
    )


def window_procedure_type() -> Any:
    """WNDPROC: pointer-sized parameters and result."""
    kind = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)
    return kind(ctypes.c_ssize_t, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_size_t, ctypes.c_ssize_t)


def _declare(user32: Any, wtsapi32: Any) -> None:
    """Pointer-sized arguments would be cut to 32 bits without these."""
    pointer, word = ctypes.c_void_p, ctypes.c_uint32
    user32.DefWindowProcW.argtypes = (pointer, word, ctypes.c_size_t, ctypes.c_ssize_t)
    user32.DefWindowProcW.restype = ctypes.c_ssize_t
    user32.CreateWindowExW.argtypes = (
        *(word, ctypes.c_wchar_p, ctypes.c_wchar_p, word),
        *(ctypes.c_int32,) * 4,
        *(pointer,) * 4,
    )
    user32.CreateWindowExW.restype = pointer
    user32.DestroyWindow.argtypes = (pointer,)
    wtsapi32.WTSRegisterSessionNotification.argtypes = (pointer, word)
    wtsapi32.WTSUnRegisterSessionNotification.argtypes = (pointer,)


def _pump(user32: Any) -> None:
    message = WindowMessage()
    while user32.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
        user32.DispatchMessageW(ctypes.byref(message))
