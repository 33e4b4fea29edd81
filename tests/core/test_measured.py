"""Measured time in the figures, and the estimate held against a seat sensor (spec 8.2, 8.9)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitbreak.core.device_books import DeviceBooks
from sitbreak.core.effects import SensorDoubted
from sitbreak.core.estimate import Sitting, estimates, mean_of
from sitbreak.core.measured import held_against_seat, without_seat
from sitbreak.core.merging import merged
from sitbreak.core.records import Evidence, Facts, SpanClass
from sitbreak.replay.player import spans
from tests.properties.laws import played
from tests.review.made import Story, day
from tests.scenarios.telling import tell

MONDAY = day("2026-03-02")
SEAT = Evidence.SEAT
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["input", "input", "input", "seat_occupied", "seat_empty", "lock", "unlock"]),
        st.sampled_from([3, 29, 59, 61, 70, 119, 240, 299, 301, 500, 900, 1199, 1201, 1800]),
    ),
    min_size=1,
    max_size=40,
)


def monday(story: Story) -> Sitting:
    """The estimate of the day told."""
    return estimates(story.facts())[MONDAY]


def test_measured_time_is_taken_as_it_was_measured() -> None:
    """Ten minutes without input are sitting and seven are not, and no range is left of a day that was measured."""
    found = monday(Story("2026-03-02T09:00").sit(60, SEAT).quiet(10).sit(10, SEAT).measured(7).sit(60, SEAT))
    assert (found.seated, found.observed, found.measured, found.up) == pytest.approx((130, 137, 137, 7))
    assert (found.low, found.high) == pytest.approx((130, 130))


def test_the_range_is_that_of_the_time_without_a_sensor() -> None:
    """Half a day measured leaves half of the day's own variance."""
    half, none = monday(Story("2026-03-02T09:00").sit(60, SEAT).sit(60)), monday(Story("2026-03-02T09:00").sit(120))
    assert half.own == pytest.approx(none.own / 2)
    assert half.measured == 60


def test_a_correction_beats_the_sensor() -> None:
    """What somebody says of a stretch is no measurement any more."""
    found = monday(Story("2026-03-02T09:00").sit(60, SEAT).measured(10).sit(60, SEAT).correct(70, 10, SpanClass.SEATED))
    assert (found.seated, found.measured) == pytest.approx((130, 120))


def test_a_mean_of_days_knows_how_much_was_measured() -> None:
    """Two hours on one of two days are one hour a day."""
    found = mean_of([monday(Story("2026-03-02T09:00").sit(120, SEAT)), monday(Story("2026-03-02T09:00").sit(120))])
    assert found is not None
    assert found.measured == 60


def _booked(facts: Facts) -> list[tuple[object, ...]]:
    """Edges, class and strength; a lock under a minute is evidence of the books alone, and in no silence."""
    return [(row["start_s"], row["end_s"], row["class"], row["strength"]) for row in spans(list(facts.spans))]


@settings(max_examples=150)
@given(STEPS)
def test_without_the_sensor_a_day_is_what_it_would_have_been(steps: list[tuple[str, int]]) -> None:
    """The silences kept of measured time bring back the very books of the same day without a seat."""
    t, rows = 5, [{"t": 0, "do": "seat_occupied"}, {"t": 1, "do": "input"}, {"t": 2, "do": "pause"}]
    for do, wait in [*steps, ("input", 0)]:
        rows.append({"t": t, "do": do})
        t += wait
    rows.append({"t": t, "do": "end"})
    told = played(rows)
    if any(isinstance(effect, SensorDoubted) for _, effect in told.happened):
        return  # it lost its word, and what is not measured is not told of anew
    plain = played(row for row in rows if not str(row["do"]).startswith("seat"))
    assert _booked(without_seat(told.facts)) == _booked(plain.facts)
    alone, bare = estimates(without_seat(told.facts)), estimates(plain.facts)
    assert {d: s.seated for d, s in alone.items()} == pytest.approx({d: s.seated for d, s in bare.items()})


def test_how_far_the_estimate_was_off() -> None:
    """Seven minutes off the chair, by the rules partly sitting: the estimate was so many minutes too high."""
    facts = tell("""
        0:00 seat_occupied
        0:00-80:00 key
        80:05 seat_empty
        87:05 seat_occupied
        87:10-150:00 key
        150:00 end
    """).played.facts
    held = held_against_seat(facts)
    assert held is not None
    (alone,), (with_it,) = estimates(without_seat(facts)).values(), estimates(facts).values()
    assert held.days == 1
    assert held.minutes == pytest.approx(alone.seated - with_it.seated)
    assert 2 < held.minutes < 5


def test_nothing_is_said_without_measured_days() -> None:
    """An hour is no day, and a day without a sensor is held against nothing."""
    assert held_against_seat(Story("2026-03-02T09:00").sit(60, SEAT).facts()) is None
    assert held_against_seat(Story("2026-03-02T09:00").sit(300).facts()) is None


def test_a_seat_tells_for_every_device() -> None:
    """Who left the chair at one computer and types at another four minutes later was away, not sitting."""
    desk = tell("0:00 seat_occupied \n 0:00-10:00 key \n 20:00 seat_empty \n 30:00 seat_occupied \n 40:00 end")
    laptop = tell("0:00-19:50 key \n 24:00-40:00 key \n 40:00 end")
    body = merged([DeviceBooks("desk", desk.played.facts), DeviceBooks("laptop", laptop.played.facts)])
    gap = next(span for span in body.facts.spans if span.kind is not SpanClass.SEATED)
    assert (gap.kind, gap.duration, gap.measured) == (SpanClass.AWAY, timedelta(minutes=4), True)
