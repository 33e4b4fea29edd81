"""How far the estimate is from the truth in a world with known posture, beside the fixed rule. pytest -m bench -s."""

from __future__ import annotations

import time
from dataclasses import replace
from random import Random
from statistics import fmean, pstdev

import pytest

from sitbreak.core.accounting import days
from sitbreak.core.away_share import NO_ANSWERS, Habit, learn, told_by
from sitbreak.core.baseline_goal import Reduction, baseline, four_weeks
from sitbreak.core.estimate import estimates, expected_up
from sitbreak.core.records import BaselineRecord, Facts, GapAnswer
from tests.bench.postures import Lived, Person, lived, person

PEOPLE, DAYS, BEFORE = 60, 20, 120
ALONE = (
    ("0 answers", 0, False),
    ("10 answers", 10, False),
    ("50 answers", 50, False),
    ("50, and one each day", 50, True),
)


def answers_of(who: Person, count: int, random: Random) -> Habit:
    """The habit learned from so many answers, given on days before."""
    found: list[GapAnswer] = []
    for number in range(-BEFORE, 0):
        found += lived(who, number, random).facts.gaps
    return learn(told_by(found[-count:])) if count else NO_ANSWERS


def unsaid(facts: Facts) -> Facts:
    """The same day without its answers."""
    return replace(facts, gaps=())


def measured(count: int, daily: bool) -> tuple[float, float, float, float]:
    """Bias and scatter in minutes a day, the part of days in the range, and people's largest mean error."""
    errors: list[float] = []
    held: list[bool] = []
    means: list[float] = []
    for seed in range(PEOPLE):
        random = Random(seed)
        who = person(random)
        habit = answers_of(who, count, random)
        mine = []
        for number in range(DAYS):
            one: Lived = lived(who, number, random, habit)
            found = estimates(one.facts if daily else unsaid(one.facts), habit)[one.day]
            mine.append(found.seated - one.seated)
            held.append(found.low <= one.seated <= found.high)
        errors += mine
        means.append(fmean(mine))
    return fmean(errors), pstdev(errors), fmean(held), max(means, key=abs)


def fixed_rule() -> tuple[float, float, float]:
    """The same of the books: a gap under five minutes is sitting, over it is not."""
    errors: list[float] = []
    means: list[float] = []
    for seed in range(PEOPLE):
        random = Random(seed)
        who = person(random)
        answers_of(who, 0, random)
        mine = [days(one.facts)[0].seated - one.seated for one in (lived(who, n, random) for n in range(DAYS))]
        errors += mine
        means.append(fmean(mine))
    return fmean(errors), pstdev(errors), max(means, key=abs)


def row(name: str, bias: float, scatter: float, held: float | None, worst: float) -> str:
    """A line of the table."""
    inside = "   -" if held is None else f"{held:.2f}"
    return f"  {name:<22} bias {bias:+6.1f}  scatter {scatter:5.1f}  in range {inside}  worst person {worst:+6.1f}"


def test_how_good_the_estimate_is() -> None:
    """The table of the notes: nothing is asserted on how good, only that there was something to measure."""
    bias, scatter, worst = fixed_rule()
    print("\nestimated desk sitting in a made-up world (min a day)")
    print(row("fixed rule", bias, scatter, None, worst))
    for name, count, daily in ALONE:
        bias, scatter, held, worst = measured(count, daily)
        print(row(name, bias, scatter, held, worst))
    assert PEOPLE * DAYS > 1000


def test_what_the_reduction_claims_when_nothing_changed() -> None:
    """Ten usual days and twenty later ones of the same habit, with twelve minutes of walks noted on each."""
    found: list[Reduction] = []
    for seed in range(PEOPLE):
        random = Random(seed)
        who = person(random)
        lives = [lived(who, number, random) for number in (*range(10), *range(28, 48))]
        facts = Facts(
            spans=tuple(span for one in lives for span in one.facts.spans),
            quiets=tuple(quiet for one in lives for quiet in one.facts.quiets),
        )
        summaries = [replace(each, declared=12.0) for each in days(facts)]
        record, ups = BaselineRecord(lives[0].day, lives[9].day), expected_up(estimates(facts))
        usual = baseline([record], summaries, ups)
        assert usual is not None
        reduced = four_weeks(usual, summaries, ups, lives[-1].day)
        assert reduced is not None
        found.append(reduced)
    told = sum(each.distinguishable for each in found)
    print(f"\nwith nothing changed R is {fmean(each.mean for each in found):+.1f} min a day, ", end="")
    print(f"and says so wrongly for {told} of {PEOPLE} people")


def test_what_a_year_costs() -> None:
    """CPU time of a year's estimates, printed."""
    random = Random(1)
    who = person(random)
    year = [lived(who, number, random) for number in range(260)]
    facts = Facts(
        spans=tuple(span for one in year for span in one.facts.spans),
        gaps=tuple(gap for one in year for gap in one.facts.gaps),
        quiets=tuple(quiet for one in year for quiet in one.facts.quiets),
    )
    begun = time.process_time()
    found = estimates(facts, learn(told_by(facts.gaps)))
    seconds = time.process_time() - begun
    print(f"\na year estimated in {seconds:.3f} s of CPU ({len(facts.spans)} spans, {len(facts.quiets)} silences)")
    assert len(found) == pytest.approx(260)
