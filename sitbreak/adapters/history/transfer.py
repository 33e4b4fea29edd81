"""Taking the records out as text, and bringing them (back) in: all of a file, and never twice.

Facts of another machine's book axis are fitted into this one by UTC: a run of spans without a hole keeps its durations
and is moved as one, to where UTC puts it beside the nearest earlier fact that is here already. So a second import of
the same facts finds them where the first has put them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, TextIO

from sitbreak.adapters.history.errors import SpansOverlap
from sitbreak.adapters.history.fact_fields import INSTANT, Identity, identity, kind_of
from sitbreak.adapters.history.formats import WRITERS, BadLine, from_fields, read_lines
from sitbreak.adapters.history.memory import MemoryHistory, all_of
from sitbreak.core.frozen import frozen
from sitbreak.core.records import BreakRecord, Fact, PromptRecord, Span
from sitbreak.core.timeline import ZERO, Instant
from sitbreak.language import _
from sitbreak.ports import History


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


SLICE = 500  # records kept in one transaction: some 20 ms


@frozen
class Refusal:
    """A line that cannot be imported, and why: one sentence for people."""

    line: int
    why: str


@frozen
class ImportResult:
    """How many records were added, how many were here already; with any refusal, nothing was added."""

    added: int = 0
    same: int = 0
    refused: tuple[Refusal, ...] = ()


def export(history: History, fmt: str, first: date, last: date, out: TextIO) -> int:
    """Writes the facts of the days first to last as "csv" or "jsonl"; returns how many. Raises KeyError for others."""
    facts = list(all_of(history.facts(first, last)))
    WRITERS[fmt](facts, out)
    return len(facts)


def import_(history: History, lines: Iterable[str]) -> ImportResult:
    """Brings in what `export` wrote: records that are here already are left as they are, and a file with one that
    contradicts them is refused as a whole.

    A history with an axis of its own takes records of another machine in by UTC. They are kept in slices, so that
    another writer never waits long. Raises what `history.keep` raises; asked again, it brings in what is missing.
    """
    parsed, refused = _parse(lines)
    here = list(all_of(history.facts(date.min, date.max)))
    numbers = [line for line, _ in parsed]
    facts = _placed(here, [fact for _, fact in parsed])
    new, same, conflicts = _sift(here, zip(numbers, facts, strict=True))
    refused += conflicts
    if refused:
        return ImportResult(0, same, tuple(sorted(refused, key=lambda refusal: refusal.line)))
    for first in range(0, len(new), SLICE):
        history.keep(new[first : first + SLICE])
    return ImportResult(len(new), same)


def _parse(lines: Iterable[str]) -> tuple[list[tuple[int, Fact]], list[Refusal]]:
    parsed: list[tuple[int, Fact]] = []
    refused: list[Refusal] = []
    for number, fields in read_lines(lines):
        try:
            if isinstance(fields, BadLine):
                raise fields
            parsed.append((number, from_fields(fields)))
        except BadLine as problem:
            refused.append(
                Refusal(number, _("Line {number} was not understood: {problem}.", number=number, problem=problem))
            )
    return parsed, refused


def _placed(here: list[Fact], foreign: list[Fact]) -> list[Fact]:
    """The facts on the axis of this history; as they are if any timed one of them is here, or nothing is."""
    known = {identity(fact): fact for fact in here if moment_of(fact) is not None}
    if not known or any(known.get(identity(fact)) == fact for fact in foreign if moment_of(fact) is not None):
        return foreign
    return rebase(here, foreign)


def _sift(here: list[Fact], lines: Iterable[tuple[int, Fact]]) -> tuple[list[Fact], int, list[Refusal]]:
    """What is new, how many are here already, and what contradicts what is here (or an earlier line)."""
    known: dict[Identity, Fact] = {identity(fact): fact for fact in here}
    trial = MemoryHistory()
    trial.keep(here)
    new: list[Fact] = []
    same = 0
    refused: list[Refusal] = []
    for number, fact in lines:
        former = known.get(identity(fact))
        if former == fact:
            same += 1
            continue
        problem = _problem(trial, fact, former)
        if problem:
            refused.append(Refusal(number, _("Line {number} was refused: {problem}.", number=number, problem=problem)))
            continue
        known[identity(fact)] = fact
        new.append(fact)
    return new, same, refused


def _problem(trial: MemoryHistory, fact: Fact, former: Fact | None) -> str:
    if former is not None:
        return _("a different record of the same thing is here already")
    try:
        trial.keep([fact])
    except SpansOverlap:
        return _("its time is covered by another span that is here already, or it ends before it begins")
    return ""
