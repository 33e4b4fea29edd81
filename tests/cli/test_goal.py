"""`sitbreak goal`, as a person types it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from sitbreak.adapters.history import MemoryHistory
from sitbreak.daemon import baseline_goal
from sitbreak.settings.model import Settings
from tests.cli.conftest import Type
from tests.review.made import Story

GOAL_15 = ("config", "set", "day.goal_minutes", "15")


def test_it_climbs_the_ladder_rung_by_rung(typed: Type) -> None:
    """10, then 20, 40, 60; at the top it is told so with exit 1."""
    assert json.loads(typed("goal", "--json").out) == {"minutes": 10, "above": 20, "offered": False}
    for rung in (20, 40, 60):
        assert f"Your goal is {rung} min" in typed("goal", "next").text
    top = typed("goal", "next")
    assert top.code == 1
    assert "top of the ladder" in top.err


def test_any_figure_can_be_set_and_the_next_rung_is_the_one_above(typed: Type) -> None:
    """25 is fine, and 40 comes after it."""
    assert typed("goal", "set", "25").code == 0
    assert json.loads(typed("goal", "show", "--json").out)["above"] == 40


def test_it_is_the_same_wherever_it_is_chosen(typed: Type) -> None:
    """The settings have the goal that was set, and a goal in the settings is the one in force."""
    for rung, command in ((25, ("goal", "set", "25")), (40, ("goal", "next")), (15, GOAL_15)):
        assert typed(*command).code == 0
        assert typed("config", "get", "day.goal_minutes").out == f"{rung}\n"
        assert json.loads(typed("goal", "--json").out)["minutes"] == rung


@pytest.mark.parametrize("text", ["0", "481", "ten", "2.5", "1e2", "99999"])
def test_what_is_no_goal_is_one_sentence_and_exit_2(typed: Type, text: str) -> None:
    """Nothing is changed by a figure that makes no sense."""
    answer = typed("goal", "set", text)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "from 1 to 480" in answer.err


def test_it_is_honest_about_two_minutes(typed: Type) -> None:
    """The goal says what two-minute breaks can add up to, and offers what adds more."""
    said = typed("goal").text
    assert "two-minute breaks give 20 to 30 minutes, and 8 to 15 with half of them" in said
    assert "sitbreak break 5" in said


def test_the_next_rung_is_offered_once_it_is_earned() -> None:
    """Met on three of the last five workdays, the next is offered in words."""
    story = Story("2026-03-02T09:00")
    for day in range(2, 7):
        if day > 2:
            story.until(f"2026-03-0{day}T09:00")
        story.sit(70).stand(20).sit(70)
    history = MemoryHistory()
    history.keep(story.spans)
    found = baseline_goal.goal(history, Settings(), date(2026, 3, 6) + timedelta(days=1))
    assert found == baseline_goal.Goal(10, 20, offered=True)
    assert "3 of the last 5 workdays" in baseline_goal.goal_words(found, seated_mode=False)
