"""A memory that was damaged in any one place lets the program start, and never makes it fail later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from sitbreak.adapters.clock import SimulatedClock
from sitbreak.adapters.history import MemoryHistory
from sitbreak.core import events as ev
from sitbreak.core.machine import Machine
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import ZERO
from sitbreak.daemon.book_clock import BookClock, open_books, remember
from tests.fakes.machine import KEY, Walks, after, machine_at

Path = tuple[str | int, ...]
# What a cell may turn into: nothing, other types, numbers of every size, moments and zones that cannot be.
VALUES: list[Any] = [
    *(None, True, "", "x", "\udcff", [], {}, [[]], 0, -1, 1, 10**15, -(10**15), 10**18, 2**70, -(2**70), 1e308),
    *("0001-01-01", "9999-12-31T23:59:59.999999+00:00", "+99999999", "Nonsense/Zone", "/etc"),
]
TWO = timedelta(minutes=2)
# fmt: off
AFTERWARDS: list[ev.Event] = [
    ev.Stopped(), ev.Started(), KEY, ev.Tick(), ev.Locked(), ev.Unlocked(), ev.Slept(), ev.Woke(), KEY,
    ev.BreakRequested(TWO, "walk"), KEY, ev.UpAnswered(True), ev.PromptAnswered(ev.Answer.START), KEY,
    ev.ResumeRequested(), ev.StandingDeclared(True), KEY, ev.Tick(), KEY, KEY, KEY, KEY, KEY, KEY, KEY, KEY,
]
# fmt: on


def memory() -> Any:
    """The snapshot of a morning with a call, a lock, a pause, and a break that runs."""
    machine = machine_at()
    for tenth in range(450):
        machine.handle(KEY, after(tenth / 10))
    for minute, event in (
        (45.1, ev.SignalChanged(ev.Signal.CALL, True, "Zoom")),
        (46, ev.Locked()),
        (46.5, ev.Unlocked()),
        (46.8, ev.SignalChanged(ev.Signal.CALL, False, "Zoom")),
        (47, KEY),
        (50, ev.BreakRequested(TWO, "walk")),
        (50.2, ev.PauseRequested(timedelta(minutes=250))),
    ):
        machine.handle(event, after(minute))
    clock = SimulatedClock(after(50.3))
    return json.loads(json.dumps(remember(machine, BookClock(clock, ZERO), clock.boot)))


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where something stands in the snapshot, containers included."""
    if path:
        yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield from places(each, (*path, key))


def damaged(path: Path, value: Any) -> Any:
    """The snapshot with something else in one place."""
    whole = kept_copy()
    inner = whole
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return whole


KEPT = json.dumps(memory())


def kept_copy() -> Any:
    """A copy of the same snapshot."""
    return json.loads(KEPT)


def lives_on(kept: Any) -> Machine:
    """Opens the books with this memory and goes through an hour and a half."""
    clock, history = SimulatedClock(after(50.5)), MemoryHistory()
    history.keep([], kept)
    opened = open_books(clock, history, (after(50), 3), Rules(), Walks())
    opened.machine.on_show(opened.clock.now())
    for index, event in enumerate(AFTERWARDS):
        clock.advance(timedelta(seconds=70 if index < 18 else 420))
        opened.machine.handle(event, opened.clock.now())
        told = opened.machine.status(opened.clock.now())
        assert told.sitting is None or ZERO <= told.sitting <= timedelta(days=3)
        opened.machine.checkpoint(opened.clock.now())
    json.dumps(remember(opened.machine, opened.clock, clock.boot))
    return opened.machine


@pytest.mark.parametrize("seed", range(4))
def test_a_memory_damaged_in_one_place_is_lived_with(seed: int) -> None:
    """Wherever it is, whatever stands there: the program starts and goes on."""
    random = Random(seed)
    for path in places(kept_copy()):
        lives_on(damaged(path, random.choice(VALUES)))


def test_a_memory_that_is_whole_is_used() -> None:
    """The break that ran goes on: the tests above do not pass because every memory is thrown away."""
    clock, history = SimulatedClock(after(50.5)), MemoryHistory()
    history.keep([], kept_copy())
    opened = open_books(clock, history, (after(50), 3), Rules(), Walks())
    assert opened.machine.memory().brk is not None
    assert opened.machine.memory().context.paused
