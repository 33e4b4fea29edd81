"""Which input is a person's (spec 1.1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from math import ceil

import pytest

from sitbreak.core.events import InputKind
from sitbreak.core.human_input import Inputs, MotionFilter
from sitbreak.core.rules import Rules

LEAST, MOST = timedelta(seconds=2), timedelta(seconds=10)


def since(filter_: MotionFilter, at: float, certain: bool = False) -> float | None:
    """Since when there was real input, after an input at `at`; seconds."""
    take = filter_.certain if certain else filter_.motion
    found = take(timedelta(seconds=at), LEAST, MOST)
    return None if found is None else found.total_seconds()


@pytest.mark.parametrize(
    ("moments", "found"),
    [
        ([0], [None]),
        ([0, 1.9], [None, None]),
        ([0, 2], [None, 0]),
        ([0, 10], [None, 0]),
        ([0, 10.1], [None, None]),
        ([0, 1, 3], [None, None, 0]),  # the first event is what counts, not the last before
        ([0, 60, 120], [None, None, None]),  # a desk bumped once a minute
        ([0, 5, 6, 16, 26.1], [None, 0, 6, 16, None]),  # while it goes on, all of it counts
    ],
)
def test_motion(moments: list[float], found: list[float | None]) -> None:
    """A stretch counts from its first event once another follows 2 to 10 s later, and while pauses stay short."""
    motion = MotionFilter()
    assert [since(motion, at) for at in moments] == found


@pytest.mark.parametrize(("key", "found"), [(1.9, 1.9), (2, 0), (10, 0), (10.1, 10.1)])
def test_a_key_confirms_motion(key: float, found: float) -> None:
    """Another input of any kind confirms the motion before it; the key itself counts always."""
    motion = MotionFilter()
    assert since(motion, 0) is None
    assert since(motion, key, certain=True) == found


def beats(moments: Iterable[float], kind: InputKind = InputKind.MOTION) -> float | None:
    """The beat found in inputs of one kind at these seconds, if any; seconds."""
    inputs, rules, now = Inputs(), Rules(), timedelta()
    for at in moments:
        now = timedelta(seconds=at)
        inputs.seen(kind, timedelta(), now, rules)
    found = inputs.beats(now, rules)
    return None if found is None else found.total_seconds()


@pytest.mark.parametrize(
    ("every", "found"),
    [(2, 2), (9, 9), (60, 60), (299, 299)],
    ids=["2 s", "9 s", "1 min", "5 min"],
)
def test_twenty_minutes_at_one_interval_are_a_machine(every: float, found: float) -> None:
    """Motion alone at equal intervals is a beat."""
    assert beats([n * every for n in range(int(1500 / every) + 1)]) == found


def read_every_five_seconds(every: float) -> list[float]:
    """When motion at an interval is seen by a source that tells the first of each reading; seconds, for 25 min."""
    return [ceil(reading * 5 / every) * every for reading in range(300)]


@pytest.mark.parametrize("every", [n / 10 for n in range(1, 150)])
def test_each_interval_is_found_through_the_readings(every: float) -> None:
    """However the interval of a jiggler falls into the readings of its source, twenty minutes of it are a machine."""
    assert beats(read_every_five_seconds(every)) is not None


@pytest.mark.parametrize(("pause", "found"), [(10, 0), (10.1, None)])
def test_a_pointer_that_never_rests_is_a_machine(pause: float, found: float | None) -> None:
    """Motion at no interval, with no pause over ten seconds for twenty minutes, is nobody; one rest begins anew."""
    ragged = [n * 4 + (n % 3) * 0.7 for n in range(300)]
    before = [at for at in ragged if at < 1000]
    assert beats([*before, *(before[-1] + pause + at for at in ragged if at < 300)]) == found


def test_a_pointer_that_rests_is_no_machine_any_more() -> None:
    """After ten seconds without motion there is nothing to name."""
    inputs, rules = Inputs(), Rules()
    for n in range(310):
        inputs.seen(InputKind.MOTION, timedelta(), timedelta(seconds=n * 4 + (n % 3) * 0.7), rules)
    last = 309 * 4
    assert inputs.beats(timedelta(seconds=last + 10), rules) is not None
    assert inputs.beats(timedelta(seconds=last + 10.1), rules) is None


def test_a_click_begins_the_twenty_minutes_anew() -> None:
    """Whoever clicks is there, however the pointer moved before."""
    inputs, rules = Inputs(), Rules()
    for n in range(310):
        inputs.seen(InputKind.MOTION, timedelta(), timedelta(seconds=n * 4 + (n % 3) * 0.7), rules)
    inputs.seen(InputKind.CLICK, timedelta(), timedelta(seconds=1241), rules)
    assert inputs.seen(InputKind.MOTION, timedelta(), timedelta(seconds=1244), rules) is None
    assert inputs.seen(InputKind.MOTION, timedelta(), timedelta(seconds=1247), rules) == timedelta(seconds=1244)


def test_a_minute_less_is_nothing_yet() -> None:
    """The run must last for twenty minutes."""
    assert beats(n * 60 for n in range(20)) is None
    assert beats(n * 60 for n in range(21)) == 60


@pytest.mark.parametrize(("spread", "found"), [(0.4, True), (0.6, False)])
def test_a_steady_interval_spreads_by_less_than_a_tenth(spread: float, found: bool) -> None:
    """Half of a tenth to either side of the mean is a machine, more is a hand."""
    moments = [n * 20 + (spread if n % 2 else 0) for n in range(70)]
    assert (beats(moments) is not None) is found


def test_missed_beats_do_not_end_a_run() -> None:
    """A source thins its events, so a beat or a few may be missing."""
    assert beats(n * 9 for n in range(150) if n % 20 not in (3, 4)) == 9


def test_a_quick_beat_of_unknown_kind_is_the_asking() -> None:
    """Without kinds only a beat slower than ten seconds is a machine's."""
    assert beats((n * 5 for n in range(260)), InputKind.UNKNOWN) is None
    assert beats((n * 11 for n in range(130)), InputKind.UNKNOWN) == 11


