"""Input under X11 from XInput 2 raw events: kinds told apart, and no idle counter that a media player can reset."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from sitbreak.adapters.activity.session_type import x11_reason
from sitbreak.adapters.activity.xraw import RawEvents
from sitbreak.ports import Clock, Env, NotViable, Observed, SourceUnreadable, Viable


class XInput2Source:
    """Activity under X11. A server that dies is reported once; the polls after try to reach it anew."""

    NAME: ClassVar[str] = "xinput2"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable in an X11 session; whether the server knows XInput 2 shows in the constructor."""
        reason = x11_reason(env)
        if reason is not None:
            return reason
        return Viable(("pointer motion alone is timed to the poll, keys, clicks and wheel are exact",))

    def __init__(self, clock: Clock, display: str | None = None) -> None:
        """`display` overrides $DISPLAY. Raises SourceUnreadable."""
        self._clock = clock
        self._name = display
        self._events: RawEvents | None = RawEvents(clock, display)

    def poll(self) -> Sequence[Observed]:
        """At most one input of each kind since the last poll, and the newest; raises SourceUnreadable."""
        if self._events is None:
            self._events = RawEvents(self._clock, self._name)
        try:
            return self._events.collect()
        except SourceUnreadable:
            self.close()
            raise

    def close(self) -> None:
        """Ends the thread and the connection."""
        if self._events is not None:
            self._events.close()
            self._events = None
