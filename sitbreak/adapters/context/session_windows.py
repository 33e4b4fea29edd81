"""Lock and sleep on Windows: a hidden window that is told of locks, switched sessions and sleep.

It is not a message-only window, because those get no power broadcasts.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, NamedTuple, Protocol

from sitbreak.adapters.context.edges import Session
from sitbreak.adapters.context.probe import ThreadProbe, Wiring
from sitbreak.ports import Env, NotViable, Viable

WM_QUIT, WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0012, 0x0218, 0x02B1
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
        self._messages = HiddenWindow(self.NAME) if messages is None else messages
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


class HiddenWindow:
    """A top-level window that is never shown, registered for session notifications."""

    def __init__(self, name: str) -> None:
        """`name` tells it from the others of the program."""
        self._class = f"sitbreak-{name}"
        self._thread_id = 0
        self._windll: Any = getattr(ctypes, "windll", None)

    def run(self, received: Callable[[int, int], None], ready: Callable[[], None]) -> None:
        """Owns the calling thread until `stop`; raises OSError when the window cannot be made."""
        if self._windll is None:
            raise OSError("there are no windows here")
        user32, wtsapi32 = self._windll.user32, self._windll.wtsapi32
        self._thread_id = self._windll.kernel32.GetCurrentThreadId()
        procedure, window = self._made(received)
        try:
            if not wtsapi32.WTSRegisterSessionNotification(window, 0):
                raise OSError("session notifications were refused")
            ready()
            _pump(user32)
        finally:
            wtsapi32.WTSUnRegisterSessionNotification(window)
            user32.DestroyWindow(window)
            user32.UnregisterClassW(self._class, None)
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
        made = WindowClass(lpfnWndProc=ctypes.cast(procedure, ctypes.c_void_p), lpszClassName=self._class)
        if not user32.RegisterClassW(ctypes.byref(made)):
            raise OSError("the hidden window's class was refused")
        window = user32.CreateWindowExW(0, made.lpszClassName, None, 0, 0, 0, 0, 0, None, None, None, None)
        if not window:
            user32.UnregisterClassW(self._class, None)
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
    user32.UnregisterClassW.argtypes = (ctypes.c_wchar_p, pointer)
    wtsapi32.WTSRegisterSessionNotification.argtypes = (pointer, word)
    wtsapi32.WTSUnRegisterSessionNotification.argtypes = (pointer,)


def _pump(user32: Any) -> None:
    message = WindowMessage()
    while user32.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
        user32.DispatchMessageW(ctypes.byref(message))
