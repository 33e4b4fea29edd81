"""A thousand synthetic days: when prompts come, beside fixed timers on the same days. Run with: pytest -m bench -s."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from statistics import fmean, median

import pytest

from tests.bench.thousand_days import TIMERS, Tally, measure

pytestmark = pytest.mark.bench

DAYS = 1000
PROCESSES = 2
MOST_MS = 1000.0  # spec 6: an 8-hour day in well under a second

ROWS: dict[str, Callable[[Tally], str]] = {
    "prompts a day": lambda t: f"{t.prompts / t.days:.2f}",
    "days with any": lambda t: share(t.days_with, t.days),
    "in a pause (no input for 10 s)": lambda t: share(t.pause, t.prompts),
    "on coming back (first input after 60 s)": lambda t: share(t.back, t.prompts),
    "in mid-typing (input 5 s before and after)": lambda t: share(t.typing, t.prompts),
    "in a call": lambda t: counted(t.call, t),
    "nobody there (60 s without input or call)": lambda t: counted(t.nobody, t),
    "because of a lull in the window": lambda t: reason(t, "lull"),
    "at the window's end": lambda t: reason(t, "latest"),
    "when what held it ended": lambda t: reason(t, "held_end"),
    "after an unlock": lambda t: reason(t, "unlock"),
    "snoozed or returned": lambda t: reason(t, "snooze", "return"),
    "median wait in the window, min": lambda t: f"{median(t.waits) / 60:.1f}" if t.waits else "",
    "in its first minute": lambda t: share(sum(wait < 60 for wait in t.waits), len(t.waits)),
    "breaks taken a day": lambda t: f"{t.taken / t.days:.2f}" if t.cpu_ms else "",
    "confirmed minutes a day": lambda t: f"{t.confirmed / t.days:.1f}" if t.cpu_ms else "",
    "CPU of a day's replay, median ms": lambda t: f"{median(t.cpu_ms):.0f}" if t.cpu_ms else "",
}


def share(part: int, whole: int) -> str:
    """A share in percent; empty of nothing."""
    return f"{100 * part / whole:.1f} %" if whole else ""


def counted(part: int, tally: Tally) -> str:
    """A number of prompts, with its share unless there are none."""
    return f"{part} ({share(part, tally.prompts)})" if part else "0"


def reason(tally: Tally, *names: str) -> str:
    """How many of the prompts came for these reasons; empty for a timer, which has none."""
    return share(sum(tally.reasons.get(name, 0) for name in names), tally.prompts) if tally.reasons else ""


def measured(count: int) -> dict[str, Tally]:
    """The tallies of days 0 to `count`."""
    found: dict[str, Tally] = {}
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        for day in pool.map(measure, range(count), chunksize=25):
            for name, tally in day.items():
                found.setdefault(name, Tally()).add(tally)
    return found


def test_a_thousand_days() -> None:
    """No prompt in a call, none to an empty chair, and far fewer in mid-typing than a timer's."""
    found = measured(DAYS)
    print(f"\n{DAYS} synthetic days\n{'':<43}" + "".join(f"{name:>22}" for name in found))
    for name, cell in ROWS.items():
        print(f"{name:<43}" + "".join(f"{cell(tally):>22}" for tally in found.values()))
    ours = [tally for tally in found.values() if tally.cpu_ms]
    timers = [found[f"{minutes} min timer"] for minutes in TIMERS]
    assert sum(tally.call + tally.nobody for tally in ours) == 0
    assert fmean(tally.typing / tally.prompts for tally in ours) < min(t.typing / t.prompts for t in timers) / 2
    assert all(median(tally.cpu_ms) < MOST_MS for tally in ours)
