"""The history in memory: for replay, tests, and what waits while the file cannot be written."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, time, timedelta
from itertools import chain
from typing import Any, ClassVar

from sitbreak.adapters.history.fact_columns import KINDS, SPAN, Key, day_of, key_of, kind_of, order_of
from sitbreak.adapters.history.queries import overlap, widened
from sitbreak.core.away_share import ANSWERED_PROMPTS, LEARNED_FROM
from sitbreak.core.records import Fact, Facts, GapAnswer, Outcome, Reason, Span
from sitbreak.core.timeline import DAY_START, Instant


def all_of(facts: Facts) -> Iterator[Fact]:
    """Every fact, kind after kind, each in order of time."""
    for group in fields(facts):
        yield from getattr(facts, group.name)


class _Drawer:
    """The facts of one kind, by key and by day."""

    def __init__(self) -> None:
        self.by_key: dict[Key, Any] = {}
        self.by_day: dict[date | None, dict[Key, Any]] = {}

    def put(self, key: Key, fact: Fact | None, day: date | None, former_day: date | None) -> None:
        """Puts a fact (None: nothing) in the place of the one with that key."""
        if key in self.by_key and former_day in self.by_day:
            self.by_day[former_day].pop(key, None)
            if not self.by_day[former_day]:
                del self.by_day[former_day]
        if fact is None:
            self.by_key.pop(key, None)
            return
        self.by_key[key] = fact
        self.by_day.setdefault(day, {})[key] = fact


class MemoryHistory:
    """Implements ports.History without a file; a `keep` of a few facts takes microseconds."""

    NAME: ClassVar[str] = "memory"

    def __init__(self, day_start: time = DAY_START) -> None:
        self._day_start = day_start
        self._drawers = {kind.name: _Drawer() for kind in KINDS}
        self._starts: list[timedelta] = []  # of the spans, ascending
        self._snapshot: Mapping[str, object] | None = None

    def keep(self, facts: Iterable[Fact], snapshot: Mapping[str, object] | None = None) -> None:
        """Stores facts over those with the same key, and the snapshot. Raises SpansOverlap: nothing was stored."""
        given = tuple(facts)
        undo = [self._put(fact) for fact in given]
        spans = [fact for fact in given if isinstance(fact, Span)]
        crossing = next((span for span in spans if not self._apart(span)), None)
        if crossing is not None:
            for fact, former in zip(reversed(given), reversed(undo), strict=True):
                self._put_back(fact, former)
            raise overlap(crossing)
        if snapshot is not None:
            self._snapshot = dict(snapshot)

    def _put(self, fact: Fact) -> Fact | None:
        drawer, key = self._drawers[kind_of(fact).name], key_of(fact)
        former: Fact | None = drawer.by_key.get(key)
        former_day = None if former is None else day_of(former, self._day_start)
        drawer.put(key, fact, day_of(fact, self._day_start), former_day)
        if former is None and isinstance(fact, Span):
            insort(self._starts, fact.start.elapsed)
        return former

    def _put_back(self, fact: Fact, former: Fact | None) -> None:
        drawer = self._drawers[kind_of(fact).name]
        day = None if former is None else day_of(former, self._day_start)
        drawer.put(key_of(fact), former, day, day_of(fact, self._day_start))
        if former is None and isinstance(fact, Span):
            del self._starts[bisect_left(self._starts, fact.start.elapsed)]

    def _apart(self, span: Span) -> bool:
        """Whether the span stored under this one's start keeps clear of its neighbours."""
        index = bisect_left(self._starts, span.start.elapsed)
        stored = self._drawers["span"].by_key
        here: Span = stored[(span.start.elapsed,)]
        before = stored[(self._starts[index - 1],)].end.elapsed if index > 0 else span.start.elapsed
        after = self._starts[index + 1] if index + 1 < len(self._starts) else here.end.elapsed
        return before <= here.start.elapsed <= here.end.elapsed <= after

    def snapshot(self) -> Mapping[str, object] | None:
        """The last snapshot kept, or None."""
        return self._snapshot

    def facts(self, first: date, last: date, *, margin_days: int = 0) -> Facts:
        """The facts of the logical days first to last; spans of `margin_days` more days at either end."""
        wide = widened(first, last, margin_days)
        ranges = {kind: wide if kind is SPAN else (first, last) for kind in KINDS}
        return Facts(**{kind.table: tuple(self._of(kind.name, *days)) for kind, days in ranges.items()})

    def _of(self, name: str, first: date, last: date) -> list[Any]:
        days = self._drawers[name].by_day
        groups = [group.values() for day, group in days.items() if day is None or first <= day <= last]
        return sorted(chain.from_iterable(groups), key=order_of)

    def answers(self) -> list[GapAnswer]:
        """What was said about gaps, in order of the gaps."""
        return sorted(self._drawers["gap"].by_key.values(), key=lambda answer: answer.start.elapsed)

    def outcomes(self) -> list[Outcome]:
        """What became of the latest prompts that were answered while sitting was thought, the latest first."""
        prompts = sorted(self._drawers["prompt"].by_key.values(), key=lambda prompt: -prompt.number)
        sitting = [prompt.outcome for prompt in prompts if prompt.reason is not Reason.STANDING]
        return [outcome for outcome in sitting if outcome in ANSWERED_PROMPTS][:LEARNED_FROM]

    def days(self) -> list[date]:
        """The logical days that have spans, ascending."""
        return sorted(day for day in self._drawers["span"].by_day if day is not None)

    def ends(self) -> tuple[Instant | None, int]:
        """Where the books end on their axis (None: nothing yet), and the highest prompt number (0: none)."""
        last: Span | None = self._drawers["span"].by_key[(self._starts[-1],)] if self._starts else None
        numbers: list[int] = [number for (number,) in self._drawers["prompt"].by_key]
        return (None if last is None else last.end), max([0, *numbers])

    def close(self) -> None:
        """Nothing to let go of."""
