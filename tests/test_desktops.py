"""What the page on desktops claims: the tests it names are there, and the README says the same."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "desktops.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
WHAT = [
    *("activity", "tray", "menu", "note's buttons", "window"),
    *("lock", "calls", "full screen", "do-not-disturb"),
]
SHORT = {"run": "run", "faked": "faked", "not run": "not run", "not possible": "\u2013"}


def cells(line: str) -> list[str]:
    """The cells of a line of a table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def desktops() -> dict[str, list[list[str]]]:
    """What, verdict, how and test of each line, by desktop."""
    found = {}
    for section in PAGE.split("\n## ")[1:]:
        name, _, text = section.partition("\n")
        lines = [cells(line) for line in text.splitlines() if line.startswith("|")][2:]
        if lines:
            found[name] = lines
    return found


def test_every_line_says_how_and_what_was_run_names_a_test() -> None:
    """Each desktop has the same nine lines; only what is not possible may do without a test."""
    assert len(desktops()) >= 10
    for name, lines in desktops().items():
        assert [what for what, *_rest in lines] == WHAT, name
        for what, verdict, how, test in lines:
            assert verdict in SHORT, (name, what)
            assert how, (name, what)
            assert test or verdict == "not possible", (name, what)


def test_the_tests_that_are_named_are_there() -> None:
    """By file and by name."""
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)
    assert len(named) > 60
    for file, test in named:
        text = (ROOT / file).read_text("utf-8")
        assert not test or re.search(rf"^(?:def|class) {test}\b", text, re.MULTILINE), f"{file}::{test}"


def test_the_readme_has_the_same_verdicts() -> None:
    """Desktop by desktop, in the same order."""
    lines = [cells(line) for line in README.splitlines() if line.startswith("| ")]
    for name, told in desktops().items():
        assert [name, *(SHORT[verdict] for _, verdict, *_rest in told)] in lines, name
    assert ["", *WHAT] in lines
