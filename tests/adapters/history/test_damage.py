"""A broken history file is set aside, never deleted, and the books go on in a new one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sitbreak.adapters.history import HistoryDamaged, HistoryReader, SqliteHistory
from tests.contracts.history_facts import MONDAY, one_of_each, span
from tests.fakes.ten_years import ten_years

STARTED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ASIDE = "history.damaged-20260302T080000Z.sqlite"


def _garbage(path: Path) -> None:
    path.write_bytes(b"\x00garbage\xff" * 500)


def _text(path: Path) -> None:
    path.write_text("this is a shopping list\n", "utf-8")


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 3 * 4096 + 100])


def _overwritten_page(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    middle = len(whole) // 8192 * 4096
    whole[middle : middle + 8192] = b"\xa5" * 8192
    path.write_bytes(whole)


def _without_a_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE prompts")


def _without_a_column(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE breaks DROP COLUMN level")


def _of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def _of_no_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = -3")


BREAKAGES = [
    _of_no_version,
    _garbage,
    _text,
    _truncated,
    _overwritten_page,
    _without_a_table,
    _without_a_column,
    _of_another_program,
]


@pytest.mark.parametrize("spoil", BREAKAGES)
def test_a_broken_file_is_set_aside_as_it_is(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    """Its bytes are all there under the new name, the user is told where, and a new history works."""
    path = tmp_path / "history.sqlite"
    ten_years(path, workdays=3)
    spoil(path)
    broken = path.read_bytes()
    with closing(SqliteHistory(path, STARTED)) as history:
        assert (tmp_path / ASIDE).read_bytes() == broken
        assert str(tmp_path / ASIDE) in history.notices[0]
        assert history.trouble == ""
        history.keep(one_of_each(), {"turn": 1})
        assert len(history.facts(MONDAY, MONDAY).spans) == 3
    with closing(SqliteHistory(path, STARTED)) as history:
        assert history.notices == []


def test_the_log_goes_with_the_file(tmp_path: Path) -> None:
    """What SQLite keeps beside the file is set aside under the matching name, so it stays of use."""
    path = tmp_path / "history.sqlite"
    path.write_bytes(b"garbage" * 1000)
    path.with_name("history.sqlite-wal").write_bytes(b"the log")
    SqliteHistory(path, STARTED).close()
    assert (tmp_path / f"{ASIDE}-wal").read_bytes() == b"the log"


def test_a_second_broken_file_does_not_replace_the_first(tmp_path: Path) -> None:
    """Set aside at the same moment, both are kept."""
    path = tmp_path / "history.sqlite"
    for text in ("one", "two"):
        path.write_text(text * 1000, "utf-8")
        SqliteHistory(path, STARTED).close()
        path.unlink()
    assert (tmp_path / ASIDE).read_text("utf-8") == "one" * 1000
    assert (tmp_path / ASIDE.replace(".sqlite", "-2.sqlite")).read_text("utf-8") == "two" * 1000


def test_a_file_that_breaks_while_in_use_loses_nothing_of_what_is_kept_next(tmp_path: Path) -> None:
    """The file is set aside, the new one gets the facts, and the user is told."""
    path = tmp_path / "history.sqlite"
    ten_years(path, workdays=3)
    with closing(SqliteHistory(path, STARTED)) as history:
        with path.open("r+b") as file:
            file.seek(0)
            file.write(b"\xa5" * path.stat().st_size)
        history.keep([span(0, 1)], {"turn": 1})
        assert history.facts(MONDAY, MONDAY).spans == (span(0, 1),)
        assert str(tmp_path / ASIDE) in history.notices[0]
        assert (tmp_path / ASIDE).exists()


def test_reading_a_file_that_broke_while_in_use_says_where_it_went(tmp_path: Path) -> None:
    """The question fails with the place of the old file; the next is answered from the new one."""
    path = tmp_path / "history.sqlite"
    ten_years(path, workdays=3)
    with closing(SqliteHistory(path, STARTED)) as history:
        with path.open("r+b") as file:
            file.seek(0)
            file.write(b"\xa5" * path.stat().st_size)
        with pytest.raises(HistoryDamaged, match="damaged"):
            history.facts(MONDAY, MONDAY)
        assert history.facts(MONDAY, MONDAY).spans == ()


@pytest.mark.parametrize("spoil", [_garbage, _text, _without_a_table])
def test_a_reader_leaves_a_broken_file_where_it_is(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    """Setting aside is the daemon's business; the reader says in one sentence that it cannot read."""
    path = tmp_path / "history.sqlite"
    ten_years(path, workdays=1)
    spoil(path)
    broken = path.read_bytes()
    with pytest.raises(HistoryDamaged, match="cannot be read"):
        HistoryReader(path)
    assert path.read_bytes() == broken


def test_an_empty_file_is_a_new_history(tmp_path: Path) -> None:
    """A kill between making the file and laying it out costs nothing and is no damage."""
    path = tmp_path / "history.sqlite"
    path.touch()
    with closing(HistoryReader(path)) as reader:
        assert reader.days() == []
    with closing(SqliteHistory(path, STARTED)) as history:
        assert history.notices == []


def _store(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE spans SET kind = 'NAPPING'",
        "UPDATE spans SET day = '2026-03-02 or so' WHERE day = '2026-03-02'",
        "UPDATE spans SET start_zone = 'somewhere'",
        "UPDATE prompts SET reason = 'whim'",
    ],
)
def test_a_record_that_makes_no_sense_is_said_and_left(tmp_path: Path, statement: str) -> None:
    """One odd record is no reason to set the whole file aside."""
    path = tmp_path / "history.sqlite"
    with closing(SqliteHistory(path, STARTED)) as history:
        history.keep(one_of_each())
        _store(path, statement)
        with pytest.raises(HistoryDamaged, match="makes no sense"):
            history.facts(date.min, date.max)
        assert history.notices == []


@pytest.mark.parametrize("body", ["{torn", "[1, 2]"])
def test_a_snapshot_that_makes_no_sense_is_said_and_the_records_stay(tmp_path: Path, body: str) -> None:
    """The machine may begin afresh without losing the books."""
    path = tmp_path / "history.sqlite"
    with closing(SqliteHistory(path, STARTED)) as history:
        history.keep(one_of_each(), {})
        _store(path, f"UPDATE snapshot SET body = '{body}'")
        with pytest.raises(HistoryDamaged, match="snapshot"):
            history.snapshot()
        assert len(history.facts(MONDAY, MONDAY).spans) == 3


def test_a_zone_unknown_here_keeps_its_local_time(tmp_path: Path) -> None:
    """Where this machine has no such zone, the offset written beside its name serves."""
    path = tmp_path / "history.sqlite"
    with closing(SqliteHistory(path, STARTED)) as history:
        history.keep([span(0, 1)])
        _store(path, "UPDATE spans SET start_zone = '+01:00 Atlantis/Capital'")
        found = history.facts(MONDAY, MONDAY).spans[0]
    assert found.start.local.isoformat() == "2026-03-02T09:00:00+01:00"
    assert found.end.local.isoformat() == "2026-03-02T09:01:00+01:00"
