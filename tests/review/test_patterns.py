"""When of the week long sitting gathers, and goal days in a row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitbreak.core.accounting import days as summaries_of
from sitbreak.core.records import Facts, Outcome
from sitbreak.review.build import Terms, several_days
from sitbreak.review.patterns import GoalRun, LongSitting, goal_run, long_sitting, suggestion
from tests.review.made import Story, day
from tests.review.told import kept

WEEKEND_OFF = frozenset(range(5))


def afternoons(count: int, minutes: float = 100) -> Story:
    """So many days from Monday on with one stretch from 14:10, and a short one before."""
    story = Story("2026-03-02T09:00")
    for number in range(count):
        story.until(f"2026-03-{2 + number:02}T09:00").sit(20).away(10)
        story.until(f"2026-03-{2 + number:02}T14:10").sit(minutes).away(10)
    return story


def gathered(story: Story, latest: float = 45) -> LongSitting:
    """The map of a story."""
    return long_sitting(summaries_of(Facts(spans=tuple(story.spans))), latest)


def test_a_long_stretch_lies_in_the_hours_it_covers() -> None:
    """100 minutes from 14:10 are 50 and 50; a short stretch is nowhere."""
    found = gathered(afternoons(1))
    assert dict(found.cells) == pytest.approx({(0, 14): 50.0, (0, 15): 50.0})
    assert found.hours == range(14, 16)


def test_the_map_holds_as_many_minutes_as_the_long_stretches() -> None:
    """Nothing is lost at an hour's edge, nor at midnight."""
    story = Story("2026-03-02T21:30").sit(200).away(10).sit(50)
    assert sum(gathered(story).cells.values()) == pytest.approx(250.0)


def test_a_weekday_is_an_average_of_its_days() -> None:
    """Two Mondays, one of them without: half."""
    story = afternoons(1)
    story.until("2026-03-09T09:00").sit(20).away(10)
    assert gathered(story).at(0, 14) == pytest.approx(25.0)


def test_the_suggestion_names_the_hours() -> None:
    """In plain words, with the figure it rests on."""
    assert suggestion(gathered(afternoons(5))) == (
        "Long stretches gather between 14:00 and 16:00: 100 of those 120 minutes on an average day. "
        "One thing to try: a break of your own at about 15:00."
    )


def test_an_hour_before_midnight_is_told_by_the_clock() -> None:
    """There is no 24:00 at which to take a break, and no 25:00."""
    late = LongSitting({(0, 23): 50.0}, {0: 5})
    assert "between 23:00 and 01:00" in suggestion(late)
    assert "at about 00:00" in suggestion(late)


def test_a_weekday_that_stands_out_is_named() -> None:
    """When it was seen twice and has half as much again."""
    found = gathered(afternoons(5))
    tuesday = replace(found, cells={(1, 14): 60.0, (1, 15): 60.0, (2, 14): 30.0}, days={0: 2, 1: 2, 2: 2})
    assert "between 14:00 and 16:00, on Tuesdays above all: 50 of" in suggestion(tuesday)
    assert "Tuesdays" not in suggestion(replace(tuesday, days={0: 3, 1: 1, 2: 2}))


@pytest.mark.parametrize("story", [afternoons(4), afternoons(5, minutes=44), Story("2026-03-02T09:00")])
def test_too_little_suggests_nothing(story: Story) -> None:
    """Fewer than five days, or no long stretch at all."""
    assert suggestion(gathered(story)) == ""


def row(*minutes: float | None) -> GoalRun:
    """The goal days in a row when so many minutes were confirmed on the days from a Monday on; the goal is 10."""
    story = Story("2026-03-02T09:00")
    for number, moved in enumerate(minutes):
        if moved is not None:
            story.until(f"2026-03-{2 + number:02}T09:00").sit(31)
            if moved:
                story.prompt(Outcome.TAKEN).move(moved)
            story.sit(20)
    last = day(f"2026-03-{1 + len(minutes):02}")
    terms = Terms(today=last, weekdays=WEEKEND_OFF)
    return goal_run(several_days(kept(story), last, len(minutes), terms), WEEKEND_OFF)


@pytest.mark.parametrize(
    ("minutes", "found"),
    [
        ((12, 12, 12), GoalRun(3, 3)),
        ((12, 0, 12), GoalRun(1, 1)),
        ((12, 12, 12, 12, 0, 12), GoalRun(1, 4)),
        ((12, 12, 12, 12, 12, 0, None, 12), GoalRun(6, 6)),  # a Saturday below the goal, a Sunday without a record
        ((12, None, 12), GoalRun(2, 2)),
        ((12, 12, 0), GoalRun(2, 2)),  # today is not over
    ],
)
def test_goal_days_in_a_row(minutes: tuple[float | None, ...], found: GoalRun) -> None:
    """A workday below the goal ends the row; days off, days without a record and today do not."""
    assert row(*minutes) == found
