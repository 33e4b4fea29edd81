"""Synthetic days: made of a seed, by the guess of spec 5, as a log that any replay takes."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from random import Random
from statistics import fmean, median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitbreak.replay.log import Log, LogLine, read
from tests.synthetic import guess
from tests.synthetic.day import synthetic_day
from tests.synthetic.plan import Stretch, plan

SEEDS = st.integers(0, 10**9)
DRAWS = 20_000


def written(log: Log) -> list[str]:
    """The log as the JSON lines of a file."""
    head = {"replay": 1, "start": log.start.isoformat(), "tz": "UTC", "poll_seconds": log.poll.total_seconds()}
    return [json.dumps(row) for row in (head, *({"t": line.t, "do": line.do, **line.keys} for line in log.lines))]


def drawn(what: Callable[[Random], float], count: int = DRAWS) -> list[float]:
    """Many draws of one quantity."""
    draw = Random(1)
    return [what(draw) for _ in range(count)]


def check_moments(minutes: list[float], rel: float) -> None:
    """Compare bout lengths with what was published: mean 11.8 min, 20 % over 20 min, 58 % of the time over 30."""
    assert fmean(minutes) == pytest.approx(11.8, rel=rel)
    assert sum(m > 20 for m in minutes) / len(minutes) == pytest.approx(0.20, abs=0.02)
    assert sum(m for m in minutes if m > 30) / sum(minutes) == pytest.approx(0.58, abs=0.04)


@settings(max_examples=5)
@given(SEEDS)
def test_the_same_seed_is_the_same_day(seed: int) -> None:
    """Nothing but the seed decides; the next seed is another day."""
    assert synthetic_day(seed) == synthetic_day(seed)
    assert synthetic_day(seed).log.lines != synthetic_day(seed + 1).log.lines


def test_the_same_seed_is_the_same_day_on_every_system() -> None:
    """The day of one seed, as it was found once."""
    day = synthetic_day(270)
    assert (day.log.start.isoformat(), day.log.end) == ("2026-03-02T08:44:39+00:00", 30_886.0)
    assert len(day.log.lines) == 5733


def test_a_day_is_a_log_that_could_have_been_recorded() -> None:
    """Written to a file and read again it is the same; whole seconds, at most one input each; its end comes last."""
    log = synthetic_day(5).log
    again = read(written(log))
    assert (again.start, again.poll, again.lines) == (log.start, log.poll, log.lines)
    assert all(line.t == int(line.t) for line in log.lines)
    typed = [line.t for line in log.lines if line.do == "input" and line.keys["kind"] == "key"]
    assert len(set(typed)) == len(typed)
    assert [line.do for line in log.lines].index("end") == len(log.lines) - 1


@settings(max_examples=5)
@given(SEEDS)
def test_input_comes_from_somebody_at_the_desk(seed: int) -> None:
    """All input falls into a sitting, and none between a lock and its unlock."""
    day = synthetic_day(seed)
    locked = False
    for line in day.log.lines:
        if line.do in ("lock", "unlock"):
            assert locked == (line.do == "unlock")
            locked = line.do == "lock"
        elif line.do == "input":
            assert not locked
            assert day.plan.at_desk(line.t)


@settings(max_examples=50)
@given(SEEDS)
def test_a_plan_is_consistent(seed: int) -> None:
    """Sittings do not overlap, calls are sat through to their end, and nobody sits at lunch."""
    found = plan(Random(seed))
    assert found.sittings[0].start == 0
    assert all(a.end <= b.start for a, b in pairwise(found.sittings))
    assert all(stretch.length > 0 for stretch in found.sittings)
    for call in found.calls:
        during = [s for s in found.sittings if s.start <= call.start <= s.end or call.start < s.start < call.end]
        assert len(during) <= 2  # back at the last moment
        assert during[-1].end >= call.end
    for leave in found.absences:
        assert not any(s.start < leave.end and leave.start < s.end for s in found.sittings)


def test_drawn_bouts_have_the_published_moments() -> None:
    """The power law alone, before lunch and calls change it."""
    check_moments([length / 60 for length in drawn(guess.bout)], rel=0.05)


def test_lived_bouts_keep_the_published_moments() -> None:
    """Over 200 days, with bouts cut short by lunch and drawn out by calls."""
    found = [plan(Random(seed)) for seed in range(200)]
    check_moments([sitting.length / 60 for each in found for sitting in each.sittings], rel=0.1)


def test_the_frame_of_the_day() -> None:
    """Begin, end, lunch, meetings and calls over 500 days lie where the guess puts them."""
    found = [plan(Random(seed)) for seed in range(500)]
    assert fmean(each.begin / 3600 for each in found) == pytest.approx(9.0, abs=0.05)
    assert fmean((each.begin + each.end) / 3600 for each in found) == pytest.approx(17.25, abs=0.1)
    meetings = [len(each.calls) + len(each.absences) - 1 for each in found]
    assert fmean(meetings) == pytest.approx(guess.MEETINGS, abs=0.2)
    assert sum(len(each.calls) for each in found) / sum(meetings) == pytest.approx(guess.CALL_SHARE, abs=0.06)


def test_natural_stand_ups() -> None:
    """Median two minutes, from eight seconds to twenty minutes; a third of the longer ones with a locked screen."""
    lengths = drawn(guess.stand_up)
    assert median(lengths) == pytest.approx(120, rel=0.05)
    assert min(lengths) >= 8
    assert max(lengths) <= 1200
    draw = Random(2)
    assert fmean(guess.locks(draw, 61) for _ in range(DRAWS)) == pytest.approx(0.35, abs=0.02)
    assert not any(guess.locks(draw, 60) for _ in range(100))


def test_gaps_between_inputs() -> None:
    """Mostly bursts, else pauses of which one in ten is over ten times as long, and none over a quarter of an hour."""
    gaps = drawn(guess.gap)
    assert max(gaps) <= 900
    over_10, over_100 = (sum(gap > limit for gap in gaps) for limit in (10, 100))
    assert over_10 / DRAWS == pytest.approx(0.15 / 10, rel=0.2)
    assert over_100 / DRAWS == pytest.approx(0.15 / 100, rel=0.4)


def test_little_input_in_a_call() -> None:
    """In calls there is a small part of the input there is at other times at the desk."""
    days = [day for seed in range(12) if (day := synthetic_day(seed)).plan.calls]
    in_calls = sum(rate(day.log.lines, day.plan.calls) for day in days)
    at_desk = sum(rate(day.log.lines, day.plan.sittings) for day in days)
    assert 0 < in_calls < at_desk / 5


def rate(lines: tuple[LogLine, ...], when: tuple[Stretch, ...]) -> float:
    """Inputs a second in these stretches."""
    count = sum(line.do == "input" and any(s.start <= line.t < s.end for s in when) for line in lines)
    return count / sum(stretch.length for stretch in when)
