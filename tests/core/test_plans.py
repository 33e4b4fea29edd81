"""Plans outside the two minutes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.core.plans import PLANS, REST, Plan, PlanEntry, plan, position, rung_of, short_line

START = date(2026, 3, 2)


def named(name: str) -> Plan:
    """The plan with this name."""
    found = plan(name)
    assert found is not None
    return found


def weeks(*amounts: float) -> list[PlanEntry]:
    """One entry a week, on its third day."""
    return [PlanEntry(START + timedelta(days=7 * week + 2), amount) for week, amount in enumerate(amounts)]


@pytest.mark.parametrize(
    ("week", "amount", "times"),
    [(1, 10, 3), (2, 10, 3), (3, 12, 4), (5, 15, 4), (8, 15, 4), (9, 20, 5), (12, 25, 5), (26, 30, 5), (99, 30, 5)],
)
def test_the_walking_ladder_grows_as_in_the_trial(week: int, amount: int, times: int) -> None:
    """From three walks of 10 minutes to five of 30 by week 26."""
    rung = rung_of(named("walking"), week)
    assert (rung.amount, rung.times) == (amount, times)


@pytest.mark.parametrize("ladder", PLANS, ids=lambda ladder: ladder.name)
def test_no_ladder_ever_jumps(ladder: Plan) -> None:
    """From one rung to the next it is at most half as much again, or a few repetitions."""
    amounts = [rung.amount for rung in ladder.rungs]
    for lower, higher in pairwise(amounts):
        assert lower <= higher <= max(lower * 1.5, lower + 5)


def test_the_home_goals_are_20_30_and_40() -> None:
    """Push-ups and squats pass all three, and end at 40."""
    for name in ("push-ups", "squats"):
        amounts = [rung.amount for rung in named(name).rungs]
        assert {20, 30, 40} <= set(amounts)
        assert max(amounts) == 40


def test_the_pattern_plan_is_twelve_weeks_easier_to_harder() -> None:
    """Three times a week, of movements the catalogue has."""
    patterns = named("patterns")
    assert patterns.weeks == 12
    assert [rung.level for rung in patterns.rungs] == ["easier", "shown", "harder"]
    assert all(rung.times == 3 for rung in patterns.rungs)
    assert set(patterns.movements) <= {each.id for each in load_catalogue().movements}


def test_good_weeks_lead_up() -> None:
    """After two good weeks the next rung begins."""
    here = position(named("walking"), START, weeks(30, 30), START + timedelta(days=14))
    assert (here.week, here.ladder_week, here.rung.amount, here.target) == (3, 3, 12, 48)
    assert not here.went_back


@pytest.mark.parametrize(("logged", "back"), [(14, True), (15, False), (0, True)])
def test_a_week_with_less_than_half_leads_one_rung_back(logged: float, back: bool) -> None:
    """From the third rung to the second, not to the start."""
    good = (30, 30, 48, 48)
    here = position(named("walking"), START, weeks(*good, logged * 2), START + timedelta(days=35))
    assert here.went_back is back
    assert here.ladder_week == (3 if back else 6)


def test_the_lowest_rung_is_the_lowest() -> None:
    """Empty weeks at the start change nothing."""
    here = position(named("walking"), START, [], START + timedelta(days=21))
    assert (here.week, here.ladder_week) == (4, 1)


def test_the_week_that_runs_decides_nothing_yet() -> None:
    """On its last day there is still time; what was logged so far is told."""
    here = position(named("walking"), START, weeks(10), START + timedelta(days=6))
    assert (here.week, here.ladder_week, here.done, here.days_done) == (1, 1, 10, 1)


def test_good_weeks_at_the_top_stay_there() -> None:
    """After the last rung the plan is complete, and its last rung remains."""
    here = position(named("patterns"), START, weeks(*[3] * 13), START + timedelta(weeks=13))
    assert here.complete
    assert here.rung.level == "harder"


def test_rest_is_listed_and_is_no_plan() -> None:
    """It has a text and 20 minutes, and nothing to log."""
    assert [each.minutes for each in REST] == [20, 20]
    assert plan("rest") is None


@given(
    st.sampled_from(PLANS),
    st.lists(st.builds(PlanEntry, st.dates(START, date(2027, 3, 1)), st.floats(0, 500)), max_size=40),
    st.dates(date(2026, 1, 1), date(2027, 6, 1)),
)
def test_every_log_gives_a_place_on_the_ladder(ladder: Plan, log: list[PlanEntry], today: date) -> None:
    """Whatever was logged, and on any day, the week and the rung are within the plan."""
    here = position(ladder, START, log, today)
    assert 1 <= here.ladder_week <= ladder.weeks
    assert here.rung in ladder.rungs
    assert here.week >= 1


def test_a_plan_is_told_in_one_sentence() -> None:
    """The week, what it asks for, and on how many days it was done."""
    log = [*weeks(30, 30), PlanEntry(START + timedelta(days=14), 12), PlanEntry(START + timedelta(days=15), 12)]
    here = position(named("walking"), START, log, START + timedelta(days=16))
    assert short_line(named("walking"), here) == "Walking ladder, week 3: 12 min, 2 of 4 this week."
    sessions = position(named("patterns"), START, [], START)
    assert short_line(named("patterns"), sessions) == "Movement patterns at home, week 1: easier, 0 of 3 this week."
