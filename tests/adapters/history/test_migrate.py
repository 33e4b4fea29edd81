"""Old history files are brought up to date, and newer ones left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sitbreak.adapters.history import HistoryReader, HistoryTooNew, SqliteHistory
from sitbreak.adapters.history.schema import VERSION, expected_shape, shape_of, version_of
from sitbreak.core.records import Facts, Outcome, SpanClass, Strength

FILES = Path(__file__).parent.parent / "files"
STARTED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MONDAY, TUESDAY = date(2025, 12, 1), date(2025, 12, 2)


def old_file(folder: Path, version: int) -> Path:
    """The stored file of a version, as a database."""
    path = folder / "history.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((FILES / f"history-v{version}.sql").read_text("utf-8"))
    return path


def assert_told_as_before(facts: Facts) -> None:
    """What the stored file of version 1 says of its two days."""
    kinds = [(span.kind, span.strength, span.duration / timedelta(seconds=1)) for span in facts.spans]
    assert kinds == [
        (SpanClass.SEATED, None, 2340.5),
        (SpanClass.BREAK, None, 179.75),
        (SpanClass.SEATED, None, 479.75),
        (SpanClass.AWAY, Strength.STRONG, 600),
        (SpanClass.AWAY, Strength.WEAK, 900),
        (SpanClass.UNOBSERVED, None, 2700.125),
        (SpanClass.SEATED, None, 1800),
    ]
    assert [span.day for span in facts.spans] == [MONDAY] * 6 + [TUESDAY]
    assert facts.spans[0].start.local.isoformat() == "2025-12-01T09:00:00+01:00"
    assert facts.spans[-1].start.local.isoformat() == "2025-12-02T04:30:00-03:30"
    assert [prompt.outcome for prompt in facts.prompts] == [Outcome.TAKEN, Outcome.DECLINED, Outcome.IGNORED]
    assert [prompt.number for prompt in facts.prompts] == [1, 2, 3]


def test_there_is_a_stored_file_for_every_older_version() -> None:
    """No version can be left behind unnoticed."""
    assert sorted(FILES.glob("history-v*.sql")) == [FILES / f"history-v{old}.sql" for old in range(1, VERSION)]


@pytest.mark.parametrize("version", range(1, VERSION))
def test_an_old_file_is_upgraded_and_tells_the_same(tmp_path: Path, version: int) -> None:
    """Every fact of the old file is there afterwards, and the layout is that of a new one."""
    path = old_file(tmp_path, version)
    with closing(SqliteHistory(path, STARTED)) as history:
        assert_told_as_before(history.facts(MONDAY, TUESDAY))
        assert history.days() == [MONDAY, TUESDAY]
    with closing(sqlite3.connect(path)) as connection:
        assert version_of(connection) == VERSION
        found = {table: columns for table, columns in shape_of(connection).items() if table in expected_shape()}
        assert found == expected_shape()


def test_the_former_file_is_kept_and_named(tmp_path: Path) -> None:
    """Before an upgrade a copy is made, dated, and the user is told where; one already there is not touched."""
    path = old_file(tmp_path, 1)
    copy = tmp_path / "history-v1-before-upgrade-2026-03-02.sqlite"
    copy.write_bytes(b"an earlier copy")
    with closing(SqliteHistory(path, STARTED)) as history:
        second = tmp_path / "history-v1-before-upgrade-2026-03-02-2.sqlite"
        assert str(second) in history.notices[0]
    assert copy.read_bytes() == b"an earlier copy"
    with closing(sqlite3.connect(second)) as connection:
        assert version_of(connection) == 1
        assert connection.execute("SELECT count(*) FROM spans").fetchone() == (7,)


def test_a_reader_understands_an_old_file_and_leaves_it(tmp_path: Path) -> None:
    """Reading upgrades a copy in memory; the file stays as it was."""
    path = old_file(tmp_path, 1)
    before = path.read_bytes()
    with closing(HistoryReader(path)) as reader:
        assert_told_as_before(reader.facts(MONDAY, TUESDAY))
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_upgraded_is_set_aside(tmp_path: Path) -> None:
    """An old file that breaks the new layout's rules is kept as it was, and a new history begins."""
    path = old_file(tmp_path, 1)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE quiets (x)")  # in the way of the new one
    with closing(SqliteHistory(path, STARTED)) as history:
        assert history.days() == []
        aside = tmp_path / "history.damaged-20260302T080000Z.sqlite"
        assert str(aside) in history.notices[0]
    with closing(sqlite3.connect(aside)) as connection:
        assert connection.execute("SELECT count(*) FROM spans").fetchone() == (7,)


@pytest.mark.parametrize("open_it", [lambda path: SqliteHistory(path, STARTED), HistoryReader])
def test_a_file_from_a_newer_program_is_refused_in_one_sentence(tmp_path: Path, open_it: type[HistoryReader]) -> None:
    """It is neither read nor changed."""
    path = tmp_path / "history.sqlite"
    SqliteHistory(path, STARTED).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(HistoryTooNew, match=r"written by a newer sitbreak .* please update") as caught:
        open_it(path)
    assert str(caught.value).count(". ") == 0
    assert path.read_bytes() == before
