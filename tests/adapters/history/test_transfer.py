"""What is exported can be imported: here again, elsewhere, twice, but never half and never over other time."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from sitbreak.adapters.history import MemoryHistory, SqliteHistory
from sitbreak.adapters.history.memory import all_of
from sitbreak.adapters.history.transfer import ImportResult, export, import_
from sitbreak.core.records import BreakRecord, DeclaredMovement, Fact, GoalRecord, PromptRecord, Reason, SpanClass
from sitbreak.core.timeline import moved
from sitbreak.ports import History
from tests.contracts.history_contract import ALWAYS
from tests.contracts.history_facts import MONDAY, any_facts, at, one_of_each, span

STARTED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
FORMATS = ["jsonl", "csv"]
WALK = (
    '{"kind": "movement", "at": "2026-03-02T10:00:00+01:00", "at_us": 5, "day": "2026-03-02", "minutes": %s, '
    '"counted": true, "source": "log"}'
)
GOAL = '{"kind": "goal", "day": "2026-03-02", "minutes": %s, "by_user": true}'
LONG_BREAK = (  # thirty days on the axis, one hour on the wall
    '{"kind": "span", "start": "2026-03-02T10:00:00+01:00", "start_us": 0, "end": "2026-03-02T11:00:00+01:00", '
    '"end_us": 2592000000000, "class": "BREAK", "evidence": "accepted", "day": "2026-03-02"}'
)
both = pytest.mark.parametrize("fmt", FORMATS)


def holding(facts: list[Fact]) -> MemoryHistory:
    """A history in memory with these facts."""
    history = MemoryHistory()
    history.keep(facts)
    return history


def exported(history: History, fmt: str, first: date = date.min, last: date = date.max) -> str:
    """The text of an export."""
    out = io.StringIO()
    export(history, fmt, first, last, out)
    return out.getvalue()


def brought_in(history: History, text: str) -> ImportResult:
    """Imports a text line by line, as a file gives them."""
    return import_(history, io.StringIO(text))


def prompt(number: int, minute: float) -> PromptRecord:
    """A prompt shown at a minute of Monday."""
    return PromptRecord(number, at(minute), MONDAY, Reason.LULL, "march", timedelta(minutes=39))


def elsewhere(facts: list[Fact]) -> list[Fact]:
    """The same facts as a machine with another book axis would have them."""
    return [moved(fact, lambda at: replace(at, elapsed=at.elapsed - timedelta(hours=90))) for fact in facts]


@both
def test_an_empty_history_becomes_the_same_to_the_byte(tmp_path: Path, fmt: str) -> None:
    """Exported, imported into a new file and exported again, the text is the same."""
    text = exported(holding(one_of_each()), fmt)
    with closing(SqliteHistory(tmp_path / "history.sqlite", STARTED)) as history:
        assert brought_in(history, text) == ImportResult(added=len(one_of_each()))
        assert list(all_of(history.facts(*ALWAYS))) == one_of_each()
        assert exported(history, fmt) == text


@settings(max_examples=80)
@given(facts=any_facts())
def test_any_history_round_trips_in_both_formats(facts: list[Fact]) -> None:
    """Whatever the facts, an import into nothing reproduces them and the text; a second one adds nothing."""
    former = holding(facts)
    count = len(list(all_of(former.facts(*ALWAYS))))
    for fmt in FORMATS:
        text, history = exported(former, fmt), MemoryHistory()
        assert brought_in(history, text) == ImportResult(added=count)
        assert history.facts(*ALWAYS) == former.facts(*ALWAYS)
        assert exported(history, fmt) == text
        assert brought_in(history, text) == ImportResult(same=count)


@both
def test_only_the_days_asked_for_are_exported(fmt: str) -> None:
    """A range of days limits what is timed; the goals and baselines always come along."""
    day = 24 * 60.0
    history = holding([span(0, 5), span(day, day + 5), GoalRecord(MONDAY, 20)])
    fresh = MemoryHistory()
    brought_in(fresh, exported(history, fmt, MONDAY, MONDAY))
    assert list(all_of(fresh.facts(*ALWAYS))) == [span(0, 5), GoalRecord(MONDAY, 20)]


@both
def test_a_conflict_names_its_line_and_nothing_is_added(fmt: str) -> None:
    """Spans that differ from those here are refused with line and reason; the good lines wait for a better file."""
    history = holding([span(0, 10), span(60, 70)])
    text = exported(holding([span(0, 10), span(20, 30), span(40, 65), span(80, 90)]), fmt)
    result = brought_in(history, text)
    assert (result.added, result.same) == (0, 1)
    assert [refusal.line for refusal in result.refused] == [4]
    assert "covered by another span" in result.refused[0].why
    assert history.facts(*ALWAYS).spans == (span(0, 10), span(60, 70))


def test_a_different_record_of_the_same_thing_is_refused() -> None:
    """What is here is never overwritten by an import."""
    history = holding([span(0, 10), GoalRecord(MONDAY, 20)])
    text = exported(holding([span(0, 10, SpanClass.STANDING), GoalRecord(MONDAY, 40)]), "jsonl")
    assert [refusal.line for refusal in brought_in(history, text).refused] == [2, 3]
    assert history.facts(*ALWAYS).goals == (GoalRecord(MONDAY, 20),)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{not json", "no JSON"),
        ("[1, 2]", "no JSON object"),
        ('{"kind": "nap"}', "no kind of record"),
        ('{"kind": "goal", "day": "2026-03-02"}', "minutes is missing"),
        ('{"kind": "goal", "day": "2026-13-02", "minutes": 20, "by_user": true}', "day makes no sense"),
        ('{"kind": "goal", "day": "2026-03-02", "minutes": 20, "by_user": "maybe"}', "by_user makes no sense"),
        ('{"kind": "movement", "at": "2026-03-02T10:00:00", "at_us": 5, "day": "2026-03-02"}', "offset"),
        (WALK % "1e9", "at most a day"),
        (WALK % "-500", "at most a day"),
        (WALK % "Infinity", "at most a day"),
        (WALK % "NaN", "at most a day"),
        (WALK % ("9" * 5000), "no JSON"),
        (WALK.replace('"at_us": 5', '"at_us": 99999999999999999999') % "5", "too far off"),
        (WALK.replace("log", "\\ud800") % "5", "source makes no sense"),
        (GOAL % "99999999999999999999", "too large"),
        (GOAL % "0", "cannot be"),
        (LONG_BREAK, "longer than 2 days"),
    ],
)
def test_a_line_that_makes_no_sense_is_named(line: str, why: str) -> None:
    """Its number and what is wrong are told, and nothing of the file is added."""
    good = '{"kind": "goal", "day": "2026-03-03", "minutes": 20, "by_user": true}'
    history = MemoryHistory()
    result = import_(history, ['{"kind": "sitbreak-history", "version": 1}\n', good + "\n", line + "\n"])
    assert [refusal.line for refusal in result.refused] == [3]
    assert why in result.refused[0].why
    assert history.facts(*ALWAYS).goals == ()


@pytest.mark.parametrize(
    "text", ["", "hello\n", "a,b\n1,2\n", '{"kind": "x"}\n', '{"kind": "sitbreak-history", "version": 2}\n']
)
def test_any_other_file_is_refused_at_its_first_line(text: str) -> None:
    """Another program's file, or one from a later version, is told by its beginning."""
    assert [refusal.line for refusal in brought_in(MemoryHistory(), text).refused] == [1]


