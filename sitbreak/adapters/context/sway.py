"""Sway: full screen of the focused window, by events; apps that keep the screen awake, by a slow look.

Over sway's own socket. Titles pass through and are not looked at.
"""

from __future__ import annotations

import glob
import json
import os
import socket
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from typing import Any, ClassVar

from sitbreak.adapters.context.edges import Begun
from sitbreak.adapters.context.probe import PipeProbe, SlowProbe, Wiring
from sitbreak.core.events import Signal
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable

MAGIC = b"i3-ipc"
HEADER = struct.Struct("=6sII")  # magic, length, type
SUBSCRIBE, GET_TREE = 2, 4
ANSWER_S = 5.0
WINDOWS = frozenset({"con", "floating_con"})


class SwaySocket:
    """One connection. Raises OSError when it fails and ValueError for what is not an answer."""

    def __init__(self, path: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(ANSWER_S)
        try:
            self._socket.connect(path)
        except OSError:
            self._socket.close()
            raise

    def fileno(self) -> int:
        """The descriptor to wait for."""
        return self._socket.fileno()

    def subscribe(self, *events: str) -> None:
        """Asks for these kinds of events, which `read` then returns."""
        self._send(SUBSCRIBE, json.dumps(events))
        self.read()

    def tree(self) -> Mapping[str, Any]:
        """All windows. For a connection without subscriptions."""
        self._send(GET_TREE)
        return self.read()

    def read(self) -> Mapping[str, Any]:
        """The next answer or event."""
        magic, length, _kind = HEADER.unpack(self._take(HEADER.size))
        if magic != MAGIC:
            raise ValueError("this is not sway's socket")
        found: Mapping[str, Any] = json.loads(self._take(length))
        return found

    def close(self) -> None:
        """Hangs up."""
        self._socket.close()

    def _send(self, kind: int, text: str = "") -> None:
        body = text.encode()
        self._socket.sendall(HEADER.pack(MAGIC, len(body), kind) + body)

    def _take(self, length: int) -> bytes:
        found = bytearray()
        while len(found) < length:
            part = self._socket.recv(length - len(found))
            if not part:
                raise ConnectionError("sway has hung up")
            found += part
        return bytes(found)


def windows(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The windows of a tree. Of its other nodes a workspace calls itself full screen, always."""
    if node.get("type") in WINDOWS and node.get("pid"):
        yield node
    for child in (*node.get("nodes", ()), *node.get("floating_nodes", ())):
        yield from windows(child)


def app_of(node: Mapping[str, Any]) -> str:
    """The app's name: its Wayland app id, or its X11 class."""
    return str(node.get("app_id") or (node.get("window_properties") or {}).get("class") or "")


# The other changes of a window (title, mark, urgent, floating) do not change what fills the screen.
RELEVANT = frozenset({"new", "close", "focus", "fullscreen_mode", "move", "init", "empty"})


def _viable(env: Env) -> Viable | NotViable:
    early = env.variables.get("WAYLAND_DISPLAY") and env.desktops <= {"sway"}
    if env.variables.get("SWAYSOCK") or early:
        return Viable()
    return NotViable(_("This is not a sway session."))


def sockets(env: Env) -> Iterator[str]:
    """Where sway may listen, the likeliest first: started before sway, or before it was restarted, nobody told us."""
    folder = env.variables.get("XDG_RUNTIME_DIR", "/nonexistent")
    named = filter(None, [env.variables.get("SWAYSOCK", "")])
    found = glob.glob(os.path.join(glob.escape(folder), "sway-ipc.*.sock"))
    yield from (*named, *sorted(found, key=os.path.getmtime, reverse=True))


def _connect(wiring: Wiring) -> SwaySocket:
    """To the first that answers; a sway that was killed leaves its socket behind. Raises OSError."""
    for path in sockets(wiring.env):
        with suppress(ConnectionRefusedError, FileNotFoundError):
            return SwaySocket(path)
    raise FileNotFoundError("sway is not running")


class SwayFullscreen(PipeProbe):
    """Follows focus and full-screen mode."""

    NAME: ClassVar[str] = "fullscreen-sway"
    SIGNAL: ClassVar[Signal] = Signal.FULLSCREEN

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """In a sway session."""
        return _viable(env)

    def attempt(self) -> None:
        """Looks at the tree, and again at each event that may have changed it."""
        with closing(_connect(self.wiring)) as events, closing(_connect(self.wiring)) as questions:
            events.subscribe("window", "workspace")
            self._look(questions)
            while not self.worker.ending.is_set():
                if self.pipe.wait(events.fileno()) and events.read().get("change") in RELEVANT:
                    self._look(questions)

    def _look(self, questions: SwaySocket) -> None:
        tree = windows(questions.tree())
        self.hold([app_of(node) for node in tree if node.get("focused") and node.get("fullscreen_mode")])
        self.worker.works()


class SwayMedia(SlowProbe):
    """Apps that inhibit idling."""

    NAME: ClassVar[str] = "media-sway"
    SIGNAL: ClassVar[Signal] = Signal.MEDIA

    def __init__(self, wiring: Wiring) -> None:
        super().__init__(wiring)
        self._begun = Begun()

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """In a sway session."""
        return _viable(env)

    def look(self) -> Sequence[str]:
        """The apps whose windows inhibit idling since we watch."""
        with closing(_connect(self.wiring)) as questions:
            found = {(node["id"], app_of(node)) for node in windows(questions.tree()) if node.get("inhibit_idle")}
        begun = set(self._begun.look(found))
        return [name for number, name in sorted(found) if (number, name) in begun]
