"""The estimate of a day: what holds for any day, and a few days told (spec 8.2, 8.8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitbreak.core.accounting import days
from sitbreak.core.awayshare import AwayShares, GapKind
from sitbreak.core.estimate import PAUSES, Sitting, estimates
from sitbreak.core.habit import Told, learn
from sitbreak.core.records import Evidence, SpanClass, Strength
from tests.core.test_accounting_properties import PIECES, STARTS, told
from tests.review.made import Story, day

MONDAY = day("2026-03-02")
ANSWERS = st.lists(st.builds(Told, st.floats(300, 5000), st.sampled_from([0.0, 0.5, 1.0])), max_size=10)


def monday(story: Story) -> Sitting:
    """The estimate of the day told."""
    return estimates(story.facts())[MONDAY]


@given(STARTS, PIECES, ANSWERS, st.integers(1, 400), st.integers(1, 400), st.sampled_from(list(SpanClass)))
def test_the_range_holds_the_estimate_and_lies_in_what_was_observed(
    start: str, pieces: list[tuple[str, int]], answers: list[Told], back: int, minutes: int, kind: SpanClass
) -> None:
    """For any day, answers and correction: 0 <= low <= seated <= high <= observed."""
    facts = told(start, pieces).correct(back, minutes, kind).facts()
    for found in estimates(facts, learn(answers)).values():
        assert 0 <= found.low <= found.seated + 1e-9
        assert found.seated <= found.high + 1e-9
        assert found.high <= found.observed
        assert found.away >= -1e-9


@given(STARTS, PIECES)
def test_the_books_are_the_same_with_and_without_it(start: str, pieces: list[tuple[str, int]]) -> None:
    """Estimating changes no figure of the books."""
    facts = told(start, pieces).facts()
    before = days(facts)
    estimates(facts)
    assert days(facts) == before


def test_a_silent_gap_is_partly_away() -> None:
    """Seven minutes without input are split as the table says; time at the keys loses its small pauses."""
    found = monday(Story("2026-03-02T09:00").sit(60).away(7, Strength.WEAK).sit(60))
    share = AwayShares().of(GapKind.OPEN, 420)
    assert found.seated == pytest.approx(120 * (1 - PAUSES) + 7 * (1 - share))
    assert found.observed == pytest.approx(127)


def test_blind_time_is_in_nothing() -> None:
    """Time the program did not run is neither seated nor away."""
    found = monday(Story("2026-03-02T09:00").sit(60).unseen(30, Evidence.NOT_RUNNING).sit(60))
    assert (found.observed, found.blind) == pytest.approx((120, 30))


def test_what_was_said_beats_the_table() -> None:
    """A gap corrected to sat is seated in full, one corrected to walked not at all."""
    story = Story("2026-03-02T09:00").sit(60).away(10, Strength.WEAK)
    seated = 60 * (1 - PAUSES)
    assert monday(story.correct(10, 10, SpanClass.SEATED)).seated == pytest.approx(seated + 10)
    assert monday(story.correct(10, 10, SpanClass.BREAK)).seated == pytest.approx(seated)


def test_standing_and_breaks_are_not_seated() -> None:
    """Declared standing and an accepted break leave no seated minute."""
    found = monday(Story("2026-03-02T09:00").sit(60).stand(20).move(4).sit(60))
    assert found.away == pytest.approx(24 + 120 * PAUSES)


def test_the_night_is_in_no_day() -> None:
    """What nobody saw between two days is neither day's."""
    story = Story("2026-03-02T09:00").sit(60).until("2026-03-03T09:00", Evidence.IDLE).sit(60)
    assert [each.observed for each in estimates(story.facts()).values()] == pytest.approx([60, 60])


def test_a_habit_moves_the_day() -> None:
    """Whoever says "up" of such gaps is estimated to sit less, and surer."""
    facts = Story("2026-03-02T09:00").sit(60).away(10, Strength.WEAK).sit(60).facts()
    usual, up = estimates(facts)[MONDAY], estimates(facts, learn([Told(600.0, 1.0)] * 20))[MONDAY]
    assert up.seated < usual.seated
    assert up.seated - up.low < usual.seated - usual.low
