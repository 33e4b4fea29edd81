"""The source for a place where nothing can be read: it says so, and the books call the time unobserved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from sitbreak.ports import Clock, Env, NotViable, Observed, SourceUnreadable, Viable


class NullSource:
    """Reads nothing, and never offers itself."""

    NAME: ClassVar[str] = "null"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Never by itself; only when the settings name it."""
        return NotViable("it reads nothing; all time is booked as unobserved")

    def __init__(self, clock: Clock) -> None:
        """Needs nothing."""

    def poll(self) -> Sequence[Observed]:
        """Raises SourceUnreadable."""
        raise SourceUnreadable("Input is not read here, so time is booked as unobserved.")

    def close(self) -> None:
        """Nothing to let go of."""
