"""What is said while no program runs is kept, and the next start goes by it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from sitbreak.adapters.history import SqliteHistory
from sitbreak.cli.books import said
from sitbreak.core.records import GapAnswer, GapLabel, SpanClass
from sitbreak.daemon.history_changes import Reply, Upkeep
from sitbreak.settings.model import Settings
from tests.daemon.test_books import DAY, OPEN, Run, file, rebooted, system
from tests.fakes.machine import MINUTE

__all__ = ["file", "system"]  # the fixtures


def say(run: Run, **request: object) -> Reply:
    """Says it with the books of that run in hand, on the clocks of its machine."""
    history = SqliteHistory(run.history.path, run.system.now().utc)
    OPEN.append(history)
    try:
        return said(Upkeep(history, Settings(), run.system.now()), request, run.system)
    finally:
        history.close()


@pytest.fixture
def stopped(file: Path, system: object) -> Run:
    """A run of forty minutes at the desk, from nine on, that was stopped half an hour ago."""
    run = Run(file, system)  # type: ignore[arg-type]
    run.type(2400).stop()
    run.system.advance(30 * MINUTE)
    return run


def test_a_pause_is_gone_by_at_the_next_start(stopped: Run) -> None:
    """It runs from the moment it was said, and the answer tells that nothing runs now."""
    assert say(stopped, do="pause", minutes=60) == {
        "ok": "Paused for 1 h more. sitbreak does not run now; it goes by this when it is started."
    }
    stopped.system.advance(20 * MINUTE)
    again = Run(stopped.history.path, stopped.system)
    assert again.machine.status(again.clock.now()).pause_left == 40 * MINUTE


def test_a_pause_holds_over_a_reboot_and_can_be_ended(stopped: Run) -> None:
    """Until tomorrow, said, the machine started anew, and taken back before the program is."""
    say(stopped, do="pause", until="tomorrow")
    stopped.system = rebooted(stopped.system, 10 * MINUTE)
    again = Run(stopped.history.path, stopped.system)
    assert again.machine.status(again.clock.now()).paused
    again.stop()
    assert say(again, do="key", key="resume")["ok"]
    last = Run(stopped.history.path, stopped.system)
    assert not last.machine.status(last.clock.now()).paused


def test_nobody_is_taken_to_be_at_the_desk_for_it(stopped: Run) -> None:
    """The time that nobody watched is one gap, and it is asked about at the return as it would have been."""
    say(stopped, do="log_walk", minutes=5)
    stopped.system.advance(10 * MINUTE)
    again = Run(stopped.history.path, stopped.system).type(10)
    again.loop.checkpoint(again.clock.now())
    spans = again.history.facts(DAY, DAY).spans
    assert [span.duration for span in spans if span.kind is SpanClass.UNOBSERVED] == [
        40 * MINUTE + timedelta(seconds=1)
    ]
    question = again.machine.memory().question
    assert question is not None
    assert question.end.since(question.start) == 40 * MINUTE + timedelta(seconds=1)


def test_a_walk_and_a_correction_are_in_the_books(stopped: Run) -> None:
    """With the sentences that the program itself would have answered."""
    assert str(say(stopped, do="log_walk", minutes=15)["ok"]).startswith("Walk of 15 min noted.")
    asked = {"do": "correct", "from": "2026-03-02T09:10", "to": "2026-03-02T09:20", "class": "STANDING"}
    assert str(say(stopped, **asked)["ok"]).startswith("09:10 to 09:20 is noted as stood")
    facts = Run(stopped.history.path, stopped.system).history.facts(DAY, DAY)
    assert [walk.minutes for walk in facts.movement] == [15]
    assert [(each.kind, f"{each.at.local:%H:%M}") for each in facts.corrections] == [(SpanClass.STANDING, "10:10")]


def test_a_question_that_the_last_run_left_open_is_answered(stopped: Run) -> None:
    """Once; without one the refusal says what to do instead."""
    assert "no open question" in str(say(stopped, do="key", key="gap:up")["error"])
    again = Run(stopped.history.path, stopped.system).type(10)
    again.stop()
    assert say(again, do="key", key="gap:sat") == {"ok": "Noted."}
    assert [each.label for each in answers(again)] == [GapLabel.SAT]
    assert "no open question" in str(say(again, do="key", key="gap:sat")["error"])


def answers(run: Run) -> tuple[GapAnswer, ...]:
    """The answers that are kept."""
    history = SqliteHistory(run.history.path, run.system.now().utc)
    OPEN.append(history)
    return history.facts(DAY, DAY).gaps


def test_the_rest_of_the_memory_stays(stopped: Run) -> None:
    """What others keep beside the machine's memory is not lost."""
    history = SqliteHistory(stopped.history.path, stopped.system.now().utc)
    history.keep((), {**(history.snapshot() or {}), "evening": {"told": "2026-03-02"}})
    history.close()
    say(stopped, do="pause", minutes=5)
    again = Run(stopped.history.path, stopped.system)
    assert (again.history.snapshot() or {})["evening"] == {"told": "2026-03-02"}


def test_what_cannot_be_written_is_not_said_to_be_noted(stopped: Run) -> None:
    """Another program holds the file: the refusal says so."""
    history = SqliteHistory(stopped.history.path, stopped.system.now().utc, patience_s=0.05)
    OPEN.append(history)
    with closing(sqlite3.connect(stopped.history.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        books = Upkeep(history, Settings(), stopped.system.now())
        answer = said(books, {"do": "log_walk", "minutes": 5}, stopped.system)
        other.execute("ROLLBACK")
    assert str(answer["error"]).endswith("Nothing was noted.")
    assert "cannot be written" in str(answer["error"])
