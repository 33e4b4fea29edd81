"""Sway's own socket: the tree of windows, and events about them. Titles pass through and are not looked at."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator, Mapping
from typing import Any

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
