"""A history of ten working years, made row by row: for benchmarks, and for trying reports on a long past."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sitbreak.adapters.history import SqliteHistory
from sitbreak.adapters.history.fact_columns import kind_of
from sitbreak.adapters.history.queries import transaction
from sitbreak.adapters.history.rows import encode, upsert
from sitbreak.core.records import (
    BaselineRecord,
    BreakRecord,
    DeclaredMovement,
    Evidence,
    Fact,
    GoalRecord,
    Outcome,
    PromptRecord,
    Reason,
    Span,
    SpanClass,
    Strength,
)
from sitbreak.core.timeline import Instant

FIRST_DAY = date(2016, 1, 4)
WORKDAYS = 2500
SPANS_A_DAY = 120
BERLIN = ZoneInfo("Europe/Berlin")
DAY_START = time(4, 0)

# What a day repeats: minutes, class, strength, evidence. Twelve spans in 48 minutes; ten rounds make eight hours.
_ROUND: tuple[tuple[float, SpanClass, Strength | None, frozenset[Evidence]], ...] = (
    (9.0, SpanClass.SEATED, None, frozenset({Evidence.INPUT})),
    (5.5, SpanClass.AWAY, Strength.WEAK, frozenset({Evidence.IDLE})),
    (7.0, SpanClass.SEATED, None, frozenset({Evidence.INPUT})),
    (2.0, SpanClass.STANDING, None, frozenset({Evidence.DECLARED, Evidence.INPUT})),
    (6.5, SpanClass.SEATED, None, frozenset({Evidence.INPUT, Evidence.CALL})),
    (2.5, SpanClass.BREAK, None, frozenset({Evidence.ACCEPTED})),
    (3.0, SpanClass.SEATED, None, frozenset({Evidence.INPUT})),
    (2.0, SpanClass.AWAY, Strength.STRONG, frozenset({Evidence.LOCK})),
    (4.0, SpanClass.SEATED, None, frozenset({Evidence.INPUT})),
    (1.0, SpanClass.AWAY, Strength.STRONG, frozenset({Evidence.LOCK, Evidence.SLEEP})),
    (4.5, SpanClass.SEATED, None, frozenset({Evidence.INPUT, Evidence.MEDIA})),
    (1.0, SpanClass.UNOBSERVED, None, frozenset({Evidence.SOURCE_LOST})),
)


def ten_years(path: Path, workdays: int = WORKDAYS, first: date = FIRST_DAY) -> date:
    """Makes a new history at `path`: five days a week, 120 spans and 10 prompts a day. Returns the last day."""
    days = list(_workdays(first, workdays))
    SqliteHistory(path, datetime.combine(first, time(8), UTC)).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection, transaction(connection):
        for number, day in enumerate(days):
            for fact in day_of_facts(day, first, number):
                connection.execute(upsert(kind_of(fact)), encode(fact, DAY_START))
        for extra in _once(first, days):
            connection.execute(upsert(kind_of(extra)), encode(extra, DAY_START))
    return days[-1]


def _workdays(first: date, count: int) -> Iterator[date]:
    for number in range(count):
        yield first + timedelta(days=number // 5 * 7 + number % 5)


def _once(first: date, days: list[date]) -> list[Fact]:
    goals = [GoalRecord(day, 10 + number * 10) for number, day in enumerate(days[:: max(1, len(days) // 4)])]
    return [BaselineRecord(first, days[min(19, len(days) - 1)], True), *goals]


def day_of_facts(day: date, first: date, number: int) -> Iterator[Fact]:
    """The facts of one workday from 09:00 in Berlin; lengths vary a little from day to day (`number`)."""
    utc = datetime.combine(day, time(9), BERLIN).astimezone(UTC)
    now = Instant(utc - datetime.combine(first, time(), UTC), utc, BERLIN)
    for part in range(SPANS_A_DAY // len(_ROUND)):
        for index, (minutes, kind, strength, evidence) in enumerate(_ROUND):
            length = timedelta(minutes=minutes, microseconds=(number * 7919 + part * 104_729 + index) % 999_983)
            end = now.plus(length)
            yield Span(now, end, kind, strength, evidence, day)
            if kind is SpanClass.BREAK:
                prompt = number * 10 + part + 1
                bout = timedelta(minutes=32)
                shown = now.plus(timedelta(seconds=-20))
                yield PromptRecord(prompt, shown, day, Reason.LULL, "march", bout, Outcome.TAKEN, end)
                yield BreakRecord(now, day, timedelta(minutes=2), "march", prompt, length)
            now = end
    if number % 3 == 0:
        yield DeclaredMovement(now, day, 15.0, True)
