"""The layout of the history file, version 1, and the way to it from an older one, a version at a time.

Facts only: every total is derived from them. Instants take three columns: `x` (microseconds on the book axis, a steady
axis that goes on across runs), `x_utc` (microseconds since 1970) and `x_zone` ("+02:00 Europe/Berlin"). Lengths are
microseconds, days ISO dates.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

VERSION = 1

VERSION_1 = """
CREATE TABLE spans (
    "start" INTEGER PRIMARY KEY, start_utc INTEGER NOT NULL, start_zone TEXT NOT NULL,
    "end" INTEGER NOT NULL, end_utc INTEGER, end_zone TEXT, -- NULL: under the same wall clock and zone as the start
    kind TEXT NOT NULL, strength TEXT, evidence TEXT NOT NULL, day TEXT NOT NULL
);
CREATE INDEX spans_day ON spans (day);
CREATE TABLE prompts (
    number INTEGER PRIMARY KEY, shown INTEGER NOT NULL, shown_utc INTEGER NOT NULL, shown_zone TEXT NOT NULL,
    day TEXT NOT NULL, reason TEXT NOT NULL, movement TEXT NOT NULL, bout INTEGER NOT NULL, outcome TEXT,
    closed INTEGER, closed_utc INTEGER, closed_zone TEXT
);
CREATE INDEX prompts_day ON prompts (day);
CREATE TABLE breaks (
    accepted INTEGER PRIMARY KEY, accepted_utc INTEGER NOT NULL, accepted_zone TEXT NOT NULL, day TEXT NOT NULL,
    length INTEGER NOT NULL, movement TEXT NOT NULL, prompt INTEGER, credited INTEGER NOT NULL,
    seated INTEGER NOT NULL, level TEXT NOT NULL
);
CREATE INDEX breaks_day ON breaks (day);
CREATE TABLE gaps (
    "start" INTEGER PRIMARY KEY, start_utc INTEGER NOT NULL, start_zone TEXT NOT NULL,
    "end" INTEGER NOT NULL, end_utc INTEGER NOT NULL, end_zone TEXT NOT NULL, label TEXT NOT NULL,
    at INTEGER NOT NULL, at_utc INTEGER NOT NULL, at_zone TEXT NOT NULL, day TEXT NOT NULL
);
CREATE INDEX gaps_day ON gaps (day);
CREATE TABLE movement (
    at INTEGER NOT NULL, at_utc INTEGER NOT NULL, at_zone TEXT NOT NULL, day TEXT NOT NULL,
    minutes REAL NOT NULL, counted INTEGER NOT NULL, source TEXT NOT NULL, PRIMARY KEY (at, source)
);
CREATE INDEX movement_day ON movement (day);
CREATE TABLE corrections (
    "start" INTEGER NOT NULL, start_utc INTEGER NOT NULL, start_zone TEXT NOT NULL,
    "end" INTEGER NOT NULL, end_utc INTEGER NOT NULL, end_zone TEXT NOT NULL, kind TEXT NOT NULL,
    at INTEGER NOT NULL, at_utc INTEGER NOT NULL, at_zone TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (at, "start")
);
CREATE INDEX corrections_day ON corrections (day);
CREATE TABLE baselines ("first" TEXT PRIMARY KEY, "last" TEXT, firm INTEGER NOT NULL);
CREATE TABLE goals (day TEXT PRIMARY KEY, minutes INTEGER NOT NULL, by_user INTEGER NOT NULL);
CREATE TABLE snapshot (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL);
CREATE TABLE plan_log (
    id INTEGER PRIMARY KEY, plan TEXT NOT NULL, at INTEGER NOT NULL, -- microseconds since 1970, UTC
    what TEXT NOT NULL, amount REAL
);
"""

Shape = dict[str, set[str]]


def version_of(connection: sqlite3.Connection) -> int:
    """The file's layout version; raises sqlite3.DatabaseError where it is no database."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def shape_of(connection: sqlite3.Connection) -> Shape:
    """The tables of the file and their columns."""
    rows = connection.execute(
        "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c "
        "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    shape: Shape = {}
    for table, column in rows:
        shape.setdefault(table, set()).add(column)
    return shape


def expected_shape() -> Shape:
    """The tables and columns of this version."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(VERSION_1)
        return shape_of(connection)
    finally:
        connection.close()


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Runs statements inside the transaction that is open (`executescript` would commit it)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def create(connection: sqlite3.Connection) -> None:
    """Lays out an empty file, inside the transaction that is open."""
    run_script(connection, VERSION_1)
    connection.execute(f"PRAGMA user_version = {VERSION}")


@dataclass(frozen=True, slots=True)
class Migration:
    """From one version to the next: the tables it needs to find, and what it does inside one transaction."""

    shape: Shape
    run: Callable[[sqlite3.Connection], None]


_SHAPE_0: Shape = {
    "spans": {"id", "started_at", "ended_at", "state", "strong", "utc_offset", "day"},
    "prompts": {"id", "shown_at", "utc_offset", "day", "bout_seconds", "answer"},
}

# Version 0 knew wall time only, in seconds: its UTC microseconds become the book axis.
_FROM_0 = """
CREATE TEMP TABLE words (old TEXT, new TEXT, evidence TEXT);
INSERT INTO words VALUES ('sit', 'SEATED', 'input'), ('break', 'BREAK', 'accepted'), ('away', 'AWAY', 'idle'),
    ('off', 'UNOBSERVED', 'not_running');
INSERT INTO spans
    SELECT moment, moment, zone, until, NULL, NULL, new,
        CASE WHEN old <> 'away' THEN NULL WHEN strong THEN 'strong' ELSE 'weak' END,
        CASE WHEN old = 'away' AND strong THEN 'lock' ELSE evidence END, day
    FROM (SELECT *, CAST(round(started_at * 1000000) AS INTEGER) AS moment,
        CAST(round(ended_at * 1000000) AS INTEGER) AS until,
        printf('%s%02d:%02d', iif(utc_offset < 0, '-', '+'), abs(utc_offset) / 60, abs(utc_offset) % 60) AS zone
        FROM old_spans) JOIN words ON old = state;
INSERT INTO prompts
    SELECT id, moment, moment, zone, day, 'lull', '', CAST(round(bout_seconds * 1000000) AS INTEGER), outcome,
        NULL, NULL, NULL
    FROM (SELECT *, CAST(round(shown_at * 1000000) AS INTEGER) AS moment,
        printf('%s%02d:%02d', iif(utc_offset < 0, '-', '+'), abs(utc_offset) / 60, abs(utc_offset) % 60) AS zone,
        CASE answer WHEN 'done' THEN 'taken' WHEN 'no' THEN 'declined' WHEN 'later' THEN 'snoozed' ELSE 'ignored' END
        AS outcome FROM old_prompts);
DROP TABLE old_spans;
DROP TABLE old_prompts;
DROP TABLE words;
"""


def _from_0(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE spans RENAME TO old_spans")
    connection.execute("ALTER TABLE prompts RENAME TO old_prompts")
    run_script(connection, VERSION_1)
    run_script(connection, _FROM_0)


MIGRATIONS: Mapping[int, Migration] = {0: Migration(_SHAPE_0, _from_0)}


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Runs the one migration from `version`, inside the open transaction; raises sqlite3.Error where that fails."""
    MIGRATIONS[version].run(connection)
    connection.execute(f"PRAGMA user_version = {version + 1}")
