"""Just enough of the Wayland wire protocol to bind globals and read events; no library, no file descriptors passed.

A message is the object's number, then size and opcode in one word, then the arguments in 32-bit words (host order).
"""

from __future__ import annotations

import os
import socket
import struct
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from sitbreak.language import _

DISPLAY, FIRST_OWN = 1, 2
SYNC, GET_REGISTRY = 0, 1  # requests of wl_display
ERROR, GLOBAL, DONE = 0, 0, 0  # events of wl_display, wl_registry, wl_callback
ROUNDTRIP_S = 3.0


class WireError(Exception):
    """The compositor is gone, or said that we did something wrong."""


class Message(NamedTuple):
    """An event: which object it is from, which of its events, and the arguments."""

    sender: int
    opcode: int
    body: bytes


class Offer(NamedTuple):
    """A global that the compositor offers: its number and its highest version."""

    number: int
    version: int


class Wire:
    """A connection to a compositor. Every method but `shut` may raise WireError."""

    def __init__(self, path: str) -> None:
        self._next = FIRST_OWN
        self._buffer = b""
        self._backlog: deque[Message] = deque()
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(ROUNDTRIP_S)
        try:
            self.socket.connect(path)
        except OSError as error:
            self.socket.close()
            raise WireError(
                _("no compositor at {name} ({error})", name=os.path.basename(path), error=error.strerror)
            ) from error
        self._registry = self.new_id()
        self.request(DISPLAY, GET_REGISTRY, struct.pack("=I", self._registry))

    def new_id(self) -> int:
        """A number for a new object."""
        self._next += 1
        return self._next - 1

    def request(self, target: int, opcode: int, body: bytes = b"") -> None:
        """Sends a request."""
        try:
            self.socket.sendall(struct.pack("=II", target, (8 + len(body)) << 16 | opcode) + body)
        except OSError as error:
            raise WireError(_("the compositor closed the connection")) from error

    def offers(self) -> dict[str, Offer]:
        """What the compositor offers, by interface; of several alike the first."""
        found: dict[str, Offer] = {}
        for message in self.roundtrip():
            if message.sender == self._registry and message.opcode == GLOBAL:
                interface, offer = _offer(message.body)
                found.setdefault(interface, offer)
        return found

    def bind(self, interface: str, offer: Offer, version: int) -> int:
        """Binds a global at `version`, or lower if it has no more, and returns its object number."""
        number = self.new_id()
        name = interface.encode() + b"\0"
        padded = name + b"\0" * (-len(name) % 4)
        low = min(version, offer.version)
        body = struct.pack("=II", offer.number, len(name)) + padded + struct.pack("=II", low, number)
        self.request(self._registry, 0, body)
        return number

    def ask(self) -> int:
        """Asks for a sign of life: the number of the object that an event will come from."""
        callback = self.new_id()
        self.request(DISPLAY, SYNC, struct.pack("=I", callback))
        return callback

    def roundtrip(self) -> list[Message]:
        """The events that come before the compositor has seen all that was sent."""
        callback = self.ask()
        before: list[Message] = []
        while True:
            message = self._next_message()
            if message.sender == callback:
                return before
            before.append(message)

    def read(self) -> list[Message]:
        """The events that are there, waiting for the first at most the socket's time limit."""
        first = self._next_message()
        rest = list(self._backlog)
        self._backlog.clear()
        return [first, *rest]

    def shut(self) -> None:
        """Ends the connection, and with it every wait for an event."""
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # the compositor was quicker

    def _next_message(self) -> Message:
        while not self._backlog:
            self._backlog.extend(self._receive())
        return self._backlog.popleft()

    def _receive(self) -> Iterator[Message]:
        try:
            received = self.socket.recv(65536)
        except OSError as error:
            raise WireError(_("the compositor does not answer")) from error
        if not received:
            raise WireError(_("the compositor closed the connection"))
        self._buffer += received
        while len(self._buffer) >= 8:
            sender, word = struct.unpack_from("=II", self._buffer)
            size = word >> 16
            if len(self._buffer) < size:
                return
            body, self._buffer = self._buffer[8:size], self._buffer[size:]
            if sender == DISPLAY and word & 0xFFFF == ERROR:
                raise WireError(_("the compositor refused a request"))
            yield Message(sender, word & 0xFFFF, body)


def _offer(body: bytes) -> tuple[str, Offer]:
    number, length = struct.unpack_from("=II", body)
    interface = body[8 : 8 + length - 1].decode()
    (version,) = struct.unpack_from("=I", body, 8 + length + (-length % 4))
    return interface, Offer(number, version)


def socket_path(display: str | None = None) -> str:
    """Where the compositor listens: `display`, or $WAYLAND_DISPLAY, in $XDG_RUNTIME_DIR unless it is a full path."""
    name = display or os.environ.get("WAYLAND_DISPLAY") or "wayland-0"
    return os.path.join(os.environ.get("XDG_RUNTIME_DIR", "/run/user/nobody"), name)
