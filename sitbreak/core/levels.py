"""Levels of a movement, and which body areas were served: read off what was done before (spec 3.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sitbreak.core.movements import AREAS, Movement
from sitbreak.core.timeline import Instant

LEVELS = ("easier", "shown", "harder")
# Slow increments: the next level is offered after four weeks, never imposed (spec 3.1).
STAY = timedelta(weeks=4)


def offered_level(done: Sequence[tuple[Instant, str]]) -> str | None:
    """The next level of a movement, done at these moments on these levels, oldest first; None while it is to stay.

    It is offered once the present level was done for four weeks, from the first to the last time by the wall clock: the
    steady one begins anew with each boot.
    """
    if not done:
        return None
    last, level = done[-1]
    run = len(done) - 1
    while run > 0 and done[run - 1][1] == level:
        run -= 1
    if last.utc - done[run][0].utc < STAY or level == LEVELS[-1]:
        return None
    return LEVELS[LEVELS.index(level) + 1]


def areas_served(
    catalogue: Sequence[Movement], done: Sequence[tuple[str, date]], first: date, last: date
) -> Mapping[str, int]:
    """How often each body area was served on the logical days first to last, both included, areas not served too.

    `done` pairs the id of a movement with the logical day it was done on; unknown ids are passed over.
    """
    known = {each.id: each.areas for each in catalogue}
    counts = dict.fromkeys(AREAS, 0)
    for movement, day in done:
        if first <= day <= last:
            for area in known.get(movement, ()):
                counts[area] = counts.get(area, 0) + 1
    return counts
