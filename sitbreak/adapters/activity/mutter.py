"""Input under GNOME on Wayland, from Mutter's own idle monitor on the session bus."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from sitbreak.adapters.activity.idle_to_observed import Ages
from sitbreak.adapters.bus import BusError, BusThread, call
from sitbreak.core.events import InputKind
from sitbreak.language import _
from sitbreak.ports import Clock, Env, NotViable, Observed, SourceUnreadable, Viable

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
        try:
            self.poll()  # what was before us is not ours to tell
        except SourceUnreadable:
            self.close()
            raise

    def poll(self) -> Sequence[Observed]:
        """The newest input since the last poll, if there was one; raises SourceUnreadable."""
        try:
            idle = self._bus.run(self._idle(), ANSWER_S)
        except BusError as error:
            raise SourceUnreadable(_("GNOME does not tell when the last input was: {error}.", error=error)) from error
        return self._ages.news({InputKind.UNKNOWN: idle})

    def close(self) -> None:
        """Lets go of the bus, if it is not shared."""
        if not self._shared:
            self._bus.close()

    async def _idle(self) -> timedelta:
        (milliseconds,) = await call(await self._bus.session(), MONITOR, PATH, MONITOR, "GetIdletime")
        return timedelta(milliseconds=milliseconds)
