"""A source of input that tells what it was given."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import ClassVar

from sitbreak.core.events import InputKind
from sitbreak.core.timeline import Instant
from sitbreak.ports import Clock, Env, NotViable, Observed, SourceUnreadable, Viable


class ScriptedSource:
    """Tells each input of its script once the clock has reached it; `lose` and `regain` play a source that dies."""

    NAME: ClassVar[str] = "scripted"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Never by itself."""
        return NotViable("it only tells what it was given")

    def __init__(self, clock: Clock, script: Iterable[Observed] = ()) -> None:
        self._clock = clock
        self._script = deque(sorted(script, key=lambda seen: seen.at.elapsed))
        self._lost = ""

    def add(self, kind: InputKind, at: Instant | None = None) -> None:
        """One more input, now unless told otherwise; not before one that is in the script already."""
        self._script.append(Observed(kind, self._clock.now() if at is None else at))

    def lose(self, reason: str = "The source was taken away.") -> None:
        """From now on nothing can be read."""
        self._lost = reason

    def regain(self) -> None:
        """It can be read again; what was due meanwhile was missed."""
        self._lost = ""
        self._due()

    def poll(self) -> Sequence[Observed]:
        """The inputs that fell due since the last poll; raises SourceUnreadable while lost."""
        if self._lost:
            raise SourceUnreadable(self._lost)
        return self._due()

    def close(self) -> None:
        """Nothing to let go of."""

    def _due(self) -> list[Observed]:
        now = self._clock.now().elapsed
        due: list[Observed] = []
        while self._script and self._script[0].at.elapsed <= now:
            due.append(self._script.popleft())
        return due
