"""How much of a silent gap is spent off the chair: the one table of the estimate, bent to one person by what they
answered about their gaps (spec 8.2).

These numbers are a guess from simulation, not data. The first real check is ten volunteers with a thigh sensor.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from math import exp, log, log2, sqrt

from sitbreak.core.frozen import frozen
from sitbreak.core.records import Evidence, GapAnswer, GapLabel, Outcome, Quiet

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


# -- the habit of one person, learned from their answers

WRONG = 0.07  # how often an answer is wrong, either way
FORETOLD = 50  # answers looked back on: the fit for each takes some milliseconds
# Outcomes of prompts that somebody answered; those for the reason STANDING say nothing of unsaid standing.
ANSWERED_PROMPTS = frozenset(
    {
        Outcome.TAKEN,
        Outcome.NOT_TAKEN,
        Outcome.STRETCHED,
        Outcome.SNOOZED,
        Outcome.DECLINED,
        Outcome.RAISED,
        Outcome.STANDING,
    }
)
LEARNED_FROM = 200  # the latest answers: a habit may change
_ROUNDS, _HALVINGS, _ENOUGH = 40, 30, 1e-10

Pair = tuple[float, float]
Square = tuple[Pair, Pair]


@frozen
class Told:
    """An open gap of `seconds` and what was said of it: 1 up, 0.5 part of it, 0 at the desk."""

    seconds: float
    up: float


@frozen
class _Row:
    """An answer as the fit sees it: log odds by the table, and how the habit moves them."""

    odds: float
    x: Pair
    up: float


# What a label says of the chair at this desk: 1 off it, 0 on it; a gap that was skipped says nothing.
OFF_CHAIR = {
    GapLabel.HERE: 0.0,
    GapLabel.PART: 0.5,
    GapLabel.UP: 1.0,
    GapLabel.WALKED: 1.0,
    GapLabel.STOOD: 1.0,
    GapLabel.SAT: 1.0,
}


def told_by(answers: Iterable[GapAnswer]) -> list[Told]:
    """What these answers say, oldest first."""
    said = sorted((each for each in answers if each.label in OFF_CHAIR), key=lambda each: each.at.elapsed)
    return [Told(each.end.since(each.start).total_seconds(), OFF_CHAIR[each.label]) for each in said]


def learn(told: Sequence[Told]) -> Habit:
    """The most probable habit after these answers, oldest first; without any, the prior.

    Newton's method with the expected second derivatives: those observed may be indefinite where an answer is
    surprising, since any answer may be wrong.
    """
    latest = told[-LEARNED_FROM:]
    if not latest:
        return NO_ANSWERS
    rows = [_row(each) for each in sorted(latest, key=lambda one: (one.seconds, one.up))]  # so that answers commute
    at: Pair = (0.0, 0.0)
    for _ in range(_ROUNDS):
        slope, curve = _derivatives(rows, at)
        step = _times(_inverse(curve), slope)
        after = _uphill(rows, at, step)
        moved = abs(after[0] - at[0]) + abs(after[1] - at[1])
        at = after
        if moved < _ENOUGH:
            break
    return Habit(at[0], at[1], _inverse(_derivatives(rows, at)[1]), len(rows))


def with_desk(habit: Habit, outcomes: Iterable[Outcome]) -> Habit:
    """The habit of somebody whose desk goes up, by how often prompts found them standing: Beta(0.4, 5.6) at first."""
    said = [each for each in outcomes if each in ANSWERED_PROMPTS]
    a, b = 0.4 + said.count(Outcome.STANDING), 5.6 + len(said) - said.count(Outcome.STANDING)
    mean = a / (a + b)
    return replace(habit, standing=mean, standing_sd=sqrt(mean * (1.0 - mean) / (a + b + 1.0)))


def habit_of(answers: Iterable[GapAnswer], outcomes: Iterable[Outcome] | None) -> Habit:
    """The habit learned from the answers so far; `outcomes`: of prompts, None for a desk that does not go up."""
    habit = learn(told_by(answers))
    return habit if outcomes is None else with_desk(habit, outcomes)


def foreseen(told: Sequence[Told]) -> tuple[int, int]:
    """In how many of the latest answers the likelier thing was right before they were given, and of how many.

    Each is foretold by the habit learned from those before it; "part of it" is on neither side and left out.
    """
    sure = [(number, each) for number, each in enumerate(told) if each.up != 0.5][-FORETOLD:]
    right = 0
    for number, each in sure:
        share = AwayShares(learn(told[:number])).of(GapKind.OPEN, each.seconds)
        right += (share > 0.5) == (each.up > 0.5)
    return right, len(sure)


def after_answer(share: float, up: float) -> float:
    """The share of a gap spent up, once it was answered and any answer may be wrong (Bayes)."""
    if up == 0.5:
        return 0.5
    right = (1.0 - WRONG) if up == 1.0 else WRONG
    return share * right / (share * right + (1.0 - share) * (1.0 - right))


def said_up(share: float) -> float:
    """How probable the answer "up" is for a gap with this share."""
    return WRONG + (1.0 - 2.0 * WRONG) * share


def _row(told: Told) -> _Row:
    weight = weight_at(told.seconds)
    return _Row(table_odds(told.seconds), (weight, weight * tilt_at(told.seconds)), told.up)


def _share(row: _Row, at: Pair) -> float:
    return logistic(row.odds + row.x[0] * at[0] + row.x[1] * at[1])


def _derivatives(rows: Iterable[_Row], at: Pair) -> tuple[Pair, Square]:
    """Slope of the log posterior at `at`, and the expected curvature (positive definite)."""
    (a, b), (_, d) = _PRECISION
    slope = [-(a * at[0] + b * at[1]), -(b * at[0] + d * at[1])]
    for row in rows:
        share = _share(row, at)
        say = said_up(share)
        moves = (1.0 - 2.0 * WRONG) * share * (1.0 - share)
        pull = (row.up - say) / (say * (1.0 - say)) * moves
        sure = moves * moves / (say * (1.0 - say))
        slope[0] += pull * row.x[0]
        slope[1] += pull * row.x[1]
        a += sure * row.x[0] * row.x[0]
        b += sure * row.x[0] * row.x[1]
        d += sure * row.x[1] * row.x[1]
    return (slope[0], slope[1]), ((a, b), (b, d))


def _uphill(rows: Sequence[_Row], at: Pair, step: Pair) -> Pair:
    """The step, halved until it does not lead downhill."""
    here = _log_posterior(rows, at)
    for _ in range(_HALVINGS):
        there = (at[0] + step[0], at[1] + step[1])
        if _log_posterior(rows, there) >= here:
            return there
        step = (step[0] / 2.0, step[1] / 2.0)
    return at


def _log_posterior(rows: Iterable[_Row], at: Pair) -> float:
    bent = _times(_PRECISION, at)
    found = -0.5 * (at[0] * bent[0] + at[1] * bent[1])
    for row in rows:
        say = said_up(_share(row, at))
        found += row.up * log(say) + (1.0 - row.up) * log(1.0 - say)
    return found


def _inverse(of: Square) -> Square:
    (a, b), (_, d) = of
    whole = a * d - b * b
    return ((d / whole, -b / whole), (-b / whole, a / whole))


def _times(matrix: Square, by: Pair) -> Pair:
    return (matrix[0][0] * by[0] + matrix[0][1] * by[1], matrix[1][0] * by[0] + matrix[1][1] * by[1])


_PRECISION = _inverse(PRIOR)
