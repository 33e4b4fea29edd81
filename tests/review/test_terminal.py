"""The summary in a terminal."""

from __future__ import annotations

import io
import json

from sitbreak.review import as_json, terminal
from sitbreak.review.build import Review, review
from sitbreak.review.strip import StripLook
from tests.review.made import Story
from tests.review.told import MONDAY, hostile, one_day, seen, two_months


def shown(found: Review, details: bool = False, encoding: str = "utf-8") -> str:
    """What `summary` prints for the day, on 80 columns without colour."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding, errors="replace")
    to = terminal.console(out, colour=False)
    to.width = 80
    terminal.show_day(to, found, details)
    out.flush()
    return raw.getvalue().decode(encoding)


def test_the_day_fits_eighty_columns() -> None:
    """No line is wider than the terminal, with and without details."""
    for details in (False, True):
        assert max(len(line) for line in shown(seen(one_day(), MONDAY), details).splitlines()) <= 80


def test_the_day_says_what_matters() -> None:
    """Sentence, goal, longest stretch, prompts and doubt are there without asking for details."""
    text = " ".join(shown(seen(one_day(), MONDAY)).split())
    for part in (
        "12 minutes out of the chair and 15 min of walks you noted, longest stretch 52 min, "
        "1 stretch of 45 min or more.",
        "27 of 10 min",
        "Longest stretch 52 min",
        "3 stretches",
        "2 taken, 1 later, 1 no answer",
        "Not sure 54 min",
    ):
        assert part in text


def test_details_name_each_prompt_break_and_doubt() -> None:
    """With details there are times, movements, and the command for what is not sure."""
    text = shown(seen(one_day(), MONDAY), details=True)
    for part in ("09:35", "Calf raises", "not observed: the screen was locked", "sitbreak correct 11:00 11:44 ..."):
        assert part in text


def test_without_unicode_there_are_plain_letters() -> None:
    """On a terminal that knows ASCII only the strip is made of plain characters."""
    text = shown(seen(one_day(), MONDAY), details=True, encoding="ascii")
    assert "^ break you took" in text
    assert "?" not in text


def test_a_short_break_keeps_a_cell() -> None:
    """A break of two minutes shows on a strip of a whole day, and dense breaks do not hide the rest."""
    day = seen(Story("2026-03-02T09:00").sit(300).move(2).sit(300), MONDAY).day
    assert day.strip is not None
    assert terminal.cells(day.strip.pieces, 76, day.strip.length / 76).count(StripLook.BREAK) == 1
    story = Story("2026-03-02T06:00")
    for _ in range(200):
        story.sit(2).move(2)
    dense = seen(story, MONDAY).day.strip
    assert dense is not None
    assert terminal.cells(dense.pieces, 76, dense.length / 76).count(StripLook.SEATED) > 20


def test_a_hostile_name_stays_a_name() -> None:
    """Markup and control characters in a name reach the terminal as text, never as commands."""
    history, terms = hostile()
    text = shown(review(history, MONDAY, terms), details=True)
    assert "\x1b" not in text
    assert "[bold]" in text


def test_week_and_days() -> None:
    """The week has a line a day, and a day without a record says so."""
    story = Story("2026-03-02T09:00").sit(60).until("2026-03-04T09:00").sit(30)
    out = io.StringIO()
    to = terminal.console(out, colour=False)
    to.width = 80
    found = seen(story, MONDAY.replace(day=4))
    terminal.show_week(to, found, details=True)
    lines = out.getvalue().splitlines()
    assert any(line.startswith("Tue 3 Mar") and "no record" in line for line in lines)
    assert max(map(len, lines)) <= 80


def test_exact_figures_are_json_with_nulls() -> None:
    """The exact figures survive JSON, and what is not available is null."""
    found = seen(one_day(), MONDAY)
    told = json.loads(json.dumps({"days": as_json.exact_days([found.day]), **as_json.exact_review(found)}))
    assert told["days"][0]["C"] == 27
    assert told["days"][0]["prompts"][0]["outcome"] == "taken"
    assert told["baseline"] is None
    assert told["reduction"] is None


def test_exact_figures_of_the_four_weeks() -> None:
    """With a baseline the estimate has one figure and its range."""
    story, facts, last = two_months()
    told = json.loads(json.dumps(as_json.exact_review(seen(story, last, *facts))))
    assert told["baseline"]["firm"] is True
    assert told["reduction"]["low"] < told["reduction"]["mean"] < told["reduction"]["high"]
