"""What is done over a D-Bus connection: call, listen, watch a service, notice its end. All for the bus thread only."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sitbreak.adapters.choose import AGAIN_S, until_next
from sitbreak.language import N_, _

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

DAEMON = "org.freedesktop.DBus"
DAEMON_PATH = "/org/freedesktop/DBus"
NO_SERVER = "org.freedesktop.DBus.Error.NoServer"
DISCONNECTED = "org.freedesktop.DBus.Error.Disconnected"
FAILED = "org.freedesktop.DBus.Error.Failed"
NO_REPLY = "org.freedesktop.DBus.Error.NoReply"
ENDED = N_("the connection to the bus has ended")
WAITING = "waiting for the end of a bus"  # the name of tasks that `gone` leaves behind when it is cancelled
_PAIR = re.compile(r"(\w+)='([^']*)'")


class BusError(Exception):
    """A call or a connection failed: the D-Bus error `name`, and its `text`."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text or name)
        self.name = name
        self.text = text


async def call(
    bus: MessageBus,
    destination: str,
    path: str,
    interface: str,
    member: str,
    signature: str = "",
    body: Sequence[Any] = (),
) -> list[Any]:
    """The reply's arguments (variants stay `dbus_fast.Variant`); raises BusError, also when the bus died meanwhile."""
    from dbus_fast import Message, MessageType
    from dbus_fast.errors import DBusFastError

    message = Message(
        destination=destination, path=path, interface=interface, member=member, signature=signature, body=list(body)
    )
    if dead(bus):
        raise BusError(DISCONNECTED, _(ENDED))
    try:
        reply: Message | None = await bus.call(message)
    except (OSError, EOFError, DBusFastError) as error:
        raise BusError(DISCONNECTED, _(ENDED)) from error
    if reply is None:
        raise BusError(DISCONNECTED, _(ENDED))
    if reply.message_type is MessageType.ERROR:
        raise BusError(reply.error_name or "", str(reply.body[0]) if reply.body else "")
    return list(reply.body)


async def on_signal(bus: MessageBus, rule: str, callback: Callable[[Message], None]) -> Callable[[], None]:
    """Calls `callback(message)`, on the bus thread, for each signal that matches; raises BusError.

    `rule` is a D-Bus match rule such as "interface='org.example.A',member='Changed'". Returned: what ends it again,
    to be called on the bus thread. The callback must not block nor raise.
    """
    keys = dict(_PAIR.findall(rule))

    def seen(message: Message) -> None:
        if _matches(message, keys):
            callback(message)

    full = rule if "type=" in rule else f"type='signal',{rule}"
    bus.add_message_handler(seen)
    try:
        await call(bus, DAEMON, DAEMON_PATH, DAEMON, "AddMatch", "s", [full])
    except BusError:
        bus.remove_message_handler(seen)
        raise

    def end() -> None:
        bus.remove_message_handler(seen)
        if not dead(bus):
            bus.send(_match_message("RemoveMatch", full))

    return end


def _match_message(member: str, rule: str) -> Message:
    from dbus_fast import Message, MessageFlag

    return Message(
        destination=DAEMON,
        path=DAEMON_PATH,
        interface=DAEMON,
        member=member,
        signature="s",
        body=[rule],
        flags=MessageFlag.NO_REPLY_EXPECTED,
    )


async def subscribe_owner(bus: MessageBus, name: str, callback: Callable[[bool], None]) -> Callable[[], None]:
    """Calls `callback(owned)` each time `name` gets or loses its owner; raises BusError. Returned: what ends it."""
    rule = f"sender='{DAEMON}',interface='{DAEMON}',member='NameOwnerChanged',arg0='{name}'"
    return await on_signal(bus, rule, lambda message: callback(bool(message.body[2])))


def dead(bus: MessageBus) -> bool:
    """Whether this connection has ended."""
    return not bus.connected


async def gone(bus: MessageBus) -> None:
    """Returns when the connection has ended, whatever ended it."""
    waiting = asyncio.get_running_loop().create_task(_disconnect(bus), name=WAITING)
    waiting.add_done_callback(_looked_at)
    await asyncio.wait({waiting})


