"""Changes to the books while the program runs: its machine goes on with what is left."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sitbreak.adapters.clock import SimulatedClock
from sitbreak.adapters.history import SqliteHistory
from sitbreak.adapters.history.transfer import export
from sitbreak.core.effects import Effect
from sitbreak.core.events import ActivityObserved, BreakRequested, InputKind, PauseRequested, Signal, SignalChanged
from sitbreak.core.machine import Machine
from sitbreak.core.memory import Suggested, begin
from sitbreak.core.records import Correction, SpanClass
from sitbreak.core.rules import Rules
from sitbreak.core.spans import taken_back
from sitbreak.core.timeline import Instant
from sitbreak.daemon.event_queue import Feed
from sitbreak.daemon.history_changes import ASIDE, UPKEEP, Upkeep, answer
from sitbreak.daemon.loop import Loop
from sitbreak.settings.model import Settings
from tests.review.made import Story

MINUTE = timedelta(minutes=1)


class _Walks:
    def choose(self, past: Sequence[Suggested]) -> str:
        return "walk"

    def short_walk(self) -> str:
        return "walk"

    def stretch(self, movement: str) -> bool:
        return False


class _Nobody:
    def perform(self, effect: Effect, at: Instant) -> None:
        pass

    def refresh(self, machine: Machine, at: Instant) -> None:
        pass

    def kept(self) -> None:
        pass


class _Silence:
    def receive(self, until: timedelta) -> list[tuple[object, Instant]]:
        return []


class Running:
    """A program at work for half an hour: its loop, its history, and how often it was told of changes."""

    def __init__(self, file: Path) -> None:
        self.clock = SimulatedClock()
        self.history = SqliteHistory(file, self.clock.at.utc)
        machine = Machine(Rules(), _Walks(), begin(self.clock.at, Rules()))
        feed: Feed = _Silence()  # type: ignore[assignment]  # nothing is ever received
        self.loop = Loop(machine, self.clock, feed, self.history, _Nobody(), MINUTE)
        self.told = 0
        self.type(30)

    def type(self, minutes: int) -> None:
        """Input each minute."""
        for _ in range(minutes):
            self.clock.advance(MINUTE)
            self.loop.apply(ActivityObserved(InputKind.KEY), self.clock.at)
        self.loop.checkpoint(self.clock.at)

    def ask(self, **request: object) -> dict[str, object]:
        """A request, answered now; what is to be done aside is done."""
        reply = answer(Upkeep(self.history, Settings(), self.clock.at, self.loop, self._changed), request)
        aside = reply.get(ASIDE)
        return aside()() if callable(aside) else reply

    def _changed(self) -> None:
        self.told += 1


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A program at work."""
    program = Running(tmp_path / "history.db")
    yield program
    program.history.close()


def test_forgotten_is_forgotten_by_the_machine_too(running: Running) -> None:
    """After forgetting everything the books begin at this moment, and what was before does not come back."""
    assert "ok" in running.ask(do="forget", before=None)
    forgotten_at = running.clock.at.utc
    running.type(10)
    spans = running.history.facts(date.min, date.max).spans
    assert min(span.start.utc for span in spans) >= forgotten_at
    assert running.loop.machine.memory().past == []
    assert running.told == 1


def test_forgetting_leaves_pause_and_signals_as_they_are(running: Running) -> None:
    """A call that is on, and a pause, hold on."""
    running.loop.apply(SignalChanged(Signal.CALL, True, "phone"), running.clock.at)
    running.loop.apply(PauseRequested(None), running.clock.at)
    running.ask(do="forget", before=None)
    context = running.loop.machine.memory().context
    assert context.paused
    assert context.signals == {Signal.CALL: "phone"}


def test_forgetting_the_past_leaves_the_bout(running: Running) -> None:
    """Days before today are gone; the sitting bout of today goes on."""
    start = running.loop.machine.memory().presence.bout_start
    assert "ok" in running.ask(do="forget", before="2024-05-06")
    assert running.loop.machine.memory().presence.bout_start == start


def test_nothing_is_forgotten_in_the_middle_of_a_break(running: Running) -> None:
    """A break under way would be kept again at its end: it is asked for later. Former days can go meanwhile."""
    running.loop.apply(BreakRequested(2 * MINUTE), running.clock.at)
    assert "break is on show" in str(running.ask(do="forget", before=None)["error"])
    assert "ok" in running.ask(do="forget", before="2024-05-06")
    assert running.history.days()


