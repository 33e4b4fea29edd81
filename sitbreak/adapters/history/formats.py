"""Facts as text, for people and other programs: JSON lines (a header, then one fact a line) or one CSV table.

Both have the same columns. `kind` says which fact it is: span, prompt, break, gap, movement, correction, baseline, goal
or quiet. A moment `x` takes three: `x` (local time with its offset), `x_zone` (its IANA name, or empty) and `x_us` (its
place on the book axis, in microseconds). Lengths end in `_us`. A span's class stands under `class`. Empty means none.

A device's journal has the same JSON lines, each with a number that tells which one is later.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, TextIO

from sitbreak.adapters.history.fact_columns import (
    BY_NAME,
    EVIDENCE,
    FLAG,
    INSTANT,
    KINDS,
    LENGTH,
    TEXT,
    Cell,
    TableColumn,
    from_micros,
    kind_of,
    offset_text,
    to_micros,
    zone_key,
    zone_of,
)
from sitbreak.core.frozen import frozen
from sitbreak.core.records import Fact, Quiet, implausible
from sitbreak.core.timeline import Instant
from sitbreak.language import _

HEADER = "sitbreak-history"
VERSION = 1
MOST = 2**60  # in a cell; microseconds of 36,000 years
FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")  # what begins one in a spreadsheet, and our own mark
MAY_BE_EMPTY = (TEXT, EVIDENCE)

Fields = Mapping[str, str | None]


class BadLine(ValueError):
    """A line that is no fact; the message says why, for people."""


def label(column: TableColumn) -> str:
    """What a column is called outside."""
    if column.form is LENGTH:
        return f"{column.name}_us"
    return "class" if column.name == "kind" else column.name


def _labels(column: TableColumn) -> list[str]:
    name = label(column)
    return [name, f"{name}_zone", f"{name}_us"] if column.form is INSTANT else [name]


ALL_LABELS = list(dict.fromkeys(["kind", *(text for kind in KINDS for each in kind.columns for text in _labels(each))]))


def to_fields(fact: Fact) -> dict[str, Cell]:
    """The columns of a fact, in the order of its fields."""
    kind = kind_of(fact)
    fields: dict[str, Cell] = {"kind": kind.name}
    for column in kind.columns:
        value = getattr(fact, column.name)
        fields.update(zip(_labels(column), _cells(column, value), strict=True))
    return fields


def _cells(column: TableColumn, value: Any) -> tuple[Cell, ...]:
    if column.form is not INSTANT:
        return (None if value is None else column.form.cell(value),)
    if value is None:
        return (None, None, None)
    return value.local.isoformat(timespec="microseconds"), zone_key(value), to_micros(value.elapsed)


def from_fields(fields: Fields) -> Fact:
    """The fact of a line's columns; raises BadLine."""
    kind = BY_NAME.get(str(fields.get("kind")))
    if kind is None:
        raise BadLine(_("{get!r} is no kind of record", get=fields.get("kind")))
    fact: Fact = kind.of(*(_value(column, fields) for column in kind.columns))
    if why := implausible(fact):
        raise BadLine(why)
    return fact


def _value(column: TableColumn, fields: Fields) -> Any:
    name = label(column)
    text = fields.get(name)
    if text is None or text == "":
        if column.optional:
            return None
        if column.form not in MAY_BE_EMPTY:
            raise BadLine(_("{name} is missing", name=name))
        text = ""
    try:
        if column.form is INSTANT:
            return _instant(text, fields.get(f"{name}_zone"), fields.get(f"{name}_us"))
        text.encode()  # half a character cannot be kept
        cell = column.form.parse(text)
        if isinstance(cell, int) and abs(cell) > MOST:
            raise ValueError("the number is too large")
        return column.form.value(cell)
    except (ValueError, OverflowError) as error:
        raise BadLine(_("{name} makes no sense ({error})", name=name, error=error)) from None


def _instant(text: str, key: str | None, micros: str | None) -> Instant:
    moment = datetime.fromisoformat(text)
    offset = moment.utcoffset()
    if offset is None or micros is None:
        raise ValueError("it needs an offset from UTC and its place on the book axis")
    zone = zone_of(f"{offset_text(offset)} {key}" if key else offset_text(offset))
    utc = moment.astimezone(zone_of("+00:00"))
    elapsed = int(micros)
    if abs(elapsed) > MOST:
        raise ValueError("its place on the book axis is too far off")
    return Instant(from_micros(elapsed), utc, zone)


def write_jsonl(facts: Iterable[Fact], out: TextIO) -> None:
    """Writes the header and one JSON object a line."""
    out.write(json.dumps({"kind": HEADER, "version": VERSION}) + "\n")
    for fact in facts:
        out.write(json.dumps(json_fields(fact), ensure_ascii=False) + "\n")


def json_fields(fact: Fact) -> dict[str, Cell | bool]:
    """The columns of a fact as JSON has them."""
    fields: dict[str, Cell | bool] = {**to_fields(fact)}
    flags = (column.name for column in kind_of(fact).columns if column.form is FLAG)
    return fields | {name: bool(fields[name]) for name in flags}


