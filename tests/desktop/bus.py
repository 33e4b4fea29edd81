"""A private message bus, and plain questions to what is on it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

from tests.desktop.children import Children
from tests.waiting import wait_until

# Nothing is on this bus unless the test puts it there, or names it as startable.
SERVICES = Path("/usr/share/dbus-1/services")
CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>{kind}</type>
  <listen>unix:path={socket}</listen>
  <servicedir>{startable}</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/><allow own="*"/><allow eavesdrop="true"/>
    <allow send_destination="*" eavesdrop="true"/><allow receive_sender="*" eavesdrop="true"/>
  </policy>
</busconfig>
"""


class CallFailed(AssertionError):
    """A call on the bus was answered with an error."""


class Bus:
    """A bus daemon that anyone who finds its socket may use."""

    def __init__(
        self,
        children: Children,
        folder: Path,
        env: Mapping[str, str],
        kind: str = "session",
        startable: Iterable[str] = (),
    ) -> None:
        """Start it in `folder`, which must be writable for the children's user; ready on return.

        `startable` are installed services that the bus starts when somebody asks for them.
        """
        place = folder / f"{kind}-bus"
        config = folder / f"{kind}-bus.conf"
        services = folder / f"{kind}-services"
        services.mkdir(exist_ok=True)  # it is there when a bus is started again
        for name in startable:
            (services / f"{name}.service").write_bytes((SERVICES / f"{name}.service").read_bytes())
        config.write_text(CONFIG.format(kind=kind, socket=place, startable=services), "utf-8")
        self.address = f"unix:path={place}"
        self.process = children.start(["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile"], env)
        wait_until(lambda: listens(place), what=f"a {kind} bus")

    def call(
        self, destination: str, path: str, interface: str, member: str, signature: str = "", body: Sequence[Any] = ()
    ) -> list[Any]:
        """Call a method and return the body of its answer. Raises CallFailed on an error answer."""
        message = Message(
            destination=destination, path=path, interface=interface, member=member, signature=signature, body=list(body)
        )
        return asyncio.run(self._exchange(message))

    async def _exchange(self, message: Message) -> list[Any]:
        connection = await MessageBus(bus_address=self.address).connect()
        try:
            answer = await asyncio.wait_for(connection.call(message), 10)
        finally:
            connection.disconnect()
        if answer.message_type is MessageType.ERROR:
            raise CallFailed(f"{message.member}: {answer.error_name} {answer.body}")
        return list(answer.body)

    def owned(self, name: str) -> bool:
        """Whether somebody owns `name`."""
        place = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
        return bool(self.call(*place, "NameHasOwner", "s", [name])[0])

    def wait_for(self, name: str, limit_s: float = 15.0) -> None:
        """Return once somebody owns `name`; AssertionError after `limit_s` seconds."""
        wait_until(lambda: self.owned(name), limit_s, f"{name} on the bus")


def listens(path: Path) -> bool:
    """Whether somebody accepts connections at this socket: it exists a moment before that."""
    with socket.socket(socket.AF_UNIX) as caller:
        try:
            caller.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            return False
    return True
