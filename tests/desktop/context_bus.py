"""A private bus with services on it that say what a test tells them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from dbus_fast import Variant

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.context.probe import Options, Wiring
from sitbreak.adapters.context.worker import Slow
from sitbreak.ports import Env
from tests.desktop.bus import Bus
from tests.desktop.children import Children, end
from tests.desktop.desk import private_env
from tests.waiting import wait_until

MOCK = "org.freedesktop.DBus.Mock"


class MockedBus:
    """A bus of one kind, a bus thread that finds it, and the wiring of a probe on it."""

    def __init__(self, kind: Literal["session", "system"], children: Children) -> None:
        self.children = children
        self.env = private_env(children.folder)
        self.bus = Bus(children, children.folder, self.env, kind)
        self.kind = kind
        self._alive = True
        self.thread = BusThread({kind: self.bus.address})
        self.env[f"DBUS_{kind.upper()}_BUS_ADDRESS"] = self.bus.address
        self.env["XDG_CURRENT_DESKTOP"] = "GNOME"

    def wiring(self, options: Options | None = None) -> Wiring:
        """What a probe on this bus is given."""
        return Wiring(Env("linux", self.env), options or Options(), Slow(0.1), self.thread, back_off=(0.1,))

    def kill(self) -> None:
        """The bus dies under everybody on it."""
        place = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
        (number,) = self.bus.call(*place, "GetConnectionUnixProcessID", "s", ["org.freedesktop.DBus"])
        os.kill(number, signal.SIGKILL)
        self._alive = False

    @contextmanager
    def service(self, name: str, path: str, interface: str) -> Iterator[Service]:
        """A service that runs within the block."""
        argv = ["/usr/bin/python3", "-m", "dbusmock", f"--{self.kind}", name, path, interface]
        child = self.children.start(argv, self.env)
        try:
            self.bus.wait_for(name)
            yield Service(self.bus, name, path, interface)
        finally:
            end(child)
            wait_until(lambda: not (self._alive and self.bus.owned(name)))


class Service:
    """A mocked service."""

    def __init__(self, bus: Bus, name: str, path: str, interface: str) -> None:
        self._bus = bus
        self._name = name
        self._path = path
        self._interface = interface

    def answer(self, method: str, takes: str, gives: str, code: str, interface: str = "") -> None:
        """Has `method` answer what the Python code assigns to `ret`; the latest code counts."""
        self._mock("AddMethod", "sssss", [interface or self._interface, method, takes, gives, code])

    def emit(self, signal: str, signature: str, *values: object, interface: str = "") -> None:
        """Sends a signal."""
        arguments = [Variant(kind, value) for kind, value in zip(_single(signature), values, strict=True)]
        self._mock("EmitSignal", "sssav", [interface or self._interface, signal, signature, arguments])

    def properties(self, interface: str, **values: Variant) -> None:
        """Adds properties."""
        self._mock("AddProperties", "sa{sv}", [interface, values])

    def change(self, interface: str, **values: Variant) -> None:
        """Changes properties, and says so."""
        self._mock("UpdateProperties", "sa{sv}", [interface, values])

    def add_object(self, path: str, interface: str, methods: list[list[str]]) -> None:
        """One more object with methods of its own."""
        self._mock("AddObject", "ssa{sv}a(ssss)", [path, interface, {}, methods])

    def remove_object(self, path: str) -> None:
        """Takes an object away."""
        self._mock("RemoveObject", "s", [path])

    def _mock(self, member: str, signature: str, body: list[Any]) -> None:
        self._bus.call(self._name, self._path, MOCK, member, signature, body)


def _single(signature: str) -> list[str]:
    """The single complete types of a signature."""
    from dbus_fast import SignatureTree

    return [kind.signature for kind in SignatureTree(signature).types]


@contextmanager
def mocked_bus(kind: Literal["session", "system"]) -> Iterator[MockedBus]:
    """A bus that exists within the block."""
    children = Children()
    with children.stopped_on_error():
        world = MockedBus(kind, children)
        yield world
    world.thread.close()
    children.stop()


def uid() -> int:
    """The user these tests run as."""
    return os.getuid()
