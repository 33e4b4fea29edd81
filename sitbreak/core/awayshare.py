"""How much of a silent gap is spent off the chair: the one table of the estimate, bent to one person (spec 8.2).

These numbers are a guess from simulation, not data. The first real check is ten volunteers with a thigh sensor.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from math import exp, log, log2

from sitbreak.core.frozen import frozen
from sitbreak.core.records import Evidence, Quiet

LEAST = 60.0  # seconds without real input from which on a gap is looked at
NEVER = 0.002  # stands for the table's .00, whose log odds do not exist


class GapKind(StrEnum):
    """What is known about a gap beside its length (spec 8.1)."""

    BREAK = "break"  # accepted
    LOCK = "lock"  # locked by hand, or asleep, within a minute of the last input
    CALL = "call"  # a call covers more than half of it
    MEDIA = "media"
    OPEN = "open"  # nothing says where the person was


LOCKED_WITHIN = timedelta(seconds=60)  # a lock that begins later may have come by itself


def kind_of(quiet: Quiet) -> GapKind | None:
    """What is known of a silence that no break explains; None: a meeting or reading was declared, so seated."""
    if quiet.absence is not None and quiet.absence <= LOCKED_WITHIN:
        return GapKind.LOCK
    if Evidence.CALL in quiet.held:
        return GapKind.CALL
    if Evidence.MEDIA in quiet.held:
        return GapKind.MEDIA
    return None if quiet.held else GapKind.OPEN


KNOTS = (75.0, 120.0, 190.0, 300.0, 460.0, 730.0, 1040.0, 1500.0, 2700.0, 5400.0)  # seconds
TABLE = {
    GapKind.OPEN: (0.09, 0.14, 0.25, 0.33, 0.37, 0.39, 0.40, 0.50, 0.83, 0.90),
    GapKind.CALL: (0.00, 0.00, 0.01, 0.02, 0.04, 0.18, 0.32, 0.50, 0.70, 0.85),
    GapKind.MEDIA: (0.00, 0.00, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.10, 0.30),
}
LOCK_SEATED = 10.0  # seconds still seated before and after a lock made by hand
PRIOR = ((0.60, 0.08), (0.08, 0.10))  # V: how far people lie from the table, in log odds


@frozen
class Habit:
    """How one person differs from the table: `level` (u0) and `tilt` (u1) in log odds, and their covariance."""

    level: float = 0.0
    tilt: float = 0.0
    covariance: tuple[tuple[float, float], tuple[float, float]] = PRIOR
    answers: int = 0  # what it was learned from
    standing: float = 0.0  # part of the desk time that is stood without being said, at a desk that goes up
    standing_sd: float = 0.0


NO_ANSWERS = Habit()


def tilt_at(seconds: float) -> float:
    """z: where a length lies around 5 min, in doublings, -2 to 2."""
    return min(2.0, max(-2.0, log2(seconds / 300.0)))


def weight_at(seconds: float) -> float:
    """w: how far a habit reaches, 0 below half a minute and 1 from two minutes on."""
    return min(1.0, max(0.0, log2(seconds / 30.0) / 2.0))


def logit(share: float) -> float:
    """The log odds of a share; 0 stands for NEVER."""
    known = max(share, NEVER)
    return log(known / (1.0 - known))


def logistic(odds: float) -> float:
    """The share that has these log odds."""
    return 1.0 / (1.0 + exp(-odds))


class AwayShares:
    """The away share a(L) of one person for every kind of gap; never falls with length."""

    def __init__(self, habit: Habit = NO_ANSWERS) -> None:
        self.standing = habit.standing
        self._odds = {kind: [logit(share) for share in row] for kind, row in TABLE.items()}
        bent = [
            odds + weight_at(knot) * (habit.level + habit.tilt * tilt_at(knot))
            for knot, odds in zip(KNOTS, self._odds[GapKind.OPEN], strict=True)
        ]
        self._odds[GapKind.OPEN] = _running_maximum(bent)

    def of(self, kind: GapKind, seconds: float) -> float:
        """The expected part of a gap of `seconds` that was spent off the chair, 0 to 1."""
        if kind is GapKind.BREAK:
            return 1.0
        if kind is GapKind.LOCK:
            return 1.0 - min(1.0, LOCK_SEATED / seconds)
        return logistic(_between(self._odds[kind], seconds))


def table_odds(seconds: float) -> float:
    """The log odds of an open gap by the table alone."""
    return _between(_OPEN_ODDS, seconds)


def _running_maximum(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in values:
        found.append(max(value, found[-1]) if found else value)
    return found


def _between(odds: Sequence[float], seconds: float) -> float:
    """Linear in the doublings between the knots, flat outside."""
    place = bisect_left(KNOTS, seconds)
    if place == 0 or place == len(KNOTS):
        return odds[min(place, len(KNOTS) - 1)]
    part = (log2(seconds) - _DOUBLINGS[place - 1]) / (_DOUBLINGS[place] - _DOUBLINGS[place - 1])
    return odds[place - 1] + part * (odds[place] - odds[place - 1])


_DOUBLINGS = tuple(log2(knot) for knot in KNOTS)
_OPEN_ODDS = tuple(logit(share) for share in TABLE[GapKind.OPEN])