def test_a_table_that_went_through_a_spreadsheet_is_understood() -> None:
    """A byte-order mark, other line ends and reordered columns do no harm."""
    text = "\ufeffby_user,minutes,kind,day\r\n1,20,goal,2026-03-02\r\n"
    history = MemoryHistory()
    assert brought_in(history, text) == ImportResult(added=1)
    assert history.facts(*ALWAYS).goals == (GoalRecord(MONDAY, 20),)


@both
def test_another_machines_records_are_placed_by_utc_and_only_once(fmt: str) -> None:
    """Its axis is its own: its evenings come to lie between our days, its prompts get numbers of their own."""
    day = 24 * 60.0
    ours: list[Fact] = [prompt(1, 39), span(0, 60), span(day, day + 60)]
    evening: list[Fact] = [
        span(600, 640),
        span(640, 645, SpanClass.BREAK),
        span(day + 600, day + 620),
        prompt(1, 639),
        BreakRecord(at(640), MONDAY, timedelta(minutes=2), "march", 1),
    ]
    history = holding(ours)
    text = exported(holding(elsewhere(evening)), fmt)
    assert brought_in(history, text) == ImportResult(added=5)
    facts = history.facts(*ALWAYS)
    assert facts.spans == (ours[1], evening[0], evening[1], ours[2], evening[2])
    assert [prompt.number for prompt in facts.prompts] == [1, -1]
    assert facts.prompts[0] == ours[0]
    assert facts.breaks[0].prompt == -1
    assert brought_in(history, text) == ImportResult(same=5)


def test_another_machines_records_of_the_same_hours_are_refused() -> None:
    """Two computers at once would make one person sit twice."""
    history = holding([span(0, 60)])
    result = brought_in(history, exported(holding(elsewhere([span(30, 90)])), "jsonl"))
    assert [refusal.line for refusal in result.refused] == [2]
    assert history.facts(*ALWAYS).spans == (span(0, 60),)


def test_the_program_can_go_on_after_an_import(tmp_path: Path) -> None:
    """Where the axis ends and the highest prompt number are told, so that neither is used twice."""
    with closing(SqliteHistory(tmp_path / "history.sqlite", STARTED)) as history:
        assert history.ends() == (None, 0)
        brought_in(history, exported(holding(one_of_each()), "jsonl"))
        assert history.ends() == (span(43, 50).end, 2)
        assert holding(one_of_each()).ends() == (span(43, 50).end, 2)
        assert holding([prompt(-3, 39)]).ends() == (None, 0)


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "'", "''="])
def test_no_cell_of_a_table_is_a_formula(lead: str) -> None:
    """Text that a spreadsheet would take for a formula is written behind an apostrophe, and read back as it was."""
    walk = DeclaredMovement(at(231), MONDAY, 12.5, True, f"{lead}HYPERLINK(0)")
    text = exported(holding([walk]), "csv")
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        for row in csv.reader([*text.splitlines(True)])
        for cell in row
    )
    history = MemoryHistory()
    brought_in(history, text)
    assert history.facts(*ALWAYS).movement == (walk,)