def write_csv(facts: Iterable[Fact], out: TextIO) -> None:
    """Writes one table with the columns of all kinds; a kind's row leaves the others' empty."""
    # Lines end as RFC 4180 has it; with that a cell that holds a carriage return is quoted, too.
    writer = csv.DictWriter(out, ALL_LABELS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for fact in facts:
        writer.writerow({name: _plain(cell) for name, cell in to_fields(fact).items()})


def _plain(cell: Cell) -> Cell:
    """The cell as a spreadsheet takes it for no formula: such text stands behind an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else "" if cell is None else cell


def _unquoted(cell: str) -> str:
    """The cell that `_plain` wrote; one of another program as it is."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def read_lines(lines: Iterable[str]) -> Iterator[tuple[int, Fields | BadLine]]:
    """The columns of each line with its number, or what is wrong with it. Either format is known by its first line."""
    rest = iter(lines)
    first = next(rest, "").removeprefix("\ufeff")
    return _read_jsonl(first, rest) if first.lstrip().startswith("{") else _read_csv(first, rest)


def _read_jsonl(header: str, lines: Iterator[str]) -> Iterator[tuple[int, Fields | BadLine]]:
    begin = fields_of_line(header)
    if isinstance(begin, BadLine) or begin.get("kind") != HEADER:
        yield 1, BadLine(_("this is no export of a sitbreak history"))
        return
    if begin.get("version") != str(VERSION):
        yield (
            1,
            BadLine(
                _(
                    "this export has version {get}, and only version {version} is known here",
                    get=begin.get("version"),
                    version=VERSION,
                )
            ),
        )
        return
    for number, line in enumerate(lines, start=2):
        if line.strip():
            yield number, fields_of_line(line)


def fields_of_line(line: str) -> Fields | BadLine:
    """The columns of one JSON line, or what is wrong with it."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        return BadLine(_("it is no JSON ({error})", error=error))
    if not isinstance(found, dict):
        return BadLine(_("it is no JSON object"))
    return {name: _text(value) for name, value in found.items()}


def _text(value: object) -> str | None:
    if isinstance(value, bool):
        return "1" if value else "0"
    return None if value is None else str(value)


def _read_csv(header: str, lines: Iterator[str]) -> Iterator[tuple[int, Fields | BadLine]]:
    names = next(csv.reader([header]), [])
    if "kind" not in names:
        yield 1, BadLine(_("this is no export of a sitbreak history"))
        return
    reader = csv.reader(lines)
    try:
        for row in reader:
            if row:
                yield reader.line_num + 1, dict(zip(names, map(_unquoted, row), strict=False))
    except csv.Error as error:
        yield reader.line_num + 1, BadLine(_("it is no CSV ({error})", error=error))


# -- journals

MOST_NUMBER = 2**53
SAID = "said"  # the kind of a line that holds no record but a word of the person to that device, for a short while


@frozen
class JournalLine:
    """A record and its number, or what the person said (`fact` is None); `until` is the latest moment it tells of,
    None where it tells of days only.
    """

    number: int
    fact: Fact | None
    until: datetime | None
    said: Mapping[str, object] | None = None


def journal_header(device: str) -> str:
    """The first line of each journal."""
    return json.dumps({"kind": HEADER, "version": VERSION, "device": device})


def device_of_header(text: str) -> str:
    """The device whose journal begins with this line; raises BadLine for anything else, or a newer version."""
    fields = fields_of_line(text)
    if isinstance(fields, BadLine) or fields.get("kind") != HEADER:
        raise BadLine(_("it does not begin as a journal does"))
    if fields.get("version") != str(VERSION):
        raise BadLine(
            _(
                "it is of version {get}, and only version {version} is known here",
                get=fields.get("version"),
                version=VERSION,
            )
        )
    return str(fields.get("device"))


def journal_line(number: int, fields: Mapping[str, object]) -> str:
    """A record as a line, without its end."""
    return json.dumps({"n": number, **fields}, ensure_ascii=False, separators=(",", ":"))


def read_journal_line(text: str) -> JournalLine:
    """The record in a line; raises BadLine, which says why for people."""
    fields = fields_of_line(text)
    if isinstance(fields, BadLine):
        raise fields
    number = str(fields.get("n"))
    if not (number.isascii() and number.isdigit() and len(number) < 17 and int(number) < MOST_NUMBER):
        raise BadLine(_("it has no number"))
    if fields.get("kind") == SAID:
        return JournalLine(int(number), None, _moment(fields.get("at")), json.loads(text))
    fact = from_fields(fields)
    return JournalLine(int(number), fact, _until(fact))


def _moment(text: str | None) -> datetime:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        raise BadLine(_("{name} makes no sense ({error})", name="at", error=repr(text))) from None
    if found.tzinfo is None:
        raise BadLine(_("{name} makes no sense ({error})", name="at", error=repr(text)))
    return found


def _until(fact: Fact) -> datetime | None:
    moments: list[Instant | None] = [getattr(fact, c.name) for c in kind_of(fact).columns if c.form is INSTANT]
    length = fact.length if isinstance(fact, Quiet) else timedelta(0)
    return max((each.utc + length for each in moments if each is not None), default=None)
