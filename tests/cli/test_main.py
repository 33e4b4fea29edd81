"""The command line as a whole: what it lists, what it refuses and how, its exit codes, and what it loads."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sitbreak import __version__
from sitbreak.cli import COMMANDS, GROUPS, meant
from tests.cli.conftest import Type
from tests.waiting import COMMAND_ENDS_S

ROOT = Path(__file__).parents[2]
HEAVY = (
    "PIL", "pystray", "PySide6", "rich", "apscheduler", "dbus_fast", "sqlite3", "jinja2", "tomlkit", "pynput", "Xlib",
    "desktop_notifier", "pulsectl",
)  # fmt: skip


def environment(home: Path) -> dict[str, str]:
    """A home of its own, the program of this checkout, and no display."""
    return {"PATH": os.environ["PATH"], "SITBREAK_HOME": str(home), "PYTHONPATH": str(ROOT), "HOME": str(home)}


def python(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs Python on the program."""
    command = [sys.executable, *words]
    return subprocess.run(
        command, env=environment(home), capture_output=True, text=True, timeout=COMMAND_ENDS_S, check=False
    )


@pytest.mark.unix("sh")
def test_no_command_starts_a_compiler(tmp_path: Path) -> None:
    """Looking for libraries does not run gcc: not for the doctor, who looks at every part."""
    tools, mark = tmp_path / "tools", tmp_path / "mark"
    tools.mkdir()
    for name in ("gcc", "cc", "ld"):
        (tools / name).write_text(f"#!/bin/sh\ntouch {mark}\nexit 1\n", "utf-8")
        (tools / name).chmod(0o755)
    env = environment(tmp_path) | {"PATH": f"{tools}:{os.environ['PATH']}"}
    command = [sys.executable, "-m", "sitbreak", "doctor"]
    told = subprocess.run(command, env=env, capture_output=True, text=True, timeout=COMMAND_ENDS_S, check=False)
    assert "microphone-pulse" in told.stdout
    assert not mark.exists()


# -- what there is


def test_a_double_click_starts_the_program_or_opens_its_window() -> None:
    """It comes without words where nobody can read a help; what was said is done in any case."""
    assert meant([], nobody_reads=True) == ["run", "--window"]
    assert meant([], nobody_reads=False) == []
    assert meant(["status"], nobody_reads=True) == ["status"]


def test_help_lists_every_command_with_a_line_about_it(typed: Type) -> None:
    """With --help, and with no words at all."""
    for words in (["--help"], ["-h"], []):
        answer = typed(*words)
        assert answer.code == 0
        for name, (_, about) in COMMANDS.items():
            assert f" {name} " in answer.text
            assert about in answer.text


def test_the_version_is_told(typed: Type) -> None:
    """On one line; there is a short way to it."""
    for word in ("--version", "-V"):
        answer = typed(word)
        assert (answer.code, answer.out) == (0, f"sitbreak {__version__}\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_listed_is_there_and_explains_itself(typed: Type, name: str) -> None:
    """Its --help ends well and names it."""
    importlib.import_module(f"sitbreak.cli.{COMMANDS[name][0]}")
    answer = typed(name, "--help")
    assert answer.code == 0
    assert f"usage: sitbreak {name}" in answer.text


# -- what is refused


def test_an_unknown_command_is_told_in_a_sentence_with_the_nearest(typed: Type) -> None:
    """And ends with 2."""
    answer = typed("statsu")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "sitbreak: 'statsu' is not a command; did you mean status? `sitbreak --help` lists them all.\n"
    )


def test_a_word_like_no_command_has_no_nearest(typed: Type) -> None:
    """Nothing far-fetched is offered."""
    answer = typed("xyzzy")
    assert answer.code == 2
    assert "did you mean" not in answer.err


@pytest.mark.parametrize(
    "words", [["--colour"], ["status", "--colour"], ["status", "now"], ["answer"], ["answer", "maybe"], ["break", "-5"]]
)
def test_what_is_not_understood_ends_with_two_and_a_sentence(typed: Type, words: list[str]) -> None:
    """It names what was wrong and where to look; no traceback, no page of usage."""
    answer = typed(*words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("sitbreak: ")
    assert "--help` shows what is possible." in answer.err
    assert answer.err.count("\n") == 1


# -- as a process


def test_a_wrong_answer_is_told_the_right_ones_as_they_are_typed(typed: Type) -> None:
    """Words, not what the program calls them inside."""
    assert "here, up, part" in typed("gap", "nowhere").text.replace("'", "")  # Python 3.13 leaves the quotes out


def test_the_module_runs_as_the_program_does(tmp_path: Path) -> None:
    """`python -m sitbreak` gives back the exit code of the command."""
    assert python(tmp_path, "-m", "sitbreak", "--version").stdout == f"sitbreak {__version__}\n"
    done = python(tmp_path, "-m", "sitbreak", "status")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "sitbreak is not running; `sitbreak run` starts it.\n"


@pytest.mark.parametrize("words", [["status"], ["status", "--json"], ["answer", "start"], ["--help"], ["up", "yes"]])
def test_a_small_command_loads_nothing_heavy(tmp_path: Path, words: list[str]) -> None:
    """No drawing, no Qt, no D-Bus, no database: a hotkey's command is to be quick."""
    code = (
        "import json, sys\nfrom sitbreak.cli import main\n"
        f"try:\n    main({words!r})\nexcept SystemExit:\n    pass\n"
        f"print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    )
    done = python(tmp_path, "-c", code)
    assert json.loads(done.stdout.splitlines()[-1]) == []


def test_asking_changes_nothing_on_the_disk(tmp_path: Path) -> None:
    """A status without a program makes no folder and no file."""
    python(tmp_path / "home", "-m", "sitbreak", "status")
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("line", ["--help", "help", "config default", "movements list", "run --help", "doctor"])
def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path, line: str) -> None:
    """`sitbreak help | head -1` says nothing of a broken pipe, and ends with 0."""
    ours, theirs = os.pipe()
    os.close(ours)
    command = [sys.executable, "-m", "sitbreak", *line.split()]
    with os.fdopen(theirs, "wb") as out:
        done = subprocess.run(
            command, env=environment(tmp_path), stdout=out, stderr=subprocess.PIPE, timeout=COMMAND_ENDS_S, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.unix("a system without a display")
def test_without_a_display_run_says_so_and_a_service_is_not_restarted(tmp_path: Path) -> None:
    """One sentence that tells what to do, and 2."""
    code = "import os, sys\nos.environ['INVOCATION_ID'] = 'x'\nfrom sitbreak.cli import main\nsys.exit(main(['run']))"
    done = python(tmp_path, "-c", code)
    assert done.returncode == 2
    assert "no display here" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_command_stands_in_one_group() -> None:
    """By what people do with it."""
    listed = [name for names in GROUPS.values() for name in names]
    assert sorted(listed) == sorted(COMMANDS)
