"""`sitbreak replay` as a person types it; the log's own rules have their tests elsewhere."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Type
from tests.waiting import COMMAND_ENDS_S

HEAD = '{"replay": 1, "start": "2026-03-02T09:00:00+01:00", "tz": "Europe/Berlin"}'
MORNING = [
    HEAD,
    '{"t": 5, "do": "input_run", "until": 1800, "every": 10}',
    '{"t": 1805, "do": "break"}',
    '{"t": 1980, "do": "input"}',
    '{"t": 2000, "do": "end"}',
]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Half an hour at the desk and a break."""
    file = tmp_path / "day.jsonl"
    file.write_text("\n".join(MORNING) + "\n", encoding="utf-8")
    return file


def test_a_log_becomes_a_story(typed: Type, log: Path) -> None:
    """One line per change, in local time, and the day's figures."""
    answer = typed("replay", str(log))
    assert (answer.code, answer.err) == (0, "")
    assert "09:30:05  break of 2:00 min begins" in answer.out
    assert "2026-03-02: 2.9 min out of the chair, confirmed" in answer.out


def test_a_log_becomes_one_object(typed: Type, log: Path) -> None:
    """Spans, prompts and days, and nothing else on the output."""
    answer = typed("replay", str(log), "--json")
    found = json.loads(answer.out)
    assert sorted(found) == ["days", "prompts", "spans"]
    assert [span["class"] for span in found["spans"]] == ["SEATED", "BREAK", "SEATED"]
    assert (found["spans"][0]["start_s"], found["spans"][-1]["end_s"]) == (0.0, 2000.0)


def test_a_log_may_come_from_a_pipe(tmp_path: Path) -> None:
    """- is standard input."""
    env = {"PATH": os.environ["PATH"], "SITBREAK_HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-m", "sitbreak", "replay", "-", "--json"],
        input="\n".join(MORNING), env=env, capture_output=True, text=True, timeout=COMMAND_ENDS_S, check=True,
    )  # fmt: skip
    assert len(json.loads(done.stdout)["spans"]) == 3


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "The log is empty"),
        (["{"], "line 1: not JSON"),
        ([HEAD, '{"t": 5, "do": "dance"}'], "line 2: do: 'dance'; allowed: "),
        ([HEAD, "", '{"t": 5, "do": "input", "kind": "thought"}'], "line 3: kind: 'thought' is not allowed; allowed: "),
        ([HEAD.replace("}", ', "settings": {"prompt.earliest_minutes": "soon"}}')], "line 1: settings: "),
    ],
)
def test_a_malformed_log_is_told_by_line_and_field(typed: Type, tmp_path: Path, lines: list[str], words: str) -> None:
    """One sentence on the error output, nothing on the other, and 2."""
    file = tmp_path / "bad.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    answer = typed("replay", str(file), "--json")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"sitbreak: {file}: ")
    assert words in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize("what", ["missing", "folder", "bytes"])
def test_a_log_that_cannot_be_read_is_told(typed: Type, tmp_path: Path, what: str) -> None:
    """No traceback, and 2."""
    file = tmp_path / "day.jsonl"
    if what == "folder":
        file.mkdir()
    elif what == "bytes":
        file.write_bytes(b"\xff\xfe\x00\x01")
    answer = typed("replay", str(file))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"sitbreak: {file} cannot be read: ")
    assert answer.err.count("\n") == 1


def test_a_replay_writes_nothing(typed: Type, log: Path, own_home: Path) -> None:
    """No history, no folder, with a good log or a bad one."""
    typed("replay", str(log))
    log.write_text(HEAD + "\n{}", encoding="utf-8")
    typed("replay", str(log))
    assert not own_home.exists()


def test_a_log_with_windows_line_ends_is_read(typed: Type, log: Path) -> None:
    """They are only line ends."""
    log.write_bytes("\r\n".join(MORNING).encode())
    assert typed("replay", str(log)).code == 0
    assert io.StringIO(typed("replay", str(log)).out).readline()
