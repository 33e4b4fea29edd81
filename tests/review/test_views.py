"""The view of a day, a week and four weeks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sitbreak.core.accounting import days
from sitbreak.core.records import BreakRecord, DeclaredMovement, Evidence, Outcome, Span
from sitbreak.review import weeks
from sitbreak.review.build import Terms, review, several_days
from sitbreak.review.strip import StripLook
from sitbreak.review.weeks import week_sentence
from tests.review.made import Story, day
from tests.review.told import MONDAY, NAMES, kept, one_day, seen, two_months


def test_figures_are_those_of_the_books() -> None:
    """The day of a review has exactly the figures the books have."""
    found = seen(one_day(), MONDAY)
    assert found.day.summary == days(one_day().facts())[0]


def test_prompts_and_breaks_have_names() -> None:
    """Prompts and breaks are listed with their local time and what people call the movement."""
    view = seen(one_day(), MONDAY).day
    assert [(line.time, line.outcome) for line in view.prompts][:2] == [("09:35", "taken"), ("10:31", "later")]
    assert [line.movement for line in view.breaks] == ["Calf raises", "Standing turns"]


def test_doubts_come_with_the_command_that_settles_them() -> None:
    """What is not sure is listed with a command whose times lie inside the stretch."""
    view = seen(one_day(), MONDAY).day
    assert [doubt.command for doubt in view.doubts] == [
        "sitbreak correct 11:00 11:44 ...",
        "sitbreak correct 12:36 12:44 ...",
    ]
    past = seen(one_day(), MONDAY, today=MONDAY + timedelta(days=1)).day
    assert past.doubts[0].command == "sitbreak correct 2026-03-02T11:00 2026-03-02T11:44 ..."


def test_after_midnight_a_time_alone_would_be_another_day() -> None:
    """At half past midnight the logical day goes on, but "12:36" would mean the new date: the command names it."""
    terms = Terms(today=MONDAY, calendar=MONDAY + timedelta(days=1))
    assert "2026-03-02T11:00" in review(kept(one_day()), MONDAY, terms).day.doubts[0].command


def test_a_week_in_one_sentence() -> None:
    """The week is told like the day; silent gaps end its stretches as often as their share says."""
    week = seen(one_day(), MONDAY).week
    assert weeks.week_sentence(week).startswith(
        "27 minutes out of the chair on 1 day, 41% of the sitting in stretches of 45 min"
    )
    assert weeks.week_sentence(seen(Story("2026-03-02T09:00"), MONDAY).week) == "Nothing was recorded in this week."


def test_a_film_is_a_doubt() -> None:
    """Half an hour that rests on a player alone is booked as seated, and said to be unsure."""
    view = seen(Story("2026-03-02T20:00").sit(10).sit(50, Evidence.MEDIA).sit(5), MONDAY).day
    assert [doubt.what for doubt in view.doubts] == ["booked as seated: something was playing"]


def test_the_night_is_no_doubt() -> None:
    """Gaps that reach into another day are not asked about, nor drawn."""
    view = seen(Story("2026-03-02T09:00").sit(30).until("2026-03-03T09:00").sit(10), MONDAY).day
    assert view.doubts == ()
    assert view.strip is not None
    assert view.strip.length == 30


def test_strip_covers_the_day_in_order() -> None:
    """The pieces of a strip touch, and long stretches look different."""
    strip = seen(one_day(), MONDAY).day.strip
    assert strip is not None
    assert [a.end for a in strip.pieces[:-1]] == [b.start for b in strip.pieces[1:]]
    assert sum(piece.look is StripLook.LONG for piece in strip.pieces) == 1
    assert [mark.label for mark in strip.hours][:2] == ["09", "10"]


def test_both_nights_of_the_clock_change() -> None:
    """Hours are those of the wall clock: one is missing in spring, one comes twice in autumn."""
    found = {}
    for night in ("2026-03-28", "2026-10-24"):
        strip = seen(Story(f"{night}T23:30").sit(60 * 4.6), day(night)).day.strip
        assert strip is not None
        found[night] = [mark.label for mark in strip.hours]
    assert found["2026-03-28"] == ["00", "01", "03"]
    assert found["2026-10-24"] == ["00", "01", "02", "02", "03"]


def test_week_ends_today_and_knows_its_gaps() -> None:
    """A running week lists its days up to today, those without a record too."""
    story = Story("2026-03-02T09:00").sit(60).until("2026-03-04T09:00").sit(30)
    week = seen(story, day("2026-03-04")).week
    assert [view.summary is None for view in week.days] == [False, True, False]
    assert (week.first, week.last) == (MONDAY, day("2026-03-08"))


def test_movements_and_areas_of_the_week() -> None:
    """Movements are counted with their minutes, and body areas by how often they were served."""
    week = seen(one_day(), MONDAY).week
    assert [(line.title, line.times, line.minutes) for line in week.movements] == [
        ("Calf raises", 1, 4),
        ("Standing turns", 1, 3),
    ]
    assert dict(week.areas) == {"calves": 1, "back": 1, "hips": 1}


def test_bout_over_the_boundary_counts_in_full() -> None:
    """The neighbouring days are read as well, so that a stretch through the night is seen whole."""
    assert seen(Story("2026-03-02T03:00").sit(120), day("2026-03-01")).day.summary is not None
    first = seen(Story("2026-03-02T03:00").sit(120), day("2026-03-01")).day.summary
    assert first is not None
    assert first.longest == 120


def test_four_weeks_against_the_baseline() -> None:
    """With a baseline the four weeks have an estimate, a mean of L, the goal of each day and the prompts by hour."""
    story, facts, last = two_months()
    month = seen(story, last, *facts).month
    assert month.baseline is not None
    assert month.baseline.firm
    assert month.reduction is not None
    assert month.reduction.days >= 15
    assert all(seven.moved_out is not None for seven in month.weeks)
    assert {view.goal for view in month.days} == {10, 20}
    assert len(month.days) == 28
    assert sum(line.shown for line in month.hours) > sum(line.taken for line in month.hours) - 1 > 0
    assert month.walks


def test_reduction_in_words() -> None:
    """The estimate is said with its range; without a baseline that is said instead."""
    story, facts, last = two_months()
    told = weeks.reduction_words(seen(story, last, *facts).month)
    assert told[0].startswith("Time up, against as much desk time on your usual days: ")
    assert "No baseline" in weeks.reduction_words(seen(one_day(), MONDAY).month)[0]


def test_old_baseline_is_read_too() -> None:
    """A baseline from long before the four weeks is still measured."""
    story, facts, last = two_months()
    story.until(f"{last + timedelta(days=200)}T09:00").sit(200).away(5).sit(100)
    found = seen(story, last + timedelta(days=200), *facts)
    assert found.month.reduction is not None
    assert found.month.reduction.days == 1


def test_the_next_goal_is_offered_today_only() -> None:
    """A higher goal is offered on the present day, not in a look back, and not where the ladder is off."""
    story, facts, last = two_months()
    history = kept(story, *facts)
    assert review(history, last, Terms(today=last)).offer == 40
    assert review(history, last, Terms(today=last + timedelta(days=1))).offer is None
    assert review(history, last, Terms(today=last, ladder=False)).offer is None


def test_several_days_beyond_four_weeks() -> None:
    """Any number of days can be asked for."""
    story, facts, last = two_months()
    views = several_days(kept(story, *facts), last, 60, Terms(today=last, names=NAMES))
    assert len(views) == 60
    assert views[2].summary is not None
    assert views[-1].day == last


def test_undelivered_is_not_shown() -> None:
    """A prompt that could not be shown is no refusal: it is left out of the hours."""
    story = Story("2026-03-02T09:00").sit(40).prompt(Outcome.UNDELIVERED).sit(10).prompt(None).sit(5)
    assert seen(story, MONDAY).month.hours == ()
    assert dict(seen(story, MONDAY).week.outcomes) == {"could not be shown": 1, "still open": 1}


def test_walks_on_days_without_a_record_are_in_the_log() -> None:
    """A walk noted on a day without observation stays in the walking log."""
    now = Story("2026-03-02T09:00").now
    walk = DeclaredMovement(now, MONDAY, 20, False)
    assert seen(Story("2026-03-01T09:00").sit(5), MONDAY, walk).month.walks == (walk,)


def test_spans_are_facts_and_stay() -> None:
    """Building a review changes nothing in the history."""
    story = one_day()
    history = kept(story)
    before: tuple[Span, ...] = history.facts(MONDAY, MONDAY).spans
    review(history, MONDAY, Terms(today=MONDAY))
    assert history.facts(MONDAY, MONDAY).spans == before


def test_long_is_what_goes_past_the_own_latest_moment() -> None:
    """A day that follows its reminders is no wall of orange, however early they are asked for."""
    history, long = kept(one_day()), {}
    for latest in (30, 45, 60):
        strip = review(history, MONDAY, Terms(today=MONDAY, latest=latest)).day.strip
        assert strip is not None
        long[latest] = sum(piece.look is StripLook.LONG for piece in strip.pieces)
    assert long == {30: 3, 45: 1, 60: 0}


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (2, 5, "That is 3 min a day more than in the week before."),
        (5, 2, "That is 3 min a day less than in the week before."),
        (4, 4, "That is as much a day as in the week before."),
    ],
)
def test_a_week_is_compared_with_the_one_before(first: int, second: int, said: str) -> None:
    """By the mean of its days with a record; without one before nothing is said."""
    story = Story("2026-03-02T09:00").sit(31).prompt(Outcome.TAKEN).move(first).sit(20)
    story.until("2026-03-09T09:00").sit(31).prompt(Outcome.TAKEN).move(second).sit(20)
    weeks = [review(kept(story), on, Terms(today=day("2026-03-09"))).week for on in (MONDAY, day("2026-03-09"))]
    assert "week before" not in week_sentence(weeks[0])
    assert said in week_sentence(weeks[1])


def test_a_break_under_way_is_said_to_be_so() -> None:
    """It is not nothing to count; once its time is over without credit it is."""
    story = Story("2026-03-02T09:00").sit(31).prompt(Outcome.TAKEN)
    begun = BreakRecord(story.now, MONDAY, timedelta(minutes=2), "walk-corridor", None)
    for later, credited in ((1.0, "under way"), (3.0, "nothing to count")):
        told = Story("2026-03-02T09:00").sit(31 + later)
        (line,) = review(kept(told, begun), MONDAY, Terms(today=MONDAY)).day.breaks
        assert line.credited == credited
