"""A system bus with a login service (logind) whose sessions do as the test says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dbus_fast import Variant

from tests.desktop.bus import Bus
from tests.desktop.children import Children
from tests.desktop.desk import private_env

LOGIN = "org.freedesktop.login1"
ROOT = "/org/freedesktop/login1"
MOCK = "org.freedesktop.DBus.Mock"
SYSTEM_PYTHON = "/usr/bin/python3"
"""python3-dbusmock is a package of the system's Python, not of ours."""


class MockedSystemBus:
    """python-dbusmock's logind template on a private system bus; `env` points programs to it."""

    def __init__(self) -> None:
        """Start the bus and the service, with nobody logged in; ready on return."""
        self.children = Children()
        with self.children.stopped_on_error():
            env = private_env(self.children.folder)
            self.bus = Bus(self.children, self.children.folder / "run", env, kind="system")
            self.address = self.bus.address
            self.env = {"DBUS_SYSTEM_BUS_ADDRESS": self.address}
            self.children.start(
                [SYSTEM_PYTHON, "-m", "dbusmock", "--system", "--template", "logind"], {**env, **self.env}
            )
            self.bus.wait_for(LOGIN)

    def add_session(self, name: str = "c1", uid: int = 1000, active: bool = True) -> str:
        """Log somebody in on seat0 and return the path of the session's object."""
        body = [name, "seat0", uid, f"user{uid}", active]
        path: str = self.bus.call(LOGIN, ROOT, MOCK, "AddSession", "ssusb", body)[0]
        return path

    def emit(self, path: str, interface: str, signal: str, signature: str = "", values: Sequence[Any] = ()) -> None:
        """Have the service send a signal from one of its objects."""
        kinds = list(signature)
        body = [interface, signal, signature, [Variant(kind, value) for kind, value in zip(kinds, values, strict=True)]]
        self.bus.call(LOGIN, path, MOCK, "EmitSignal", "sssav", body)

    def suspend(self, begins: bool) -> None:
        """Announce that the machine is about to sleep (True) or has woken (False)."""
        self.emit(ROOT, f"{LOGIN}.Manager", "PrepareForSleep", "b", [begins])

    def lock(self, session: str, locked: bool = True) -> None:
        """Ask the session at this path to lock or to unlock its screen, and set its LockedHint."""
        self.emit(session, f"{LOGIN}.Session", "Lock" if locked else "Unlock")
        self.set(session, f"{LOGIN}.Session", "LockedHint", "b", locked)

    def set(self, path: str, interface: str, name: str, kind: str, value: object) -> None:
        """Change a property of one of the service's objects and announce the change."""
        changed = {name: Variant(kind, value)}
        self.bus.call(LOGIN, path, MOCK, "UpdateProperties", "sa{sv}", [interface, changed])

    def stop(self) -> None:
        """End the service and its bus."""
        self.children.stop()
