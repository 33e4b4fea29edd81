"""`sitbreak answers`, as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitbreak.adapters.history import SqliteHistory
from sitbreak.core.records import GapLabel
from tests.cli.conftest import Type
from tests.review.made import Story


@pytest.fixture
def told(typed: Type, own_home: Path) -> Type:
    """Three gaps of a Monday were told about."""
    typed("goal", "set", "20")  # makes the folders and the file
    story = Story("2026-03-02T09:00").sit(60)
    for label in (GapLabel.WALKED, GapLabel.HERE, GapLabel.SAT):
        story.unseen(30).say(label).sit(40)
    history = SqliteHistory(own_home / "history.db", story.now.utc)
    facts = story.facts()
    history.keep([*facts.spans, *facts.gaps])
    history.close()
    return typed


def labels(typed: Type) -> list[str]:
    """What is kept, in the order of the gaps."""
    return [each["answer"] for each in json.loads(typed("answers", "--json").out)["answers"]]


def test_they_are_listed_with_their_gaps(told: Type) -> None:
    """A line each, numbered, in the order of the gaps."""
    assert told("answers").out.splitlines() == [
        "   1  Mon 2 Mar 10:00 to 10:30, 30 min: walked",
        "   2  Mon 2 Mar 11:10 to 11:40, 30 min: here, at my desk",
        "   3  Mon 2 Mar 12:20 to 12:50, 30 min: sat elsewhere",
    ]


def test_one_is_changed(told: Type) -> None:
    """The others stay, and what was noted with it is named."""
    answer = told("answers", "change", "1", "here")
    assert answer.out == "1 answer changed to here. A walk noted with it stays.\n"
    assert labels(told) == ["here", "here", "sat"]


def test_one_is_taken_back_or_all_are(told: Type) -> None:
    """What is taken back is listed no longer, and teaches nothing."""
    assert told("answers", "forget", "2").out == "1 answer taken back; nothing is learned from it.\n"
    assert labels(told) == ["walked", "sat"]
    assert told("answers", "forget", "all").code == 0
    assert labels(told) == []
    assert "You have told about no gap yet" in told("answers").text


@pytest.mark.parametrize("number", ["0", "4", "-1", "two", "9" * 30, ""])
def test_a_number_that_is_none_of_them_is_one_sentence(told: Type, number: str) -> None:
    """It says which there are; nothing is changed."""
    answer = told("answers", "forget", "--", number)
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "from 1 to 3" in answer.err
    assert labels(told) == ["walked", "here", "sat"]


def test_with_no_answers_there_is_nothing_to_change(typed: Type) -> None:
    """Before anything was asked."""
    assert "no gap yet" in typed("answers").text
    assert typed("answers", "change", "1", "here").code == 2


def test_how_good_the_estimate_was_is_told_once_it_can_be_known(typed: Type, own_home: Path) -> None:
    """From ten answers on: here, in `doctor` and in the report; with fewer nothing is claimed."""
    typed("goal", "set", "20")
    story = Story("2026-03-02T08:00").sit(60)
    for _ in range(12):
        story.unseen(30).say(GapLabel.WALKED).sit(10)
    history = SqliteHistory(own_home / "history.db", story.now.utc)
    facts = story.facts()
    history.keep([*facts.spans, *facts.gaps[:9]])
    assert "likelier" not in typed("answers").text
    history.keep(facts.gaps)
    history.close()
    sentence = "Of the last 12 silent gaps you told about, the estimate had thought the likelier thing in 12."
    assert sentence in typed("answers").text
    assert sentence in typed("doctor").text
    page = own_home / "page.html"
    typed("report", "--day", "2026-03-02", "--output", str(page))
    assert sentence in page.read_text(encoding="utf-8")
