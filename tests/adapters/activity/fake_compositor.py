"""A Wayland compositor that has a seat and one idle protocol, and nothing else."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
from datetime import timedelta
from pathlib import Path

from sitbreak.adapters.clock import SystemClock

GLOBALS = {1: b"wl_seat\0", 2: b"ext_idle_notifier_v1\0\0\0\0"}
NAME_LENGTHS = {1: 8, 2: 21}
REGISTRY_BIND, DISPLAY_SYNC, DISPLAY_REGISTRY = 0, 0, 1


class FakeCompositor:
    """Serves one client at a time. `version` is that of ext_idle_notifier_v1."""

    def __init__(self, path: Path, version: int) -> None:
        self.version = version
        self.clock = SystemClock()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        self.listener.listen(1)
        self.poke, self.poked = socket.socketpair()
        self.going = threading.Event()
        self.inhibited = False
        self.notification, self.honours_inhibitors, self.idle = 0, False, False
        self.quiet = timedelta(days=1)
        self.last = self.clock.now()
        self.registry, self.notifier = 0, 0
        self.thread = threading.Thread(target=self._serve, name="compositor")
        self.thread.start()

    def input(self) -> None:
        """Somebody touches something; returns once the compositor knows."""
        self._say(b"i")

    def inhibit(self) -> None:
        """A player keeps the screen awake from now on."""
        self.inhibited = True
        self._say(b"h")

    def release(self) -> None:
        """The player lets the screen go."""
        self.inhibited = False
        self._say(b"r")

    def hang(self) -> None:
        """It does nothing until `go_on`."""
        self._say(b"w")

    def go_on(self) -> None:
        """It works again."""
        self.going.set()

    def stop(self) -> None:
        """Ends it, with every connection."""
        self.going.set()
        self._say(b"q")
        self.thread.join(5)
        for end in (self.listener, self.poke, self.poked):
            end.close()

    def _say(self, word: bytes) -> None:
        self.poke.send(word)
        self.poke.recv(1)

    def _serve(self) -> None:
        self.client: socket.socket | None = None
        while True:
            ends = [self.poked, self.client or self.listener]
            readable, _, _ = select.select(ends, [], [], self._wait_s())
            self._tick()
            if self.listener in readable:
                self.client, _ = self.listener.accept()
            elif self.client is not None and self.client in readable:
                self._read(self.client)
            if self.poked in readable and not self._heard(self.poked.recv(1)):
                return

    def _heard(self, word: bytes) -> bool:
        if word == b"q" and self.client is not None:
            self.client.close()
        if word == b"i" or (word == b"h" and self.honours_inhibitors):
            self.last = self.clock.now()
            self._tell(idle=False)
        self.poked.send(b"k")
        if word == b"w":
            self.going.wait()
            self.going.clear()
        return word != b"q"

    def _blocked(self) -> bool:
        return self.inhibited and self.honours_inhibitors

    def _wait_s(self) -> float | None:
        if not self.notification or self.idle or self._blocked():
            return None
        return max(0.0, (self.quiet - self.clock.now().since(self.last)).total_seconds())

    def _tick(self) -> None:
        if self.notification and not self._blocked() and self.clock.now().since(self.last) >= self.quiet:
            self._tell(idle=True)

    def _tell(self, idle: bool) -> None:
        if self.notification and idle != self.idle:
            self.idle = idle
            self._event(self.notification, 0 if idle else 1)

    def _event(self, sender: int, opcode: int, body: bytes = b"") -> None:
        assert self.client is not None
        with contextlib.suppress(OSError):  # a client may leave at any time
            self.client.sendall(struct.pack("=II", sender, (8 + len(body)) << 16 | opcode) + body)

    def _read(self, client: socket.socket) -> None:
        try:
            received = client.recv(65536)
        except OSError:
            received = b""
        if not received:
            client.close()
            self.client, self.notification = None, 0
        while received:
            target, word = struct.unpack_from("=II", received)
            self._request(target, word & 0xFFFF, received[8 : word >> 16])
            received = received[word >> 16 :]

    def _request(self, target: int, opcode: int, body: bytes) -> None:
        if target == 1 and opcode == DISPLAY_REGISTRY:
            (self.registry,) = struct.unpack("=I", body)
            for number, name in GLOBALS.items():
                version = self.version if number == 2 else 1
                self._event(self.registry, 0, struct.pack("=II", number, NAME_LENGTHS[number]) + name + pack(version))
        elif target == 1 and opcode == DISPLAY_SYNC:
            self._event(struct.unpack("=I", body)[0], 0, pack(0))
        elif target == self.registry and opcode == REGISTRY_BIND and body[:4] == pack(2):
            self.notifier = struct.unpack("=I", body[-4:])[0]
        elif target == self.notifier:
            self.notification, quiet_ms, _seat = struct.unpack("=III", body)
            self.honours_inhibitors = opcode == 1
            self.quiet, self.last, self.idle = timedelta(milliseconds=quiet_ms), self.clock.now(), False


def pack(number: int) -> bytes:
    """A 32-bit argument."""
    return struct.pack("=I", number)
