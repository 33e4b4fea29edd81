"""Bringing an older history file to the present layout, one version at a time, each after a backup copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sitbreak.adapters.history.schema import VERSION_1, Shape, run_script


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
