"""pynput's keyboard listener, made to behave: it says when it is ready, ends quietly, and never hangs its user.

pynput's own `wait()` never returns when the X server is gone, and its thread outlives `stop()` until the next key.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

from sitbreak.adapters.hotkeys.viability import WITHOUT_X, HotkeysUnavailable
from sitbreak.adapters.xserver import XUnusable, connected

READY_TRIES, READY_STEP_S = 60, 0.05  # three seconds in all, and no longer than the thread lives
JOIN_S = 2.0
OnKey = Callable[[object], None]


class KeyListener:
    """Calls `pressed` and `released` with each key, in pynput's form whatever else is down; None is an unknown key."""

    def __init__(self, pressed: OnKey, released: OnKey) -> None:
        """Listens at once. Raises HotkeysUnavailable."""
        made = _quiet()
        self._thread: Any = made(
            on_press=lambda key: pressed(self._plain(key)), on_release=lambda key: released(self._plain(key))
        )
        self._thread.start()
        if not self._ready():
            self.close()
            raise HotkeysUnavailable("pynput's keyboard listener did not start.")

    @property
    def alive(self) -> bool:
        """Whether it still listens."""
        return bool(self._thread.is_alive())

    def close(self) -> None:
        """Ends the thread."""
        thread = self._thread
        if thread.is_alive() and thread.ready.is_set():  # stop() waits for readiness without a limit
            try:
                thread.stop()
                _end_recording(thread)
            except _endings():
                return  # it was ending by itself
        threading.Thread.join(thread, JOIN_S)  # pynput's own join raises what ended the listener

    def _plain(self, key: object) -> object:
        return None if key is None else self._thread.canonical(key)

    def _ready(self) -> bool:
        for _ in range(READY_TRIES):
            if self._thread.ready.wait(READY_STEP_S) or not self._thread.is_alive():
                return bool(self._thread.is_alive())
        return False


def keyboard() -> Any:
    """pynput.keyboard. Raises HotkeysUnavailable."""
    reasons: tuple[type[Exception], ...] = (ImportError, *_endings())
    try:
        if sys.platform not in WITHOUT_X:
            connected().close()  # under XWayland pynput would hear the keys of X programs only
        from pynput import keyboard as loaded
    except XUnusable as error:
        raise HotkeysUnavailable(str(error)) from error
    except reasons as error:
        raise HotkeysUnavailable("pynput cannot be loaded here.") from error
    return loaded


def _endings() -> tuple[type[Exception], ...]:
    """What ends a listener from outside: a display that went away."""
    if sys.platform in ("win32", "darwin"):
        return (OSError,)
    from Xlib.error import ConnectionClosedError, DisplayError

    return (OSError, ConnectionClosedError, DisplayError)


def _quiet() -> Any:
    """A listener class that tells readiness by an event and whose thread ends without a traceback."""
    listener: Any = keyboard().Listener
    endings = _endings()

    class QuietHotkeys(listener):  # type: ignore[misc]  # pynput has no types
        def __init__(self, **callbacks: Any) -> None:
            self.ready = threading.Event()
            super().__init__(**callbacks)

        def _mark_ready(self) -> None:
            super()._mark_ready()
            self.ready.set()

        def run(self) -> None:
            try:
                super().run()
            except endings:
                return

    return QuietHotkeys


def _end_recording(thread: Any) -> None:
    """Under X11, ends the server's recording from a connection of our own: on pynput's it is heard at the next key."""
    if not hasattr(thread, "_context"):
        return
    from Xlib.display import Display

    display: Any = Display()
    display.set_error_handler(lambda *_: None)  # the recording may have ended meanwhile, and is then unknown
    display.record_disable_context(thread._context)
    display.sync()
    display.close()
