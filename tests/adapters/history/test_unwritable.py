"""While the file cannot be written nothing is lost: facts wait in memory and go in with the next success."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sitbreak.adapters.history import HistoryUnwritable, SpansOverlap, SqliteHistory
from sitbreak.adapters.history.memory import all_of
from tests.contracts.history_facts import MONDAY, one_of_each, span
from tests.review.made import Story

STARTED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def opened(path: Path) -> SqliteHistory:
    """A history that does not wait long for a lock."""
    return SqliteHistory(path, STARTED, patience_s=0.05)


def test_a_folder_that_cannot_be_made_is_named_and_worked_around(tmp_path: Path) -> None:
    """The program starts all the same; once the folder can be made, everything goes in."""
    blocker = tmp_path / "sitbreak"
    blocker.write_text("a file where the folder should be", "utf-8")
    with closing(opened(blocker / "history.sqlite")) as history:
        assert str(blocker / "history.sqlite") in history.trouble
        for end in (1, 2):
            with pytest.raises(HistoryUnwritable, match="wait in memory"):
                history.keep([span(0, end)], {"end": end})
        assert history.waiting == 1  # the longer span takes the place of the shorter
        assert history.facts(MONDAY, MONDAY).spans == (span(0, 2),)
        assert history.days() == [MONDAY]
        assert history.snapshot() == {"end": 2}
        blocker.unlink()
        history.keep([span(2, 3)])
        assert (history.waiting, history.trouble) == (0, "")
    with closing(opened(blocker / "history.sqlite")) as history:
        assert history.facts(MONDAY, MONDAY).spans == (span(0, 2), span(2, 3))
        assert history.snapshot() == {"end": 2}


def test_a_lock_held_by_another_program_delays_and_loses_nothing(tmp_path: Path) -> None:
    """The wait has a limit; what could not be stored is stored with the next call, and is seen meanwhile."""
    path = tmp_path / "history.sqlite"
    with closing(opened(path)) as history, closing(sqlite3.connect(path, isolation_level=None)) as other:
        history.keep([span(0, 1)])
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HistoryUnwritable, match="another program"):
            history.keep(one_of_each(), {"turn": 1})
        assert list(all_of(history.facts(MONDAY, MONDAY))) == one_of_each()
        other.execute("ROLLBACK")
        history.keep([])
        assert history.waiting == 0
        assert list(all_of(history.facts(MONDAY, MONDAY))) == one_of_each()


@pytest.mark.unix("/dev/full")
def test_a_full_disk_is_said_in_one_sentence(tmp_path: Path) -> None:
    """SQLite's word for it becomes one for people, with what to do."""
    path = tmp_path / "history.sqlite"
    with closing(opened(path)) as history:
        connection = history._open()
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        many = [span(minute, minute + 1) for minute in range(200)]
        with pytest.raises(HistoryUnwritable, match=r"the disk is full.*free space\.$"):
            history.keep(many)
        assert history.facts(MONDAY, MONDAY).spans == tuple(many)
        connection.execute("PRAGMA max_page_count = 100000")
        history.keep([])
        assert history.waiting == 0
        assert history.facts(MONDAY, MONDAY).spans == tuple(many)


def test_a_refused_call_among_those_that_wait_does_not_block_the_rest(tmp_path: Path) -> None:
    """Facts that can never be stored are reported once and dropped; those around them go in."""
    path = tmp_path / "history.sqlite"
    with closing(opened(path)) as history, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for start, end in ((0, 10), (5, 15), (10, 20)):
            with pytest.raises(HistoryUnwritable):
                history.keep([span(start, end)])
        assert history.facts(MONDAY, MONDAY).spans == (span(0, 10), span(10, 20))
        other.execute("ROLLBACK")
        with pytest.raises(SpansOverlap):
            history.keep([span(20, 30)])
        assert history.waiting == 0
        assert history.facts(MONDAY, MONDAY).spans == (span(0, 10), span(10, 20), span(20, 30))


def test_a_copy_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    """A failing backup is an error for people and leaves nothing half-made."""
    (tmp_path / "backups").write_text("in the way", "utf-8")
    with closing(opened(tmp_path / "history.sqlite")) as history, pytest.raises(HistoryUnwritable):
        history.daily_backup(MONDAY)


@pytest.mark.unix("symbolic links")
def test_a_link_in_the_place_of_the_history_is_not_followed(tmp_path: Path) -> None:
    """The program goes on and says so; what it points to keeps its bytes and its mode."""
    target = tmp_path / "precious"
    target.write_bytes(b"")
    target.chmod(0o644)
    (tmp_path / "history.sqlite").symlink_to(target)
    with closing(opened(tmp_path / "history.sqlite")) as history:
        assert "link" in history.trouble
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"", 0o644)


@pytest.mark.unix("symbolic links")
def test_a_disk_too_full_for_sqlites_own_files_hides_nothing(tmp_path: Path) -> None:
    """After a good end all is in the file itself: it is read, and what is kept meanwhile waits in memory."""
    file = tmp_path / "history.db"
    story = Story("2026-03-02T09:00").sit(60)
    first = tuple(story.spans)
    second = story.until("2026-03-03T09:00").sit(60).spans[len(first) :]
    before = SqliteHistory(file, story.now.utc)
    before.keep(first)
    before.close()
    (tmp_path / "history.db-wal").touch()
    (tmp_path / "history.db-shm").symlink_to("history.db-shm")  # no file can be made there
    history = SqliteHistory(file, story.now.utc)
    assert history.facts(date.min, date.max).spans == first
    with pytest.raises(HistoryUnwritable):
        history.keep(second)
    assert len(history.days()) == 2
    (tmp_path / "history.db-shm").unlink()
    history.keep([])
    assert history.waiting == 0
    history.close()
