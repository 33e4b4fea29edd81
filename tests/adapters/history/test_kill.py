"""A kill at any moment costs nothing that was kept before it."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from sitbreak.adapters.history import SqliteHistory
from tests.contracts.history_facts import at

ROOT = Path(__file__).parents[3]
KEEPER = Path(__file__).with_name("keeper.py")
KILLS = 15


def last_committed_before_a_kill(path: Path, lines: int) -> int:
    """Runs the keeper until it has said so many lines, kills it, and returns the last minute it said."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(KEEPER), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as keeper:
        assert keeper.stdout is not None
        said = [keeper.stdout.readline() for _ in range(lines)]
        keeper.kill()
        said += keeper.stdout.readlines()
    whole = [line for line in said if line.endswith("\n")]
    return int(whole[-1])


def test_fifteen_kills_lose_no_committed_minute(tmp_path: Path) -> None:
    """After each kill the file is sound, every minute said to be kept is there, and the spans lie end to end."""
    path = tmp_path / "history.sqlite"
    moments = random.Random(20260302)
    for _ in range(KILLS):
        said = last_committed_before_a_kill(path, moments.randint(1, 60))
        with closing(SqliteHistory(path, datetime(2026, 3, 2, tzinfo=UTC))) as history:
            assert history.notices == []
            spans = history.facts(date(2026, 3, 2), date(2030, 1, 1)).spans
            snapshot = history.snapshot()
        assert spans[0].start == at(0)
        assert all(early.end == late.start for early, late in pairwise(spans))
        kept = (spans[-1].end.elapsed - at(0).elapsed) // timedelta(minutes=1)
        assert said <= kept
        assert snapshot == {"minute": kept}
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
