"""Taking the records out as text, and bringing them (back) in: all of a file, and never twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TextIO

from sitbreak.adapters.history.errors import SpansOverlap
from sitbreak.adapters.history.formats import WRITERS, BadLine, from_fields, read_lines
from sitbreak.adapters.history.layout import Identity, identity
from sitbreak.adapters.history.memory import MemoryHistory, all_of
from sitbreak.adapters.history.rebase import moment_of, rebase
from sitbreak.core.records import Fact
from sitbreak.ports import History

SLICE = 500  # records kept in one transaction: some 20 ms


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that cannot be imported, and why: one sentence for people."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
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
            refused.append(Refusal(number, f"Line {number} was not understood: {problem}."))
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
            refused.append(Refusal(number, f"Line {number} was refused: {problem}."))
            continue
        known[identity(fact)] = fact
        new.append(fact)
    return new, same, refused


def _problem(trial: MemoryHistory, fact: Fact, former: Fact | None) -> str:
    if former is not None:
        return "a different record of the same thing is here already"
    try:
        trial.keep([fact])
    except SpansOverlap:
        return "its time is covered by another span that is here already, or it ends before it begins"
    return ""
