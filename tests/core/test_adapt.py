"""Adapting the earliest to the person: slowly, by acceptance, with a reason, and reversibly."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitbreak.core.adapt import RUNGS, Adapted, Adapting, adapting, earliest_for
from sitbreak.core.records import Outcome, PromptRecord, Reason
from sitbreak.core.timeline import Instant

SINCE = date(2026, 3, 2)
THIRTY, THIRTY_FIVE, FORTY = RUNGS
DAY = timedelta(days=1)


def prompt(day: int, outcome: Outcome | None, number: int = 0, reason: Reason = Reason.LULL) -> PromptRecord:
    """A prompt `day` days after the beginning."""
    at = Instant(day * DAY + timedelta(seconds=number), datetime(2026, 3, 2, 10, tzinfo=UTC) + day * DAY)
    return PromptRecord(day * 100 + number, at, SINCE + day * DAY, reason, "walk", THIRTY, outcome, at)


def days(first: int, count: int, *outcomes: Outcome) -> list[PromptRecord]:
    """These outcomes on each of so many days."""
    return [prompt(first + n, outcome, k) for n in range(count) for k, outcome in enumerate(outcomes)]


def on(day: int, prompts: list[PromptRecord], current: timedelta = THIRTY, enabled: bool = True) -> Adapted:
    """What is in force `day` days after the beginning."""
    return earliest_for(prompts, SINCE + day * DAY, current, enabled, SINCE)


NO, YES = Outcome.IGNORED, Outcome.TAKEN


def test_two_weeks_come_first() -> None:
    """Nothing moves on day 13, whatever was answered; on day 14 it does."""
    prompts = days(0, 14, NO, NO)
    assert on(13, prompts).earliest == THIRTY
    assert on(14, prompts).earliest == THIRTY_FIVE


def test_at_most_one_step_a_week_and_no_further_than_forty() -> None:
    """Refused throughout: 35 after two weeks, 40 after three, and there it stays."""
    prompts = days(0, 60, NO, NO)
    found = [on(day, prompts) for day in range(60)]
    changes = [day for day in range(1, 60) if found[day].earliest != found[day - 1].earliest]
    assert changes == [14, 21]
    assert found[-1].earliest == FORTY
    assert found[-1].changed_on == SINCE + 21 * DAY


def test_the_reason_has_the_figures_and_the_way_back() -> None:
    """It says how many of how many, from where to where, and how to undo it."""
    reason = on(14, [*days(0, 13, NO, NO), *days(13, 1, YES)]).reason
    for part in ("1 of 27 prompts in 14 days", "after 35 min instead of 30 min", "in Settings goes back"):
        assert part in reason
    assert "none of 28" in on(14, days(0, 14, NO, NO)).reason


def test_earlier_again_when_they_are_taken_but_only_after_two_weeks() -> None:
    """At 35, half of them taken: back to 30 two weeks after the step, not one."""
    prompts = [*days(0, 14, NO, NO), *days(14, 30, YES, NO)]
    assert on(27, prompts).earliest == THIRTY_FIVE
    assert on(28, prompts).earliest == THIRTY
    assert "earlier" in on(28, prompts).reason


def test_in_between_nothing_moves() -> None:
    """From a quarter up to a half taken, the figure stays."""
    assert on(60, days(0, 60, YES, NO, NO, NO)).changed_on is None
    assert on(60, days(0, 60, YES, NO, NO), THIRTY_FIVE).changed_on is None


def test_fewer_than_ten_are_chance() -> None:
    """Nine refused prompts move nothing, ten do."""
    assert on(14, days(0, 9, NO)).earliest == THIRTY
    assert on(14, days(0, 10, NO)).earliest == THIRTY_FIVE


@pytest.mark.parametrize("outcome", [Outcome.LEFT, Outcome.UNDELIVERED, None])
def test_prompts_nobody_judged_do_not_count(outcome: Outcome | None) -> None:
    """Left, undelivered and still open prompts are no opinion."""
    prompts = [prompt(day, outcome, number) for day in range(14) for number in range(2)]
    assert on(14, prompts).changed_on is None


@pytest.mark.parametrize("reason", [Reason.RETURN, Reason.SNOOZE, Reason.HELD_END, Reason.HELD_LIMIT, Reason.UNLOCK])
def test_only_prompts_of_the_window_count(reason: Reason) -> None:
    """Prompts that came back or were held say nothing about the earliest moment."""
    assert on(14, [prompt(day, NO, n, reason) for day in range(14) for n in range(2)]).changed_on is None


def test_switched_off_it_is_as_set_at_once() -> None:
    """Off, the person's own figure is in force, and the reason says so."""
    found = on(60, days(0, 60, NO, NO), enabled=False)
    assert (found.earliest, found.changed_on) == (THIRTY, None)
    assert "off" in found.reason


def test_a_figure_of_ones_own_stays() -> None:
    """A figure that is no rung is left alone, and so is one at or after the latest."""
    own = timedelta(minutes=20)
    assert on(60, days(0, 60, NO, NO), own).earliest == own
    prompts = days(0, 60, NO, NO)
    assert earliest_for(prompts, SINCE + 60 * DAY, THIRTY, True, SINCE, FORTY).earliest == THIRTY_FIVE


def test_a_new_figure_of_the_person_begins_anew() -> None:
    """What is kept goes on while the figure is the same, and begins today when it was changed."""
    first = adapting(None, THIRTY, SINCE + 3 * DAY, SINCE)
    assert first == Adapting(THIRTY, SINCE)
    assert adapting(first, THIRTY, SINCE + 30 * DAY, SINCE) is first
    assert adapting(first, FORTY, SINCE + 30 * DAY, SINCE) == Adapting(FORTY, SINCE + 30 * DAY)
    assert adapting(None, THIRTY, SINCE, None) == Adapting(THIRTY, SINCE)


@given(st.lists(st.sampled_from([None, *Outcome]), max_size=200), st.integers(0, 90), st.sampled_from(RUNGS))
def test_it_stays_on_the_rungs_and_never_leaps(outcomes: list[Outcome | None], day: int, current: timedelta) -> None:
    """Whatever was answered, the figure is a rung, and a week changes it by one step at most."""
    prompts = [prompt(number // 3, outcome, number % 3) for number, outcome in enumerate(outcomes)]
    now, later = on(day, prompts, current), on(day + 7, prompts, current)
    assert now.earliest in RUNGS
    assert abs(later.earliest - now.earliest) <= timedelta(minutes=5)
    assert now == on(day, prompts, current)
