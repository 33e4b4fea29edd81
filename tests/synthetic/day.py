"""A synthetic desk day: an event log made from a seed by the documented guess of spec 5, for tests and the demo.

It is written as `sitbreak run --record` writes: whole seconds, at most one input a second. The same seed gives the same
day on every system; nothing but the seed and the date goes in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sitbreak.replay.log import Log, LogLine
from tests.synthetic import guess
from tests.synthetic.plan import Plan, Stretch, plan

A_MONDAY = date(2026, 3, 2)
POLL = timedelta(seconds=5)
FIRST_LINE = 2  # line 1 of a log says when and where


@dataclass(frozen=True, slots=True)
class SyntheticDay:
    """The log, and beside it what truly happened."""

    log: Log
    plan: Plan


def synthetic_day(seed: int, day: date = A_MONDAY) -> SyntheticDay:
    """The day that belongs to `seed`, on the date `day` in a place that keeps UTC."""
    draw = Random(f"a desk day {seed}")
    found = plan(draw)
    start = datetime.combine(day, time(), UTC) + timedelta(seconds=found.begin)
    return SyntheticDay(Log(start, UTC, POLL, {}, tuple(_lines(draw, found))), found)


def _lines(draw: Random, day: Plan) -> list[LogLine]:
    """The lines in order of time; of what happens in one second, what was found first comes first."""
    told: list[tuple[int, str, str]] = []
    for call in day.calls:
        told += [(call.start, "call_on", ""), (call.end, "call_off", "")]
    told += _at_desk(draw, day)
    told.sort(key=lambda each: each[0])
    told.append((day.end, "end", ""))
    return [
        LogLine(number, float(t), do, {"kind": kind} if kind else {})
        for number, (t, do, kind) in enumerate(told, FIRST_LINE)
    ]


def _at_desk(draw: Random, day: Plan) -> Iterator[tuple[int, str, str]]:
    """Who sits down touches the mouse, who locks the screen presses a key; between them, whatever the day brings."""
    reading = [draw.random() < guess.READING_SHARE for _ in range(day.end // int(guess.READING_PIECE) + 1)]
    locked = False
    for sitting in day.sittings:
        if locked:
            yield sitting.start, "unlock", ""
        yield sitting.start, "input", "click"
        for moment in _inputs(draw, sitting, day, reading):
            yield moment, "input", "key"
        locked = sitting.locked
        if locked:
            yield sitting.end, "input", "key"
            yield sitting.end, "lock", ""


def _inputs(draw: Random, sitting: Stretch, day: Plan, reading: list[bool]) -> Iterator[int]:
    """The seconds of a sitting, its first and last left out, with input in them."""
    now, told = float(sitting.start), sitting.start
    while (now := now + guess.gap(draw)) < sitting.end:
        second = int(now)
        calling = day.in_call(now)
        if calling and draw.random() >= guess.CALL_INPUT:
            continue
        piece = second // int(guess.READING_PIECE)
        if not calling and reading[piece]:
            now = (piece + 1) * guess.READING_PIECE  # the rest of the piece has none
        elif second > told:
            told = second
            yield second
