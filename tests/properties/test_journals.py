"""Journals that come late, in part, twice and in any order end in the same books, whoever reads them."""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sitbreak.core.device_books import DeviceBooks
from sitbreak.core.merging import merged
from tests.fakes.day import DAYS, STARTS, Row
from tests.fakes.household import Computer, replicate, replicate_all
from tests.properties.laws import played

DAY = settings(settings.get_profile("days-ci" if "CI" in os.environ else "days"), max_examples=15)
STEPS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.none() | st.integers(0, 20_000)), min_size=0, max_size=12
)


@DAY
@given(st.lists(DAYS, min_size=2, max_size=5), st.sampled_from(STARTS), STEPS)
def test_any_way_of_replication_ends_in_the_same_books(
    several: list[list[Row]], start: tuple[str, str], steps: list[tuple[int, int, int | None]]
) -> None:
    """Half a day is recorded, copied in pieces and read; then the rest. All have the books of all, merged at once."""
    days = [played(rows, *start).facts for rows in several]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as held:
        computers = [
            held.enter_context(closing(Computer(Path(folder) / f"{n}", f"computer {n}"))) for n in range(len(days))
        ]
        for computer in computers:
            computer.exchange()
        for number, (source, target, most) in enumerate(steps):
            if number < len(days):
                computers[number].keep(days[number])
            one, other = computers[source % len(days)], computers[target % len(days)]
            one.exchange()
            if one is not other:
                replicate(one, other, most)
            other.exchange()
        for computer, facts in zip(computers, days, strict=True):
            computer.keep(facts)
        replicate_all(computers)
        expected = merged([DeviceBooks(c.id, facts) for c, facts in zip(computers, days, strict=True)]).facts
        for computer in computers:
            assert computer.facts() == expected
