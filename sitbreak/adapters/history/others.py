"""What other devices told, in the same file as our own facts, and what of ours they are still to be told.

A fact of another device stands under its device, kind and key with the number of the line it came in: the highest
number holds, so lines may come in any order, twice or never. Our own rows get into the outbox by triggers, in the
transaction that changes them, and leave it once they are in our journal.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import field, replace
from datetime import date, time
from pathlib import Path
from typing import Any

from sitbreak.adapters.history.fact_columns import (
    BY_NAME,
    KINDS,
    SPAN,
    TableKind,
    day_of,
    key_of,
    kind_of,
    order_of,
    to_micros,
)
from sitbreak.adapters.history.formats import json_fields
from sitbreak.adapters.history.queries import transaction
from sitbreak.adapters.history.rows import SENSELESS, column_names, decode_all, encode
from sitbreak.core.device_books import DeviceBooks
from sitbreak.core.frozen import frozen
from sitbreak.core.records import Fact, Facts, Span

PATIENCE_S = 2.0
SLICE = 500  # rows of the outbox that are journaled at a time


@frozen
class Device:
    """A device as it is known here. `number` is its place in this file; `own`: it is this one.

    `files`: how far each of its journals was read; `apart`: how many of its lines are kept apart, and `why` the first
    is; `ahead`: seconds its clock is ahead of ours (below zero: behind), and `astray` the days on which it was too far
    off; `marks`: those of our runs; `since`: nothing of ours from before that day (ISO) is told.
    """

    number: int
    id: str
    name: str
    own: bool = False
    forgotten: bool = False
    files: Mapping[str, Sequence[int]] = field(default_factory=dict)
    apart: int = 0
    why: str = ""
    ahead: float = 0.0
    astray: frozenset[date] = frozenset()
    marks: tuple[str, ...] = ()
    since: str = ""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of its own to a history that is there, for a short while. Raises sqlite3.Error."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE_S, isolation_level=None)) as connection:
        yield connection


_STATE = ("files", "apart", "why", "ahead", "since")


def devices(connection: sqlite3.Connection) -> list[Device]:
    """All that are known, this one first, also those that were forgotten."""
    rows = connection.execute("SELECT number, id, name, own, forgotten, state FROM devices ORDER BY own DESC, number")
    found = []
    for number, id_, name, own, forgotten, state in rows:
        kept = json.loads(state)
        astray = frozenset(map(date.fromisoformat, kept.pop("astray", ())))
        marks = tuple(kept.pop("marks", ()))
        found.append(Device(number, id_, name, bool(own), bool(forgotten), astray=astray, marks=marks, **kept))
    return found


def own_device(connection: sqlite3.Connection) -> Device | None:
    """This one, where it has an identity."""
    return next((each for each in devices(connection) if each.own), None)


def keep_device(connection: sqlite3.Connection, device: Device) -> Device:
    """Stores what is known of a device, over what was; one with the number 0 is new, and gets one."""
    state = {name: getattr(device, name) for name in _STATE}
    state |= {"astray": sorted(day.isoformat() for day in device.astray), "marks": list(device.marks)}
    cells = (device.id, device.name, device.own, device.forgotten, json.dumps(state))
    if device.number:
        connection.execute(
            "UPDATE devices SET id = ?, name = ?, own = ?, forgotten = ?, state = ? WHERE number = ?",
            (*cells, device.number),
        )
        return device
    row = connection.execute("INSERT INTO devices (id, name, own, forgotten, state) VALUES (?, ?, ?, ?, ?)", cells)
    return replace(device, number=int(row.lastrowid or 0))


def forget_device(connection: sqlite3.Connection, device: Device) -> int:
    """Removes every fact of another device, for good; it stays known as forgotten. Returns how many there were."""
    connection.execute("PRAGMA secure_delete = ON")
    with transaction(connection):
        gone = connection.execute("DELETE FROM others WHERE device = ?", (device.number,)).rowcount
        keep_device(connection, Device(device.number, device.id, device.name, forgotten=True))
    return gone


# -- what they told


def take(connection: sqlite3.Connection, device: Device, lines: Iterable[tuple[int, Fact]], day_start: time) -> int:
    """Keeps facts of another device, each under the number of its line; returns how many were news."""
    news = 0
    for number, fact in lines:
        day = day_of(fact, day_start)
        news += connection.execute(
            "INSERT INTO others (device, kind, key, n, day, cells) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (device, kind, key) DO UPDATE SET n = excluded.n, day = excluded.day, cells = excluded.cells "
            "WHERE excluded.n > others.n",
            (
                device.number,
                kind_of(fact).name,
                _key_text(fact),
                number,
                None if day is None else day.isoformat(),
                json.dumps(encode(fact, day_start), separators=(",", ":")),
            ),
        ).rowcount
    return news


def _key_text(fact: Fact) -> str:
    parts = key_of(fact)
    return " ".join(str(to_micros(part)) if hasattr(part, "days") else str(part) for part in parts)


def facts_of(connection: sqlite3.Connection, device: Device, first: date, last: date) -> Facts:
    """What a device told of the days first to last, in order of time; baselines and goals in full."""
    groups: dict[str, tuple[Any, ...]] = {}
    for kind in KINDS:
        within = "AND day BETWEEN ? AND ?" if kind.moment else ""
        days = (first.isoformat(), last.isoformat()) if kind.moment else ()
        rows = connection.execute(
            f"SELECT cells FROM others WHERE device = ? AND kind = ? {within}", (device.number, kind.name, *days)
        )
        groups[kind.table] = tuple(_decoded(kind, [json.loads(cells) for (cells,) in rows]))
    return Facts(**groups)


def _decoded(kind: TableKind, rows: list[Any]) -> list[Any]:
    if kind is SPAN:
        rows.sort(key=lambda row: row[0])
    try:
        found = decode_all(kind, rows)
    except SENSELESS:  # two machines wrote under one name, or a line is still to come: what fits is read
        found = list(_fitting(kind, rows))
    return found if kind is SPAN else sorted(found, key=order_of)


def _fitting(kind: TableKind, rows: Iterable[Any]) -> Iterator[Any]:
    last: Span | None = None
    for row in rows:
        try:
            (fact,) = decode_all(kind, [row])
        except SENSELESS:
            continue
        if isinstance(fact, Span):
            if last is not None and fact.start.elapsed < last.end.elapsed:
                continue
            last = fact
        yield fact


def told_days(connection: sqlite3.Connection) -> list[date]:
    """The days on which any other device saw something."""
    return [
        date.fromisoformat(day) for (day,) in connection.execute("SELECT DISTINCT day FROM others WHERE kind = 'span'")
    ]


def last_heard(connection: sqlite3.Connection, device: Device) -> tuple[str, int]:
    """The last day it told of (ISO; empty: none), and of how many days it told."""
    days = "SELECT max(day), count(DISTINCT day) FROM others WHERE device = ? AND kind = 'span'"
    last, number = connection.execute(days, (device.number,)).fetchone()
    return last or "", int(number)


def own_id(connection: sqlite3.Connection) -> str:
    """The identity of this device; empty where it has none yet."""
    row = connection.execute("SELECT id FROM devices WHERE own = 1").fetchone()
    return "" if row is None else str(row[0])


def told_books(connection: sqlite3.Connection, first: date, last: date) -> list[DeviceBooks]:
    """The books of all other devices for these days, as far as they told."""
    if connection.execute("SELECT 1 FROM others LIMIT 1").fetchone() is None:
        return []
    return [
        DeviceBooks(device.id, facts_of(connection, device, first, last), device.astray)
        for device in devices(connection)
        if not device.own and not device.forgotten
    ]


# -- what they are told


def share_from_now_on(connection: sqlite3.Connection) -> None:
    """Every row of ours gets into the outbox, those that are there already and those to come."""
    for kind in KINDS:
        noted = "INSERT INTO outbox (kind, row)"
        connection.execute("DELETE FROM outbox WHERE kind = ?", (kind.name,))
        connection.execute(f'{noted} SELECT ?, rowid FROM "{kind.table}" ORDER BY rowid', (kind.name,))
        for verb in ("insert", "update"):
            connection.execute(
                f'CREATE TRIGGER IF NOT EXISTS share_{kind.table}_{verb} AFTER {verb} ON "{kind.table}" BEGIN '
                f"DELETE FROM outbox WHERE kind = '{kind.name}' AND row = NEW.rowid; "
                f"{noted} VALUES ('{kind.name}', NEW.rowid); END"
            )


def share_no_more(connection: sqlite3.Connection) -> None:
    """Nothing of ours is noted for others any longer."""
    for kind in KINDS:
        for verb in ("insert", "update"):
            connection.execute(f"DROP TRIGGER IF EXISTS share_{kind.table}_{verb}")
    connection.execute("DELETE FROM outbox")


def sharing(connection: sqlite3.Connection) -> bool:
    """Whether rows of ours get into the outbox."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'share_spans_insert'").fetchone() is not None


