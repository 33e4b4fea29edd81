"""Shortcuts under X11: the server is asked for the chosen combinations (XGrabKey) and sends no other key."""

from __future__ import annotations

import logging
import select
import socket
import threading
from collections.abc import Callable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any, ClassVar

from sitbreak.adapters.hotkeys.viability import BIND, HotkeysUnavailable, missing, tell_taken, x11_reason
from sitbreak.adapters.xserver import XUnusable, connected
from sitbreak.language import _, paragraph
from sitbreak.ports import Env, NotViable, Viable

if TYPE_CHECKING:
    from Xlib.display import Display


Grab = tuple[int, int]  # a keycode and a mask of modifiers

# The keysyms by which the mask of a modifier is found; which of Mod1 to Mod5 they are on is for each server to say.
NAMED = {"alt": ("Alt_L", "Alt_R", "Meta_L"), "super": ("Super_L", "Super_R")}
LOCKS = (("Num_Lock",), ("Scroll_Lock",))


class Keyboard:
    """The keyboard's mapping as it is now. Raises what python-xlib raises when the server is gone."""

    def __init__(self, display: Display) -> None:
        from Xlib import X

        self._places = _places(display)
        self._modifiers = display.get_modifier_mapping()
        self._locks = [X.LockMask, *(mask for names in LOCKS if (mask := self._mask(names)))]
        found = {name: self._mask(keysyms) for name, keysyms in NAMED.items()}
        self._masks = {"ctrl": X.ControlMask, "shift": X.ShiftMask, **found}

    @property
    def real(self) -> int:
        """The mask of all modifiers that count; what Caps Lock, Num Lock and Scroll Lock set does not."""
        return 0xFF & ~sum(self._locks)

    def grabs(self, combination: str) -> list[Grab]:
        """Every keycode and mask that `combination` stands for, without the locks; none if the keyboard lacks it."""
        *modifiers, key = combination.split("+")
        masks = [self._masks[name] for name in modifiers]
        if not all(masks):
            return []
        return [(keycode, sum(masks)) for keycode in self._keycodes(key)]

    def with_locks(self, mask: int) -> list[int]:
        """The mask under each state of the locks: a grab is for one exact state."""
        return [
            mask | sum(chosen) for size in range(len(self._locks) + 1) for chosen in combinations(self._locks, size)
        ]

    def _keycodes(self, key: str) -> list[int]:
        """The keys that give `key` plainly; if none does, those that give it with shift (digits on a French one)."""
        found = self._places.get(_keysym(key.upper() if len(key) > 1 else key), [])
        plain = {keycode for keycode, column in found if column % 2 == 0}
        return sorted(plain or {keycode for keycode, __ in found})

    def _mask(self, names: tuple[str, ...]) -> int:
        for name in names:
            for keycode, __ in self._places.get(_keysym(name), []):
                for number, keycodes in enumerate(self._modifiers):
                    if keycode in keycodes:
                        return 1 << number
        return 0


def _places(display: Display) -> dict[int, list[tuple[int, int]]]:
    """Keycode and column of each keysym. python-xlib's own table loses some when the keyboard changes."""
    least: int = display.display.info.min_keycode
    rows = display.get_keyboard_mapping(least, display.display.info.max_keycode - least + 1)
    found: dict[int, list[tuple[int, int]]] = {}
    for keycode, row in enumerate(rows, least):
        for column, keysym in enumerate(row):
            found.setdefault(keysym, []).append((keycode, column))
    return found


def _keysym(name: str) -> int:
    from Xlib import XK

    return XK.string_to_keysym(name)


log = logging.getLogger(__name__)
JOIN_S = 2.0


