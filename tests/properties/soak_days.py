"""The properties on many days: `make soak`, or DAYS=10000 for more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.day import DAYS, STARTS, Row
from tests.properties import laws

PART = st.floats(0, 1, exclude_max=True)
LAWS: dict[str, tuple[Callable[..., None], tuple[st.SearchStrategy[object], ...]]] = {
    "spans": (laws.spans_tile, ()),
    "polls": (laws.polls_do_not_matter, (st.sampled_from([0.7, 5.0, 31.0]),)),
    "clock": (
        lambda rows, where: laws.the_wall_clock_does_not_matter(rows, *where),
        (st.sampled_from(STARTS),),
    ),
    "seconds": (laws.no_second_counts_twice_or_with_input, ()),
    "sensors": (laws.measured_time_is_what_the_seat_says, ()),
    "prompts": (laws.prompts_find_somebody, ()),
    "snapshots": (laws.snapshots_change_nothing, (PART,)),
    "kills": (laws.a_short_kill_changes_little, (PART, st.sampled_from([0, 1, 5]))),
    "illegal": (lambda rows, part: laws.illegal_events_change_nothing(rows, int(part * len(rows))), (PART,)),
}


@pytest.mark.soak
@pytest.mark.parametrize("law", LAWS)
def test_laws_hold_on_many_days(law: str) -> None:
    """Each law holds on thousands of days."""
    check, more = LAWS[law]

    @settings(settings.get_profile("days-soak"))
    @given(DAYS, st.tuples(*more))
    def holds(rows: list[Row], drawn: tuple[object, ...]) -> None:
        check(rows, *drawn)

    holds()
