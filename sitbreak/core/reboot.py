"""After a start of the machine only the wall clock says how long it was off, and it may be wrong (spec 1.5).

A machine that boots with its clock an hour behind makes a lunch of an hour look like a minute at the desk; one that
boots an hour ahead makes up an hour. Most set their clock by the network minutes later: that step tells by how much
the gap was mistaken, and what was booked of it is put right. What was recorded between the start and the step is dated
anew, since its wall-clock times were wrong by as much.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import time, timedelta
from typing import Any, TypeVar

from sitbreak.core.classify import ClosedGap
from sitbreak.core.records import (
    GROUPS,
    Correction,
    Fact,
    Facts,
    Span,
    SpanClass,
)
from sitbreak.core.timeline import ZERO, Instant, WallMap

SET_WITHIN = timedelta(hours=1)  # after the start; a later step is somebody's doing
LEAST_STEP = timedelta(seconds=60)
A_MOMENT = timedelta(seconds=1)
Dated = TypeVar("Dated")


@dataclass(slots=True)
class Boot:
    """The machine was started anew at `at`. `gap` is the one across it, once somebody was seen; `step`: see above.

    `recorded` is what was kept since.
    """

    at: timedelta
    step: timedelta = ZERO
    gap: ClosedGap | None = None
    recorded: Facts = field(default_factory=Facts)

    def over(self, now: timedelta) -> bool:
        """Whether the wall clock is taken as right from now on."""
        return now - self.at > SET_WITHIN

    def closed(self, gap: ClosedGap) -> None:
        """Presence ended a gap; the first that ends after the start is the one across it."""
        if self.gap is None and gap.gap.end > self.at:
            self.gap = gap

    def stepped(self, step: timedelta) -> bool:
        """The wall clock was set, forward or (negative) back; whether that is more than a usual adjustment."""
        far = abs(step) >= LEAST_STEP
        self.step += step if far else ZERO
        return far

    def record(self, facts: Iterable[Fact]) -> None:
        """Remembers what was kept, so that it can be dated anew."""
        for fact in facts:
            group = GROUPS[type(fact)]
            self.recorded = replace(self.recorded, **{group: (*getattr(self.recorded, group), fact)})

    @property
    def mistaken(self) -> bool:
        """Whether the gap is known, and that its length was wrong."""
        return self.gap is not None and abs(self.step) >= LEAST_STEP


def dated_anew(kept: Dated, since: timedelta, wall_map: WallMap, day_start: time) -> Dated:
    """A record whose moments from `since` on are what `wall_map` says now, and its day with them."""
    moments = {f.name: getattr(kept, f.name) for f in fields(kept)}  # type: ignore[arg-type]
    moments = {n: m for n, m in moments.items() if isinstance(m, Instant) and m.elapsed >= since}
    changed: dict[str, Any] = {name: wall_map.at(moment.elapsed) for name, moment in moments.items()}
    if changed and hasattr(kept, "day"):
        changed["day"] = next(iter(changed.values())).day(day_start)
    return replace(kept, **changed) if changed else kept  # type: ignore[type-var]


def put_right(boot: Boot, wall_map: WallMap, now: timedelta, day_start: time) -> Fact | None:
    """What to keep, so that the gap across the start of the machine is no longer what it was not; None: nothing.

    A gap that was longer than it seemed is UNOBSERVED by a correction; the span of one that was shorter is replaced.
    """
    if boot.gap is None:
        return None
    start, end = wall_map.at(boot.gap.gap.start), wall_map.at(boot.gap.gap.end)
    if boot.step > ZERO:
        at = wall_map.at(now)
        return None if boot.gap.ended_bout else Correction(start, end, SpanClass.UNOBSERVED, at)
    (first, *others), day = boot.gap.pieces, start.day(day_start)
    if others or first.kind is not SpanClass.UNOBSERVED or end.day(day_start) != day:
        return None
    length = max(A_MOMENT, end.since(start) + boot.step)
    return Span(start, start.plus(length), first.kind, None, first.evidence, day)