def test_imported_days_do_not_disturb_the_machine(running: Running, tmp_path: Path) -> None:
    """Days of another machine come in beside the open span, and prompts go on with numbers of their own."""
    file = tmp_path / "other.jsonl"
    other = SqliteHistory(tmp_path / "other.db", datetime(2024, 1, 1, tzinfo=UTC))
    story = Story("2024-03-04T09:00").sit(40).prompt(None).sit(30)
    other.keep([*story.spans, *story.prompts])
    text = io.StringIO()
    export(other, "jsonl", date.min, date.max, text)
    other.close()
    file.write_text(text.getvalue(), encoding="utf-8")
    assert running.ask(do="import", file=str(file))["added"] == 3
    running.type(10)
    assert len(running.history.days()) == 2
    assert running.loop.machine.memory().next_number > running.history.ends()[1]


def test_import_waits_until_the_books_have_begun(tmp_path: Path) -> None:
    """With nothing kept yet there is nothing to place the records by: it says what to do."""
    clock = SimulatedClock()
    history = SqliteHistory(tmp_path / "history.db", clock.at.utc)
    machine = Machine(Rules(), _Walks(), begin(clock.at, Rules()))
    feed: Feed = _Silence()  # type: ignore[assignment]  # nothing is ever received
    loop = Loop(machine, clock, feed, history, _Nobody(), MINUTE)
    reply = answer(Upkeep(history, Settings(), clock.at, loop), {"do": "import", "file": str(tmp_path / "x")})
    history.close()
    assert "in a few minutes" in str(reply["error"])


@pytest.mark.parametrize(
    "request_",
    [
        {"do": "baseline", "verb": "begin"},
        {"do": "baseline"},
        {"do": "goal", "minutes": True},
        {"do": "goal", "minutes": "20"},
        {"do": "goal"},
        {"do": "forget"},  # everything goes only when that is what was said
        {"do": "forget", "before": 7},
        {"do": "forget", "before": "2999-01-01"},
        {"do": "import"},
        {"do": "answers"},
        {"do": "answers", "label": "here", "starts": "2026-03-02T09:00"},
        {"do": "answers", "label": "here", "starts": ["2026-03-02T09:00", None]},
        {"do": "answers", "label": "flew", "starts": []},
        {"do": "take_back"},
        {"do": "take_back", "start": "2024-05-06T07:00:00+00:00", "at": 7},
    ],
)
def test_a_request_that_makes_no_sense_changes_nothing(running: Running, request_: dict[str, object]) -> None:
    """It is answered with an error that is marked as unclear."""
    before = running.history.facts(date.min, date.max)
    reply = running.ask(**request_)
    assert reply["bad"] is True
    assert running.history.facts(date.min, date.max) == before


def test_a_correction_is_taken_back_for_good(running: Running) -> None:
    """It has no length from then on, in the file, too; a second time there is nothing to take back."""
    (span,) = running.history.facts(date.min, date.max).spans
    correction = Correction(span.start, span.start.plus(5 * MINUTE), SpanClass.STANDING, running.clock.at)
    running.history.keep([correction])
    asked = {"start": correction.start.utc.isoformat(), "at": correction.at.utc.isoformat()}
    assert "Taken back" in str(running.ask(do="take_back", **asked)["ok"])
    assert running.history.facts(date.min, date.max).corrections == (taken_back(correction),)
    assert "taken back already" in str(running.ask(do="take_back", **asked)["error"])


def test_every_request_has_an_answer() -> None:
    """The table names what the commands ask for."""
    assert set(UPKEEP) == {"answers", "baseline", "devices", "goal", "import", "forget", "take_back", "doctor"}


@pytest.mark.unix("FIFOs")
def test_only_a_regular_file_of_some_size_is_imported(running: Running, tmp_path: Path) -> None:
    """A FIFO that nobody writes to, a folder and an immense file are refused at once, each in a sentence."""
    os.mkfifo(tmp_path / "fifo")
    with (tmp_path / "immense").open("wb") as file:
        file.truncate(10**9)
    for name, why in (("fifo", "regular file"), (".", "regular file"), ("immense", "larger than 100 MB")):
        assert re.search(why, str(running.ask(do="import", file=str(tmp_path / name))["error"])), name
