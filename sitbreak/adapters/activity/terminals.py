"""Input in terminals, for machines without a display: over ssh, or on a console."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from sitbreak.adapters.activity.idle_to_observed import Ages
from sitbreak.adapters.ttys import PLACES, STEP, last_used
from sitbreak.core.events import InputKind
from sitbreak.core.timeline import ZERO
from sitbreak.language import _
from sitbreak.ports import Clock, Env, NotViable, Observed, SourceUnreadable, Viable


class TerminalSource:
    """Keys in any terminal of the user. A step of 8 s in which a key came counts whole: no lull is taken for longer."""

    NAME: ClassVar[str] = "terminals"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable where somebody logged in without a display."""
        if not env.in_terminal:
            return NotViable(_("this is no login over ssh or on a console"))
        return Viable((_("only keys in your terminals are seen, and when they came to about 8 seconds"),))

    def __init__(self, clock: Clock, places: Sequence[str] = PLACES) -> None:
        """`places`: patterns of where terminals are. Raises SourceUnreadable."""
        self._clock, self._places = clock, places
        self._ages = Ages(clock)
        self.poll()  # what was before us is not ours to tell

    def poll(self) -> Sequence[Observed]:
        """The newest input since the last poll, if there was one; raises SourceUnreadable."""
        used = last_used(self._places)
        if used is None:
            raise SourceUnreadable(_("No terminal of yours is open."))
        age = max(ZERO, self._clock.now().utc - (used.typed + STEP))
        return self._ages.news({InputKind.KEY: age})

    def close(self) -> None:
        """Nothing is held."""
