"""Input under GNOME on Wayland, from Mutter's own idle monitor on the session bus.

While somebody is active it is asked for how long nobody was. Once nobody is, it is asked to tell of the next input
(AddUserActiveWatch: fires once, at any input), so that it need not be asked again and again meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from sitbreak.adapters.activity.last_input import Ages
from sitbreak.adapters.bus import BusError, BusThread, call, on_signal, subscribe_owner
from sitbreak.core.events import InputKind
from sitbreak.language import _
from sitbreak.ports import Clock, Env, NotViable, Observed, SourceUnreadable, Viable

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

MONITOR = "org.gnome.Mutter.IdleMonitor"
PATH = "/org/gnome/Mutter/IdleMonitor/Core"
ANSWER_S = 1.0  # a poll must not hold the loop for longer


class MutterSource:
    """Activity under GNOME, kinds not told; inhibitors of screen blanking do not touch it."""

    NAME: ClassVar[str] = "mutter"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable in a Wayland session with D-Bus; whether Mutter is there shows in the constructor."""
        return env.no_wayland() or env.no_bus() or Viable((_("cannot tell keys, clicks and motion apart"),))

    def __init__(self, clock: Clock, bus: BusThread | None = None) -> None:
        """`bus` is shared with others if given, else one of its own. Raises SourceUnreadable."""
        self._bus = BusThread() if bus is None else bus
        self._shared = bus is not None
        self._ages = Ages(clock)
        self._stir: Callable[[], None] | None = None
        # For the bus thread only:
        self._heard_on: MessageBus | None = None
        self._ends: list[Callable[[], None]] = []
        self._watch: int | None = None  # Mutter's number of what tells of the next input
        try:
            self.poll()  # what was before us is not ours to tell
        except SourceUnreadable:
            self.close()
            raise

    def stirs(self, stir: Callable[[], None]) -> None:
        """Has `stir` called at the first input after a poll without any, and when Mutter is gone."""
        self._stir = stir

    @property
    def silent(self) -> bool:
        """Whether Mutter is to tell of the next input, so that none came since the last poll."""
        return self._watch is not None and self._heard_on is not None and self._heard_on.connected

    def poll(self) -> Sequence[Observed]:
        """The newest input since the last poll, if there was one; raises SourceUnreadable."""
        try:
            return self._bus.run(self._news(), ANSWER_S)
        except BusError as error:
            raise SourceUnreadable(_("GNOME does not tell when the last input was: {error}.", error=error)) from error

    def close(self) -> None:
        """Lets go of Mutter, and of the bus if it is not shared."""
        try:
            self._bus.run(self._let_go(), ANSWER_S)
        except BusError:
            self._ends.clear()  # what was listened to went with the bus
        if not self._shared:
            self._bus.close()

    # -- on the bus thread

    async def _news(self) -> Sequence[Observed]:
        bus = await self._bus.session()
        if bus is not self._heard_on:
            self._heard_on, self._watch = None, None
        seen = await self._seen(bus)
        if seen or self._watch is not None or self._stir is None:
            return seen
        await self._await_input(bus)
        return await self._seen(bus)  # what came before it was awaited

    async def _seen(self, bus: MessageBus) -> Sequence[Observed]:
        (milliseconds,) = await self._ask(bus, "GetIdletime")
        return self._ages.news({InputKind.UNKNOWN: timedelta(milliseconds=milliseconds)})

    async def _await_input(self, bus: MessageBus) -> None:
        if self._heard_on is None:
            fired = f"path='{PATH}',interface='{MONITOR}',member='WatchFired'"
            self._ends = [
                await on_signal(bus, fired, self._fired),
                await subscribe_owner(bus, MONITOR, lambda owned: self._over()),
            ]
            self._heard_on = bus
        (self._watch,) = await self._ask(bus, "AddUserActiveWatch")

    def _fired(self, message: Message) -> None:
        if message.body == [self._watch]:
            self._over()

    def _over(self) -> None:
        """There was input, or what awaited it went with Mutter."""
        self._watch = None
        if self._stir is not None:
            self._stir()

    async def _let_go(self) -> None:
        for end in self._ends:
            end()
        self._ends.clear()
        if self._watch is not None and self._heard_on is not None:
            await self._ask(self._heard_on, "RemoveWatch", "u", [self._watch])

    async def _ask(self, bus: MessageBus, member: str, signature: str = "", body: Sequence[Any] = ()) -> list[Any]:
        return await call(bus, MONITOR, PATH, MONITOR, member, signature, body)
