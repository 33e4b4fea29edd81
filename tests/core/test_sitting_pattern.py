"""How broken-up a week was, where silent gaps end a stretch as often as they are likely to have been up (spec 8.4)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given

from sitbreak.core.accounting import days
from sitbreak.core.away_share import AwayShares, GapKind, Habit
from sitbreak.core.estimate import estimates
from sitbreak.core.records import Evidence, GapLabel, SpanClass, Strength
from sitbreak.core.sitting_pattern import DRAWS, mean, stretches
from tests.core.test_accounting_properties import PIECES, STARTS, told
from tests.fakes.machine import MINUTE
from tests.review.made import Story, day

MONDAY = day("2026-03-02")


def drawn(story: Story) -> list[list[float]]:
    """The stretches of the day told, in minutes, draw by draw."""
    return [[length / MINUTE for length in draw.get(MONDAY, [])] for draw in stretches(story.facts())]


@pytest.mark.parametrize("ended", ["move", "stand", "unseen"])
def test_what_is_known_to_end_a_stretch_ends_it_in_every_draw(ended: str) -> None:
    """A break, standing, and time the program did not run."""
    story = Story("2026-03-02T09:00").sit(40)
    story = story.unseen(30, Evidence.NOT_RUNNING) if ended == "unseen" else getattr(story, ended)(4)
    assert drawn(story.sit(20)) == [[40, 20]] * DRAWS


def test_a_silent_gap_ends_it_as_often_as_its_share_says() -> None:
    """Of the sixteen draws about a share of 0.39 end it; in the others it is part of the stretch."""
    found = drawn(Story("2026-03-02T09:00").sit(40).away(12, Strength.WEAK).sit(20))
    share = AwayShares().of(GapKind.OPEN, 720)
    ended = [lengths for lengths in found if lengths == [40, 20]]
    assert [lengths for lengths in found if lengths not in ([40, 20], [72])] == []
    assert len(ended) == pytest.approx(DRAWS * share, abs=1)


def test_a_silence_inside_sitting_can_end_it_too() -> None:
    """Four minutes that the books have as sitting."""
    found = drawn(Story("2026-03-02T09:00").sit(30).quiet(4).sit(30))
    assert {tuple(lengths) for lengths in found} == {(30, 26), (60,)}


def test_the_parts_of_one_gap_are_drawn_together() -> None:
    """A silence cut by a change of evidence ends the stretch once, or not at all."""
    found = drawn(Story("2026-03-02T09:00").sit(30).quiet(4).sit(2).sit(2, Evidence.READING).sit(30))
    assert {tuple(lengths) for lengths in found} == {(30, 30), (64,)}


def test_the_night_ends_every_stretch() -> None:
    """A gap over the day boundary, or of more than three hours, is never sat through."""
    story = Story("2026-03-02T17:00").sit(60).until("2026-03-03T09:00", Evidence.IDLE).sit(30).unseen(200).sit(10)
    for draw in stretches(story.facts()):
        assert [length / MINUTE for lengths in draw.values() for length in lengths] == [60, 30, 10]


def test_each_gap_is_drawn_by_its_own_number() -> None:
    """Two gaps of one share do not end the stretch in the same draws, and each day has what began on it."""
    story = Story("2026-03-02T09:00").sit(40).away(12, Strength.WEAK).sit(40).away(12, Strength.WEAK).sit(20)
    found = {tuple(lengths) for lengths in drawn(story)}
    assert {(40, 72), (92, 20)} <= found
    night = Story("2026-03-02T03:30").sit(20).quiet(4).sit(50)
    for draw in stretches(night.facts()):
        assert set(draw) <= {day("2026-03-01"), MONDAY}
        assert draw[day("2026-03-01")][0] >= 20 * MINUTE


def test_an_answer_moves_the_draws() -> None:
    """At my desk: hardly ever an end."""
    silent = drawn(Story("2026-03-02T09:00").sit(40).unseen(25).sit(20))
    told_here = drawn(Story("2026-03-02T09:00").sit(40).unseen(25).say(GapLabel.HERE).sit(20))
    assert sum(len(lengths) for lengths in told_here) < sum(len(lengths) for lengths in silent)


@given(STARTS, PIECES)
def test_without_silent_gaps_it_is_what_the_books_say(start: str, pieces: list[tuple[str, int]]) -> None:
    """Where nothing is in doubt every draw has the stretches of the books."""
    sure = [(what, minutes) for what, minutes in pieces if what in ("sit", "move", "stand")]
    facts = told(start, sure).facts()
    books = {summary.day: sorted(summary.lengths) for summary in days(facts) if summary.lengths}
    for draw in stretches(facts):
        assert {each: sorted(lengths) for each, lengths in draw.items()} == books


@given(STARTS, PIECES)
def test_no_draw_has_more_sitting_than_was_observed(start: str, pieces: list[tuple[str, int]]) -> None:
    """Stretches and the gaps drawn into them lie in the time observed."""
    facts = told(start, pieces).facts()
    whole = sum(each.observed for each in estimates(facts).values())
    for draw in stretches(facts, Habit(level=-2.0)):
        drawn_whole = sum((length for lengths in draw.values() for length in lengths), timedelta(0))
        assert drawn_whole / MINUTE <= whole + 1e-6


def test_the_mean_over_the_draws() -> None:
    """Of days without sitting there is none."""
    facts = Story("2026-03-02T09:00").sit(70).move(2).sit(20).correct(1, 1, SpanClass.SEATED).facts()
    found = mean(stretches(facts), [MONDAY], timedelta(minutes=75))
    assert found is not None
    assert (found.share30, found.share60, found.long, found.w50) == pytest.approx((70 / 90, 70 / 90, 0, 70))
    assert mean(stretches(facts), [day("2026-03-03")]) is None
