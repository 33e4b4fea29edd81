"""Shortcuts through pynput, whose listener is made to behave: the way on Windows, and the second choice under X11.

pynput's listener is sent every key that is pressed or released. What is done with one here: is it one of the modifiers
(then it is noted as down until its release), or does it complete a chosen combination (then that is reported). Every
other key is forgotten with the callback's return; none is kept, logged or passed on.

pynput's own GlobalHotKeys is not used because it reports ctrl+alt+b also when ctrl+alt+shift+b is pressed, and because
it believes that a key is down whose release it did not get, as after ctrl+alt+del: then a plain b would do.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import ClassVar

from sitbreak.adapters.hotkeys.viability import BIND, HotkeysUnavailable, missing, x11_reason
from sitbreak.adapters.pynput_listener import ListenerUnusable, ended, listener, loaded, started
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable

OnKey = Callable[[object], None]


class KeyListener:
    """Calls `pressed` and `released` with each key, in pynput's form whatever else is down; None is an unknown key."""

    def __init__(self, pressed: OnKey, released: OnKey) -> None:
        """Listens at once. Raises HotkeysUnavailable."""
        try:
            self._thread = listener(
                "keyboard",
                on_press=lambda key: pressed(self._plain(key)),
                on_release=lambda key: released(self._plain(key)),
            )
        except ListenerUnusable as error:
            raise HotkeysUnavailable(str(error)) from error
        if not started(self._thread):
            self.close()
            raise HotkeysUnavailable(_("pynput's keyboard listener did not start."))

    @property
    def alive(self) -> bool:
        """Whether it still listens."""
        return bool(self._thread.is_alive())

    def close(self) -> None:
        """Ends the thread."""
        ended(self._thread)

    def _plain(self, key: object) -> object:
        return None if key is None else self._thread.canonical(key)


PRESSED = 0x8000  # GetAsyncKeyState: the key is down now
VIRTUAL_KEYS = {"ctrl": (0x11,), "alt": (0x12,), "shift": (0x10,), "super": (0x5B, 0x5C), "altgr": (0xA5,)}  # winuser.h
MODIFIERS = {"ctrl": "ctrl", "alt": "alt", "shift": "shift", "cmd": "super", "alt_gr": "altgr"}  # pynput's: ours
PYNPUT = {"super": "<cmd>"}  # pynput's names, where they are not ours in brackets


class Matcher:
    """Tells chosen combinations from a stream of keys; all it remembers is which modifiers are down.

    `table`: what to report, by modifiers and key. `held` says whether a modifier really is down: its release may have
    gone unseen, as that of the super key in super+L.
    """

    def __init__(
        self,
        table: Mapping[tuple[frozenset[str], object], str],
        modifiers: Mapping[object, str],
        chosen: Callable[[str], None],
        held: Callable[[str], bool] | None = None,
    ) -> None:
        self._table = dict(table)
        self._ends = {key for _, key in table}
        self._modifiers = dict(modifiers)
        self._chosen = chosen
        self._held = really_down if held is None else held
        self._down: set[str] = set()
        self._reported: object = None  # the key of the combination that is still held down

    def press(self, key: object) -> None:
        """A key went down, or repeats."""
        if key in self._modifiers:
            self._down.add(self._modifiers[key])
        elif key in self._ends and key != self._reported:
            self._down = {name for name in self._down if self._held(name)}
            name = self._table.get((frozenset(self._down), key))
            if name is not None:
                self._reported = key
                self._chosen(name)

    def release(self, key: object) -> None:
        """A key went up."""
        self._down.discard(self._modifiers.get(key, ""))
        if key == self._reported:
            self._reported = None


class PynputHotkeys:
    """Calls `chosen(key)`, on pynput's thread, for each combination of `bindings` that is pressed."""

    NAME: ClassVar[str] = "pynput"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable on Windows, and in an X11 session with a limit."""
        if env.platform == "darwin":
            return NotViable(_("On macOS listening for shortcuts would end the program at the first key."), _(BIND))
        if env.platform == "win32":
            return missing("pynput") or Viable()
        return x11_reason(env) or missing("pynput") or Viable((_("shift with a digit is not recognised"),))

    def __init__(self, bindings: Mapping[str, str], chosen: Callable[[str], None]) -> None:
        """`bindings`: what `chosen` is called with, by combination ("ctrl+alt+b")."""
        self._bindings = dict(bindings)
        self._chosen = chosen
        self._listener: KeyListener | None = None

    def start(self) -> None:
        """Listens. Raises HotkeysUnavailable."""
        try:
            names = loaded("keyboard")
        except ListenerUnusable as error:
            raise HotkeysUnavailable(str(error)) from error
        table = {
            (frozenset(combination.split("+")[:-1]), names.HotKey.parse(described(combination))[-1]): key
            for combination, key in self._bindings.items()
        }
        matcher = Matcher(table, {getattr(names.Key, theirs): ours for theirs, ours in MODIFIERS.items()}, self._chosen)
        self._listener = KeyListener(matcher.press, matcher.release)

    @property
    def alive(self) -> bool:
        """Whether it still listens."""
        return self._listener is not None and self._listener.alive

    def close(self) -> None:
        """Ends the listener; callable twice."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None


def really_down(modifier: str) -> bool:
    """Whether a modifier is down now, by the system's own word where it gives one (Windows)."""
    if sys.platform != "win32":
        return True
    import ctypes

    return any(ctypes.windll.user32.GetAsyncKeyState(code) & PRESSED for code in VIRTUAL_KEYS[modifier])


def described(combination: str) -> str:
    """The combination as pynput writes it: "<ctrl>+<alt>+b"."""
    return "+".join(PYNPUT.get(name, name if len(name) == 1 else f"<{name}>") for name in combination.split("+"))
