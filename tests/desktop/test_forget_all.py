"""`sitbreak forget --all` while the program runs: no file that we ever write tells of the days any more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitbreak.settings.paths import find_paths
from tests.desktop.desk import Desk
from tests.desktop.program import Program

pytestmark = pytest.mark.desktop

MARK = "a-walk-nobody-shall-know-of"
WALK = {
    "kind": "movement", "at": "2026-03-02T10:00:00+01:00", "at_zone": "Europe/Berlin", "at_us": 5,
    "day": "2026-03-02", "minutes": 7.0, "counted": False, "source": MARK,
}  # fmt: skip


def holding(home: Path) -> list[str]:
    """The files below the folder that hold the mark anywhere in their bytes."""
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file() and _holds(path))


def _holds(path: Path) -> bool:
    return MARK.encode() in path.read_bytes()


def test_nothing_of_the_days_is_left(desk: Desk, tmp_path: Path) -> None:
    """History, copies torn in the making, reports, plans, log and the note of a crash; settings and movements stay."""
    program = Program(desk, tmp_path / "home", "[activity]\npoll_seconds = 0.25\n")
    paths = find_paths({"SITBREAK_HOME": str(program.home)})
    given = tmp_path / "given.jsonl"
    given.write_text('{"kind": "sitbreak-history", "version": 1}\n' + json.dumps(WALK) + "\n", "utf-8")
    assert program.cli("import", str(given)).returncode == 0
    for file in (
        paths.history_file.parent / "backups" / "history-2026-03-01.db.part",
        paths.history_file.parent / "history-v0-before-upgrade-2026-01-01.db.part",
        paths.reports_dir / "sitbreak-day-2026-03-02.html",
        paths.reports_dir / ".sitbreak-day-2026-03-02.html.x1",
        paths.plans_file,
        paths.log_file,
        paths.log_file.with_name("sitbreak.log.1"),
        paths.crash_file,
        paths.movements_dir / "mine.txt",
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(MARK, "utf-8")
    program.start()
    assert len(holding(program.home)) >= 9
    told = program.cli("forget", "--all", "--yes")
    assert told.returncode == 0, told.stderr
    assert holding(program.home) == ["movements/mine.txt"]
    assert "Reports, plans and the log are emptied" in " ".join(told.stdout.split())
    assert (program.home / "sitbreak.toml").exists()
    assert program.status()["running"]
