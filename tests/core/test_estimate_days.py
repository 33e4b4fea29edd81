"""The estimate of a day: what holds for any day, and a few days told (spec 8.2, 8.8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitbreak.core.accounting import days
from sitbreak.core.away_share import AwayShares, GapKind, Told, learn, tilt_at, told_by, weight_at
from sitbreak.core.estimate import PAUSES, Sitting, estimates, mean_of
from sitbreak.core.records import Evidence, GapLabel, SpanClass, Strength
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


@pytest.mark.parametrize(
    ("label", "seated"), [(GapLabel.HERE, 0.95), (GapLabel.STOOD, 0.05), (GapLabel.SAT, 0.05), (GapLabel.WALKED, 0.05)]
)
def test_an_answer_moves_its_gap_nearly_all_the_way(label: GapLabel, seated: float) -> None:
    """Any answer may be wrong, so a little doubt stays; the other gaps and the books are as they were."""
    day_ = Story("2026-03-02T09:00").sit(60).unseen(30).sit(60)
    before, found = monday(day_), monday(day_.say(label))
    share = (found.seated - 120 * (1 - PAUSES)) / 30
    assert abs(share - seated) < 0.1
    assert found.own < before.own
    assert found.observed == before.observed


def test_a_skipped_gap_is_as_if_nobody_had_asked() -> None:
    """Skipping is no answer."""
    day_ = Story("2026-03-02T09:00").sit(60).unseen(30).sit(60)
    before = monday(day_)
    assert monday(day_.say(GapLabel.SKIP)) == before


def test_of_two_answers_the_later_counts() -> None:
    """Somebody thought again."""
    day_ = Story("2026-03-02T09:00").sit(60).unseen(30).sit(60).say(GapLabel.WALKED).sit(5)
    again = monday(day_.say(GapLabel.HERE)).seated
    assert again == pytest.approx(
        monday(Story("2026-03-02T09:00").sit(60).unseen(30).sit(60).sit(5).say(GapLabel.HERE)).seated
    )


def test_answers_teach_the_habit() -> None:
    """Somebody who says "here" of every gap gets more desk sitting for the gaps nobody asked about."""
    story = Story("2026-03-02T09:00")
    for _ in range(6):
        story.sit(40).unseen(25).say(GapLabel.HERE)
    facts = story.sit(40).away(10, Strength.WEAK).sit(10).facts()
    learned = learn(told_by(facts.gaps))
    assert learned.answers == 6
    assert estimates(facts, learned)[MONDAY].seated > estimates(facts)[MONDAY].seated
    assert learned.level < 0


def test_what_is_up_lies_in_the_desk_window() -> None:
    """Breaks, a raised desk and short absences by their share; a long gap is in no desk window (spec 8.6)."""
    story = Story("2026-03-02T09:00").sit(60).away(7, Strength.WEAK).sit(30).unseen(40).sit(30)
    share = AwayShares().of(GapKind.OPEN, 420)
    assert monday(story).up == pytest.approx(7 * share)
    assert monday(story.stand(25).sit(5)).up == pytest.approx(7 * share + 25)


@given(STARTS, PIECES, st.integers(1, 20))
def test_many_days_alike_are_surer_than_one(start: str, pieces: list[tuple[str, int]], count: int) -> None:
    """On average they are what one of them is; of its scatter a part is left, what is unknown of the habit stays."""
    for one in estimates(told(start, pieces).facts()).values():
        many = mean_of([one] * count)
        assert many is not None
        assert many.seated == pytest.approx(one.seated)
        assert many.pull == pytest.approx(one.pull)
        assert many.own == pytest.approx(one.own / count)
        assert many.high - many.low <= one.high - one.low + 1e-9


def test_no_days_have_no_mean() -> None:
    """A week without a record says nothing."""
    assert mean_of([]) is None


def test_each_doubtful_stretch_has_its_share() -> None:
    """The strip draws it the darker, the surer it is that somebody was up."""
    found = monday(Story("2026-03-02T09:00").sit(60).away(7, Strength.WEAK).sit(30).unseen(40).sit(30))
    short, long = (found.shares[moment] for moment in sorted(found.shares))
    assert 0 < short < long < 1


def test_how_unsure_one_gap_leaves_a_day() -> None:
    """The gap's own variance, the habit's drift from day to day, and what the spans do not show."""
    story = Story("2026-03-02T09:00").sit(60).away(7, Strength.WEAK).sit(60)
    found, share = monday(story), AwayShares().of(GapKind.OPEN, 420)
    doubt = share * (1 - share)
    pull = weight_at(420) * doubt * 7
    assert found.pull == pytest.approx((pull, pull * tilt_at(420)))
    own = (0.85 * doubt + 0.012 * share) * 49 + 0.30**2 * pull**2 + 20**2
    assert found.own == pytest.approx(own)
    long = Story("2026-03-02T09:00").sit(60).unseen(30)
    asked, told = monday(long.sit(60)), monday(long.say(GapLabel.HERE).sit(1))
    assert told.pull[0] < 0.5 * asked.pull[0]
