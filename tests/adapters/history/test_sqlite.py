"""The history in a file keeps the contract, and what only a file can be asked for."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from sitbreak.adapters.history import HistoryReader, HistoryUnwritable, SqliteHistory
from sitbreak.adapters.history.fact_columns import KINDS
from sitbreak.adapters.history.memory import all_of
from sitbreak.adapters.history.rows import column_names
from sitbreak.adapters.history.schema import expected_shape
from sitbreak.core.records import Fact
from sitbreak.ports import History
from tests.contracts.history_contract import ALWAYS, HistoryContract
from tests.contracts.history_facts import MONDAY, any_facts, one_of_each, span

STARTED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def opened(folder: Path) -> SqliteHistory:
    """The history of a folder."""
    return SqliteHistory(folder / "history.sqlite", STARTED, patience_s=0.05)


class TestSqlite(HistoryContract):
    """Runs the suite."""

    def open(self, folder: Path) -> History:
        """A file in the folder."""
        return opened(folder)

    @settings(max_examples=60)
    @given(facts=any_facts())
    def test_any_facts_come_back_as_they_were(self, facts: list[Fact]) -> None:
        """Arbitrary facts round-trip; of those with one key the last stays."""
        self.check_round_trip(facts)


def test_everything_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    """Facts and snapshot outlive the program."""
    with closing(opened(tmp_path)) as history:
        history.keep(one_of_each(), {"turn": 1})
    with closing(opened(tmp_path)) as history:
        assert list(all_of(history.facts(*ALWAYS))) == one_of_each()
        assert history.snapshot() == {"turn": 1}
        assert history.notices == []


BESIDE = {"snapshot", "devices", "others", "outbox"}  # the machine's memory, and what is shared with other devices


def test_the_tables_have_the_columns_that_rows_are_made_for() -> None:
    """The written-out layout and the description of the facts agree."""
    shape = expected_shape()
    assert {kind.table: set(column_names(kind)) for kind in KINDS} == {
        table: columns for table, columns in shape.items() if table not in BESIDE
    }


@pytest.mark.unix("file modes")
def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    """The file, its log and a folder made for it are the user's alone; a file left open to others is closed to them."""
    folder = tmp_path / "sitbreak"
    with closing(opened(folder)) as history:
        history.keep([span(0, 1)])
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
        assert modes == {"history.sqlite": 0o600, "history.sqlite-wal": 0o600, "history.sqlite-shm": 0o600}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    os.chmod(folder / "history.sqlite", 0o644)
    opened(folder).close()
    assert stat.S_IMODE((folder / "history.sqlite").stat().st_mode) == 0o600


def test_the_file_is_in_wal_mode(tmp_path: Path) -> None:
    """Readers and the writer do not hold each other up."""
    with closing(opened(tmp_path)), closing(sqlite3.connect(tmp_path / "history.sqlite")) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_reader_sees_what_is_committed_and_holds_nothing_up(tmp_path: Path) -> None:
    """Another process reads while the daemon writes, even in the middle of a transaction."""
    with closing(opened(tmp_path)) as history:
        history.keep([span(0, 1)], {"turn": 1})
        with closing(HistoryReader(tmp_path / "history.sqlite")) as reader:
            history.keep([span(0, 2)])
            assert reader.facts(MONDAY, MONDAY).spans == (span(0, 2),)
            assert reader.days() == [MONDAY]
            assert reader.snapshot() == {"turn": 1}
            with closing(sqlite3.connect(tmp_path / "history.sqlite", isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                other.execute("DELETE FROM spans")
                assert reader.facts(MONDAY, MONDAY).spans == (span(0, 2),)
                other.execute("ROLLBACK")
            with pytest.raises(HistoryUnwritable):
                reader.keep([span(0, 3)])


def test_a_reader_makes_no_file(tmp_path: Path) -> None:
    """Before the first start there is nothing to read, and reading leaves it so."""
    with closing(HistoryReader(tmp_path / "history.sqlite")) as reader:
        assert list(all_of(reader.facts(*ALWAYS))) == []
        assert reader.days() == []
        assert reader.snapshot() is None
    assert list(tmp_path.iterdir()) == []


def test_a_reader_needs_no_writer(tmp_path: Path) -> None:
    """A history can be read while no daemon runs."""
    with closing(opened(tmp_path)) as history:
        history.keep([span(0, 2)])
    with closing(HistoryReader(tmp_path / "history.sqlite")) as reader:
        assert reader.facts(MONDAY, MONDAY).spans == (span(0, 2),)
