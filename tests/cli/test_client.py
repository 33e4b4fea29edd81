"""What a command says to the running program, and what it makes of the answer."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sitbreak import language
from sitbreak.adapters.clock import SystemClock
from sitbreak.cli.client import NotRunning, ask
from sitbreak.cli.live_commands import moment_of
from sitbreak.daemon.control import write_key
from sitbreak.language import LANGUAGES
from sitbreak.settings.paths import find_paths, make_folders
from tests.cli.conftest import Listening, Type

NOT_RUNNING = "sitbreak is not running; `sitbreak run` starts it.\n"
STATUS = {
    "first_line": "About 12 min at the desk: next reminder in 18 min at the earliest",
    "today_line": "Today 4 of 20 min out of the chair",
    "last_prompt": "",
    "trouble": "",
}


SAID: list[tuple[str, dict[str, object]]] = [
    ("break", {"do": "break", "movement": ""}),
    ("break 5 --movement walk-corridor", {"do": "break", "movement": "walk-corridor", "minutes": 5.0}),
    ("answer start", {"do": "answer", "answer": "start"}),
    ("answer not-now", {"do": "answer", "answer": "not_now"}),
    ("answer snooze 15", {"do": "answer", "answer": "snooze", "minutes": 15.0}),
    ("answer stand 25", {"do": "answer", "answer": "stand", "minutes": 25.0}),
    ("pause", {"do": "pause"}),
    ("pause 30", {"do": "pause", "minutes": 30.0}),
    ("pause tomorrow", {"do": "pause", "until": "tomorrow"}),
    ("resume", {"do": "key", "key": "resume"}),
    ("standing on", {"do": "key", "key": "standing:on"}),
    ("meeting off", {"do": "key", "key": "meeting:off"}),
    ("meeting off --until 15:00", {"do": "key", "key": "meeting:off"}),
    ("reading on", {"do": "key", "key": "reading:on"}),
    ("up yes", {"do": "key", "key": "up:yes"}),
    ("gap walked 12.5", {"do": "key", "key": "gap:walked-12.5"}),
    ("gap stood", {"do": "key", "key": "gap:stood"}),
    ("log walk 15", {"do": "log_walk", "minutes": 15.0}),
    ("stop", {"do": "stop"}),
    (
        "correct 2026-03-02T12:10 2026-03-02T12:25 walked",
        {"do": "correct", "from": "2026-03-02T12:10:00", "to": "2026-03-02T12:25:00", "class": "BREAK"},
    ),
    (
        "correct 2026-10-25T02:10+01:00 2026-10-25T02:25+01:00 stood",
        {"do": "correct", "from": "2026-10-25T02:10:00+01:00", "to": "2026-10-25T02:25:00+01:00", "class": "STANDING"},
    ),
]


@pytest.mark.parametrize(("line", "request_"), SAID, ids=[line for line, _ in SAID])
def test_each_command_says_one_thing(typed: Type, program: Listening, line: str, request_: dict[str, object]) -> None:
    """The answer's sentence is printed, and the command ends with 0."""
    answer = typed(*line.split())
    assert (answer.code, answer.out, answer.err) == (0, "Noted.\n", "")
    assert program.asked == [request_]


def test_a_time_of_today_is_sent_with_its_date(typed: Type, program: Listening) -> None:
    """HH:MM means today, in local time."""
    typed("correct", "00:01", "00:02", "sat")
    today = SystemClock().now().local.date()
    assert [program.asked[0][name] for name in ("from", "to")] == [f"{today}T00:01:00", f"{today}T00:02:00"]


@pytest.mark.parametrize(
    ("now", "first", "last", "meant"),
    [
        ("00:30", "23:10", "23:50", ("2026-03-01T23:10", "2026-03-01T23:50")),
        ("00:30", "23:50", "00:20", ("2026-03-01T23:50", "2026-03-02T00:20")),
        ("12:00", "09:10", "09:40", ("2026-03-02T09:10", "2026-03-02T09:40")),
        ("12:00", "11:50", "12:10", ("2026-03-02T11:50", "2026-03-02T12:10")),  # to come: the program refuses it
        ("00:30", "2026-02-20T23:50", "00:20", ("2026-02-20T23:50", "2026-02-21T00:20")),
    ],
)
def test_a_correction_means_the_past(now: str, first: str, last: str, meant: tuple[str, str]) -> None:
    """Typed after midnight, 23:10 is that of the evening before; the end is the first such time after the beginning."""
    at = datetime.fromisoformat(f"2026-03-02T{now}")
    start = moment_of(first, at, past=True)
    assert (start, moment_of(last, start)) == tuple(map(datetime.fromisoformat, meant))


