"""pynput's listeners, made to behave.

pynput's own `wait()` never returns when the X server is gone, `running` stays true for a dead listener, and its thread
outlives `stop()` until the next input; so readiness is an event with a time limit here, life is that of the thread, and
the recording that it waits for is ended from outside.
"""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from importlib import import_module
from typing import Any, Literal

from sitbreak.adapters.xserver import XUnusable, connected, opened
from sitbreak.language import _
from sitbreak.ports import DESKTOPS_WITHOUT_X

READY_TRIES, READY_STEP_S = 60, 0.05  # three seconds in all, and no longer than the thread lives
JOIN_S = 2.0


class ListenerUnusable(Exception):
    """pynput cannot be used here; the message is one sentence for people."""


def loaded(device: Literal["keyboard", "mouse"]) -> Any:
    """pynput's module for it. Raises ListenerUnusable, also under XWayland, where it would hear X programs only."""
    endings: tuple[type[Exception], ...] = (ImportError, *_gone())
    try:
        if sys.platform not in DESKTOPS_WITHOUT_X:
            connected().close()
        return import_module(f"pynput.{device}")
    except XUnusable as error:
        raise ListenerUnusable(str(error)) from error
    except endings as error:
        reason = str(error).splitlines()[0] if str(error) else _("no reason given")
        raise ListenerUnusable(_("pynput cannot be used here: {reason}.", reason=reason)) from error


def listener(device: Literal["keyboard", "mouse"], **callbacks: Any) -> Any:
    """A thread that calls these, not started. Raises ListenerUnusable."""
    return _quiet(loaded(device).Listener)(**callbacks)


def started(*threads: Any) -> bool:
    """Starts listeners; whether all of them have become ready."""
    for thread in threads:
        thread.start()
    return all(map(_listens, threads))


def ended(*threads: Any) -> None:
    """Ends listeners."""
    for thread in threads:
        if thread.is_alive() and thread.ready.is_set():  # stop() waits for readiness without a limit
            with suppress(*_gone()):  # it may be ending by itself
                thread.stop()
                _end_recording(thread)
    for thread in threads:
        threading.Thread.join(thread, JOIN_S)  # pynput's join raises what ended the listener


def _listens(thread: Any) -> bool:
    for __ in range(READY_TRIES):
        if thread.ready.wait(READY_STEP_S) or not thread.is_alive():
            return bool(thread.is_alive())
    return False


def _quiet(made: Any) -> Any:
    """A listener class that tells readiness by an event and whose thread ends without a traceback."""
    endings = _gone()

    class QuietListener(made):  # type: ignore[misc]  # pynput has no types
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
                return  # that it is not alive tells

    return QuietListener


def _gone() -> tuple[type[Exception], ...]:
    """What ends a listener from outside: a display that went away."""
    if sys.platform in DESKTOPS_WITHOUT_X:
        return (OSError,)
    from Xlib.error import ConnectionClosedError, DisplayError

    return (OSError, ConnectionClosedError, DisplayError)


def _end_recording(thread: Any) -> None:
    """Ends the recording of the X server at once; elsewhere than under X there is none.

    pynput asks for it on a connection that the server does not listen to while it records, so its thread would stay
    until the next input; and the other connections are in use by that thread, which python-xlib does not take well.
    """
    if not hasattr(thread, "_context"):
        return
    display: Any = opened()
    display.set_error_handler(lambda *__: None)  # the recording may have ended meanwhile, and is then unknown
    display.record_disable_context(thread._context)
    display.sync()
    display.close()
