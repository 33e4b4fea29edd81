"""A broken history file is set aside, never deleted, and the books go on in a new one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from sitbreak.adapters.history import HistoryDamaged, HistoryReader, SqliteHistory
from sitbreak.adapters.history.memory import all_of
from sitbreak.core.records import implausible
from tests.contracts.history_facts import MONDAY, at, one_of_each, span
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
    "spoil",
    [
        "UPDATE spans SET kind = 'NAPPING' WHERE rowid = {row}",
        "UPDATE spans SET day = '2026-03-02 or so' WHERE rowid = {row}",
        "UPDATE spans SET start_zone = 'somewhere' WHERE rowid = {row}",
        "UPDATE spans SET evidence = CAST(x'ff80' AS TEXT) WHERE rowid = {row}",  # no UTF-8
        "UPDATE spans SET start_utc = 'noon' WHERE rowid = {row}",
        "UPDATE spans SET start_utc = 9000000000000000000 WHERE rowid = {row}",  # beyond the calendar
        'UPDATE spans SET "end" = "start" - 127620000000 WHERE rowid = {row}',  # -2127 min
        'UPDATE spans SET "end" = "end" + 60000000 WHERE rowid = {row}',  # into the next
        'UPDATE spans SET "end" = "end" + 864000000000 WHERE rowid = {row}',  # ten days
    ],
)
def test_a_span_that_cannot_be_true_is_kept_apart(tmp_path: Path, spoil: str) -> None:
    """It is in no figure, the user is told, its cells are kept, and everything else is as it was."""
    path = tmp_path / "history.sqlite"
    with closing(SqliteHistory(path, STARTED)) as history:
        history.keep(one_of_each())
        whole = history.facts(MONDAY, MONDAY)
        _store(path, spoil.format(row=at(40).elapsed // timedelta(microseconds=1)))
        found = history.facts(date.min, date.max)
        assert len(found.spans) == 2
        assert (found.prompts, found.breaks, found.gaps) == (whole.prompts, whole.breaks, whole.gaps)
        assert "1 record" in history.notices[0]
        assert history.facts(date.min, date.max) == found
        assert len(history.notices) == 1
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT of_table FROM aside").fetchall() == [("spans",)]


@pytest.mark.parametrize(
    ("statement", "group"),
    [
        ("UPDATE prompts SET reason = 'whim' WHERE number = 1", "prompts"),
        ("UPDATE prompts SET bout = -1 WHERE number = 1", "prompts"),
        ("UPDATE breaks SET credited = 2592000000000 WHERE prompt = 1", "breaks"),
        ("UPDATE breaks SET length = 'long' WHERE prompt = 1", "breaks"),
        ('UPDATE gaps SET "end" = "start"', "gaps"),
        ("UPDATE movement SET minutes = 1e999", "movement"),
        ("UPDATE movement SET minutes = -500", "movement"),
        ('UPDATE corrections SET "end" = "start" - 1', "corrections"),
        ("UPDATE baselines SET last = '1999-01-01'", "baselines"),
        ("UPDATE goals SET minutes = 100000", "goals"),
    ],
)
def test_other_records_that_cannot_be_true_are_kept_apart(tmp_path: Path, statement: str, group: str) -> None:
    """Of every kind of record only the damaged one is missing afterwards."""
    path = tmp_path / "history.sqlite"
    with closing(SqliteHistory(path, STARTED)) as history:
        history.keep(one_of_each())
        whole = history.facts(MONDAY, MONDAY)
        _store(path, statement)
        found = history.facts(MONDAY, MONDAY)
        assert replace(found, **{group: getattr(whole, group)}) == whole
        assert len(getattr(found, group)) == len(getattr(whole, group)) - 1


def test_the_books_end_at_the_last_span_that_makes_sense(tmp_path: Path) -> None:
    """A damaged last span, or an absurd number, does not keep the program from starting."""
    path = tmp_path / "history.sqlite"
    with closing(SqliteHistory(path, STARTED)) as history:
        history.keep(one_of_each())
        _store(path, f"UPDATE spans SET kind = 'NAPPING' WHERE rowid = {at(43).elapsed // timedelta(microseconds=1)}")
        _store(path, "UPDATE prompts SET number = 9223372036854775807 WHERE number = 2")
        assert history.ends() == (at(43), 1)


def test_a_reader_leaves_out_what_cannot_be_true_and_says_so(tmp_path: Path) -> None:
    """Another process shows the rest; moving the record is the program's business."""
    path = tmp_path / "history.sqlite"
    with closing(SqliteHistory(path, STARTED)) as history:
        history.keep(one_of_each())
    _store(path, "UPDATE spans SET kind = 'NAPPING'")
    with closing(HistoryReader(path)) as reader:
        assert reader.facts(MONDAY, MONDAY).spans == ()
        assert "3 records" in reader.notices[0]


@pytest.mark.parametrize("body", ["{torn", "[1, 2]", "\udcff", "[" * 100_000])
def test_a_snapshot_that_makes_no_sense_is_ignored_and_the_records_stay(tmp_path: Path, body: str) -> None:
    """The program begins afresh, tells of it, and the books are whole."""
    path = tmp_path / "history.sqlite"
    with closing(SqliteHistory(path, STARTED)) as history:
        history.keep(one_of_each(), {})
        with closing(sqlite3.connect(path)) as connection, connection:
            raw = body.encode("utf-8", "surrogateescape")
            connection.execute("UPDATE snapshot SET body = CAST(? AS TEXT)", (raw,))
        assert history.snapshot() is None
        assert "begin anew" in history.notices[0]
        assert len(history.facts(MONDAY, MONDAY).spans) == 3


@pytest.mark.parametrize("seed", [*range(40), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(40, 540))])
def test_a_history_with_flipped_bits_is_always_opened(tmp_path: Path, seed: int) -> None:
    """Wherever a bit or a word is damaged: what can be read is read, and nothing raises but damage of the file."""
    path, random = tmp_path / "history.sqlite", Random(seed)
    ten_years(path, workdays=2)
    raw = bytearray(path.read_bytes())
    for _ in range(random.choice((1, 3))):
        raw[random.randrange(100, len(raw))] ^= 1 << random.randrange(8)
    path.write_bytes(raw)
    with closing(SqliteHistory(path, STARTED)) as history:
        for ask in (history.snapshot, history.ends, history.days, lambda: history.facts(date.min, date.max)):
            with suppress(HistoryDamaged):
                ask()
        history.keep([], {"turn": 1})
        assert all(not implausible(fact) for fact in all_of(history.facts(date.min, date.max)))


def test_a_zone_unknown_here_keeps_its_local_time(tmp_path: Path) -> None:
    """Where this machine has no such zone, the offset written beside its name serves."""
    path = tmp_path / "history.sqlite"
    with closing(SqliteHistory(path, STARTED)) as history:
        history.keep([span(0, 1)])
        _store(path, "UPDATE spans SET start_zone = '+01:00 Atlantis/Capital'")
        found = history.facts(MONDAY, MONDAY).spans[0]
    assert found.start.local.isoformat() == "2026-03-02T09:00:00+01:00"
    assert found.end.local.isoformat() == "2026-03-02T09:01:00+01:00"
