"""The break under way, as it is shown: where, and which step of the movement it has come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sitbreak.core.movements import Movement
from sitbreak.core.timeline import Instant


@dataclass(slots=True)
class Resting:
    """A break on show. `said` is the step shown last."""

    movement: Movement
    accepted: Instant
    length: timedelta
    in_window: bool
    said: str = ""
    hushed: bool = False  # its window knows of a call: no chime
    done: bool = False  # the person has seen enough: no more countdown, no chime

    def left(self, at: Instant) -> timedelta:
        """The time left; zero or less when it is over."""
        return self.length - at.since(self.accepted)

    def step(self, at: Instant) -> str:
        """The step under way; the steps are stretched to the length of the break."""
        whole = sum(step.seconds for step in self.movement.steps)
        reached = at.since(self.accepted) / self.length * whole
        for step in self.movement.steps:
            reached -= step.seconds
            if reached < 0:
                return step.text
        return self.movement.steps[-1].text