@frozen
class Outgoing:
    """A row of the outbox: its number, never given twice, its columns for others, and the day it belongs to."""

    number: int
    fields: Mapping[str, object]
    day: date | None


def outgoing(connection: sqlite3.Connection, day_start: time, since: str) -> list[Outgoing]:
    """The next that is to be told; what is gone, makes no sense or is from before `since` has no fields."""
    found = []
    for number, name, row in connection.execute(
        f"SELECT id, kind, row FROM outbox ORDER BY id LIMIT {SLICE}"
    ).fetchall():
        kind = BY_NAME[name]
        columns = ", ".join(f'"{column}"' for column in column_names(kind))
        cells = connection.execute(f'SELECT {columns} FROM "{kind.table}" WHERE rowid = ?', (row,)).fetchone()
        try:
            (fact,) = decode_all(kind, [cells])
        except SENSELESS:
            found.append(Outgoing(number, {}, None))
            continue
        day = day_of(fact, day_start)
        fields = {} if day is not None and day.isoformat() < since else json_fields(fact)
        found.append(Outgoing(number, fields, day))
    return found


def next_number(connection: sqlite3.Connection) -> int:
    """A number for a line that is no row."""
    number = connection.execute("INSERT INTO outbox (kind, row) VALUES ('', 0)").lastrowid
    connection.execute("DELETE FROM outbox WHERE id = ?", (number,))
    return int(number or 0)


def told(connection: sqlite3.Connection, rows: Iterable[Outgoing]) -> None:
    """These are in the journal. What changed meanwhile has a new number and stays."""
    connection.executemany("DELETE FROM outbox WHERE id = ?", [(each.number,) for each in rows])
