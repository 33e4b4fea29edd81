"""The program on the session bus, io.github.sitbreak.Sitbreak1: properties with change signals, methods for answers."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING

from sitbreak.adapters.bus import BusError, BusThread, again_and_again, gone
from sitbreak.adapters.bus.exported import Exported
from sitbreak.core.frozen import frozen

if TYPE_CHECKING:
    from dbus_fast import Message, Variant
    from dbus_fast.aio import MessageBus

log = logging.getLogger(__name__)

NAME = "io.github.sitbreak.Sitbreak1"
PATH = "/io/github/sitbreak/Sitbreak1"
REFUSED = f"{NAME}.Refused"
TAKEN = "another program has its name on the session bus"

Told = Mapping[str, object]
Ask = Callable[[Told], Told]


def _number(told: Told, name: str) -> float:
    value = told.get(name)
    return float(value) if isinstance(value, (int, float)) else 0.0


# Each property: its type, and how it is read off the status (`sitbreak status --json`). Minutes are whole, so that a
# change is told once a minute and not with every look.
PROPERTIES: Mapping[str, tuple[str, Callable[[Told], object]]] = {
    "State": ("s", lambda told: str(told.get("state", ""))),
    "FirstLine": ("s", lambda told: str(told.get("first_line", ""))),
    "Why": ("s", lambda told: str(told.get("why", ""))),
    "SittingMinutes": ("u", lambda told: int(_number(told, "sitting") // 60)),
    "Sitting": ("b", lambda told: told.get("sitting") is not None and not told.get("away")),
    "ConfirmedMinutes": ("d", lambda told: round(_number(told, "confirmed_minutes"), 1)),
    "GoalMinutes": ("d", lambda told: _number(told, "goal_minutes")),
    "PromptOnShow": ("b", lambda told: told.get("state") == "shown"),
    "OnBreak": ("b", lambda told: told.get("break_left") is not None),
    "Paused": ("b", lambda told: bool(told.get("paused"))),
    "Standing": ("b", lambda told: bool(told.get("standing"))),
    "Away": ("b", lambda told: bool(told.get("away"))),
    "Json": ("s", lambda told: str(told.get("json", "{}"))),
}


@frozen
class Verb:
    """A method: the type and name of its argument (none: empty), and the request it stands for."""

    takes: str
    argument: str
    request: Callable[..., Told]


def _flag(on: bool) -> str:
    return "on" if on else "off"


METHODS: Mapping[str, Verb] = {
    "Status": Verb("", "", lambda: {"do": "status"}),
    "Start": Verb("", "", lambda: {"do": "answer", "answer": "start"}),
    "Long": Verb("", "", lambda: {"do": "answer", "answer": "long"}),
    "Snooze": Verb("d", "minutes", lambda minutes: {"do": "answer", "answer": "snooze", "minutes": minutes}),
    "Stand": Verb("d", "minutes", lambda minutes: {"do": "answer", "answer": "stand", "minutes": minutes}),
    "StandingAlready": Verb("", "", lambda: {"do": "answer", "answer": "standing"}),
    "NotNow": Verb("", "", lambda: {"do": "answer", "answer": "not_now"}),
    "WereUp": Verb("b", "yes", lambda yes: {"do": "up_answer", "answer": "yes" if yes else "no"}),
    "Gap": Verb("s", "answer", lambda answer: {"do": "key", "key": f"gap:{answer}"}),
    "Break": Verb("d", "minutes", lambda minutes: {"do": "break", **({"minutes": minutes} if minutes else {})}),
    "BreakDone": Verb("", "", lambda: {"do": "break_done"}),
    "Pause": Verb("d", "minutes", lambda minutes: {"do": "pause", **({"minutes": minutes} if minutes else {})}),
    "Resume": Verb("", "", lambda: {"do": "resume"}),
    "SetStanding": Verb("b", "on", lambda on: {"do": f"standing_{_flag(on)}"}),
    "SetMeeting": Verb("b", "on", lambda on: {"do": f"meeting_{_flag(on)}"}),
    "SetReading": Verb("b", "on", lambda on: {"do": f"reading_{_flag(on)}"}),
    "ShowToday": Verb("", "", lambda: {"do": "today"}),
}


def xml() -> str:
    """The introspection of the interface."""
    properties = "".join(f'<property name="{n}" type="{t}" access="read"/>' for n, (t, _) in PROPERTIES.items())
    methods = "".join(
        f'<method name="{name}">'
        + (f'<arg name="{verb.argument}" type="{verb.takes}" direction="in"/>' if verb.takes else "")
        + '<arg name="answer" type="s" direction="out"/></method>'
        for name, verb in METHODS.items()
    )
    return f'<node><interface name="{NAME}">{properties}{methods}</interface></node>'


class BusService:
    """Serves while it is on. `ask` answers a request, as over the control socket; it may take its time."""

    def __init__(self, thread: BusThread, ask: Ask) -> None:
        self._thread, self._ask = thread, ask
        self._told: Told = {}
        self._bus: MessageBus | None = None
        self._serving: Future[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._object = Exported(PATH, NAME, self._values, {}, xml())
        self._complained = False

    @property
    def on(self) -> bool:
        """Whether it serves, or waits for a bus to serve on."""
        return self._serving is not None

    def turn(self, *, on: bool) -> None:
        """Begins or ends to serve."""
        if on and self._serving is None:
            try:
                self._serving = self._thread.spawn(again_and_again(self._serve, self._ended))
            except BusError:
                return  # the program is closing
        elif not on and self._serving is not None:
            self._serving.cancel()
            self._serving = None

    def show(self, told: Told) -> None:
        """The status as it is now; what changed of the properties is signalled."""
        before = {name: read(self._told) for name, (_, read) in PROPERTIES.items()}
        self._told = told
        changed = [name for name, (_, read) in PROPERTIES.items() if read(told) != before[name]]
        if changed and self._bus is not None:
            self._thread.spawn(self._signal(changed))

    def _values(self) -> Mapping[str, Variant]:
        from dbus_fast import Variant

        return {name: Variant(kind, read(self._told)) for name, (kind, read) in PROPERTIES.items()}

    async def _signal(self, changed: list[str]) -> None:
        if self._bus is not None and self._bus.connected:
            for name in changed:
                self._object.changed(self._bus, name)

    def _ended(self, failure: BaseException | None) -> bool:
        worked, self._bus = self._bus is not None, None
        if not worked and not self._complained:
            log.warning("other programs cannot ask for now: %s; it is tried again", failure)
        self._complained = not worked
        return worked

    async def _serve(self) -> None:
        """One connection, until it ends."""
        from dbus_fast import NameFlag, RequestNameReply

        bus = await self._thread.session()
        bus.add_message_handler(self._take)
        try:
            if await bus.request_name(NAME, NameFlag.DO_NOT_QUEUE) is not RequestNameReply.PRIMARY_OWNER:
                raise BusError("", TAKEN)
            self._bus = bus
            await gone(bus)
        finally:
            self._object_gone(bus)

    def _object_gone(self, bus: MessageBus) -> None:
        bus.remove_message_handler(self._take)
        if bus.connected:
            task = asyncio.ensure_future(_release(bus))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _take(self, message: Message) -> Message | bool | None:
        """Answers what is asked of our object; a method is answered later, as the program may take its time."""
        from dbus_fast import MessageType

        ours = message.message_type is MessageType.METHOD_CALL and message.path == PATH
        verb = METHODS.get(message.member or "") if ours and message.interface in (NAME, None, "") else None
        if verb is None or message.signature != verb.takes or self._bus is None:
            return self._object.answer(message)
        task = asyncio.ensure_future(self._reply(self._bus, message, verb))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def _reply(self, bus: MessageBus, message: Message, verb: Verb) -> None:
        from dbus_fast import Message

        reply = await asyncio.to_thread(self._ask, verb.request(*message.body))
        if "error" in reply:
            bus.send(Message.new_error(message, REFUSED, str(reply["error"])))
            return
        told = json.dumps(reply) if message.member == "Status" else str(reply.get("ok", ""))
        bus.send(Message.new_method_return(message, "s", [told]))


async def _release(bus: MessageBus) -> None:
    await bus.release_name(NAME)
