"""Notifications of Linux desktops, by the desktop notification specification: buttons, a click, its end; and what the
service on the session bus can do.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sitbreak.adapters.bus import BusError, BusThread, call, gone, no_session_bus, on_signal, pause, subscribe_owner
from sitbreak.adapters.choose import AGAIN_S, until_next
from sitbreak.adapters.notify.chain import Answers, Chosen, Dismissed
from sitbreak.core.frozen import frozen
from sitbreak.core.text import escaped
from sitbreak.language import N_, _
from sitbreak.ports import Env, Note, NotifyFailed, NotViable, Viable

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

SERVICE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
DAEMON = "org.freedesktop.DBus"
DAEMON_PATH = "/org/freedesktop/DBus"
NO_OWNER = "org.freedesktop.DBus.Error.NameHasNoOwner"
# They offer the capability "actions" and show no buttons (seen on dunst 1.9 and mako 1.7).
WITHOUT_BUTTONS = ("dunst", "mako")
# How many buttons have room: GNOME 43 shows them while the pointer is on the note, and the fourth not at all.
ROOM_FOR = {"gnome-shell": 3}
# A transient note is gone with its banner, after some seconds, instead of waiting in the list (seen on GNOME 43).
TRANSIENT_IS_GONE = ("gnome-shell", "Cinnamon")
# A click on the note only closes it there, and the default action is a button like the others (seen on 0.7).
DEFAULT_IS_A_BUTTON = "Xfce Notify Daemon"
# A left click closes a note there and calls no action (its default settings, seen on 1.9).
CLICK_CLOSES = ("dunst",)
HOW_TO_ANSWER = N_("Answer it from the tray icon.")
CLICK_TO_ANSWER = N_("Click here to answer.")


@frozen
class Service:
    """The service as it is now: the bus name of its process, what it calls itself, and its capabilities."""

    owner: str
    product: str
    capabilities: frozenset[str]

    @property
    def buttons(self) -> bool:
        """Whether a note shows buttons."""
        return "actions" in self.capabilities and self.product not in WITHOUT_BUTTONS

    @property
    def most_buttons(self) -> int | None:
        """How many buttons have room on a note; None: as many as it has."""
        return ROOM_FOR.get(self.product)

    @property
    def answers(self) -> bool:
        """Whether a note can be answered where it is, by a button or by a click."""
        return "actions" in self.capabilities and self.product not in CLICK_CLOSES

    @property
    def markup(self) -> bool:
        """Whether the body is read as mark-up."""
        return "body-markup" in self.capabilities

    @property
    def default_is_button(self) -> bool:
        """Whether the default action needs a button of its own, since a click on the note does not call it."""
        return self.product == DEFAULT_IS_A_BUTTON

    @property
    def transient_is_gone(self) -> bool:
        """Whether a note that is marked as transient can be answered for some seconds only."""
        return self.product in TRANSIENT_IS_GONE


async def reach(bus: MessageBus, known: Service | None = None) -> Service:
    """The service that answers, started if the bus knows how; raises BusError.

    A service that is not installed is refused by the bus at once. `known` is returned while it is still the same.
    """
    owner = await _owner(bus)
    if known is not None and known.owner == owner:
        return known
    product, *_ = await call(bus, owner, PATH, SERVICE, "GetServerInformation")
    (capabilities,) = await call(bus, owner, PATH, SERVICE, "GetCapabilities")
    return Service(owner, product, frozenset(capabilities))


async def _owner(bus: MessageBus) -> str:
    try:
        (owner,) = await call(bus, DAEMON, DAEMON_PATH, DAEMON, "GetNameOwner", "s", [SERVICE])
    except BusError as error:
        if error.name != NO_OWNER:
            raise
        await call(bus, DAEMON, DAEMON_PATH, DAEMON, "StartServiceByName", "su", [SERVICE, 0])
        (owner,) = await call(bus, DAEMON, DAEMON_PATH, DAEMON, "GetNameOwner", "s", [SERVICE])
    return str(owner)


log = logging.getLogger(__name__)

APP = "sitbreak"
LIMIT_S = 2.0  # the port's promise
STAY_MS = 120_000  # a note that asks something stays as long as the prompt waits for an answer
BY_SERVICE_MS = -1
DEFAULT = "default"  # the action a click on the note stands for
DEFAULT_LABEL = N_("Show me")  # what the default action is called where it needs a button of its own
SOUND = "message-new-instant"  # freedesktop sound naming specification
NORMAL = 1  # urgency
BY_THE_USER = 2  # why a note was closed
RESTORING = 3  # looks for a service to show again what went with the last one
MOST_SHOWINGS = 3


@dataclass(slots=True)
class _Shown:
    """A note as its service knows it, by a number, and the ticket of its answers."""

    note: Note
    ticket: int
    service: Service
    number: int
    showings: int  # how often a service took it; one that it breaks is not fed it for ever
    closed: bool = False


class FreedesktopNotes:
    """The notification service on the session bus. `icon` is the path of a PNG; `thread` runs what is asynchronous."""

    NAME: ClassVar[str] = "freedesktop"
    ANSWERS: ClassVar[bool] = True

    def __init__(self, chosen: Chosen, dismissed: Dismissed, thread: BusThread, icon: Path | None = None) -> None:
        self._answers = Answers(chosen, dismissed)
        self._thread = thread
        self._icon = icon.as_uri() if icon is not None and icon.is_file() else ""
        # For coroutines on the bus thread only:
        self._bus: MessageBus | None = None  # the connection on which the service is listened to
        self._service: Service | None = None
        self._shown: dict[str, _Shown] = {}  # by tag, until it is withdrawn
        self._order = asyncio.Lock()  # an answer may arrive before the number of its note does
        self._tasks: set[asyncio.Task[None]] = set()
        self._seeking = False
        self.come: Callable[[], None] = lambda: None  # called on the bus thread: a service is there again

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works where there is a session bus; whether there is a service shows with each note."""
        return no_session_bus(env) or Viable()

    def show(self, note: Note) -> None:
        """Puts it on show; raises NotifyFailed within two seconds when that cannot be done."""
        try:
            self._thread.run(self._in_order(self._show, note, self._answers.open(note.tag)), LIMIT_S)
        except BusError as error:
            self._answers.forget(note.tag)
            with suppress(BusError):  # the program ends
                self._thread.spawn(self._seek())
            raise NotifyFailed(_("The desktop did not show the notification ({error}).", error=error)) from error

    def withdraw(self, tag: str) -> None:
        """Takes it off, from the history as well where the service lets us."""
        self._answers.forget(tag)
        if tag not in self._shown:
            return
        try:
            self._thread.run(self._in_order(self._close, tag), LIMIT_S)
        except BusError as error:
            log.info("A notification could not be withdrawn: %s", error)

    def close(self) -> None:
        """Withdraws everything; the thread stays, others use it."""
        for tag in list(self._shown):
            self.withdraw(tag)

    # -- on the bus thread

    async def _in_order(self, do: Callable[..., Awaitable[None]], *given: Any) -> None:
        async with self._order:
            await do(*given)

    async def _show(self, note: Note, ticket: int) -> None:
        bus, service = await self._reached()
        former = self._shown.get(note.tag)
        await self._close(note.tag)
        body = _body(note, service)
        stay = STAY_MS if note.actions or note.default else BY_SERVICE_MS
        given = [APP, 0, self._icon, note.title, body, _actions(note, service), _hints(note, service), stay]
        (number,) = await call(bus, service.owner, PATH, SERVICE, "Notify", "susssasa{sv}i", given)
        again = former.showings if former is not None and former.ticket == ticket else 0
        self._shown[note.tag] = _Shown(note, ticket, service, number, again + 1)

    async def _reached(self) -> tuple[MessageBus, Service]:
        """The connection and the service that answers now.

        A bus that was started again may give the service the name that it had before, so the connection counts too.
        """
        bus = await self._thread.session()
        if bus is not self._bus:
            self._bus = self._service = None
            for member in ("ActionInvoked", "NotificationClosed"):
                await on_signal(bus, f"interface='{SERVICE}',path='{PATH}',member='{member}'", self._told)
            await subscribe_owner(bus, SERVICE, lambda owned: self._spawn(self._restore()))
            self._spawn(self._await_end(bus))
            self._bus = bus
        self._service = await reach(bus, self._service)
        return bus, self._service

    async def _seek(self) -> None:
        """Looks for a service that answers, ever less often, and tells once of the first."""
        if self._seeking:
            return
        self._seeking = True
        for failures in count():
            await pause(until_next(failures))
            with suppress(BusError, asyncio.TimeoutError):
                await asyncio.wait_for(self._look(), LIMIT_S)
                break
        self._seeking = False
        self.come()

    async def _look(self) -> None:
        await reach(await self._thread.session())

    async def _await_end(self, bus: MessageBus) -> None:
        await gone(bus)
        await self._restore()

    async def _restore(self) -> None:
        """Shows again, within half a minute, what went with its service or with the bus."""
        for wait in AGAIN_S[:RESTORING]:
            await pause(wait)
            try:
                await self._in_order(self._show_lost)
            except BusError as error:
                log.debug("nothing can be shown again yet: %s", error)
            else:
                return

    async def _show_lost(self) -> None:
        if not any(self._waits(shown) for shown in self._shown.values()):
            return
        _, service = await self._reached()
        for tag, shown in list(self._shown.items()):
            if shown.service is not service and self._waits(shown):
                log.info("the notification service was started again; what it had on show is shown anew")
                await self._show(replace(shown.note, silent=True), shown.ticket)
            elif shown.service is not service:
                del self._shown[tag]

    def _waits(self, shown: _Shown) -> bool:
        """Whether a note still wants an answer."""
        asks = shown.note.actions and shown.note.tag in self._answers.tags()
        return bool(asks) and not shown.closed and shown.showings < MOST_SHOWINGS

    async def _close(self, tag: str) -> None:
        """Takes a note off, also one that is off the screen."""
        shown = self._shown.pop(tag, None)
        if shown is None or self._bus is None or shown.service is not self._service:
            return
        try:
            await call(self._bus, shown.service.owner, PATH, SERVICE, "CloseNotification", "u", [shown.number])
        except BusError as error:
            log.debug("a notification had gone already: %s", error)

    def _told(self, message: Message) -> None:
        self._spawn(self._in_order(self._hear, message.member or "", *message.body))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _hear(self, member: str, number: int = 0, said: object = None, *more: object) -> None:
        for tag, shown in self._shown.items():
            if shown.number != number or shown.service is not self._service:
                continue
            if member == "ActionInvoked":
                self._answers.choose(tag, shown.ticket, shown.note.default if said == DEFAULT else str(said))
                continue
            shown.closed = True
            if said == BY_THE_USER:
                self._answers.dismiss(tag, shown.ticket)


