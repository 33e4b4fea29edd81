"""`sitbreak help`: honest about what is counted, about the evidence, and about the two minutes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from sitbreak import language
from sitbreak.cli.output import wrapped
from sitbreak.core.movements import CAUTIONS as BY_KEY
from sitbreak.daemon.help_topics import GO_EASY_ON, TOPICS, text
from sitbreak.language import LANGUAGES
from sitbreak.settings.titles import choice_title
from tests.cli.conftest import Type
from tests.test_words import BANNED, CLAIMED

URGENT = "New trouble controlling bladder or bowel"


def test_without_a_topic_it_lists_them_and_keeps_the_urgent_words_near(typed: Type) -> None:
    """Each topic has a line, and when to seek urgent care is one step away."""
    said = typed("help")
    assert said.code == 0
    assert all(re.search(rf"^  {topic} ", said.out, re.MULTILINE) for topic in TOPICS)
    assert URGENT in said.text
    assert (next(iter(TOPICS)), list(TOPICS)[-1]) == ("basics", "counting")  # what a person wants first
    assert set(TOPICS) >= {"counting", "reminders", "numbers", "evidence", "cautions", "privacy"}


@pytest.mark.parametrize(
    "error", ["film or a talk in an empty room", "on a pad", "Paper read", "second computer", "colleague's desk"]
)
def test_the_known_errors_are_stated(typed: Type, error: str) -> None:
    """All five are named where counting is explained."""
    assert error in typed("help", "counting").text


@pytest.mark.parametrize(
    "source",
    ["Norha 2024", "Garthwaite 2022", "Waongenngarm 2021", "Eisele-Metzger 2023", "Pocovi 2024", "Evans 2012",
     "Stephenson 2017", "Iqbal & Bailey 2008", "Buckley 2015", "WHO 2020", "Tremblay 2017", "Coenen 2017",
     "disability scores rose in both groups", "a small supervised pilot", "Do not compare our break counts"],
)  # fmt: skip
def test_the_evidence_comes_with_its_sources_and_limits(typed: Type, source: str) -> None:
    """Every paper is named, and every limit is told."""
    assert source in typed("help", "evidence").text


@pytest.mark.parametrize("topic", ["reminders", "numbers"])
def test_it_is_honest_about_two_minutes(typed: Type, topic: str) -> None:
    """What two-minute breaks add up to, and what adds more."""
    assert "two-minute breaks give 20 to 30 minutes, and 8 to 15" in typed("help", topic).text


def test_the_cautions_are_the_agreed_ones(typed: Type) -> None:
    """Whom to ask first, when to seek urgent care, what each movement may ask, and to make it smaller."""
    said = typed("help", "cautions").text
    for words in (
        "ordinary movements, not medical care",
        URGENT,
        "see a doctor soon",
        "- Getting to the floor: You need to be able",
    ):
        assert words in said
    assert "stop on sharp or spreading pain" in said


def test_whoever_cannot_stand_is_helped_in_other_words(typed: Type) -> None:
    """It reads the settings, and speaks of moving and of time on the way."""
    assert "- Standing: you said" in typed("help", "counting").text
    assert typed("config", "set", "movements.seated_mode", "on").code == 0
    said = typed("help", "counting").text
    assert "time on the way that you note is counted" in said
    assert "whether you were moving in a shorter gap" in said
    assert "tanding" not in said


def test_settings_that_cannot_be_read_keep_no_help_back(typed: Type, own_home: Path) -> None:
    """A damaged file: the help of everybody."""
    own_home.mkdir()
    (own_home / "sitbreak.toml").write_text("[movements\n", encoding="utf-8")
    said = typed("help", "counting")
    assert said.code == 0
    assert "- Standing: you said" in said.text


def test_all_is_all_of_it_within_the_width_and_promises_nothing(typed: Type) -> None:
    """Every topic, no line wider than the terminal, no banned word."""
    said = typed("help", "all")
    assert all(f"{topic.upper()}: " in said.out for topic in TOPICS)
    assert max(map(len, said.out.splitlines())) <= 100
    assert not BANNED.search(said.out)
    assert not CLAIMED.search(said.out)


@pytest.mark.parametrize(("topic", "hint"), [("evidnce", "mean evidence?"), ("run", "run --help"), ("x", "privacy")])
def test_an_unknown_topic_is_told_with_a_hint(typed: Type, topic: str, hint: str) -> None:
    """One line, exit 2, and what there is instead."""
    answer = typed("help", topic)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert hint in answer.err


def test_help_names_settings_as_they_are_called() -> None:
    """Whoever looks for what Help quotes finds it under that very title; so do the things to go easy on."""
    for code in LANGUAGES:
        language.choose(code)
        told = "\n".join(text(name, seated_mode=False) for name in TOPICS)
        wanted = [choice_title(key, GO_EASY_ON) for key in BY_KEY]
        wanted += [language._("Count quiet minutes as sitting"), language._("Learn when I take breaks")]
        assert [title for title in wanted if title not in told] == [], code
    language.choose("en")


@pytest.mark.parametrize("code", LANGUAGES)
def test_its_lines_fit_the_terminal_in_every_language(code: str) -> None:
    """Characters of Japanese and Chinese take two columns and break without blanks; no line begins with a stop."""
    language.choose(code)
    try:
        told = "\n".join(text(name, seated_mode=False) for name in TOPICS)
    finally:
        language.choose("en")
    lines = wrapped(told, 60).splitlines()
    assert [line for line in lines if cell_len(line) > 60 and (" " in line.strip() or not line.isascii())] == []
    assert [line for line in lines if line.lstrip()[:1] in (*language.FULL_WIDTH, "\u3001")] == []
    assert "".join(told.split()) == "".join("".join(lines).split())
