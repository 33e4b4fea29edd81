"""`sitbreak doctor`: what works, why the rest does not, and what to do."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sitbreak.adapters.history import SqliteHistory
from sitbreak.cli.doctor import UNTRIED
from sitbreak.cli.doctor_findings import history_state, log_state
from sitbreak.core.records import Evidence
from sitbreak.language import sentence
from sitbreak.settings.paths import find_paths
from tests.cli.conftest import Type
from tests.review.made import Story


@pytest.fixture(autouse=True)
def no_desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As over a bare ssh: no display, no session bus, no run-time folder."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "all"))


@pytest.mark.unix("a system without a display")
def test_without_a_desktop_it_says_why_what_and_leaves_with_1(typed: Type) -> None:
    """Nothing can see activity: the reasons, the remedy, and exit 1."""
    answer = typed("doctor")
    assert answer.code == 1
    assert "DISPLAY is not set. Start it from within the desktop session." in answer.text
    assert "Nothing can see activity here" in answer.text
    assert "not running" in answer.text
    first = " ".join(answer.out.split("\n\n")[0].split())
    assert first.startswith("sitbreak does not run, and nothing here can see activity. It does without: activity, ")
    assert "presenting" not in first  # that is for another system


@pytest.mark.unix("a system without a display")
def test_each_port_is_told_in_json_with_every_reason(typed: Type) -> None:
    """Every port has what it uses, its limits and the reasons of the others."""
    found = json.loads(typed("doctor", "--json").out)
    assert found["sees_activity"] is False
    ports = {port["name"]: port for port in found["ports"]}
    assert {"activity", "screen lock", "sleep", "notifications", "break window", "tray", "context: call"} <= set(ports)
    assert ports["activity"]["used"] == []
    for port in ports.values():
        assert all(other["reason"] for other in port["others"])
    assert found["running"]["running"] is False
    assert found["autostart"] == []


def test_what_was_never_run_is_said(typed: Type) -> None:
    """Windows and macOS code was not tried on a real machine, and it says so."""
    assert any("Windows" in each for each in UNTRIED)
    assert any("macOS" in each for each in UNTRIED)
    text = typed("doctor").text
    assert all(each in text for each in UNTRIED)


def test_looking_changes_nothing_and_leaves_no_thread(typed: Type, own_home: Path) -> None:
    """No file is made, and no thread stays."""
    before = set(threading.enumerate())
    typed("doctor")
    assert not own_home.exists()
    assert set(threading.enumerate()) <= before


def test_wrong_settings_are_named(typed: Type, own_home: Path) -> None:
    """Each problem of the settings file is told."""
    own_home.mkdir()
    (own_home / "sitbreak.toml").write_text('[prompt]\nsound = "loud"\n[activity]\nsource = "xinput2"\n')
    answer = typed("doctor")
    assert "prompt.sound" in answer.text
    assert "settings ask for xinput2" in answer.text


def test_the_history_is_checked(typed: Type, own_home: Path) -> None:
    """A sound one is told with its days and size, a broken one with what happens to it."""
    own_home.mkdir()
    file = find_paths().history_file
    history = SqliteHistory(file, datetime(2026, 3, 1, tzinfo=UTC))
    history.keep(Story("2026-03-02T09:00").sit(40).spans)
    history.close()
    state = history_state(find_paths())
    assert state.facts["days"] == 1
    assert state.facts["first"] == date(2026, 3, 2).isoformat()
    assert (state.facts["sound"], state.problems) == (True, ())
    file.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000)
    assert history_state(find_paths()).problems
    assert "look:" in typed("doctor").text


def test_records_that_cannot_be_true_are_told(typed: Type, own_home: Path) -> None:
    """Before the program moved them they are a problem, and afterwards their number is told; figures leave them out."""
    own_home.mkdir()
    file = find_paths().history_file
    with closing(SqliteHistory(file, datetime(2026, 3, 1, tzinfo=UTC))) as history:
        history.keep(Story("2026-03-02T09:00").sit(40).away(10).sit(20).spans)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE spans SET kind = 'NAPPING' WHERE rowid IN (SELECT max(rowid) FROM spans)")
    assert "1 record that cannot be true" in " ".join(history_state(find_paths()).problems)
    assert "1 record that cannot be true" in typed("summary", "--day", "2026-03-02").text
    with closing(SqliteHistory(file, datetime(2026, 3, 1, tzinfo=UTC))) as history:
        history.facts(date.min, date.max)
    assert history_state(find_paths()).problems == ()
    assert "1 damaged record kept apart" in typed("doctor").text


def test_doctor_holds_the_estimate_against_the_seat(own_home: Path) -> None:
    """From the facts of the history; without a measured day there is nothing to hold it against."""
    own_home.mkdir()
    file = find_paths().history_file
    history = SqliteHistory(file, datetime(2026, 3, 1, tzinfo=UTC))
    history.keep(Story("2026-03-02T09:00").sit(140).spans)
    assert history_state(find_paths()).facts["measured"] == ""
    day = Story("2026-03-03T09:00").sit(140, Evidence.SEAT).quiet(7).measured(7).sit(60, Evidence.SEAT)
    history.keep([*day.spans, *day.quiets])
    history.close()
    assert history_state(find_paths()).facts["measured"] == "On 1 measured day the estimate was 3 min high."


def test_the_log_is_searched_for_trouble(own_home: Path) -> None:
    """Of the log the last five warnings and errors are told, and ordinary lines are not."""
    own_home.mkdir()
    lines = [f"2026-03-02 09:00:0{n},000 WARNING sitbreak.x: trouble {n}" for n in range(7)]
    find_paths().log_file.write_text("\n".join(["2026-03-02 08:59:00,000 INFO sitbreak.x: fine", *lines]))
    troubles = log_state(find_paths()).problems
    assert [line[-1] for line in troubles] == ["2", "3", "4", "5", "6"]


def test_the_end_of_the_log_is_shown(typed: Type, own_home: Path) -> None:
    """Its last forty lines; before the first run, where it will be."""
    answer = typed("doctor", "--log")
    assert (answer.code, answer.out) == (1, "")
    assert str(find_paths().log_file) in answer.text
    own_home.mkdir()
    find_paths().log_file.write_text("".join(f"line {n}\n" for n in range(60)))
    assert typed("doctor", "--log").out.splitlines() == [f"line {n}" for n in range(20, 60)]


@pytest.mark.parametrize(
    ("text", "told"), [("no X", "No X."), ("It is.", "It is."), ("", ""), ("\u306a\u3044\u3002", "\u306a\u3044\u3002")]
)
def test_sentences(text: str, told: str) -> None:
    """Reasons read as sentences, whoever wrote them."""
    assert sentence(text) == told
