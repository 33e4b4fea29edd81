"""`sitbreak summary` and `sitbreak report`, as a person types them."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.history import SqliteHistory
from sitbreak.cli import day_reports, main
from sitbreak.core.records import Outcome, PromptRecord, Reason, Span, SpanClass
from sitbreak.core.timeline import Instant
from sitbreak.settings.paths import find_paths

FOUR = time(4)


@dataclass(frozen=True)
class Said:
    """What a command returned and printed."""

    code: int
    out: str
    err: str


Say = Callable[[str], Said]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for everything."""
    monkeypatch.setenv("SITBREAK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path / "home"


@pytest.fixture
def say(home: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs a command line, without the program's name."""

    def run(line: str) -> Said:
        code = main(line.split())
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


@pytest.fixture
def yesterday(home: Path) -> date:
    """A history with an hour of sitting and a break of 4 min at noon of yesterday; returns that day."""
    now = SystemClock().now()
    day = now.day(FOUR) - timedelta(days=1)
    noon = datetime.combine(day, time(12), now.zone).astimezone(UTC)
    start = Instant(now.elapsed - (now.utc - noon), noon, now.zone)
    rise, end = start.plus(timedelta(minutes=60)), start.plus(timedelta(minutes=64))
    seated = Span(start, rise, SpanClass.SEATED, None, frozenset(), day)
    prompt = PromptRecord(1, rise, day, Reason.LULL, "walk-corridor", timedelta(minutes=60), Outcome.TAKEN)
    home.mkdir()
    with closing(SqliteHistory(find_paths().history_file, now.utc)) as history:
        history.keep([seated, replace(seated, start=rise, end=end, kind=SpanClass.BREAK), prompt])
    return day


def test_nothing_to_show_yet(say: Say) -> None:
    """Before anything was recorded there is a friendly sentence, and no error."""
    said = say("summary")
    assert (said.code, said.err) == (0, "")
    assert "Nothing to show yet" in said.out


def test_yesterday(say: Say, yesterday: date) -> None:
    """A day can be named by word and by date, with the same answer."""
    by_word, by_date = say("summary --day yesterday"), say(f"summary --day {yesterday.isoformat()}")
    assert by_word == by_date
    assert "4 minutes out of the chair, longest stretch 1 h, 1 stretch of 45 min or more." in " ".join(
        by_word.out.split()
    )


def test_details_use_the_names_of_the_catalogue(say: Say, yesterday: date) -> None:
    """Movements are called what people call them."""
    assert "Corridor loop" in say(f"summary --day {yesterday} --details").out


def test_today_without_a_record(say: Say, yesterday: date) -> None:
    """A day without a record says so; the command has done its work."""
    said = say("summary")
    assert said.code == 0
    assert "Nothing was recorded on this day." in said.out


def test_exact_figures(say: Say, yesterday: date) -> None:
    """The exact figures are those of the books, under the names of the replay answer."""
    told = json.loads(say(f"summary --day {yesterday} --json").out)
    (day,) = told["days"]
    assert (day["day"], day["S"], day["M"], day["C"], day["bouts"]) == (yesterday.isoformat(), 60, 4, 4, [60])


def test_several_days_and_a_week(say: Say, yesterday: date) -> None:
    """Days and weeks are told a line a day, and as exact figures."""
    assert len(json.loads(say("summary --days 3 --json").out)["days"]) == 1
    assert say("summary --days 3").out.count("no record") == 2
    assert set(json.loads(say("summary --week --json").out)) == {"days", "week", "next_goal", "baseline", "reduction"}
    assert "Times up per hour of sitting" in say("summary --week").out


@pytest.mark.parametrize("line", ["--day soon", "--day 2026-13-01", "--day 9999-01-01", "--day 0001-01-01"])
@pytest.mark.parametrize("command", ["summary", "report"])
def test_a_day_that_is_none(say: Say, command: str, line: str) -> None:
    """A day that cannot be meant is refused with one sentence and code 2."""
    said = say(f"{command} {line}")
    assert (said.code, said.out) == (2, "")
    assert len(said.err.strip().splitlines()) == 1


@pytest.mark.parametrize("count", ["0", "367", "-1x", "many", "1e3", "99999999999999999999"])
def test_a_number_of_days_that_is_none(say: Say, count: str) -> None:
    """A number of days outside 1 to 366 is refused with one sentence and code 2."""
    said = say(f"summary --days={count}")
    assert (said.code, said.out) == (2, "")
    assert "1 to 366" in said.err


def test_a_damaged_history_is_said_once(say: Say, home: Path) -> None:
    """A history that cannot be read is one sentence, and code 2."""
    home.mkdir()
    find_paths().history_file.write_bytes(b"not a database, not at all" * 100)
    for command in ("summary", "report"):
        said = say(command)
        assert said.code == 2
        assert "cannot be read" in said.err


def test_the_report_is_written_for_its_owner_only(say: Say, yesterday: date) -> None:
    """The report lands in the data folder, readable by its owner alone, and its path is all that is printed."""
    said = say(f"report --day {yesterday}")
    path = Path(said.out.strip())
    assert (said.code, path.name) == (0, f"sitbreak-day-{yesterday}.html")
    assert path.parent == find_paths().history_file.parent / "reports"
    assert "<!doctype html>" in path.read_text("utf-8")
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(each.name for each in path.parent.iterdir()) == ["index.html", path.name]


@pytest.mark.parametrize(("line", "name"), [("", "day"), ("--day", "day"), ("--week", "week"), ("--month", "month")])
def test_the_report_of_each_scope(say: Say, yesterday: date, line: str, name: str) -> None:
    """Day, week and four weeks each have a file of their own."""
    assert f"sitbreak-{name}-" in say(f"report {line}").out


@pytest.mark.unix("xdg-open")
@pytest.mark.parametrize(("script", "told"), [("exit 0", False), ("exit 3", True)])
def test_a_browser_that_does_not_start_is_told(
    say: Say, yesterday: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: bool
) -> None:
    """One that ends at once with an error (Chromium as root, say)."""
    opener_that(script, tmp_path, monkeypatch)
    said = say("report --open")
    assert said.code == 0
    assert ("no browser could be started" in said.err) is told
    assert said.out.strip().endswith(".html")


@pytest.mark.unix("xdg-open")
def test_a_browser_that_runs_on_has_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where xdg-open is the browser itself it does not end, and is not waited for."""
    opener_that("exec sleep 9", tmp_path, monkeypatch)
    assert day_reports.browser_took(tmp_path / "page.html", refused_within_s=0.3)


def opener_that(script: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts an xdg-open before all others that does this."""
    opener = folder / "xdg-open"
    opener.write_text(f"#!/bin/sh\n{script}\n")
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_the_report_goes_where_it_is_sent(say: Say, yesterday: date, tmp_path: Path) -> None:
    """With -o the file is put there, in the place of an older one."""
    target = tmp_path / "mine.html"
    target.write_text("old")
    assert say(f"report -o {target}").out.strip() == str(target)
    assert "sitbreak" in target.read_text("utf-8")


@pytest.mark.parametrize("place", ["missing/folder/x.html", "."])
def test_a_place_that_cannot_be_written(say: Say, yesterday: date, tmp_path: Path, place: str) -> None:
    """Where the report cannot be written one sentence says so, and nothing is left behind."""
    before = sorted(os.listdir(tmp_path))
    said = say(f"report -o {tmp_path / place}")
    assert (said.code, said.out) == (2, "")
    assert "could not be written" in said.err
    assert sorted(os.listdir(tmp_path)) == before
