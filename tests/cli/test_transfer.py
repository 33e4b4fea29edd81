"""`sitbreak export`, `import` and `forget`, as a person types them."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sitbreak.adapters.history import SqliteHistory
from sitbreak.core.records import Facts, GoalRecord, Outcome
from sitbreak.daemon.single_instance import FileLock
from tests.cli.conftest import Answer, Type
from tests.review.made import Story

AT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def history_file(typed: Type, own_home: Path) -> Path:
    """A history of two days; `typed` comes first, as it wants the home untouched."""
    own_home.mkdir()
    story = Story("2026-03-02T09:00").sit(40).prompt(Outcome.TAKEN).move(2).sit(30).walk(10)
    story.until("2026-03-03T09:00").sit(50).away(10).sit(20)
    history = SqliteHistory(own_home / "history.db", AT)
    history.keep([GoalRecord(date(2026, 3, 2), 20), *story.spans, *story.prompts, *story.breaks, *story.walks])
    history.close()
    return own_home / "history.db"


def facts(file: Path) -> Facts:
    """All that the file holds."""
    history = SqliteHistory(file, AT)
    found = history.facts(date.min, date.max)
    history.close()
    return found


def refused(answer: Answer) -> bool:
    """Whether it said no in one line, printed nothing else, and left with 2."""
    return answer.code == 2 and answer.out == "" and answer.err.count("\n") == 1


@pytest.mark.parametrize("name", ["all.csv", "all.jsonl"])
def test_what_is_exported_and_forgotten_comes_back(typed: Type, history_file: Path, tmp_path: Path, name: str) -> None:
    """Export, forget everything, import: the same facts, and a second import adds nothing."""
    before = facts(history_file)
    out = str(tmp_path / name)
    assert "records written" in typed("export", "-o", out).err
    assert typed("forget", "--all", "--yes").code == 0
    assert facts(history_file) == Facts()
    assert typed("import", out).code == 0
    assert facts(history_file) == before
    again = json.loads(typed("import", out, "--json").out)
    assert again["added"] == 0
    assert again["same"] > 5


def test_the_format_follows_the_name_and_can_be_said(typed: Type, history_file: Path, tmp_path: Path) -> None:
    """A .csv name gives CSV, standard output JSON lines, and --format decides over both."""
    typed("export", "-o", str(tmp_path / "x.CSV"))
    assert (tmp_path / "x.CSV").read_text("utf-8").startswith("kind,")
    assert json.loads(typed("export").out.splitlines()[0])["version"] == 1
    assert typed("export", "--format", "csv").out.startswith("kind,")


def test_a_range_of_days_is_exported_alone(typed: Type, history_file: Path) -> None:
    """--from and --to are both included."""
    rows = typed("export", "--from", "2026-03-03", "--to", "2026-03-03").out.splitlines()[1:]
    days = {json.loads(row).get("day") for row in rows if json.loads(row)["kind"] == "span"}
    assert days == {"2026-03-03"}


def test_the_file_is_for_this_user_only(typed: Type, history_file: Path, tmp_path: Path) -> None:
    """An export is made with mode 0600, and nothing half-made stays beside it."""
    typed("export", "-o", str(tmp_path / "x.jsonl"))
    mode = stat.S_IMODE((tmp_path / "x.jsonl").stat().st_mode)
    assert mode == 0o600 or os.name != "posix"  # Windows has no such modes
    assert [each.name for each in tmp_path.glob("*.part")] + [each.name for each in tmp_path.glob(".*.part")] == []


def test_export_without_a_history_is_empty(typed: Type) -> None:
    """Nothing there yet is no error: the header alone."""
    answer = typed("export")
    assert answer.code == 0
    assert len(answer.out.splitlines()) == 1


@pytest.mark.parametrize(
    "line",
    [
        "export --from nix",
        "export --from 2026-03-03 --to 2026-03-02",
        "export -o {tmp}/no/such/folder.csv",
        "import {tmp}/none.csv",
        "import {tmp}",
        "import {tmp}/picture",
        "import {tmp}/words",
        "import {tmp}/half",
        "forget",
        "forget --all --before 2026-03-02",
        "forget --before 2999-01-01 --yes",
        "forget --all",
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(
    typed: Type, history_file: Path, tmp_path: Path, line: str
) -> None:
    """Exit 2, one line, no record lost or gained."""
    (tmp_path / "picture").write_bytes(b"\x89PNG\xff\xfe")
    (tmp_path / "words").write_text("hello\n")
    (tmp_path / "half").write_text(
        '{"kind": "sitbreak-history", "version": 1}\n{"kind": "goal", "day": "2026-13-01"}\n'
    )
    before = facts(history_file)
    assert refused(typed(*line.format(tmp=tmp_path).split()))
    assert facts(history_file) == before


def test_forget_before_a_day_keeps_that_day(typed: Type, history_file: Path) -> None:
    """The day named stays; earlier ones are gone, copies too."""
    copy = history_file.parent / "backups" / "history-2026-03-02.db"
    copy.parent.mkdir()
    copy.write_bytes(b"old")
    answer = typed("forget", "--before", "2026-03-03", "--yes")
    assert "records removed for good, and 1 copy of the history" in answer.text
    assert {span.day for span in facts(history_file).spans} == {date(2026, 3, 3)}
    assert not copy.exists()


def test_forget_without_a_history_makes_none(typed: Type, own_home: Path) -> None:
    """There is nothing to forget, and that is fine."""
    assert typed("forget", "--all", "--yes").code == 0
    assert not own_home.exists()


def test_a_history_in_other_hands_is_left_alone(typed: Type, history_file: Path, own_home: Path) -> None:
    """While another holds the lock and does not answer, nothing is written."""
    before = facts(history_file)
    other = FileLock(own_home / "sitbreak.lock")
    assert other.acquire()
    answer = typed("forget", "--all", "--yes")
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)
    other.release()
    assert facts(history_file) == before


def activitywatch(folder: Path, *days: str) -> str:
    """An export of ActivityWatch with an hour from ten on each of these days."""
    events = [{"timestamp": f"{day}T10:00:00+00:00", "duration": 3600.0, "data": {"status": "not-afk"}} for day in days]
    file = folder / "aw-buckets-export.json"
    file.write_text(json.dumps({"buckets": {"aw-watcher-afk_desk": {"type": "afkstatus", "events": events}}}), "utf-8")
    return str(file)


def test_another_programs_days_come_in_before_ours(typed: Type, history_file: Path, tmp_path: Path) -> None:
    """Those of before our first day; a day of ours stays as it is, and nothing is a confirmed minute."""
    before = facts(history_file)
    answer = typed(
        "import", "--from", "activitywatch", activitywatch(tmp_path, "2026-02-26", "2026-02-27", "2026-03-02")
    )
    assert (answer.code, "2 stretches on 2 days" in answer.text) == (0, True)
    after = facts(history_file)
    added = [span for span in after.spans if span not in before.spans]
    assert [str(span.day) for span in added] == ["2026-02-26", "2026-02-27"]
    assert len(after.spans) == len(before.spans) + 2
    assert after.breaks == before.breaks
    again = typed("import", "--from", "activitywatch", activitywatch(tmp_path, "2026-03-02"))
    assert refused(again)
    assert "nothing was imported" in again.err


@pytest.mark.unix("FIFOs")
def test_a_pipe_is_no_export(typed: Type, history_file: Path, tmp_path: Path) -> None:
    """Nobody waits for what it may bring."""
    os.mkfifo(tmp_path / "pipe")
    assert refused(typed("import", "--from", "activitywatch", str(tmp_path / "pipe")))


@pytest.mark.parametrize("text", ["", "{}", "kind,day", '{"buckets": {}}'])
def test_a_file_of_another_kind_is_refused(typed: Type, history_file: Path, tmp_path: Path, text: str) -> None:
    """In one sentence; nothing comes in."""
    file = tmp_path / "other.json"
    file.write_text(text, "utf-8")
    before = facts(history_file)
    assert refused(typed("import", "--from", "activitywatch", str(file)))
    assert facts(history_file) == before


def test_a_study_is_a_row_a_day_with_a_code_book(typed: Type, history_file: Path, tmp_path: Path) -> None:
    """Two files side by side; without a file the table alone."""
    out = tmp_path / "study.csv"
    answer = typed("export", "--format", "study", "-o", str(out))
    assert (answer.code, "2 days" in answer.err) == (0, True)
    rows = out.read_text("utf-8").splitlines()
    assert [row.split(",")[0] for row in rows] == ["day", "2026-03-02", "2026-03-03"]
    book = tmp_path / "study-codebook.csv"
    assert book.read_text("utf-8").startswith("column,unit,definition")
    assert typed("export", "--format", "study").out.splitlines() == rows


@pytest.mark.unix("file modes")
def test_a_study_is_readable_by_its_owner_only(typed: Type, history_file: Path, tmp_path: Path) -> None:
    """Both files, wherever they go."""
    out = tmp_path / "study.csv"
    typed("export", "--format", "study", "-o", str(out))
    assert [stat.S_IMODE(file.stat().st_mode) for file in (out, tmp_path / "study-codebook.csv")] == [0o600, 0o600]


def test_of_workrave_there_is_nothing_to_take_in(typed: Type, tmp_path: Path) -> None:
    """One sentence says why, and nothing is changed."""
    file = tmp_path / "historystats"
    file.write_text("WorkRaveStats 4\nD 2 10 126 18 0 2 10 126 18 5\n")
    refused = typed("import", "--from", "workrave", str(file))
    assert refused.code == 2
    assert "does not know when you sat" in refused.err


def test_our_days_are_read_by_activitywatchs_readers(typed: Type, history_file: Path, tmp_path: Path) -> None:
    """One bucket of its type."""
    found = json.loads(typed("export", "--format", "activitywatch").out)
    (bucket,) = found["buckets"].values()
    assert bucket["type"] == "afkstatus"
    assert {event["data"]["status"] for event in bucket["events"]} == {"afk", "not-afk"}
