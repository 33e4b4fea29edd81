"""The notification service on the session bus: whether there is one, and what it can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitbreak.adapters.bus import BusError, call

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
DAEMON = "org.freedesktop.DBus"
DAEMON_PATH = "/org/freedesktop/DBus"
IN_SESSION = "Start it inside your desktop session."
NO_OWNER = "org.freedesktop.DBus.Error.NameHasNoOwner"
# They offer the capability "actions" and show no buttons on a note of normal urgency (seen on GNOME 43, dunst 1.9).
WITHOUT_BUTTONS = ("gnome-shell", "dunst")
# A transient note is gone with its banner, after some seconds, instead of waiting in the list (seen on GNOME 43).
TRANSIENT_IS_GONE = ("gnome-shell", "Cinnamon")
# A click on the note only closes it there, and the default action is a button like the others (seen on 0.7).
DEFAULT_IS_A_BUTTON = "Xfce Notify Daemon"


@dataclass(frozen=True, slots=True)
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
    product, *_ = await call(bus, owner, PATH, NAME, "GetServerInformation")
    (capabilities,) = await call(bus, owner, PATH, NAME, "GetCapabilities")
    return Service(owner, product, frozenset(capabilities))


async def _owner(bus: MessageBus) -> str:
    try:
        (owner,) = await call(bus, DAEMON, DAEMON_PATH, DAEMON, "GetNameOwner", "s", [NAME])
    except BusError as error:
        if error.name != NO_OWNER:
            raise
        await call(bus, DAEMON, DAEMON_PATH, DAEMON, "StartServiceByName", "su", [NAME, 0])
        (owner,) = await call(bus, DAEMON, DAEMON_PATH, DAEMON, "GetNameOwner", "s", [NAME])
    return str(owner)
