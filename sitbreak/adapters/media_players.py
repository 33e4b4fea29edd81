"""Pauses the players that play, over MPRIS (D-Bus), and lets the same ones go on after the break.

Asked of a player is whether it plays, never what. Whatever fails is one log line; the break does not wait for it.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, ClassVar

from sitbreak.adapters.bus import BusError, BusThread, call
from sitbreak.ports import Env, NotViable, Viable

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus

log = logging.getLogger(__name__)
DAEMON = "org.freedesktop.DBus"
PREFIX = "org.mpris.MediaPlayer2."
PROXY = f"{PREFIX}playerctld"  # speaks for the player used last, which is on the bus by itself
PATH, PLAYER = "/org/mpris/MediaPlayer2", "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"
PLAYING, PAUSED = "Playing", "Paused"
ANSWER_S = 2.0  # a player that takes longer is left alone
LAST_WORD_S = 1.0  # how long `close` waits


class MprisPlayers:
    """Every media player of the session bus. `pause` and `resume` return at once and work in their order."""

    NAME: ClassVar[str] = "mpris"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Where there is D-Bus (MPRIS); whether there are players shows at each break."""
        return env.no_bus() or Viable()

    def __init__(self, bus: BusThread) -> None:
        self._bus = bus
        self._order = asyncio.Lock()  # for coroutines on the bus thread only
        self._paused: set[str] = set()

    def pause(self) -> None:
        """Pauses what plays now, and remembers which."""
        self._begin(self._pause_all())

    def resume(self) -> None:
        """Lets those go on that `pause` stopped and that are still paused; nothing happens when there are none."""
        self._begin(self._resume_all())

    def close(self) -> None:
        """Lets them go on, if a break is under way, and waits a moment for it."""
        last = self._begin(self._resume_all())
        if last is not None:
            concurrent.futures.wait([last], LAST_WORD_S)

    def _begin(self, work: Coroutine[Any, Any, None]) -> concurrent.futures.Future[None] | None:
        try:
            return self._bus.spawn(work)
        except BusError as closed:
            log.info("media players are left alone: %s", closed)
            return None

    # -- on the bus thread

    async def _pause_all(self) -> None:
        async with self._order:
            try:
                bus = await self._bus.session()
                (names,) = await call(bus, DAEMON, "/org/freedesktop/DBus", DAEMON, "ListNames")
            except BusError as failure:
                log.info("media players cannot be paused: %s", failure)
                return
            players = [name for name in names if name.startswith(PREFIX) and name != PROXY]
            await asyncio.gather(*(self._within(player, self._pause(bus, player)) for player in players))

    async def _resume_all(self) -> None:
        async with self._order:
            players, self._paused = sorted(self._paused), set()
            if not players:
                return
            try:
                bus = await self._bus.session()
            except BusError as failure:
                log.info("media players cannot go on: %s", failure)
                return
            await asyncio.gather(*(self._within(player, self._resume(bus, player)) for player in players))

    async def _within(self, player: str, work: Coroutine[Any, Any, None]) -> None:
        """Does `work`, for a limited time; a player that fails is its own trouble."""
        try:
            await asyncio.wait_for(work, ANSWER_S)
        except (BusError, TimeoutError) as failure:
            log.info("the player %s was left alone: %s", player.removeprefix(PREFIX), str(failure) or "no answer")

    async def _pause(self, bus: MessageBus, player: str) -> None:
        if await _state(bus, player) == PLAYING:
            self._paused.add(player)  # before the answer, which may come too late
            await call(bus, player, PATH, PLAYER, "Pause")

    async def _resume(self, bus: MessageBus, player: str) -> None:
        if await _state(bus, player) == PAUSED:
            await call(bus, player, PATH, PLAYER, "Play")


async def _state(bus: MessageBus, player: str) -> str:
    """Playing, Paused or Stopped."""
    (state,) = await call(bus, player, PATH, PROPERTIES, "Get", "ss", [PLAYER, "PlaybackStatus"])
    return str(state.value)
