"""What every kind of fact consists of: the one table that storing, exporting and importing are derived from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sitbreak.adapters.history.instants import from_micros, to_micros
from sitbreak.core import records
from sitbreak.core.records import Evidence, Fact
from sitbreak.core.text import one_line

Cell = int | float | str | None


@dataclass(frozen=True, slots=True)
class Form:
    """How a value becomes a cell and back; `parse` reads it from text. INSTANT takes three cells instead of one."""

    name: str
    cell: Callable[[Any], Cell]
    value: Callable[[Any], Any]
    parse: Callable[[str], Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a fact, by its name in the record; `optional` ones may be None."""

    name: str
    form: Form
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact. `key` identifies one among its kind; `moment` is the instant that orders it ("" for dates)."""

    name: str
    table: str
    of: type[Any]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    moment: str
    group: str  # the attribute of Facts it is handed out in


@lru_cache(maxsize=4096)
def parse_day(text: str) -> date:
    """A date from ISO text; raises ValueError for anything else."""
    return date.fromisoformat(text)


@lru_cache(maxsize=1024)
def evidence_of(text: str) -> frozenset[Evidence]:
    """The evidence behind "call input"; raises ValueError for an unknown word."""
    return frozenset(Evidence(word) for word in text.split())


@lru_cache(maxsize=1024)
def evidence_text(evidence: frozenset[Evidence]) -> str:
    """The words of the evidence, sorted, so that equal evidence reads the same."""
    return " ".join(sorted(evidence))


def _itself(value: Any) -> Any:
    return value


def _parse_flag(text: str) -> int:
    if text not in ("0", "1"):
        raise ValueError(f"{text!r} is neither 0 nor 1")
    return int(text)


def one_of(values: type[StrEnum]) -> Form:
    """The form of an enumeration: its value."""
    return Form(values.__name__, str, values, str)


INSTANT = Form("instant", _itself, _itself, _itself)


def _parse_text(text: str) -> str:
    if not one_line(text):
        raise ValueError("it has characters that cannot be shown")
    return text


TEXT = Form("text", str, str, _parse_text)
INTEGER = Form("integer", int, int, int)
REAL = Form("real", float, float, float)
FLAG = Form("flag", int, bool, _parse_flag)
DAY = Form("day", date.isoformat, parse_day, str)
LENGTH = Form("length", to_micros, from_micros, int)
EVIDENCE = Form("evidence", evidence_text, evidence_of, str)

SPAN = Kind(
    "span",
    "spans",
    records.Span,
    (
        Column("start", INSTANT),
        Column("end", INSTANT),
        Column("kind", one_of(records.SpanClass)),
        Column("strength", one_of(records.Strength), optional=True),
        Column("evidence", EVIDENCE),
        Column("day", DAY),
    ),
    ("start",),
    "start",
    "spans",
)
PROMPT = Kind(
    "prompt",
    "prompts",
    records.PromptRecord,
    (
        Column("number", INTEGER),
        Column("shown", INSTANT),
        Column("day", DAY),
        Column("reason", one_of(records.Reason)),
        Column("movement", TEXT),
        Column("bout", LENGTH),
        Column("outcome", one_of(records.Outcome), optional=True),
        Column("closed", INSTANT, optional=True),
    ),
    ("number",),
    "shown",
    "prompts",
)
BREAK = Kind(
    "break",
    "breaks",
    records.BreakRecord,
    (
        Column("accepted", INSTANT),
        Column("day", DAY),
        Column("length", LENGTH),
        Column("movement", TEXT),
        Column("prompt", INTEGER, optional=True),
        Column("credited", LENGTH),
        Column("seated", FLAG),
        Column("level", TEXT),
    ),
    ("accepted",),
    "accepted",
    "breaks",
)
GAP = Kind(
    "gap",
    "gaps",
    records.GapAnswer,
    (
        Column("start", INSTANT),
        Column("end", INSTANT),
        Column("label", one_of(records.GapLabel)),
        Column("at", INSTANT),
    ),
    ("start",),
    "start",
    "gaps",
)
MOVEMENT = Kind(
    "movement",
    "movement",
    records.DeclaredMovement,
    (
        Column("at", INSTANT),
        Column("day", DAY),
        Column("minutes", REAL),
        Column("counted", FLAG),
        Column("source", TEXT),
    ),
    ("at", "source"),
    "at",
    "movement",
)
CORRECTION = Kind(
    "correction",
    "corrections",
    records.Correction,
    (
        Column("start", INSTANT),
        Column("end", INSTANT),
        Column("kind", one_of(records.SpanClass)),
        Column("at", INSTANT),
    ),
    ("at", "start"),
    "start",
    "corrections",
)
BASELINE = Kind(
    "baseline",
    "baselines",
    records.BaselineRecord,
    (Column("first", DAY), Column("last", DAY, optional=True), Column("firm", FLAG)),
    ("first",),
    "",
    "baselines",
)
GOAL = Kind(
    "goal",
    "goals",
    records.GoalRecord,
    (Column("day", DAY), Column("minutes", INTEGER), Column("by_user", FLAG)),
    ("day",),
    "",
    "goals",
)

KINDS = (SPAN, PROMPT, BREAK, GAP, MOVEMENT, CORRECTION, BASELINE, GOAL)
BY_NAME = {kind.name: kind for kind in KINDS}
BY_TYPE: dict[type[Any], Kind] = {kind.of: kind for kind in KINDS}

Key = tuple[Any, ...]
Identity = tuple[type[Any], Key]


def kind_of(fact: Fact) -> Kind:
    """The kind of a fact; raises KeyError for anything that is none."""
    return BY_TYPE[type(fact)]


def key_of(fact: Fact) -> Key:
    """What identifies the fact among its kind: instants count by their place on the book axis."""
    kind = kind_of(fact)
    values = [getattr(fact, name) for name in kind.key]
    return tuple(getattr(value, "elapsed", value) for value in values)


def identity(fact: Fact) -> Identity:
    """What a fact is the record of: a later one with the same takes its place."""
    return type(fact), key_of(fact)


def day_of(fact: Fact, day_start: time) -> date | None:
    """The logical day a fact belongs to; None for baselines and goals, which are never cut by days."""
    kind = kind_of(fact)
    if not kind.moment:
        return None
    day: date | None = getattr(fact, "day", None)
    if day is not None:
        return day
    moment: date = getattr(fact, kind.moment).day(day_start)
    return moment


def order_names(kind: Kind) -> tuple[str, ...]:
    """What puts facts of a kind in order of time."""
    return (kind.moment, *kind.key) if kind.moment and kind.key[0] != kind.moment else kind.key


def order_of(fact: Fact) -> Key:
    """The place of a fact among its kind, in order of time."""
    values = [getattr(fact, name) for name in order_names(kind_of(fact))]
    return tuple(getattr(value, "elapsed", value) for value in values)
