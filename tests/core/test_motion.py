"""Which pointer motion is input (spec 1.1)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sitbreak.core.motion import MotionFilter

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
