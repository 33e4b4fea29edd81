"""The layout of the history file, written as the steps from each version to the next.

Facts only: every total is derived from them. Instants take three columns: `x` (microseconds on the book axis, a steady
axis that goes on across runs), `x_utc` (microseconds since 1970) and `x_zone` ("+02:00 Europe/Berlin"). Lengths are
microseconds, days ISO dates.
"""

from __future__ import annotations

import sqlite3

VERSION = 3

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

# Silent gaps of a minute and more, for the estimate (spec 8.1); a table that nothing was ever written to goes.
VERSION_2 = """
CREATE TABLE quiets (
    "start" INTEGER PRIMARY KEY, start_utc INTEGER NOT NULL, start_zone TEXT NOT NULL,
    length INTEGER NOT NULL, absence INTEGER, held TEXT NOT NULL, motion INTEGER NOT NULL, day TEXT NOT NULL
);
CREATE INDEX quiets_day ON quiets (day);
DROP TABLE plan_log;
"""
# Other devices and what they told, and what they are still to be told of ours (others.py).
VERSION_3 = """
CREATE TABLE devices (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, own INTEGER NOT NULL,
    forgotten INTEGER NOT NULL, state TEXT NOT NULL
);
CREATE TABLE others (
    device INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, n INTEGER NOT NULL, day TEXT, cells TEXT NOT NULL,
    PRIMARY KEY (device, kind, key)
) WITHOUT ROWID;
CREATE INDEX others_day ON others (device, kind, day);
CREATE TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, row INTEGER NOT NULL);
CREATE INDEX outbox_row ON outbox (kind, row);
"""
SCRIPTS = (VERSION_1, VERSION_2, VERSION_3)  # the step to each version from the one before

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


def expected_shape(version: int = VERSION) -> Shape:
    """The tables and columns of a version."""
    connection = sqlite3.connect(":memory:")
    try:
        for script in SCRIPTS[:version]:
            connection.executescript(script)
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
    for version in range(VERSION):
        migrate(connection, version)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Takes the one step from `version`, inside the open transaction; raises sqlite3.Error where that fails."""
    run_script(connection, SCRIPTS[version])
    connection.execute(f"PRAGMA user_version = {version + 1}")
