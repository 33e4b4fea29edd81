"""The program starts whatever became of its history, and says what it found."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sitbreak.settings.paths import find_paths
from tests.desktop.desk import Desk
from tests.desktop.program import Program
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop


def _run(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, values)


def _torn_memory(history: Path) -> None:
    _run(history, "UPDATE snapshot SET body = '{torn'")


def _unknown_word(history: Path) -> None:
    _run(history, "UPDATE spans SET kind = 'NAPPING'")


def _no_text(history: Path) -> None:
    _run(history, "UPDATE spans SET evidence = CAST(? AS TEXT)", b"\xff\x80")


def _no_backups(history: Path) -> None:
    (history.parent / "backups").write_text("a file where the folder should be", "utf-8")
    _run(history, "UPDATE spans SET start_utc = start_utc - 259200000000, day = date(day, '-3 days')")
    _run(history, "DELETE FROM snapshot")  # so that the last day seen is three days ago


DAMAGES: list[tuple[Callable[[Path], None], str]] = [
    (_torn_memory, "begin anew"),
    (_unknown_word, "cannot be true"),
    (_no_text, "cannot be true"),
    (_no_backups, "daily copy"),
]


@pytest.mark.parametrize(("spoil", "told"), DAMAGES)
def test_it_starts_and_tells(desk: Desk, tmp_path: Path, spoil: Callable[[Path], None], told: str) -> None:
    """After a damage of any sort it runs, `status` names it, and new time is booked."""
    program = Program(desk, tmp_path / "home")
    history = find_paths({"SITBREAK_HOME": str(program.home)}).history_file
    program.start()
    assert program.cli("break", "1").returncode == 0  # something for the books
    assert program.cli("stop").returncode == 0
    spoil(history)
    program.start()
    assert told in program.status()["trouble"]
    assert program.cli("log", "walk", "1").returncode == 0
    assert program.ask("doctor", "--json")


def test_a_history_taken_away_while_it_runs_is_begun_anew(desk: Desk, tmp_path: Path) -> None:
    """Removed or replaced under its hands: within a minute a file is there again, and `status` says so."""
    program = Program(desk, tmp_path / "home")
    history = find_paths({"SITBREAK_HOME": str(program.home)}).history_file
    program.start()
    assert program.cli("break", "1").returncode == 0
    history.rename(history.with_name("moved.sqlite"))
    assert program.cli("break", "1").returncode == 0
    wait_until(history.exists, 10.0, "the history to be there again")
    assert "moved or replaced" in program.status()["trouble"]
