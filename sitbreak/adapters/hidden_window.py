"""A hidden window: Windows tells windows only of locks, of sleep and of the end of the session."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

WM_QUIT = 0x0012


class HiddenWindow:
    """A top-level window that is never shown: a message-only one gets no broadcasts."""

    def __init__(self, name: str, sessions: bool = False) -> None:
        """`name` tells it from the others of the program; with `sessions` it is told of locks and switched sessions."""
        self._class = f"sitbreak-{name}"
        self._sessions = sessions
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
            if self._sessions and not wtsapi32.WTSRegisterSessionNotification(window, 0):
                raise OSError("session notifications were refused")
            ready()
            _pump(user32)
        finally:
            if self._sessions:
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
    from ctypes import wintypes  # which only Windows needs

    message = wintypes.MSG()
    while user32.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
        user32.DispatchMessageW(ctypes.byref(message))
