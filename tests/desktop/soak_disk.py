"""A disk that is full, or a quota used up, from each write on: `make soak ARGS="-k any_write"`, WRITES says how many.

strace lets the system calls fail that write to the program's own files, from the n-th on; the program itself and the
disk are the real ones.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from sitbreak.settings.paths import Paths, find_paths
from tests.desktop.desk import Desk
from tests.desktop.program import Program
from tests.waiting import wait_until

pytestmark = [pytest.mark.desktop, pytest.mark.soak]

WRITES = int(os.environ.get("WRITES", "60"))
CALLS = "write,pwrite64,fsync,fdatasync,ftruncate"


def _ours(paths: Paths) -> list[str]:
    """What strace is to watch: the books with SQLite's own files beside them, and the log."""
    books = str(paths.history_file)
    files = [books, f"{books}-wal", f"{books}-shm", f"{books}-journal", str(paths.log_file)]
    return [word for file in files for word in ("-P", file)]


def _spans(program: Program) -> Mapping[str, Any]:
    """The kept spans by their beginning, but for the last one, which is still open."""
    lines = program.cli("export", "--format", "jsonl").stdout.splitlines()[1:]
    spans = [row for row in map(json.loads, lines) if row["kind"] == "span"]
    return {row["start"]: row for row in spans[:-1]}


def _live(program: Program) -> None:
    """Some input, a break, a walk: all that makes records."""
    for _ in range(6):
        program.desk.xdotool("key", "a")
    program.cli("break", "1")
    program.cli("log", "walk", "1")
    assert program.status()["running"]


@pytest.mark.parametrize("error", ["ENOSPC", "EDQUOT", "EIO"])
def test_a_disk_full_from_any_write_on_ends_nothing(desk: Desk, tmp_path: Path, error: str) -> None:
    """It starts or says why in a sentence, answers, stops well, and has lost nothing older when the disk is back."""
    program = Program(desk, tmp_path / "home")
    paths = find_paths({"SITBREAK_HOME": str(program.home)})
    known: Mapping[str, Any] = {}
    started = 0
    for number in range(1, WRITES + 1):
        inject = f"inject={CALLS}:error={error}:when={number}+"
        watched = ["strace", "-f", "-qq", "-o", os.devnull, *_ours(paths), "-e", f"trace={CALLS}", "-e", inject]
        if _begins(program, watched):
            started += 1
            _live(program)
            _ends(program)
        found = _spans(program)
        assert {start: found.get(start) for start in known} == known, f"{error} from write {number} on"
        program.start()  # the disk is back
        _live(program)
        assert "crash" not in program.status()["trouble"]
        _ends(program)
        known = _spans(program)
    assert known
    print(f"{error}: from each of {WRITES} writes on, started {started} times, {len(known)} spans kept")


def _begins(program: Program, watched: list[str]) -> bool:
    """Whether it starts on such a disk; where it does not, it says so in a sentence."""
    before = program.desk.children.log.stat().st_size
    process = program.begin(under=watched)
    wait_until(lambda: process.poll() is not None or program.ask("status", "--json")["running"], 2.0, "it to answer")
    if process.poll() is None:
        return True
    words = program.desk.children.log.read_bytes()[before:].decode()
    assert words.startswith("sitbreak: ")
    assert "Traceback" not in words
    return False


def _ends(program: Program) -> None:
    """Asked to stop it does, as it does when all is well."""
    process = program.process
    assert process is not None
    os.kill(_python(process.pid), signal.SIGTERM)
    assert process.wait(20) == 0


def _python(pid: int) -> int:
    """The program itself, where strace stands around it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    under = Path(f"/proc/{pid}/comm").read_text().strip() == "strace"
    return int(children[0]) if under else pid