class GrabbedHotkeys:
    """Calls `chosen(key)`, on a thread of its own, for each combination of `bindings` that is pressed."""

    NAME: ClassVar[str] = "xgrab"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable in an X11 session."""
        return x11_reason(env) or missing("Xlib") or Viable()

    def __init__(self, bindings: Mapping[str, str], chosen: Callable[[str], None], display: str | None = None) -> None:
        """`bindings`: what `chosen` is called with, by combination ("ctrl+alt+b"). `display` overrides $DISPLAY."""
        self._bindings = dict(bindings)
        self._chosen = chosen
        self._name = display
        self._keys: dict[Grab, str] = {}
        self._grabbed: set[Grab] = set()
        self._refused: set[str] = set()
        self._real = 0
        self._released: tuple[int, int] = (0, 0)  # keycode and the server's time of the last release
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Grabs the combinations and listens; one that is taken gets a log line. Raises HotkeysUnavailable."""
        from Xlib.error import ConnectionClosedError

        try:
            self._display: Any = connected(self._name)
        except XUnusable as error:
            raise HotkeysUnavailable(paragraph(str(error), _(BIND))) from error
        self._wake, self._woken = socket.socketpair()
        try:
            self._grab()
        except (ConnectionClosedError, OSError) as error:
            raise HotkeysUnavailable(_("The X server cannot be asked for shortcuts: {error}.", error=error)) from error
        self._thread = threading.Thread(target=self._serve, name="hotkeys", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether it still listens."""
        return self._thread is not None and self._thread.is_alive()

    def close(self) -> None:
        """Lets go of the combinations; callable twice."""
        if self._thread is None:
            return
        self._wake.close()
        self._thread.join(JOIN_S)
        self._thread = None
        self._woken.close()

    # -- on the thread, but for the first grabbing

    def _serve(self) -> None:
        from Xlib.error import ConnectionClosedError

        try:
            while self._wait():
                self._take_events()
            self._display.close()  # with it the grabs end
        except (ConnectionClosedError, OSError) as error:
            log.info("the shortcuts have ended with the X server: %s", error)

    def _wait(self) -> bool:
        """Waits for events; False once this is closed."""
        readable, _, _ = select.select([self._display.display.socket, self._woken], [], [])
        return self._woken not in readable

    def _take_events(self) -> None:
        from Xlib import X

        while self._display.pending_events():
            event: Any = self._display.next_event()
            if event.type == X.MappingNotify:
                self._grab()
            elif event.type == X.KeyRelease:
                self._released = (event.detail, event.time)
            elif event.type == X.KeyPress:
                self._pressed(event)

    def _pressed(self, event: Any) -> None:
        if (event.detail, event.time) == self._released:
            return  # a key that is held down repeats as a release and a press of the same moment
        key = self._keys.get((event.detail, event.state & self._real))
        if key is not None:
            self._chosen(key)

    def _grab(self) -> None:
        """Asks for every combination on the keyboard as it is now; what is asked for already stays."""
        keyboard = Keyboard(self._display)
        wanted = {combination: keyboard.grabs(combination) for combination in self._bindings}
        grabs = {
            (keycode, locked): combination
            for combination, pairs in wanted.items()
            for keycode, mask in pairs
            for locked in keyboard.with_locks(mask)
        }
        for keycode, mask in self._grabbed - grabs.keys():
            self._root.ungrab_key(keycode, mask)
        refused = {combination for combination, pairs in wanted.items() if not pairs}
        refused |= {grabs[grab] for grab in sorted(grabs.keys() - self._grabbed) if not self._granted(*grab)}
        for grab in [grab for grab in grabs if grabs[grab] in refused]:
            self._root.ungrab_key(*grab)
            del grabs[grab]
        self._display.sync()
        self._grabbed = set(grabs)
        self._real = keyboard.real
        self._keys = {(code, mask & self._real): self._bindings[name] for (code, mask), name in grabs.items()}
        self._tell(refused)

    def _granted(self, keycode: int, mask: int) -> bool:
        from Xlib import X
        from Xlib.error import BadAccess, CatchError

        taken = CatchError(BadAccess)
        self._root.grab_key(keycode, mask, False, X.GrabModeAsync, X.GrabModeAsync, onerror=taken)
        self._display.sync()
        return taken.get_error() is None

    def _tell(self, refused: set[str]) -> None:
        for combination in sorted(refused - self._refused):
            tell_taken(combination)
        self._refused = refused

    @property
    def _root(self) -> Any:
        return self._display.screen().root