def _body(note: Note, service: Service) -> str:
    """The text; where no button shows how to answer that comes first, as mako cuts long notes (seen on 1.7)."""
    text = f"{_how(note, service)}\n{note.body}".strip()
    return escaped(text) if service.markup else text


def _how(note: Note, service: Service) -> str:
    """By a click, where one answers, else in the tray; empty where there are buttons, or nothing is asked."""
    if not note.actions or service.buttons:
        return ""
    if not (service.answers and note.default):
        return _(HOW_TO_ANSWER)
    label = next((action.label for action in note.actions if action.key == note.default), "")
    return _("Click here: {answer}", answer=label) if label else _(CLICK_TO_ANSWER)


def _actions(note: Note, service: Service) -> list[str]:
    """Keys and labels in turn, as the specification has them; the first stands for a click on the note."""
    actions, most = note.actions, service.most_buttons
    if most is not None and len(actions) > most:  # the first and the last matter most; the card has them all
        actions = (actions[0], *actions[len(actions) - most + 1 :])
    found = [text for action in actions for text in (action.key, action.label)]
    if not note.default:
        return found
    if not service.default_is_button:
        return [DEFAULT, _(DEFAULT_LABEL), *found]  # without a label LXQt leaves it out, and counts it all the same
    return found if note.default in found[::2] else [*found, DEFAULT, _(DEFAULT_LABEL)]


def _hints(note: Note, service: Service) -> dict[str, Any]:
    from dbus_fast import Variant

    hints = {"urgency": Variant("y", NORMAL)}
    if not note.silent:
        hints["sound-name"] = Variant("s", SOUND)
    if not note.lasting and not service.transient_is_gone:
        hints["transient"] = Variant("b", True)
    return hints
