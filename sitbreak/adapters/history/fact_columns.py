"""What every kind of fact consists of, read off the records themselves: storing, exporting and importing follow it.

An instant takes three columns: book-axis microseconds, UTC microseconds since 1970, and "+02:00 Europe/Berlin". The
offset stands beside the zone's name so that the local time stays what it was, should a zone's rules be changed or
unknown on another machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from functools import lru_cache
from types import NoneType
from typing import Any, get_args, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitbreak.core import records
from sitbreak.core.frozen import frozen
from sitbreak.core.records import Evidence, Fact
from sitbreak.core.text import one_line
from sitbreak.core.timeline import EPOCH, MICROSECOND, Instant

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
    """A kind of fact. `table`: also the group of Facts it is handed out in; `key` identifies one among its kind.

    `moment` is the instant that orders it ("" for dates).
    """

    name: str
    table: str
    of: type[Any]
    columns: tuple[TableColumn, ...]
    key: tuple[str, ...]
    moment: str


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

# How a field of each type is kept; of an enumeration its value is.
FORMS: dict[Any, Form] = {
    Instant: INSTANT,
    str: TEXT,
    int: INTEGER,
    float: REAL,
    bool: FLAG,
    date: DAY,
    timedelta: LENGTH,
    frozenset[Evidence]: EVIDENCE,
}


def _columns(of: type[Any]) -> Iterator[TableColumn]:
    for name, hint in get_type_hints(of).items():
        optional = NoneType in get_args(hint)
        kind = next(each for each in get_args(hint) if each is not NoneType) if optional else hint
        yield TableColumn(name, FORMS[kind] if kind in FORMS else one_of(kind), optional)


def _kind(name: str, of: type[Any], key: tuple[str, ...], moment: str = "") -> TableKind:
    return TableKind(name, records.GROUPS[of], of, tuple(_columns(of)), key, moment)


SPAN = _kind("span", records.Span, ("start",), "start")
PROMPT = _kind("prompt", records.PromptRecord, ("number",), "shown")
BREAK = _kind("break", records.BreakRecord, ("accepted",), "accepted")
GAP = _kind("gap", records.GapAnswer, ("start",), "start")
MOVEMENT = _kind("movement", records.DeclaredMovement, ("at", "source"), "at")
CORRECTION = _kind("correction", records.Correction, ("at", "start"), "start")
BASELINE = _kind("baseline", records.BaselineRecord, ("first",))
GOAL = _kind("goal", records.GoalRecord, ("day",))
QUIET = _kind("quiet", records.Quiet, ("start",), "start")

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
