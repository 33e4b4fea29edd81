"""The window in which the next prompt is sought, and the lull that falls inside it (spec 2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sitbreak.core.records import Reason
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import ZERO


@dataclass(frozen=True, slots=True)
class Window:
    """Opens and closes at these moments of the steady clock; `cause` is set for one a prompt comes back in."""

    opens: timedelta
    closes: timedelta
    cause: Reason | None = None
    brief: bool = False  # the shorter offer after "not now"

    @classmethod
    def first(cls, bout_start: timedelta, rules: Rules) -> Window:
        """The window of a new bout."""
        return cls(bout_start + rules.earliest, bout_start + rules.latest)

    @classmethod
    def back(cls, opens: timedelta, rules: Rules, cause: Reason = Reason.RETURN, brief: bool = False) -> Window:
        """The five minutes in which a prompt that comes back seeks its lull."""
        return cls(opens, opens + rules.return_window, cause, brief)

    def moment(self, last_input: timedelta, rules: Rules) -> tuple[timedelta, Reason]:
        """When the prompt becomes due if no input follows `last_input`, and why.

        The lull needed falls evenly from `lull_at_earliest` at the opening to `lull_at_latest` at the close.
        """
        width = self.closes - self.opens
        fall = (rules.lull_at_earliest - rules.lull_at_latest) / width if width > ZERO else 0.0
        quiet_from = last_input - self.opens
        meet = self.opens + (quiet_from + rules.lull_at_earliest) / (1 + fall)
        if meet >= self.closes or width <= ZERO:
            return self.closes, self.cause or Reason.LATEST
        return max(meet, self.opens), self.cause or Reason.LULL