def test_a_meeting_ends_at_the_next_such_time(typed: Type, program: Listening) -> None:
    """An hour that is over today means tomorrow's."""
    typed("meeting", "on", "--until", "00:00")
    now = SystemClock().now().local.replace(tzinfo=None)
    until = datetime.fromisoformat(str(program.asked[0]["until"]))
    assert timedelta(0) <= until - now <= timedelta(days=1, minutes=1)


@pytest.mark.parametrize(
    "line",
    [
        "correct 25:00 26:00 sat", "correct noon 13:00 sat", "correct 12 13 sat", "correct 12:10:30 12:20 sat",
        "correct 2026-13-01T10:00 2026-13-01T11:00 sat", "meeting on --until later", "pause forever", "pause -3",
        "pause 0", "pause nan", "gap walked", "break 0", "break nan", "break 1441", "log walk many", "log run 5",
        "correct 12:00 12:10 slept", "break --movement nonsense",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_not_said(typed: Type, program: Listening, line: str) -> None:
    """The command ends with 2 and one line, and the program hears nothing."""
    answer = typed(*line.split())
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("sitbreak: ")
    assert answer.err.count("\n") == 1
    assert program.asked == []


def test_a_movement_spelt_nearly_right_is_named(typed: Type, program: Listening) -> None:
    """The nearest one is offered, and no break begins."""
    answer = typed("break", "--movement", "walk-corridor-x")
    assert answer.err == 'sitbreak: There is no movement "walk-corridor-x"; did you mean walk-corridor?\n'
    assert program.asked == []


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_the_program_is_named_once(typed: Type, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """In every language a sentence that begins with its name has no name before it."""
    monkeypatch.setenv("LANGUAGE", code)
    found = typed("status").err
    language.choose("en")
    assert "sitbreak: " not in found
    assert re.match(r"(O )?sitbreak", found)


# -- answers


@pytest.mark.parametrize("line", ["config set prompt.sound on", "movements off walk-corridor"])
def test_a_setting_is_in_force_once_its_command_has_ended(typed: Type, program: Listening, line: str) -> None:
    """The running program is asked to read the file, and has answered."""
    assert typed(*line.split()).code == 0
    assert program.asked == [{"do": "reload"}]


def test_a_setting_the_program_did_not_take_yet_is_told(typed: Type, program: Listening) -> None:
    """It is in the file all the same, and is read at its next look."""
    program.reply = {"error": "sitbreak is busy."}
    answer = typed("config", "set", "prompt.sound", "on")
    assert (answer.code, answer.out) == (0, "prompt.sound is true (default false).\n")
    assert answer.err == (
        "sitbreak: The program that runs did not answer; it goes by the change when it next looks at the file.\n"
    )


def test_a_refusal_ends_with_one(typed: Type, program: Listening) -> None:
    """In the program's own words, on the error output."""
    program.reply = {"error": "No prompt is on show."}
    answer = typed("answer", "start")
    assert (answer.code, answer.out, answer.err) == (1, "", "sitbreak: No prompt is on show.\n")


def test_status_is_a_few_lines(typed: Type, program: Listening) -> None:
    """The present and the day; the last prompt and a trouble where there are any."""
    program.reply = STATUS
    assert typed("status").out.splitlines() == [
        "About 12 min at the desk: next reminder in 18 min at the earliest.",
        "Today 4 of 20 min out of the chair.",
    ]
    program.reply = {**STATUS, "last_prompt": "Last prompt at 09:40: it came.", "trouble": "The disk is full."}
    assert typed("status").out.splitlines()[2:] == ["Last prompt at 09:40: it came.", "The disk is full."]


def test_a_status_that_asks_keeps_its_question_mark(typed: Type, program: Listening) -> None:
    """No stop after it."""
    program.reply = {**STATUS, "first_line": "About 40 min at the desk: were you up just now?"}
    assert typed("status").out.splitlines()[0].endswith("were you up just now?")


def test_status_for_programs_is_one_object(typed: Type, program: Listening) -> None:
    """Everything that is known, and that it runs."""
    program.reply = STATUS
    assert json.loads(typed("status", "--json").out) == {"running": True, **STATUS}


# -- nobody there


@pytest.mark.parametrize("line", ["status", "stop", "break", "answer start", "up yes", "standing on"])
def test_without_the_program_a_command_says_what_to_do(typed: Type, line: str) -> None:
    """One sentence, and 1."""
    answer = typed(*line.split())
    assert (answer.code, answer.out, answer.err) == (1, "", NOT_RUNNING)


def test_status_for_programs_says_that_nothing_runs(typed: Type) -> None:
    """As an object too, and 1."""
    answer = typed("status", "--json")
    assert (answer.code, json.loads(answer.out)) == (1, {"running": False})


@pytest.mark.unix("Unix sockets")
def test_a_program_that_was_killed_counts_as_not_running(typed: Type) -> None:
    """Key and socket are left over, and nobody listens."""
    paths = find_paths()
    make_folders(paths)
    write_key(paths.key_file)
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(paths.address)
    assert (typed("status").code, typed("status").err) == (1, NOT_RUNNING)


def test_a_key_of_another_run_is_told_in_a_sentence(typed: Type, program: Listening) -> None:
    """It could not be reached, and how to start it."""
    find_paths().key_file.write_bytes(b"0" * 32)
    answer = typed("status")
    assert answer.code == 1
    assert answer.err.startswith("sitbreak could not be reached (")
    assert answer.err.endswith("`sitbreak run` starts it.\n")
    assert program.asked == []


def test_a_home_that_cannot_be_named_is_no_traceback(typed: Type, own_home: Path) -> None:
    """A file where the folder should be."""
    own_home.write_text("no folder", encoding="utf-8")
    answer = typed("status")
    assert answer.code == 1
    assert answer.err.startswith("sitbreak: ")


@pytest.mark.unix("Unix sockets")
def test_a_program_that_hangs_is_told_of_in_time(own_home: Path) -> None:
    """It takes the connection and says nothing: whoever asks is told so."""
    paths = find_paths()
    make_folders(paths)
    write_key(paths.key_file)
    with socket.socket(socket.AF_UNIX) as mute:
        mute.bind(paths.address)
        mute.listen()
        with pytest.raises(NotRunning, match="does not answer"):
            ask({"do": "status"}, within_s=0.1)


# -- for status bars


@pytest.mark.parametrize(
    ("now", "text"),
    [
        ({"glyph": "sitting", "sitting": 740.0}, "12 min"),
        ({"glyph": "due", "sitting": 2700.0}, "break time"),
        ({"glyph": "standing", "sitting": None}, "standing"),
        ({"glyph": "sitting", "sitting": 740.0, "away": True}, ""),
    ],
)
def test_a_status_bar_gets_a_word(typed: Type, program: Listening, now: dict[str, object], text: str) -> None:
    """waybar as one line of JSON with a tooltip, a class and how full the ring is; the others as plain text."""
    program.reply = {**STATUS, "progress": 0.274, **now}
    told = json.loads(typed("status", "--format", "waybar").out)
    assert (told["text"], told["class"], told["percentage"]) == (text, now["glyph"], 27)
    assert told["tooltip"].startswith("About 12 min at the desk")
    assert typed("status", "--format", "plain").out == f"{text}\n"


def test_i3blocks_colours_what_is_due(typed: Type, program: Listening) -> None:
    """Full text, short text, colour."""
    program.reply = {**STATUS, "glyph": "due", "sitting": 2700.0, "progress": 1.0}
    assert typed("status", "--format", "i3blocks").out == "break time\nbreak time\n#C7762B\n"


def test_a_status_bar_without_the_program_stays_empty(typed: Type) -> None:
    """No error in somebody's bar."""
    answer = typed("status", "--format", "plain")
    assert (answer.code, answer.out, answer.err) == (0, "\n", "")


# -- without the program


def test_while_the_program_runs_no_database_is_loaded_for_a_pause(program: Listening) -> None:
    """A hotkey's command is to be quick: the books are opened only where nobody answers."""
    code = "import sys; from sitbreak.cli import main; main(['pause', '30']); print('sqlite3' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["Noted.", "False"]


@pytest.mark.parametrize("line", ["pause 30", "resume", "log walk 5", "gap up", "correct 00:01 00:02 sat"])
def test_before_the_first_run_there_is_nothing_to_add_to(typed: Type, own_home: Path, line: str) -> None:
    """One sentence, and no history is begun: the first start is still the first."""
    answer = typed(*line.split())
    assert (answer.code, answer.err.count("\n")) == (1, 1)
    assert "`sitbreak run` starts it" in answer.err
    assert not find_paths().history_file.exists()


def test_a_pause_and_a_walk_are_noted_though_nothing_runs(typed: Type) -> None:
    """In the books of the runs before."""
    typed("goal", "set", "20")
    assert "Paused for 30 min more. sitbreak does not run now" in typed("pause", "30").text
    assert typed("log", "walk", "5").out.startswith("Walk of 5 min noted.")
    answer = typed("gap", "up")
    assert (answer.code, answer.err.count("\n")) == (1, 1)
    assert "no open question" in answer.err