async def pause(seconds: float) -> None:
    """Lets `seconds` pass, as before another attempt; cancelled when the thread closes."""
    await asyncio.wait({asyncio.get_running_loop().create_future()}, timeout=seconds)


async def again_and_again(
    attempt: Callable[[], Awaitable[None]],
    ended: Callable[[BaseException | None], bool],
    rests_s: Sequence[float] = AGAIN_S,
) -> None:
    """Runs `attempt` for ever, a rest after each, the longer the more failed in a row; for the bus thread only.

    `ended` is told why each ended (None: it returned), and says whether it had worked before that.
    """
    failures = 0
    while True:
        (failure,) = await asyncio.gather(attempt(), return_exceptions=True)
        failures = 0 if ended(failure) else failures + 1
        await pause(until_next(failures, rests_s))


async def _disconnect(bus: MessageBus) -> None:
    await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # the library leaves this one untyped


def _looked_at(ended: asyncio.Task[None]) -> None:
    """Takes the exception out of a finished task, so that asyncio does not call it forgotten."""
    if not ended.cancelled():
        ended.exception()


def _matches(message: Message, keys: dict[str, str]) -> bool:
    """Whether a message is the signal that these match keys mean; who sent it is the bus's business."""
    from dbus_fast import MessageType

    if message.message_type is not MessageType.SIGNAL:
        return False
    told = {"interface": message.interface, "member": message.member, "path": message.path}
    if any(keys[key] != value for key, value in told.items() if key in keys):
        return False
    return "arg0" not in keys or (bool(message.body) and message.body[0] == keys["arg0"])


if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

PROPERTIES = "org.freedesktop.DBus.Properties"


async def watch_service(
    bus: MessageBus,
    service: str,
    rules: Iterable[str],
    ask: Callable[[], Awaitable[bool]],
    heard: Callable[[Message], bool] = lambda message: True,
    ends: Sequence[Callable[[], None]] = (),
    again_s: Sequence[float] = AGAIN_S,
    at_least_s: Callable[[], float | None] = lambda: None,
) -> None:
    """Runs until the connection ends, with BusError; whatever `ask` raises ends it, too.

    `ask` is called at once, each time the service (or, empty, nobody) comes or goes or a signal matches one of the
    match `rules` and is news to `heard`, and `at_least_s` after the last time; one that returned False is repeated.
    """
    changed = asyncio.Event()

    def told(message: Message) -> None:
        if heard(message):
            changed.set()

    with contextlib.ExitStack() as held:
        for end in ends:
            held.callback(end)
        held.callback(await subscribe_owner(bus, service, lambda owned: changed.set()))
        for rule in rules:
            held.callback(await on_signal(bus, rule, told))
        lost = asyncio.ensure_future(gone(bus))
        held.callback(lost.cancel)
        failures = 0
        while not lost.done():
            changed.clear()
            failures = 0 if await ask() else failures + 1
            await _first(changed, lost, until_next(failures - 1, again_s) if failures else at_least_s())
    raise BusError(DISCONNECTED, _(ENDED))


async def owned(bus: MessageBus, service: str) -> bool:
    """Whether somebody has this name; asking does not start the service."""
    (answer,) = await call(bus, DAEMON, DAEMON_PATH, DAEMON, "NameHasOwner", "s", [service])
    return bool(answer)


async def property_of(bus: MessageBus, service: str, path: str, interface: str, name: str) -> Any:
    """The value of a property; raises BusError."""
    (answer,) = await call(bus, service, path, PROPERTIES, "Get", "ss", [interface, name])
    return answer.value


async def _first(changed: asyncio.Event, lost: asyncio.Future[None], limit_s: float | None) -> None:
    """Returns when something changed, the connection was lost, or after `limit_s` seconds."""
    waiting = asyncio.ensure_future(changed.wait())
    both: set[asyncio.Future[Any]] = {waiting, lost}
    try:
        await asyncio.wait(both, timeout=limit_s, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
