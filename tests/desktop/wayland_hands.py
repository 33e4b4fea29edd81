"""A person's hand on a wlroots compositor without a screen: its virtual pointer, moved and pressed."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from contextlib import closing
from itertools import count
from pathlib import Path

from sitbreak.adapters.activity.waylandwire import Wire

MANAGER = "zwlr_virtual_pointer_manager_v1"
CREATE, MOVE_TO, BUTTON, FRAME = 0, 1, 2, 4
LEFT, RIGHT = 0x110, 0x111  # linux/input-event-codes.h


class Pointer:
    """A pointer of its own on the compositor that `env` names; `size` is that of the output in pixels."""

    def __init__(self, env: Mapping[str, str], size: tuple[int, int] = (1280, 800)) -> None:
        self._size, self._ticks = size, count(1)
        self._wire = Wire(str(Path(env["XDG_RUNTIME_DIR"], env["WAYLAND_DISPLAY"])))
        manager = self._wire.bind(MANAGER, self._wire.offers()[MANAGER], 1)
        self._number = self._wire.new_id()
        self._wire.request(manager, CREATE, struct.pack("=II", 0, self._number))
        self._wire.roundtrip()

    def click(self, x: int, y: int, button: int = LEFT) -> None:
        """Goes there and presses a button once."""
        self._do(MOVE_TO, x, y, *self._size)
        for pressed in (1, 0):
            self._do(BUTTON, button, pressed)

    def close(self) -> None:
        """Takes the hand away."""
        with closing(self._wire.socket):
            self._wire.shut()

    def _do(self, request: int, *arguments: int) -> None:
        body = struct.pack(f"={len(arguments) + 1}I", next(self._ticks), *arguments)
        self._wire.request(self._number, request, body)
        self._wire.request(self._number, FRAME)
        self._wire.roundtrip()
