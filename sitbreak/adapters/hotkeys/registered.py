"""Shortcuts on Windows: the system is asked for the chosen combinations (RegisterHotKey) and sends no other key."""

from __future__ import annotations

import ctypes
import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from sitbreak.adapters.hotkeys.viability import BIND, HotkeysUnavailable, tell_taken
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable

log = logging.getLogger(__name__)

# winuser.h
MODIFIERS = {"alt": 0x1, "ctrl": 0x2, "shift": 0x4, "super": 0x8}
NO_REPEAT = 0x4000
VK_F1 = 0x70
WM_QUIT, WM_HOTKEY = 0x0012, 0x0312
WITHIN_S = 2.0


def code_of(combination: str) -> tuple[int, int]:
    """The modifiers and the virtual key of a combination ("ctrl+alt+b"); letters and digits are their own codes."""
    *modifiers, key = combination.split("+")
    virtual = ord(key.upper()) if len(key) == 1 else VK_F1 + int(key.removeprefix("f")) - 1
    return sum(MODIFIERS[name] for name in modifiers) | NO_REPEAT, virtual


class RegisteredHotkeys:
    """Calls `chosen(key)`, on a thread of its own, for each combination of `bindings` that is pressed."""

    NAME: ClassVar[str] = "registered"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable on Windows."""
        if env.platform == "darwin":
            return NotViable(_("On macOS listening for shortcuts takes a permission to see every key."), _(BIND))
        return Viable() if env.platform == "win32" else NotViable(_("this is not Windows"))

    def __init__(self, bindings: Mapping[str, str], chosen: Callable[[str], None], libraries: Any = None) -> None:
        """`bindings`: what `chosen` is called with, by combination. `libraries`: ctypes.windll, or a stand-in."""
        self._bindings = dict(bindings)
        self._chosen = chosen
        self._libraries: Any = getattr(ctypes, "windll", None) if libraries is None else libraries
        self._number = 0  # of the thread, as the system counts
        self._granted: dict[int, str] = {}
        self._looked = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="hotkeys", daemon=True)

    def start(self) -> None:
        """Registers and listens; one that is taken gets a log line. Raises HotkeysUnavailable when all are."""
        if self._libraries is None:
            raise HotkeysUnavailable(_("this is not Windows"))
        self._thread.start()
        self._looked.wait(WITHIN_S)
        if not self._granted:
            self._thread.join(WITHIN_S)
            raise HotkeysUnavailable(_("Other programs have taken all of the shortcuts; the settings can name others."))

    @property
    def alive(self) -> bool:
        """Whether it still listens."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Lets go of the combinations; callable twice."""
        if self._thread.is_alive():
            self._libraries.user32.PostThreadMessageW(self._number, WM_QUIT, 0, 0)
            self._thread.join(WITHIN_S)

    # -- on the thread, which owns what it registers

    def _serve(self) -> None:
        from ctypes import wintypes  # which only Windows needs

        user32, message = self._libraries.user32, wintypes.MSG()
        self._number = self._libraries.kernel32.GetCurrentThreadId()
        for number, (combination, key) in enumerate(self._bindings.items(), 1):
            if user32.RegisterHotKey(None, number, *code_of(combination)):
                self._granted[number] = key
            else:
                tell_taken(combination)
        self._looked.set()
        while self._granted and user32.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
            if message.message == WM_HOTKEY and message.wParam in self._granted:
                self._chosen(self._granted[message.wParam])
        for number in self._granted:
            user32.UnregisterHotKey(None, number)
