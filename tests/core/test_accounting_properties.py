"""What holds for any day at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from sitbreak.core.accounting import days
from sitbreak.core.records import Evidence, SpanClass, Strength
from sitbreak.core.spans import bouts, overlay, w50
from tests.review.made import Story

PIECES = st.lists(
    st.tuples(
        st.sampled_from(["sit", "call", "stand", "move", "away", "weak", "unseen"]),
        st.integers(min_value=1, max_value=30_000),
    ),
    min_size=1,
    max_size=25,
)
STARTS = st.sampled_from(["2026-03-02T09:00", "2026-03-03T03:40", "2026-03-28T22:00", "2026-10-25T01:30"])


def told(start: str, pieces: list[tuple[str, int]]) -> Story:
    """A story of these pieces, their lengths in seconds."""
    story = Story(start)
    tell: dict[str, Callable[[float], Story]] = {
        "sit": story.sit,
        "call": lambda minutes: story.sit(minutes, Evidence.CALL),
        "stand": story.stand,
        "move": story.move,
        "away": story.away,
        "weak": lambda minutes: story.away(minutes, Strength.WEAK),
        "unseen": story.unseen,
    }
    for what, seconds in pieces:
        tell[what](seconds / 60)
    return story


@given(STARTS, PIECES)
def test_the_figures_add_up(start: str, pieces: list[tuple[str, int]]) -> None:
    """Omega is sitting plus time up; C is never negative, and never more than was spent out of the chair."""
    for day in days(told(start, pieces).facts()):
        assert isclose(day.omega, day.seated + day.up, abs_tol=1e-6)
        assert 0 <= day.reduced <= day.up + day.declared + 1e-9


@given(STARTS, PIECES)
def test_splitting_at_the_boundary_keeps_the_sums(start: str, pieces: list[tuple[str, int]]) -> None:
    """The days of a story hold its sitting and its time up in full, however the boundary cuts it."""
    found = days(told(start, pieces).facts())
    whole = sum(seconds for what, seconds in pieces if what != "unseen")
    assert isclose(sum(day.omega for day in found) * 60, whole, abs_tol=1e-6)


@given(STARTS, PIECES)
def test_bouts_hold_all_sitting(start: str, pieces: list[tuple[str, int]]) -> None:
    """The lengths of the bouts add up to the time seated, to the microsecond."""
    story = told(start, pieces)
    seated = sum((s.duration for s in story.spans if s.kind is SpanClass.SEATED), timedelta(0))
    assert sum((bout.duration for bout in bouts(story.spans)), timedelta(0)) == seated


@given(STARTS, PIECES, st.integers(1, 400), st.integers(1, 400), st.sampled_from(list(SpanClass)))
def test_a_correction_creates_and_destroys_no_time(
    start: str, pieces: list[tuple[str, int]], back: int, minutes: int, kind: SpanClass
) -> None:
    """Corrected spans tile the same time, and no second with input becomes a break."""
    story = told(start, pieces).correct(back, minutes, kind)
    pieces_after = overlay(story.spans, story.corrections)
    assert pieces_after[0].start == story.spans[0].start
    assert pieces_after[-1].end.elapsed == story.spans[-1].end.elapsed
    for earlier, later in pairwise(pieces_after):
        assert earlier.end.elapsed == later.start.elapsed
    assert not any(p.kind is SpanClass.BREAK and Evidence.INPUT in p.evidence for p in pieces_after)


@given(st.lists(st.integers(min_value=1, max_value=10**9), min_size=1))
def test_w50_is_where_half_is_reached(seconds: list[int]) -> None:
    """The bouts up to W50 hold at least half of all sitting, those shorter less than half."""
    lengths = [timedelta(microseconds=value) for value in seconds]
    found = w50(lengths)
    assert found is not None
    whole = sum(lengths, timedelta(0))
    assert 2 * sum((x for x in lengths if x <= found), timedelta(0)) >= whole
    assert 2 * sum((x for x in lengths if x < found), timedelta(0)) < whole


def test_w50_of_nothing() -> None:
    """Without a bout there is no usual duration."""
    assert w50([]) is None
