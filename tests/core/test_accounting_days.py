"""Days, boundaries and gaps in the books."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sitbreak.core.accounting import days
from sitbreak.core.records import Evidence, Facts, SpanClass, Strength
from sitbreak.core.spans import bouts
from tests.review.made import Story, day

DAY_KEYS = ["day", "S", "M", "T", "A_strong", "A_weak", "X", "D", "omega", "C", "longest"]
DAY_KEYS += ["n30", "min30", "n60", "min60", "bouts", "w50", "valid"]


def test_no_facts_no_days() -> None:
    """Nothing recorded gives no day."""
    assert days(Facts()) == []


def test_figures_have_exactly_the_keys_of_the_replay_answer() -> None:
    """The figures of a day are those of the replay format, in its order."""
    (summary,) = days(Story("2026-03-02T09:00").sit(10).facts())
    assert list(summary.figures()) == DAY_KEYS


def test_stretches_at_the_limits() -> None:
    """A stretch of exactly 30 or 60 minutes counts as one; a second less does not."""
    story = Story("2026-03-02T09:00").sit(30).move(2).sit(60).move(2).sit(30 - 1 / 60).move(2).sit(60 - 1 / 60)
    (summary,) = days(story.facts())
    assert [count for count, _ in (summary.prolonged(), summary.prolonged(timedelta(hours=1)))] == [3, 1]


def test_bout_across_the_boundary_keeps_its_length() -> None:
    """Minutes are split at 04:00; the bout stays one, in full, on the day it began."""
    first, second = days(Story("2026-03-02T03:00").sit(90).move(2).sit(20).facts())
    assert (first.seated, second.seated) == (60, 50)
    assert first.figures()["bouts"] == [90]
    assert second.figures()["bouts"] == [20]


def test_day_with_sitting_but_no_bout_of_its_own() -> None:
    """A day that holds only the end of a bout has no longest stretch and no W50."""
    _, second = days(Story("2026-03-02T03:00").sit(90).facts())
    figures = second.figures()
    assert (figures["S"], figures["longest"], figures["w50"], figures["n30"]) == (30, None, None, 0)


def test_a_cut_in_the_records_ends_no_bout() -> None:
    """Spans of different evidence that touch are one sitting bout."""
    story = Story("2026-03-02T09:00").sit(20).sit(15, Evidence.CALL).sit(5)
    assert [bout.duration for bout in bouts(story.spans)] == [timedelta(minutes=40)]


@pytest.mark.parametrize("kind", ["move", "away", "stand", "unseen"])
def test_what_ends_a_bout(kind: str) -> None:
    """A break, an absence, standing and unobserved time each end a bout."""
    story = Story("2026-03-02T09:00").sit(20)
    getattr(story, kind)(10)
    assert len(bouts(story.sit(20).spans)) == 2


def test_lunch_counts_as_unobserved_but_the_night_does_not() -> None:
    """Only a gap between the first and the last presence of a day is its unobserved time."""
    story = Story("2026-03-02T09:00").sit(60).unseen(45).sit(60).until("2026-03-03T09:00").sit(30).unseen(25).sit(5)
    assert [summary.unobserved for summary in days(story.facts())] == [45, 25]


def test_gap_within_the_day_at_its_edge_counts() -> None:
    """A gap that ends the records, but not at the boundary, lies between two presences of that day."""
    (summary,) = days(Story("2026-03-02T09:00").unseen(30).facts())
    assert (summary.unobserved, summary.omega, summary.longest) == (30, 0, None)


def test_a_break_that_ran_over_the_boundary_does_not_let_the_night_in() -> None:
    """The rest of a gap that began on the day before stays out, though a credited break leads it."""
    story = Story("2026-03-02T03:30").sit(28).move(4).unseen(240).sit(30)
    assert [summary.unobserved for summary in days(story.facts())] == [0, 0]


def test_a_weekend_off_is_no_day() -> None:
    """Days without any presence are not listed."""
    story = Story("2026-03-06T17:00").sit(60).until("2026-03-09T09:00").sit(60)
    assert [summary.day for summary in days(story.facts())] == [day("2026-03-06"), day("2026-03-09")]


def test_neighbours_are_not_needed_to_see_the_cut() -> None:
    """With only one day's spans at hand the boundary itself tells that a gap goes on beyond it."""
    story = Story("2026-03-02T17:00").sit(60).until("2026-03-03T09:00").sit(60)
    for index, start in enumerate((slice(0, 2), slice(2, 4))):
        (summary,) = days(Facts(spans=tuple(story.spans[start])))
        assert (index, summary.unobserved, summary.seated) == (index, 0, 60)


@pytest.mark.parametrize("night", ["2026-03-28", "2026-10-24"])
def test_daylight_saving_moves_no_minutes(night: str) -> None:
    """A bout through a night in which the clocks change is as long as it was."""
    story = Story(f"{night}T23:00").sit(6 * 60)
    assert sum(summary.seated for summary in days(story.facts())) == 360
    assert days(story.facts())[0].longest == 360


def test_only_counted_walks_enter_c() -> None:
    """A walk that did not fit unobserved time is listed, but is no part of C."""
    story = Story("2026-03-02T09:00").sit(60).unseen(45).walk(15).walk(90, counted=False).sit(60)
    (summary,) = days(story.facts())
    assert (summary.declared, summary.reduced, len(summary.walks)) == (15, 15, 2)


def test_no_minute_counts_twice_after_a_correction() -> None:
    """A walk noted for a gap gives way where the gap itself is corrected to walking."""
    story = Story("2026-03-02T09:00").sit(60).unseen(45).walk(15).sit(60).correct(105, 40, SpanClass.BREAK)
    (summary,) = days(story.facts())
    assert (summary.moved, summary.unobserved, summary.declared, summary.reduced) == (40, 5, 5, 45)


def test_visible_breaks_are_counted_once_each() -> None:
    """A break with the rest of its gap is one visible break; unobserved time is none."""
    story = Story("2026-03-02T09:00").sit(30).move(4).away(6).sit(30).unseen(40).sit(30).away(9, Strength.WEAK).sit(1)
    assert [summary.breaks_seen for summary in days(story.facts())] == [2]
