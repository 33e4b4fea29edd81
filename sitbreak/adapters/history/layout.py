"""What every kind of fact consists of: the one table that storing, exporting and importing are derived from.

An Instant is book-axis microseconds, UTC microseconds since 1970, and "+02:00 Europe/Berlin": the offset stands beside
the zone's name so that the local time stays what it was, should a zone's rules be changed or unknown elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitbreak.core import records
from sitbreak.core.records import Evidence, Fact
from sitbreak.core.text import one_line
from sitbreak.core.timeline import Instant

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def to_micros(duration: timedelta) -> int:
    """A duration in whole microseconds."""
    return duration // MICROSECOND


def from_micros(micros: int) -> timedelta:
    """The duration of so many microseconds."""
    return timedelta(0, 0, micros)


def utc_micros(moment: datetime) -> int:
    """Microseconds since 1970, UTC, of an aware datetime."""
    return (moment - EPOCH) // MICROSECOND


@lru_cache(maxsize=256)
def offset_text(offset: timedelta) -> str:
    """An offset from UTC as "+05:45", with seconds where it has some."""
    sign = "-" if offset < timedelta(0) else "+"
    whole = abs(offset) // timedelta(seconds=1)
    text = f"{sign}{whole // 3600:02}:{whole // 60 % 60:02}"
    return f"{text}:{whole % 60:02}" if whole % 60 else text


def _offset(text: str) -> timedelta:
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    return -size if text.startswith("-") else size


def zone_text(instant: Instant) -> str:
    """The offset then in force, and the zone's IANA name if it has one."""
    offset = instant.local.utcoffset()
    text = offset_text(timedelta(0) if offset is None else offset)
    key = zone_key(instant)
    return text if key is None else f"{text} {key}"


def zone_key(instant: Instant) -> str | None:
    """The IANA name of its zone; None for a fixed offset."""
    return instant.zone.key if isinstance(instant.zone, ZoneInfo) else None


@lru_cache(maxsize=1024)
def zone_of(text: str) -> tzinfo:
    """The zone that `zone_text` wrote; the fixed offset where this machine does not know the name.

    Raises ValueError for any other text.
    """
    offset, _, key = text.partition(" ")
    if key:
        try:
            return ZoneInfo(key)
        except (ZoneInfoNotFoundError, OSError):
            pass  # an unknown name: the offset below is still right
    size = _offset(offset)
    return UTC if size == timedelta(0) else timezone(size)


def instant_row(instant: Instant) -> tuple[int, int, str]:
    """The three column values of an instant."""
    return to_micros(instant.elapsed), utc_micros(instant.utc), zone_text(instant)


def instant_of(elapsed: int, utc: int, zone: str) -> Instant:
    """The instant of three column values."""
    return Instant(timedelta(0, 0, elapsed), EPOCH + timedelta(0, 0, utc), zone_of(zone))


Cell = int | float | str | None


@dataclass(frozen=True, slots=True)
class Form:
    """How a value becomes a cell and back; `parse` reads it from text. INSTANT takes three cells instead of one."""

    name: str
    cell: Callable[[Any], Cell]
    value: Callable[[Any], Any]
    parse: Callable[[str], Cell]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A field of a fact, by its name in the record; `optional` ones may be None."""

    name: str
    form: Form
    optional: bool = False


@dataclass(frozen=True, slots=True)
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

KINDS = (SPAN, PROMPT, BREAK, GAP, MOVEMENT, CORRECTION, BASELINE, GOAL)
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
