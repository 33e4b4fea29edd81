"""Levels of a movement, and which body areas were served: read off what was done before (spec 3.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sitbreak.core.movements import AREAS, Movement, Past

LEVELS = ("easier", "shown", "harder")
# Slow increments: the next level is offered after four weeks, never imposed (spec 3.1).
STAY = timedelta(weeks=4)


def last_level(past: Sequence[Past], movement: str) -> str:
    """The level this movement was last done on; "shown" when it never was. `past` oldest first."""
    return next((each.level for each in reversed(past) if each.movement == movement), "shown")


def offered_level(past: Sequence[Past], movement: str) -> str | None:
    """The next level, when the movement was done on the present one for four weeks; else None.

    The four weeks run from the first to the last time on this level, by the wall clock: the steady one begins anew
    with each boot.
    """
    done = [each for each in past if each.movement == movement]
    if not done:
        return None
    level = done[-1].level
    run = len(done) - 1
    while run > 0 and done[run - 1].level == level:
        run -= 1
    if done[-1].at.utc - done[run].at.utc < STAY or level == LEVELS[-1]:
        return None
    return LEVELS[LEVELS.index(level) + 1]


def level_text(movement: Movement, level: str) -> str:
    """What is different on this level; empty as shown."""
    return {"easier": movement.easier, "harder": movement.harder}.get(level, "")


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
