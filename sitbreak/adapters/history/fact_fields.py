"""What every kind of fact consists of: the one table that storing, exporting and importing are derived from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sitbreak.adapters.history.instants import from_micros, to_micros
from sitbreak.core import records
from sitbreak.core.frozen import frozen
from sitbreak.core.records import Evidence, Fact
from sitbreak.core.text import one_line

Cell = int | float | str | None


@frozen
class Form:
    """How a value becomes a cell and back; `parse` reads it from text. INSTANT takes three cells instead of one."""

    name: str
    cell: Callable[[Any], Cell]
    value: Callable[[Any], Any]
    parse: Callable[[str], Cell]


@frozen
class TableColumn:
    """A field of a fact, by its name in the record; `optional` ones may be None."""

    name: str
    form: Form
    optional: bool = False


@frozen
class TableKind:
    """A kind of fact. `key` identifies one among its kind; `moment` is the instant that orders it ("" for dates)."""

    name: str
    table: str
    of: type[Any]
    columns: tuple[TableColumn, ...]
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

SPAN = TableKind(
    "span",
    "spans",
    records.Span,
    (
        TableColumn("start", INSTANT),
        TableColumn("end", INSTANT),
        TableColumn("kind", one_of(records.SpanClass)),
        TableColumn("strength", one_of(records.Strength), optional=True),
        TableColumn("evidence", EVIDENCE),
        TableColumn("day", DAY),
    ),
    ("start",),
    "start",
    "spans",
)
PROMPT = TableKind(
    "prompt",
    "prompts",
    records.PromptRecord,
    (
        TableColumn("number", INTEGER),
        TableColumn("shown", INSTANT),
        TableColumn("day", DAY),
        TableColumn("reason", one_of(records.Reason)),
        TableColumn("movement", TEXT),
        TableColumn("bout", LENGTH),
        TableColumn("outcome", one_of(records.Outcome), optional=True),
        TableColumn("closed", INSTANT, optional=True),
    ),
    ("number",),
    "shown",
    "prompts",
)
BREAK = TableKind(
    "break",
    "breaks",
    records.BreakRecord,
    (
        TableColumn("accepted", INSTANT),
        TableColumn("day", DAY),
        TableColumn("length", LENGTH),
        TableColumn("movement", TEXT),
        TableColumn("prompt", INTEGER, optional=True),
        TableColumn("credited", LENGTH),
        TableColumn("seated", FLAG),
        TableColumn("level", TEXT),
    ),
    ("accepted",),
    "accepted",
    "breaks",
)
GAP = TableKind(
    "gap",
    "gaps",
    records.GapAnswer,
    (
        TableColumn("start", INSTANT),
        TableColumn("end", INSTANT),
        TableColumn("label", one_of(records.GapLabel)),
        TableColumn("at", INSTANT),
    ),
    ("start",),
    "start",
    "gaps",
)
MOVEMENT = TableKind(
    "movement",
    "movement",
    records.DeclaredMovement,
    (
        TableColumn("at", INSTANT),
        TableColumn("day", DAY),
        TableColumn("minutes", REAL),
        TableColumn("counted", FLAG),
        TableColumn("source", TEXT),
    ),
    ("at", "source"),
    "at",
    "movement",
)
CORRECTION = TableKind(
    "correction",
    "corrections",
    records.Correction,
    (
        TableColumn("start", INSTANT),
        TableColumn("end", INSTANT),
        TableColumn("kind", one_of(records.SpanClass)),
        TableColumn("at", INSTANT),
    ),
    ("at", "start"),
    "start",
    "corrections",
)
QUIET = TableKind(
    "quiet",
    "quiets",
    records.Quiet,
    (
        TableColumn("start", INSTANT),
        TableColumn("length", LENGTH),
        TableColumn("absence", LENGTH, optional=True),
        TableColumn("held", EVIDENCE),
        TableColumn("motion", FLAG),
    ),
    ("start",),
    "start",
    "quiets",
)
BASELINE = TableKind(
    "baseline",
    "baselines",
    records.BaselineRecord,
    (TableColumn("first", DAY), TableColumn("last", DAY, optional=True), TableColumn("firm", FLAG)),
    ("first",),
    "",
    "baselines",
)
GOAL = TableKind(
    "goal",
    "goals",
    records.GoalRecord,
    (TableColumn("day", DAY), TableColumn("minutes", INTEGER), TableColumn("by_user", FLAG)),
    ("day",),
    "",
    "goals",
)

KINDS = (SPAN, PROMPT, BREAK, GAP, MOVEMENT, CORRECTION, BASELINE, GOAL, QUIET)
BY_NAME = {kind.name: kind for kind in KINDS}
BY_TYPE: dict[type[Any], TableKind] = {kind.of: kind for kind in KINDS}

Key = tuple[Any, ...]
Identity = tuple[type[Any], Key]


def kind_of(fact: Fact) -> TableKind:
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


def order_names(kind: TableKind) -> tuple[str, ...]:
    """What puts facts of a kind in order of time."""
    return (kind.moment, *kind.key) if kind.moment and kind.key[0] != kind.moment else kind.key


def order_of(fact: Fact) -> Key:
    """The place of a fact among its kind, in order of time."""
    values = [getattr(fact, name) for name in order_names(kind_of(fact))]
    return tuple(getattr(value, "elapsed", value) for value in values)
