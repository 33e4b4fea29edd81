"""The report in the browser: what is told where none opens it."""

from __future__ import annotations

import sys

import pytest

from sitbreak.daemon.report_page import open_report

PATH = "/home/me/report.html"


@pytest.mark.parametrize(
    ("program", "told"),
    [
        (f"print('{PATH}')", []),
        (f"import sys; print('{PATH}'); print('no browser', file=sys.stderr)",
         [f"No browser opened the page. It is this file: {PATH}"]),
        ("import sys; print('The disk is full.', file=sys.stderr); sys.exit(2)", ["The disk is full."]),
    ],
    ids=["opened", "no browser", "not made"],
)  # fmt: skip
def test_what_does_not_open_is_told(program: str, told: list[str]) -> None:
    """A browser that took the page needs no word; else the file is named, or why there is none."""
    heard: list[str] = []
    open_report(heard.append, (sys.executable, "-c", program)).join(30)
    assert heard == told


def test_a_command_that_cannot_start_is_told() -> None:
    """In a sentence."""
    heard: list[str] = []
    open_report(heard.append, ("/no/such/program",)).join(30)
    (sentence,) = heard
    assert sentence.startswith("The report could not be made")
