"""The worked examples of the books, to the tenth of a minute (spec 1.6)."""

from __future__ import annotations

import pytest

from sitbreak.core.accounting import DaySummary, days
from sitbreak.core.baseline_goal import reduction
from sitbreak.core.records import Evidence
from tests.review.made import Story

E_B = 0.085


def one(story: Story) -> DaySummary:
    """The only day of a story."""
    (summary,) = days(story.facts())
    return summary


def tenth(value: float) -> float:
    """Rounded to a tenth of a minute."""
    return round(value, 1)


def test_short_day() -> None:
    """Example B: a short day with one break and one short absence."""
    story = Story("2026-03-02T09:00").sit(70).move(4).sit(66).away(16).sit(24)
    summary = one(story)
    assert (summary.seated, summary.up, summary.omega, summary.reduced) == (160, 20, 180, 4)
    assert summary.figures()["bouts"] == [70, 66, 24]
    assert tenth(reduction(summary.up, summary.omega, summary.declared, E_B)) == 4.7


def test_over_midnight() -> None:
    """Example C: an evening past midnight is one logical day."""
    story = Story("2026-03-02T21:30").sit(50).move(3).sit(57).away(8).sit(75)
    summary = one(story)
    assert (summary.seated, summary.reduced) == (182, 3)
    assert summary.figures()["bouts"] == [50, 57, 75]
    assert tenth(reduction(summary.up, summary.omega, summary.declared, E_B)) == -5.4


def test_suspended_overnight() -> None:
    """Example D: a night asleep gives no credit, and no unobserved minutes within either day."""
    story = Story("2026-03-02T17:03").sit(60).unseen(887, Evidence.SLEEP).sit(30)
    before, after = days(story.facts())
    assert sum(span.duration.total_seconds() for span in story.spans[1:3]) == 887 * 60
    assert (before.unobserved, after.unobserved, before.reduced + after.reduced) == (0, 0, 0)
    assert [before.figures()["bouts"], after.figures()["bouts"]] == [[60], [30]]


def test_film_at_the_desk() -> None:
    """Example E: a film that holds the screen awake is seated."""
    assert one(Story("2026-03-02T20:00").sit(50, Evidence.MEDIA)).seated == 50


@pytest.mark.parametrize(("walked", "c", "r"), [(0, 40, 20.5), (15, 55, 34.2)])
def test_ordinary_day(walked: float, c: float, r: float) -> None:
    """Example F: an ordinary day, without and with the walk at lunch."""
    story = Story("2026-03-02T09:00").sit(100).move(10).sit(100).unseen(45)
    if walked:
        story.walk(walked)
    summary = one(story.sit(105).stand(30).sit(60).away(20).sit(40))
    assert (summary.seated, summary.omega, summary.up, summary.unobserved) == (405, 465, 60, 45)
    assert summary.reduced == c
    assert tenth(reduction(summary.up, summary.omega, summary.declared, E_B)) == r
    naive = summary.up + summary.unobserved
    assert naive == 105
