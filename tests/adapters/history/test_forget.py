"""What the user wants forgotten is gone from the disk; copies are made, and only as many as agreed."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sitbreak.adapters.history import HistoryUnwritable, SqliteHistory
from sitbreak.adapters.history.history_file import copies
from sitbreak.adapters.history.memory import all_of
from sitbreak.core.records import BaselineRecord, BreakRecord, DeclaredMovement, Fact, GoalRecord
from tests.contracts.history_contract import ALWAYS
from tests.contracts.history_facts import MONDAY, at, one_of_each, span

STARTED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = 24 * 60.0
MARKER = "zwölfmarkierung"
WEDNESDAY = MONDAY + timedelta(days=2)


def marked(day: int) -> list[Fact]:
    """Facts of a day with a word in them that is easily found in a file."""
    when = at(day * DAY)
    date_ = MONDAY + timedelta(days=day)
    records: list[Fact] = [
        DeclaredMovement(when.plus(timedelta(seconds=number)), date_, 5, True, f"{MARKER} day {day} {number}" * 20)
        for number in range(50)
    ]
    return [*records, BreakRecord(when, date_, timedelta(minutes=2), f"{MARKER} day {day}", None)]


def on_disk(folder: Path, word: str) -> list[str]:
    """The files below the folder that hold the word anywhere in their bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(path.name for path in files if word.encode() in path.read_bytes())


def test_forgotten_days_leave_no_trace_on_the_disk(tmp_path: Path) -> None:
    """Neither the file nor its log nor any copy holds a byte of them; later days are whole."""
    with closing(SqliteHistory(tmp_path / "history.sqlite", STARTED)) as history:
        for day in range(4):
            history.keep(marked(day))
        history.daily_backup(MONDAY)
        assert on_disk(tmp_path, f"{MARKER} day 0") != []
        forgotten = history.forget(WEDNESDAY)
        assert on_disk(tmp_path, f"{MARKER} day 0") == []
        assert on_disk(tmp_path, f"{MARKER} day 1") == []
        assert forgotten.records == 102
        assert [path.name for path in forgotten.copies] == ["history-2026-03-02.sqlite"]
        assert list(all_of(history.facts(*ALWAYS)))[:2] == [marked(2)[-1], marked(3)[-1]]
        assert len(history.facts(WEDNESDAY, WEDNESDAY).movement) == 50


def test_forgetting_everything_leaves_an_empty_history(tmp_path: Path) -> None:
    """Every record, the snapshot and all copies go, those of upgrades and of damaged files too."""
    beside = ["history-v0-before-upgrade-2026-01-01.sqlite", "history.damaged-20260101T000000Z.sqlite"]
    for name in [*beside, "history.damaged-20260101T000000Z.sqlite-wal"]:
        (tmp_path / name).write_text(MARKER, "utf-8")
    (tmp_path / "notes.txt").write_text("not ours", "utf-8")
    with closing(SqliteHistory(tmp_path / "history.sqlite", STARTED)) as history:
        history.keep([*one_of_each(), *marked(1)], {"text": MARKER})
        assert len(history.forget().copies) == 3
        assert list(all_of(history.facts(*ALWAYS))) == []
        assert history.snapshot() is None
        assert on_disk(tmp_path, MARKER) == []
        history.keep([span(0, 1)])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["history.sqlite", "notes.txt"]


def test_forgetting_keeps_the_goal_in_force_and_whole_baselines(tmp_path: Path) -> None:
    """The goal that counts today stays; a finished baseline whose days are gone goes."""
    goals = [GoalRecord(MONDAY + timedelta(days=day), 10 + day) for day in (0, 1, 3)]
    baselines = [BaselineRecord(MONDAY, MONDAY, True), BaselineRecord(WEDNESDAY)]
    with closing(SqliteHistory(tmp_path / "history.sqlite", STARTED)) as history:
        history.keep([*goals, *baselines])
        history.forget(WEDNESDAY)
        facts = history.facts(*ALWAYS)
        assert facts.goals == tuple(goals[1:])
        assert facts.baselines == (baselines[1],)


def test_forgetting_says_when_a_reader_stands_in_the_way(tmp_path: Path) -> None:
    """The log cannot be emptied under a reader: the user is told, and the next attempt finishes it."""
    path = tmp_path / "history.sqlite"
    with closing(SqliteHistory(path, STARTED, patience_s=0.05)) as history:
        history.keep(marked(0))
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM movement").fetchone()
            with pytest.raises(HistoryUnwritable, match="another program"):
                history.forget()
        history.forget()
        assert on_disk(tmp_path, MARKER) == []


def test_seven_daily_copies_stay(tmp_path: Path) -> None:
    """An eighth copy replaces the oldest; each is a whole history of its own, for the user alone."""
    with closing(SqliteHistory(tmp_path / "history.sqlite", STARTED)) as history:
        for day in range(9):
            history.keep([span(day * DAY, day * DAY + 1)])
            history.daily_backup(MONDAY + timedelta(days=day))
        history.daily_backup(date(2026, 3, 10))
    made = copies(tmp_path / "history.sqlite")
    assert [path.name for path in made] == [f"history-2026-03-{day:02}.sqlite" for day in range(4, 11)]
    assert sorted(path.name for path in (tmp_path / "backups").iterdir()) == [path.name for path in made]
    with closing(SqliteHistory(made[0], STARTED)) as copy:
        assert len(copy.days()) == 3
    if sys.platform != "win32":
        assert {path.stat().st_mode & 0o777 for path in made} == {0o600}


def test_a_copy_can_be_made_anywhere(tmp_path: Path) -> None:
    """`backup` writes one complete file, over an older one if need be."""
    target = tmp_path / "elsewhere" / "copy.sqlite"
    with closing(SqliteHistory(tmp_path / "history.sqlite", STARTED)) as history:
        history.backup(target)
        history.keep(one_of_each(), {"turn": 1})
        history.backup(target)
    assert [path.name for path in target.parent.iterdir()] == ["copy.sqlite"]
    with closing(SqliteHistory(target, STARTED)) as copy:
        assert list(all_of(copy.facts(*ALWAYS))) == one_of_each()
        assert copy.snapshot() == {"turn": 1}
