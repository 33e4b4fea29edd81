"""A throw-away KWin: Wayland without a screen, on a bus of its own, and hands on it."""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from sitbreak.adapters.activity.waylandwire import Wire
from sitbreak.adapters.context.fullscreen_kwin import PLUGIN, SCRIPTING
from tests.desktop.bus import Bus
from tests.desktop.children import Children, end

SOCKET = "wayland-sitbreak"
FAKE_INPUT = "org_kde_kwin_fake_input"
AUTHENTICATE, MOVE, BUTTON, MOVE_TO, KEY = 0, 1, 2, 9, 10  # its requests
Q, BUTTONS = 16, {1: 0x110, 3: 0x111}  # linux/input-event-codes.h


class World(Protocol):
    """Where it runs."""

    children: Children
    bus: Bus
    env: dict[str, str]


W = TypeVar("W", bound=World)


class KWin(Generic[W]):
    """KWin on a bus of its own; it can be looked at where its drawing is "O2", which costs more than "Q"."""

    def __init__(self, world: W, drawing: str = "Q", size: tuple[int, int] = (800, 600)) -> None:
        self.world, self._size = world, size
        # Debian's program has file capabilities, with which it takes no orders from the environment: copy it bare.
        self._program = str(shutil.copy(str(shutil.which("kwin_wayland")), world.children.folder))
        off = {
            "QT_QPA_PLATFORM": "offscreen",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "KWIN_COMPOSE": drawing,
            "KWIN_WAYLAND_NO_PERMISSION_CHECKS": "1",
            "KWIN_SCREENSHOT_NO_PERMISSION_CHECKS": "1",
        }
        self._env = {**world.env, **off, "XDG_CURRENT_DESKTOP": "KDE"}

    @contextmanager
    def running(self) -> Iterator[None]:
        """It runs within the block."""
        child = self.begin()
        try:
            self.world.bus.wait_for("org.kde.KWin", 30)
            yield
        finally:
            end(child)

    def begin(self) -> subprocess.Popen[bytes]:
        """It starts."""
        width, height = map(str, self._size)
        argv = [self._program, "--virtual", "--width", width, "--height", height, "--socket", SOCKET]
        return self.world.children.start(argv, self._env)

    @property
    def on_it(self) -> dict[str, str]:
        """What a program needs to show a window."""
        return {**self._env, "WAYLAND_DISPLAY": SOCKET}

    @property
    def socket(self) -> str:
        """The path of its Wayland socket."""
        return str(Path(self.world.env["XDG_RUNTIME_DIR"]) / SOCKET)

    def has_script(self) -> bool:
        """Whether our script is in it."""
        (there,) = self.world.bus.call("org.kde.KWin", "/Scripting", SCRIPTING, "isScriptLoaded", "s", [PLUGIN])
        return bool(there)


class Hands:
    """A person's hands on a KWin, by the protocol it has for that."""

    def __init__(self, kwin: KWin[W]) -> None:
        self._wire = Wire(kwin.socket)
        self._number = self._wire.bind(FAKE_INPUT, self._wire.offers()[FAKE_INPUT], 4)
        self._do(AUTHENTICATE, *_text("tests"), *_text("tests"))

    def type_key(self) -> None:
        """Presses the key q and lets it go."""
        for down in (1, 0):
            self._do(KEY, Q, down)

    def click(self, button: int = 1) -> None:
        """Presses a button and lets it go: 1 the left one, 3 the right one."""
        for down in (1, 0):
            self._do(BUTTON, BUTTONS[button], down)

    def point(self, x: int, y: int) -> None:
        """Moves the pointer to a place."""
        self._do(MOVE_TO, x * 256, y * 256)

    def move(self) -> None:
        """Moves the pointer by ten pixels."""
        self._do(MOVE, 10 * 256, 10 * 256)

    def close(self) -> None:
        """Takes them away."""
        with closing(self._wire.socket):
            self._wire.shut()

    def _do(self, request: int, *arguments: int) -> None:
        self._wire.request(self._number, request, struct.pack(f"={len(arguments)}I", *arguments))
        self._wire.roundtrip()


def _text(text: str) -> tuple[int, ...]:
    """A string as words of the wire: its length with the zero at its end, and itself."""
    raw = text.encode() + b"\0"
    padded = raw + b"\0" * (-len(raw) % 4)
    return (len(raw), *struct.unpack(f"={len(padded) // 4}I", padded))