def test_a_beat_that_stopped_is_over() -> None:
    """Some intervals after the last beat there is nothing to name."""
    inputs, rules = Inputs(), Rules()
    for n in range(150):
        inputs.seen(InputKind.MOTION, timedelta(), timedelta(seconds=9 * n), rules)
    assert inputs.beats(timedelta(seconds=9 * 149 + 40), rules) is not None
    assert inputs.beats(timedelta(seconds=9 * 149 + 60), rules) is None


@pytest.mark.parametrize(("missing", "found"), [(4, True), (5, False)])
def test_as_many_beats_may_be_missed_and_no_more(missing: int, found: bool) -> None:
    """Four beats unseen in a row are missed; five are a pause, after which the twenty minutes begin anew."""
    moments = [n * 11 for n in range(160) if not 70 <= n < 70 + missing]
    assert (beats(moments) is not None) is found


def test_a_run_that_begins_anew_has_its_own_interval() -> None:
    """One movement out of step, and from then on the beat is measured afresh."""
    assert beats([0, 9, 18, 20.5, *(20.5 + n * 12 for n in range(1, 110))]) == 12


def test_a_beat_of_just_ten_seconds_is_the_asking_still() -> None:
    """Without kinds, only what is slower."""
    assert beats((n * 10 for n in range(140)), InputKind.UNKNOWN) is None


def test_another_kind_begins_another_run() -> None:
    """Motion for half of the time and unknown input for the other half are two runs, each too short."""
    inputs, rules = Inputs(), Rules()
    for n in range(170):
        kind = InputKind.MOTION if n < 85 else InputKind.UNKNOWN
        inputs.seen(kind, timedelta(), timedelta(seconds=12 * n), rules)
    assert inputs.beats(timedelta(seconds=12 * 169), rules) is None
