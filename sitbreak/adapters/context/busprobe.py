"""A probe that asks a D-Bus service, and asks again when the service says that something changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from sitbreak.adapters.bus import BusError, again_and_again, owned, watch_service
from sitbreak.adapters.context.edges import Begun
from sitbreak.adapters.context.probe import Probe, Wiring
from sitbreak.core.events import Signal
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

ANSWER_S = 5.0


class BusProbe(Probe):
    """Watches `SERVICE` on `BUS`; the service may come and go. `RULES` are match rules of what changes its answer.

    `step_s`: the seconds after which it is asked anyway, where it tells of no change; None where it does.
    """

    BUS: ClassVar[Literal["session", "system"]] = "session"
    SERVICE: ClassVar[str] = ""
    RULES: ClassVar[Sequence[str]] = ()
    step_s: float | None = None

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Where there is D-Bus; whether the service is there shows when it answers, now or later."""
        return env.no_bus() or Viable()

    async def read(self, bus: MessageBus) -> Iterable[str]:
        """The apps that hold the signal now; raises BusError. Called only while the service is there."""
        raise NotImplementedError

    async def opened(self, bus: MessageBus) -> Sequence[Callable[[], None]]:
        """Called with each new connection, before the first read; returned is what ends what it began."""
        return ()

    def heard(self, message: Message) -> bool:
        """Takes what a signal says that matched a rule; returns whether the service is to be asked anew."""
        return True

    def _begin(self) -> None:
        self._task: Future[None] | None = None
        try:
            self._task = self.wiring.bus.spawn(again_and_again(self._watch, self._ended, self.wiring.back_off))
        except BusError as failure:
            self._trouble.met(failure)  # the daemon is closing

    def _end(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _ended(self, failure: BaseException | None) -> bool:
        """The connection ended, or an answer had an odd shape; whether answers had come before that."""
        worked = not self._trouble.text
        self._trouble.met(failure, told=isinstance(failure, BusError) and self.BUS in self.wiring.lost)
        if isinstance(failure, BusError):
            self.wiring.lost.add(self.BUS)
        self.hold(())
        return worked

    async def _watch(self) -> None:
        """Runs until the connection ends, with BusError, or an answer has an odd shape, with whatever that raises."""
        bus = await self._bus()
        self.wiring.lost.discard(self.BUS)
        ends = await self.opened(bus)
        ask = partial(self._ask, bus)
        again = (self.wiring.back_off, lambda: self.step_s)
        await watch_service(bus, self.SERVICE, self.RULES, ask, self.heard, ends, *again)

    async def _bus(self) -> MessageBus:
        thread = self.wiring.bus
        return await (thread.session() if self.BUS == "session" else thread.system())

    async def _ask(self, bus: MessageBus) -> bool:
        """One look, and whether it succeeded: a service that fails to answer is asked again, as it may just start."""
        try:
            there = not self.SERVICE or await owned(bus, self.SERVICE)
            self.waits = (
                "" if there else _("{service} is not running; it is noticed when it comes.", service=self.SERVICE)
            )
            holders = list(await asyncio.wait_for(self.read(bus), ANSWER_S)) if there else []
        except TimeoutError:
            self._trouble.met(_("{service} does not answer", service=self.SERVICE))
        except BusError as failure:
            self._trouble.met(failure)
        else:
            self._trouble.over()
            self.hold(holders)
            return True
        self.hold(())
        return False


class MediaProbe(BusProbe):
    """A bus probe of inhibitors of screen blanking: those that began while we watched are media (spec 1.1)."""

    SIGNAL: ClassVar[Signal] = Signal.MEDIA

    def __init__(self, wiring: Wiring) -> None:
        super().__init__(wiring)
        self._begun = Begun()

    async def inhibitors(self, bus: MessageBus) -> Mapping[Any, str]:
        """The inhibitors there are now, each with the name of its app; raises BusError."""
        raise NotImplementedError

    async def read(self, bus: MessageBus) -> Iterable[str]:
        """The apps whose inhibitors began while we watched."""
        present = await self.inhibitors(bus)
        return [present[key] for key in self._begun.look(present)]

    async def opened(self, bus: MessageBus) -> Sequence[Callable[[], None]]:
        """What began while there was no connection was not watched."""
        self._begun.unwatched()
        if self.SERVICE and not await owned(bus, self.SERVICE):
            self._begun.look(())  # nothing is there: whatever comes begins before our eyes
        return ()
