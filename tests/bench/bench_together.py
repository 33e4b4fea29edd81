"""A year of three devices merged: rows, seconds, memory. Prints a table; run with: pytest -m bench -s."""

from __future__ import annotations

import contextlib
import os
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitbreak.adapters.history import HistoryReader
from sitbreak.adapters.history.memory import all_of
from sitbreak.adapters.history.merged_history import BodyHistory
from sitbreak.adapters.history.queries import collector_paused
from sitbreak.core.accounting import days
from sitbreak.core.device_books import DeviceBooks
from sitbreak.core.merging import merged
from sitbreak.core.records import Facts, PromptRecord
from sitbreak.core.timeline import Instant
from sitbreak.replay.player import play_log
from sitbreak.review.build import Terms, review
from tests.fakes.household import DAY_START, Computer, replicate_all
from tests.synthetic.day import A_MONDAY, synthetic_day

WEEKS = 52
AFTER = datetime(2028, 1, 1, tzinfo=UTC)
NAMES = ("desk", "laptop", "home")


def moved(fact: Any, by: timedelta, number: int) -> Any:
    """The same record so many days later."""
    changes: dict[str, Any] = {}
    for each in fields(fact):
        value = getattr(fact, each.name)
        if isinstance(value, Instant):
            changes[each.name] = value.plus(by)
        elif isinstance(value, date):
            changes[each.name] = value + by
    if isinstance(fact, PromptRecord):
        changes["number"] = fact.number + number * 100
    return replace(fact, **changes)


def year_of(seed: int) -> Iterator[Any]:
    """Fifty-two weeks of five desk days."""
    week = [play_log(synthetic_day(seed * 10 + n).log).facts for n in range(5)]
    for number in range(WEEKS):
        for weekday, facts in enumerate(week):
            for fact in all_of(facts):
                if type(fact).__name__ not in ("GoalRecord", "BaselineRecord"):
                    yield moved(fact, timedelta(days=7 * number + weekday), number * 5 + weekday)


def spent(what: str, seconds: float, more: str = "") -> None:
    """A line of the table."""
    print(f"{what:<52}{seconds * 1000:9.0f} ms CPU  {more}")


@pytest.fixture(scope="module")
def computers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Computer]]:
    """Three of them, each with its own year."""
    with ExitStack() as held:
        found = [held.enter_context(closing(Computer(tmp_path_factory.mktemp(n) / "home", n, AFTER))) for n in NAMES]
        for seed, computer in enumerate(found):
            computer.history.keep(year_of(seed))
        yield found


def test_a_year_of_three_devices_is_merged_in_seconds(computers: list[Computer]) -> None:
    """Told, read in, merged and reviewed: each once, with the rows and the memory it takes."""
    begun = time.process_time()
    computers[0].settle()
    bytes_told = sum(path.stat().st_size for path in computers[0].journals())
    print()
    spent("a year of one device told", time.process_time() - begun, f"{bytes_told / 1e6:.1f} MB of journals")
    begun = time.process_time()
    replicate_all(computers)
    spent("the rest told, and all read by all (3 x 2 years)", time.process_time() - begun)
    one = computers[0]
    reader = HistoryReader(one.file)
    alone = reader.facts(date(2026, 1, 1), date(2027, 12, 31))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'memory of the process before':<52}{before:9.0f} MB")
    books = [DeviceBooks(c.id, c.history.facts(date(2026, 1, 1), date(2027, 12, 31))) for c in computers]
    begun = time.process_time()
    body = merged(books)
    merging = time.process_time() - begun
    rows = sum(len(list(all_of(each.facts))) for each in books)
    spent("merged, a year of three", merging, f"{rows} rows, {len(body.facts.spans)} spans of the body")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'memory of the process at its highest':<52}{peak:9.0f} MB")
    begun = time.process_time()
    assert days(body.facts)
    spent("figures of the merged year", time.process_time() - begun)
    last = A_MONDAY + timedelta(days=7 * WEEKS - 3)
    terms = Terms(today=last)
    for what, history in (("alone", reader), ("of the body", BodyHistory(reader, one.file, DAY_START))):
        begun = time.process_time()
        review(history, last, terms)
        spent(f"review of a day with its four weeks, {what}", time.process_time() - begun)
    begun = time.process_time()
    seen = BodyHistory(reader, one.file, DAY_START).now(alone.spans[-1].end)
    spent("how it stands now (every ten seconds)", time.process_time() - begun)
    assert seen is not None
    reader.close()
    print(f"{'the history file of one':<52}{one.file.stat().st_size / 1e6:9.1f} MB")
    assert merging < 10


def test_the_loop_goes_on_while_a_year_is_merged_aside(computers: list[Computer]) -> None:
    """How late a thread is that wants to look every five milliseconds meanwhile; in real time where that is allowed,
    for on a busy machine everybody is late.
    """
    replicate_all(computers)
    one, last = computers[0], A_MONDAY + timedelta(days=7 * WEEKS)
    with contextlib.suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    print()
    for what, first in (("four weeks", last - timedelta(days=28)), ("a year", last - timedelta(days=370))):
        over = threading.Event()
        threading.Thread(target=merge_aside, args=(one, first, last, over)).start()
        begun, late, pause = time.perf_counter(), list[float](), threading.Event()
        while not over.is_set():
            looked = time.perf_counter()
            pause.wait(0.005)
            late.append(time.perf_counter() - looked - 0.005)
        worst = ", ".join(f"{1000 * each:.0f}" for each in sorted(late)[-3:])
        spent(f"{what} of three merged aside", time.perf_counter() - begun, f"the loop is late by at most {worst} ms")
    os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
    assert sorted(late)[len(late) // 2] < 0.05


def merge_aside(one: Computer, first: date, last: date, over: threading.Event) -> None:
    """As daemon/history_aside.py reads the books."""
    with closing(HistoryReader(one.file)) as reader, collector_paused():
        assert BodyHistory(reader, one.file, DAY_START).facts(first, last).spans
    over.set()


def test_nothing_is_paid_for_by_who_is_alone(tmp_path: Path) -> None:
    """Without another device the wrapper costs a query."""
    with closing(Computer(tmp_path / "home", "alone")) as computer:
        computer.history.keep(year_of(1))
        day = A_MONDAY
        begun = time.process_time()
        for _ in range(50):
            computer.history.facts(day, day)
        own = (time.process_time() - begun) / 50
        begun = time.process_time()
        for _ in range(50):
            assert isinstance(computer.body.facts(day, day), Facts)
        print()
        spent("a day, alone, as before", own)
        spent("a day, alone, through the body", (time.process_time() - begun) / 50)
