"""`sitbreak plan log walking`: the walk also goes into the walking log of the running program."""

from __future__ import annotations

import json

from tests.cli.conftest import Listening, Type


def test_a_walk_is_entered_in_the_books_too(typed: Type, program: Listening) -> None:
    """The running program is asked to log it, by the plan's name; other plans are no walks."""
    typed("plan", "start", "walking")
    typed("plan", "start", "squats")
    assert typed("plan", "log", "walking", "15").err == ""
    typed("plan", "log", "squats", "5")
    assert program.asked == [{"do": "log_walk", "minutes": 15.0, "source": "walking"}]


def test_without_the_program_the_plan_keeps_the_walk(typed: Type) -> None:
    """One sentence says so, beside the answer, and the plan goes on."""
    typed("plan", "start", "walking")
    said = typed("plan", "log", "walking", "15", "--json")
    assert said.code == 0
    assert json.loads(said.out)["done"] == 15
    assert said.err.count("\n") == 1
    assert "not in the walking log" in said.err


def test_a_refusal_is_told(typed: Type, program: Listening) -> None:
    """Why the books did not take it; the plan has it all the same."""
    typed("plan", "start", "walking")
    program.reply = {"error": "The history is full."}
    said = typed("plan", "log", "walking", "15")
    assert "So far 15 of 30 minutes." in said.out
    assert said.err == "The walk is kept in the plan only: The history is full.\n"
