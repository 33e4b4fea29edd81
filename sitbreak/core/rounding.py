"""How minutes are rounded for people: the one place that decides, so that texts beside each other never contradict.

A length that stands alone is rounded. Beside the two times of day of its edges it is what those times differ by. What
goes on, and what is held against a goal, has only its complete minutes. A range is rounded outwards. Parts add up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sitbreak.core.spans import PROLONGED, VERY_LONG, Bout, as_minutes

NEXT_TO = 1e-9  # what is so near to a whole minute is one


def whole(minutes: float) -> int:
    """The nearest whole number of minutes, a half upwards."""
    return int(minutes + 0.5)


def full(minutes: float) -> int:
    """Whole minutes that are complete: 19.9 of 20 is not 20."""
    return int(minutes + NEXT_TO)


def between(start: datetime, minutes: float) -> int:
    """What the times of day, as clocks show them, differ by at the edges of a stretch that begins at `start`.

    0 for one of less than a minute, though a new minute may begin in it.
    """
    return 0 if full(minutes) < 1 else full(start.second / 60 + start.microsecond / 60e6 + minutes)


def parts(minutes: Iterable[float]) -> list[int]:
    """Complete minutes of each part, those of the sum in all: what is missing goes where most of a minute is left."""
    given = list(minutes)
    found = [full(each) for each in given]
    order = sorted(range(len(given)), key=lambda index: found[index] - given[index])
    for index in order[: full(sum(given)) - sum(found)]:
        found[index] += 1
    return found


def around(low: float, middle: float, high: float, step: int) -> tuple[int, int, int]:
    """A range in steps of so many minutes, never narrower than it is, with its middle."""
    return step * math.floor(low / step), step * whole(middle / step), step * math.ceil(high / step)


def shown(bout: Bout) -> int:
    """The minutes of a sitting bout, as the times of its edges have it."""
    return between(bout.start.local, as_minutes(bout.duration))


def longest(bouts: Sequence[Bout], latest: float) -> int | None:
    """The minutes of the longest bout; None without any. `latest`: from so many minutes on one is told of as long.

    Where its edges would have it as long as one that counts, and it is not, its complete minutes.
    """
    if not bouts:
        return None
    bout = max(bouts, key=lambda each: each.duration)
    minutes, bounds = as_minutes(bout.duration), (as_minutes(PROLONGED), as_minutes(VERY_LONG), latest)
    fits = all((shown(bout) >= bound) is (minutes >= bound) for bound in bounds)
    return shown(bout) if fits else full(minutes)


def prolonged(bouts: Iterable[Bout], least: timedelta = PROLONGED) -> tuple[int, int]:
    """Number and minutes of the bouts of at least `least`."""
    found = [shown(bout) for bout in bouts if bout.duration >= least]
    return len(found), sum(found)
