"""What a combination such as "ctrl+alt+b" is on the keyboard of an X server: keycodes, and masks of modifiers."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

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
        return sorted(plain or {keycode for keycode, _ in found})

    def _mask(self, names: tuple[str, ...]) -> int:
        for name in names:
            for keycode, _ in self._places.get(_keysym(name), []):
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
