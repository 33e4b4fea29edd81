"""A break from its acceptance to the return: how much of the hands-off time it may claim (spec 1.1, 2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sitbreak.core.rules import Rules
from sitbreak.core.timeline import ZERO

LEAST_GAP = timedelta(seconds=60)  # spec 1.1: a gap of >= 60 s


@dataclass(slots=True)
class Break:
    """An accepted break, prompted (`prompt`) or self-started. All times on the steady clock."""

    accepted: timedelta
    length: timedelta
    movement: str
    prompt: int | None = None
    stretch: bool = False  # a seated or lying movement: it earns no confirmed minutes
    credited: timedelta = ZERO
    hands_off: timedelta = ZERO  # the longest watched gap, whatever it was booked as
    chimed: bool = False
    level: str = "shown"
    back: timedelta | None = None  # since when there is real input again, after hands off long enough to count

    @property
    def ends(self) -> timedelta:
        """When the countdown ends."""
        return self.accepted + self.length

    @property
    def shortest(self) -> timedelta:
        """The shortest gap that counts: a minute (1.1), or half of a break that was set shorter than that itself."""
        return LEAST_GAP if self.length >= LEAST_GAP else self.length / 2

    def returned(self, since: timedelta, now: timedelta, off: timedelta, rules: Rules) -> bool:
        """Takes real input from `since` to `now`, `off` after the last; True when somebody is back for good (2.2)."""
        if off >= self.shortest or (self.back is not None and off > rules.motion_most):
            self.back = since
        return self.back is not None and now - self.back >= rules.back_after

    def claim(self, gap_start: timedelta) -> tuple[timedelta, timedelta]:
        """What a gap that began at `gap_start` may claim, and how long it must be: twice the length over all gaps."""
        if self.stretch or not self.accepted <= gap_start <= self.ends:
            return ZERO, self.shortest
        return 2 * self.length - self.credited, self.shortest
