"""The window in which the next prompt is sought, and the lull that falls inside it (spec 2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sitbreak.core.records import Reason
from sitbreak.core.rules import Rules


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

    def moment(self, last_input: timedelta, rules: Rules, bout_start: timedelta) -> tuple[timedelta, Reason]:
        """When the prompt becomes due if no input follows `last_input`, and why.

        The lull needed depends on the bout alone (2.1): `lull_at_earliest` once it is `earliest` long, falling evenly
        to `lull_at_latest` at `latest`, and that from then on.
        """
        meet = _lull(last_input, rules, bout_start)
        if meet >= self.closes or self.closes <= self.opens:
            return self.closes, self.cause or Reason.LATEST
        return max(meet, self.opens), self.cause or Reason.LULL


def _lull(last_input: timedelta, rules: Rules, bout_start: timedelta) -> timedelta:
    """The moment at which the hands have rested long enough."""
    earliest, latest = bout_start + rules.earliest, bout_start + rules.latest
    shortest = last_input + rules.lull_at_latest
    if latest <= earliest or shortest >= latest:
        return shortest
    fall = (rules.lull_at_earliest - rules.lull_at_latest) / (latest - earliest)
    return earliest + (last_input - earliest + rules.lull_at_earliest) / (1 + fall)
