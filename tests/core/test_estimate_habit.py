"""What holds for away shares and for the habit learned from answers, whatever is answered (spec 8.8)."""

from __future__ import annotations

from itertools import pairwise
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitbreak.core.away_share import (
    FORETOLD,
    KNOTS,
    LEARNED_FROM,
    NO_ANSWERS,
    PRIOR,
    TABLE,
    AwayShares,
    GapKind,
    Habit,
    Told,
    after_answer,
    foreseen,
    learn,
    logistic,
    table_odds,
    tilt_at,
    weight_at,
)

ANSWERS = st.lists(
    st.builds(Told, st.floats(60, 20_000), st.sampled_from([0.0, 0.5, 1.0])),
    max_size=40,
)
MODELLED = st.sampled_from(sorted(TABLE))


@given(ANSWERS, st.sampled_from(list(GapKind)), st.lists(st.floats(60, 50_000), min_size=2, max_size=20))
def test_the_share_never_falls_with_length(told: list[Told], kind: GapKind, lengths: list[float]) -> None:
    """Whatever was answered, a longer gap is never less away than a shorter one of its kind, and stays in 0 to 1."""
    shares = AwayShares(learn(told))
    found = [shares.of(kind, length) for length in sorted(lengths)]
    assert all(earlier <= later + 1e-12 for earlier, later in pairwise(found))
    assert all(0 <= share <= 1 for share in found)


@given(MODELLED)
def test_without_answers_the_table_holds(kind: GapKind) -> None:
    """At the knots the shares are those of the table, and no answers leave the prior as it is."""
    shares = AwayShares(learn([]))
    assert [shares.of(kind, knot) for knot in KNOTS] == pytest.approx(TABLE[kind], abs=0.003)
    assert learn([]).covariance[0] == pytest.approx(PRIOR[0])
    assert (learn([]).level, learn([]).tilt) == (NO_ANSWERS.level, NO_ANSWERS.tilt)


@given(ANSWERS, st.randoms())
def test_answers_commute(told: list[Told], order: object) -> None:
    """The same answers in any order give the same habit."""
    shuffled = list(told)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert learn(shuffled) == learn(told)


@given(st.integers(1, 60), st.floats(120, 1500))
def test_answers_pull_the_right_way_and_narrow(count: int, seconds: float) -> None:
    """ "Up" raises the share of such gaps, "at my desk" lowers it, and either leaves less unknown than before."""
    usual = AwayShares().of(GapKind.OPEN, seconds)
    up, here = learn([Told(seconds, 1.0)] * count), learn([Told(seconds, 0.0)] * count)
    assert AwayShares(here).of(GapKind.OPEN, seconds) < usual < AwayShares(up).of(GapKind.OPEN, seconds)
    for habit in (up, here):
        assert habit.covariance[0][0] < PRIOR[0][0]
        assert habit.covariance[1][1] <= PRIOR[1][1] + 1e-12


def test_only_the_latest_answers_count() -> None:
    """A habit of long ago is forgotten once there are enough later answers."""
    old, new = [Told(600.0, 1.0)] * 50, [Told(600.0, 0.0)] * LEARNED_FROM
    assert learn(old + new) == learn(new)


@given(st.floats(0.001, 0.999))
def test_an_answer_moves_its_own_gap(share: float) -> None:
    """An answered gap is taken nearly, and never quite, as said."""
    assert 0 < after_answer(share, 0.0) < share < after_answer(share, 1.0) < 1
    assert after_answer(share, 0.5) == 0.5


def test_a_lock_leaves_ten_seconds_seated() -> None:
    """A gap locked by hand was spent away but for the ten seconds around it; a break in full."""
    assert AwayShares().of(GapKind.LOCK, 61.0) == pytest.approx(1 - 10 / 61)
    assert AwayShares().of(GapKind.BREAK, 61.0) == 1.0


def test_what_was_foreseen_is_counted_before_it_was_learned() -> None:
    """Long gaps are thought away: the first answer to the contrary is a surprise, after many it is foreseen."""
    assert foreseen([Told(3000.0, 1.0)] * 5) == (5, 5)
    right, of = foreseen([Told(700.0, 1.0)] * 20)
    assert of == 20
    assert 10 < right < 20
    assert foreseen([Told(700.0, 0.5)] * 5) == (0, 0)
    assert foreseen([Told(700.0, 1.0)] * 120)[1] == FORETOLD


def log_posterior(level: float, tilt: float, told: list[Told]) -> float:
    """The formula of spec 8.2 written down once more: a normal prior, and each answer as probable as it is said."""
    (a, b), (_, d) = PRIOR
    whole = a * d - b * b
    found = -0.5 * (d * level**2 - 2 * b * level * tilt + a * tilt**2) / whole
    for each in told:
        odds = table_odds(each.seconds) + weight_at(each.seconds) * (level + tilt_at(each.seconds) * tilt)
        say = 0.07 + 0.86 * logistic(odds)
        found += each.up * log(say) + (1 - each.up) * log(1 - say)
    return found


@given(st.lists(st.builds(Told, st.floats(90, 5000), st.sampled_from([0.0, 0.5, 1.0])), min_size=1, max_size=40))
def test_what_is_learned_is_the_most_probable(told: list[Told]) -> None:
    """No habit near it is more probable after these answers."""
    found = learn(told)
    best = log_posterior(found.level, found.tilt, told)
    for step in (0.02, -0.02):
        assert log_posterior(found.level + step, found.tilt, told) <= best + 1e-9
        assert log_posterior(found.level, found.tilt + step, told) <= best + 1e-9


def test_a_tilted_habit_raises_long_gaps_and_lowers_short_ones() -> None:
    """The tilt is about 5 min: above it pulls up, below it down."""
    tilted = AwayShares(Habit(0.0, 1.0, PRIOR, 20))
    assert tilted.of(GapKind.OPEN, 1040.0) > AwayShares().of(GapKind.OPEN, 1040.0)
    assert tilted.of(GapKind.OPEN, 120.0) < AwayShares().of(GapKind.OPEN, 120.0)
