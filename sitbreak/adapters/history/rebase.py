"""Fitting facts from another machine's book axis into this one, by UTC.

A run of spans without a hole keeps its durations and is moved as one, to where UTC puts it beside the nearest earlier
fact that is here already. So a second import of the same facts finds them where the first has put them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sitbreak.adapters.history.layout import INSTANT, kind_of
from sitbreak.core.records import BreakRecord, Fact, PromptRecord, Span
from sitbreak.core.timeline import ZERO, Instant


def moment_of(fact: Fact) -> Instant | None:
    """The instant that orders a fact among its kind; None for baselines and goals."""
    kind = kind_of(fact)
    moment: Instant | None = getattr(fact, kind.moment) if kind.moment else None
    return moment


class _Anchors:
    """Where UTC stood along the axis of the facts that are here."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        moments = {(at.utc, at.elapsed) for fact in facts if (at := moment_of(fact)) is not None}
        self._moments = sorted(moments)
        self._keys: list[datetime] = [utc for utc, _ in self._moments]

    def shift(self, at: Instant) -> timedelta:
        """How far an instant of the other axis must be moved."""
        if not self._moments:
            return ZERO
        utc, elapsed = self._moments[max(0, bisect_right(self._keys, at.utc) - 1)]
        return elapsed + (at.utc - utc) - at.elapsed


def _runs(facts: Iterable[Fact]) -> list[Instant]:
    """Where each run of touching spans begins; without spans, every moment is its own."""
    spans = sorted((fact for fact in facts if isinstance(fact, Span)), key=lambda span: span.start.elapsed)
    begins: list[Instant] = []
    end: timedelta | None = None
    for span in spans:
        if span.start.elapsed != end:
            begins.append(span.start)
        end = span.end.elapsed
    loose = [] if spans else [at for fact in facts if (at := moment_of(fact)) is not None]
    return [*begins, *sorted(loose, key=lambda at: at.elapsed)]


def rebase(here: Sequence[Fact], foreign: Sequence[Fact]) -> list[Fact]:
    """The foreign facts, in their order, on the axis of those here.

    Their prompts get numbers below zero, which the program itself never gives, and their breaks point to those.
    """
    anchors, begins = _Anchors(here), _runs(foreign)
    keys = [at.elapsed for at in begins]
    shifts = [anchors.shift(at) for at in begins]

    def place(fact: Fact) -> Fact:
        at = moment_of(fact)
        return fact if at is None else moved(fact, shifts[max(0, bisect_right(keys, at.elapsed) - 1)])

    placed = [place(fact) for fact in foreign]
    return _renumbered(here, placed)


def moved(fact: Fact, shift: timedelta) -> Fact:
    """The fact with each of its instants so much later on the axis, at the same UTC."""
    names = [column.name for column in kind_of(fact).columns if column.form is INSTANT]
    changes: dict[str, Any] = {}
    for name in names:
        at: Instant | None = getattr(fact, name)
        changes[name] = None if at is None else Instant(at.elapsed + shift, at.utc, at.zone)
    return replace(fact, **changes)


def _renumbered(here: Sequence[Fact], foreign: list[Fact]) -> list[Fact]:
    known = {fact.shown.elapsed: fact.number for fact in here if isinstance(fact, PromptRecord)}
    lowest = min([0, *known.values()])
    numbers: dict[int, int] = {}
    for fact in foreign:
        if isinstance(fact, PromptRecord) and fact.number not in numbers:
            number = known.get(fact.shown.elapsed)
            if number is None:
                number = lowest = lowest - 1
            numbers[fact.number] = number
    return [_with_number(fact, numbers) for fact in foreign]


def _with_number(fact: Fact, numbers: dict[int, int]) -> Fact:
    if isinstance(fact, PromptRecord):
        return replace(fact, number=numbers[fact.number])
    if isinstance(fact, BreakRecord) and fact.prompt is not None:
        return replace(fact, prompt=numbers.get(fact.prompt))
    return fact
