"""What stands in files of others, or is typed, never reaches a terminal as something it obeys."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Type

EVIL = "\x1b]0;pwned\x07\x9b31m\u202egnp\x7f"


def obeyed(text: str) -> set[str]:
    """The characters of a text that a terminal would obey, or that turn it round."""
    lines = text.replace("\r\n", "").replace("\n", "")
    return {each for each in lines if unicodedata.category(each) in ("Cc", "Cf", "Cs")}


def _settings(home: Path) -> None:
    escaped = "".join(f"\\u{ord(each):04x}" for each in EVIL)
    (home / "sitbreak.toml").write_text(
        f'[day]\ngoal_minutes = "{escaped}"\n["{escaped}"]\nx = 1\n[context]\nquiet_apps = ["{escaped}"]\n', "utf-8"
    )


def _movements(home: Path) -> None:
    folder = home / "movements"
    folder.mkdir()
    (folder / "own.json").write_text(json.dumps({"version": 1, "movements": [{"id": EVIL, "title": EVIL}]}), "utf-8")


def _plans(home: Path) -> None:
    (home / "plans.json").write_text(json.dumps({EVIL: {"begun": EVIL}}), "utf-8")


def _history(home: Path) -> None:
    with closing(sqlite3.connect(home / "history.db")) as books, books:
        for (table,) in books.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for _, column, kind, *_ in books.execute(f'PRAGMA table_info("{table}")').fetchall():
                if kind == "TEXT":
                    books.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = ?', (EVIL,))


COMMANDS = [
    "status", "summary", "summary --week", "config", "config get day.goal_minutes", "movements list", "plan status",
    "doctor", "goal", "baseline status", "export --format csv",
]  # fmt: skip


@pytest.mark.parametrize("plant", [_settings, _movements, _plans, _history])
def test_no_command_shows_what_a_terminal_obeys(typed: Type, own_home: Path, plant: Callable[[Path], None]) -> None:
    """Settings, movements, plans and records that somebody else wrote are shown as text, or refused as text."""
    typed("log", "walk", "5")
    typed("goal", "set", "20")
    plant(own_home)
    for command in COMMANDS:
        answer = typed(*command.split())
        assert "Traceback" not in answer.err
        assert obeyed(answer.out) | obeyed(answer.err) == set(), command


@pytest.mark.parametrize(
    "words",
    [
        (EVIL,), ("config", "get", EVIL), ("config", "set", "day.goal_minutes", EVIL), ("config", "set", EVIL, "1"),
        ("movements", "show", EVIL), ("plan", "start", EVIL), ("goal", "set", EVIL), ("summary", "--day", EVIL),
        ("import", EVIL), ("replay", EVIL), ("correct", EVIL, EVIL, "--was", EVIL), ("log", "walk", EVIL),
    ],
    ids=lambda words: words[0] if words[0] != EVIL else "command",
)  # fmt: skip
def test_what_is_typed_comes_back_as_text(typed: Type, words: tuple[str, ...]) -> None:
    """A refusal quotes what it refuses, and the quotation does nothing."""
    answer = typed(*words)
    assert answer.code != 0
    assert obeyed(answer.out) | obeyed(answer.err) == set()
