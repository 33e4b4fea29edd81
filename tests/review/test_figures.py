"""The figures as names and values, the same wherever they are listed."""

from __future__ import annotations

from sitbreak.core.records import Outcome, Strength
from sitbreak.review import figures, words
from sitbreak.review.build import Scope, Terms, render, review, several_days
from sitbreak.review.patterns import GoalRun, goal_run
from tests.review.made import Story, day
from tests.review.told import MONDAY, kept, one_day, seen


def test_a_day_has_its_confirmed_minutes_with_their_parts() -> None:
    """7 min in breaks, 5 standing, 15 noted."""
    view = seen(one_day(), MONDAY).day
    assert view.summary is not None
    listed = dict(figures.day(view, view.summary))
    assert listed["Out of the chair, you confirmed"] == (
        "27 of 10 min (7 min in breaks, 5 min standing at the desk, 15 min noted by you)"
    )
    assert listed["As booked"] == "sitting 4 h 5 min, standing 5 min, up 7 min, away 19 min"
    assert listed["Reminders"] == "4: 2 taken, 1 later, 1 no answer"
    assert listed["Last break"] == "13:12, 3 min"


def test_a_day_without_a_break_has_no_last_one() -> None:
    """And no parts of nothing."""
    view = seen(Story("2026-03-02T09:00").sit(40), MONDAY).day
    assert view.summary is not None
    listed = dict(figures.day(view, view.summary))
    assert listed["Out of the chair, you confirmed"] == "0 of 10 min"
    assert listed["Reminders"] == "none"
    assert "Last break" not in listed


def test_what_the_books_have_adds_up_to_the_time_at_the_desk() -> None:
    """Each class of the desk's time is in it once; in seated mode nothing is said of standing."""
    view = seen(Story("2026-03-02T09:00").sit(40).stand(20).move(4).sit(30).away(8).sit(10), MONDAY).day
    assert view.summary is not None
    assert figures.booked(view.summary, words.UPRIGHT) == "sitting 1 h 20 min, standing 20 min, up 4 min, away 8 min"
    assert view.summary.omega == 80 + 20 + 4 + 8
    assert figures.booked(view.summary, words.SEATED) == "sitting 1 h 20 min, moving 4 min, away 8 min"


def test_several_days_have_their_mean_and_their_best() -> None:
    """Days without a record are in neither."""
    story = Story("2026-03-02T09:00").sit(31).prompt(Outcome.TAKEN).move(4).sit(20)
    story.until("2026-03-04T09:00").sit(31).prompt(Outcome.TAKEN).move(12).sit(20)
    last = day("2026-03-04")
    history, terms = kept(story), Terms(today=last)
    days = several_days(history, last, 28, terms)
    assert figures.several_days(days, goal_run(days)) == (
        ("Days with a record", "2"),
        ("Goal met on", "1 day"),
        ("In a row, days off left out", "1 day now, 1 at best"),
        ("A day, on average", "8 min"),
        ("Best day", "Wed 4 Mar, 12 min"),
    )
    page = render(review(history, last, terms), Scope.MONTH)
    assert "Wed 4 Mar, 12 min" in page


def test_a_row_of_goal_days_that_ended_is_not_held_against_anybody() -> None:
    """It is told at its best, and not at all where there was none."""
    days = [seen(Story("2026-03-02T09:00").sit(31), MONDAY).day]
    rows = {name for name, _told in figures.several_days(days, GoalRun())}
    assert "In a row, days off left out" not in rows
    assert dict(figures.several_days(days, GoalRun(0, 2)))["In a row, days off left out"] == "2 days at best"


def test_only_the_longest_doubts_are_asked_about() -> None:
    """In order of time, with a sentence about the others; a summary with details has them all."""
    story = Story("2026-03-02T09:00")
    for minutes in (6, 12, 5, 11, 10, 9, 8, 7):
        story.sit(10).away(minutes, Strength.WEAK)
    view = seen(story.sit(10), MONDAY).day
    assert [doubt.minutes for doubt in view.main_doubts] == [12, 11, 10, 9, 8, 7]
    assert view.shorter_doubts == "2 shorter ones, 11 min in all, are in the strip."
    assert len(view.doubts) == 8
    assert seen(Story("2026-03-02T09:00").sit(10).away(6, Strength.WEAK).sit(9), MONDAY).day.shorter_doubts == ""


def test_nothing_recorded_has_no_best_day() -> None:
    """One line says so."""
    nothing = [seen(Story("2026-03-02T09:00"), MONDAY).day]
    assert figures.several_days(nothing, GoalRun()) == (("Days with a record", "none"),)
