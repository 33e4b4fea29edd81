"""Silence between two real inputs while it lasts, and the fact it leaves once it was a minute or more (spec 8.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from sitbreak.core.classify import ABSENT, Stretch
from sitbreak.core.records import Evidence, Quiet
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import ZERO, Instant

LEAST = timedelta(seconds=60)


@dataclass(slots=True)
class Silence:
    """What is known of the time since the last real input. All times on the steady clock."""

    absence: timedelta | None = None  # when the first lock or sleep of a minute or more began
    covered: dict[Evidence, timedelta] = field(default_factory=dict)  # for how long each evidence covered it

    def cover(self, held: Iterable[Evidence], length: timedelta) -> None:
        """Evidence covered so much more of it."""
        for evidence in held:
            self.covered[evidence] = self.covered.get(evidence, ZERO) + length

    def absent(self, stretch: Stretch, now: timedelta, rules: Rules) -> None:
        """A lock or a sleep ended, or goes on until `now`."""
        end = now if stretch.end is None else stretch.end
        if stretch.what in ABSENT and end - stretch.start >= rules.strong_length:
            self.absence = stretch.start if self.absence is None else min(self.absence, stretch.start)

    def ended(self, start: Instant, now: timedelta, motion: bool) -> Quiet | None:
        """The fact of a silence from the last input `start` to the one at `now`; None for less than a minute."""
        length = now - start.elapsed
        if length < LEAST:
            return None
        held = frozenset(evidence for evidence, covered in self.covered.items() if covered > length / 2)
        within = self.absence is not None and ZERO <= self.absence - start.elapsed <= length
        absence = self.absence - start.elapsed if self.absence is not None and within else None
        return Quiet(start, length, absence, held, motion)
