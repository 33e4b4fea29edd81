"""How fast a long history is and how much room it takes; prints a table. Run with: pytest -m bench -s."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from sitbreak.adapters.history import HistoryReader, MemoryHistory, SqliteHistory
from sitbreak.core.records import Span
from sitbreak.core.timeline import Instant
from sitbreak.ports import History
from tests.fakes.ten_years import FIRST_DAY, day_of_facts, ten_years

pytestmark = pytest.mark.bench

NOW = datetime(2025, 12, 1, 8, 0, tzinfo=UTC)


def cpu_ms(act: Callable[[], object], times: int = 5) -> float:
    """The least CPU time of several runs, in milliseconds."""
    spent = []
    for _ in range(times):
        begun = time.process_time()
        act()
        spent.append((time.process_time() - begun) * 1000)
    return min(spent)


def keep_each(history: History, facts: list[Span]) -> None:
    """Keeps one span at a time."""
    for fact in facts:
        history.keep([fact], {})


@pytest.fixture(scope="module")
def decade(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, date]:
    """Ten years of history, and its last day."""
    path = tmp_path_factory.mktemp("decade") / "history.sqlite"
    begun = time.process_time()
    last = ten_years(path)
    print(f"\nmaking ten years                {time.process_time() - begun:8.1f} s CPU")
    return path, last


def test_ten_years_stay_small_and_quick(decade: tuple[Path, date]) -> None:
    """A day within 10 ms of CPU, a year within 250 ms, less than 5 MB a year."""
    path, last = decade
    year_mb = path.stat().st_size / 10 / 1e6
    with closing(HistoryReader(path)) as reader:
        day = cpu_ms(lambda: reader.facts(last, last, margin_days=1))
        weeks = cpu_ms(lambda: reader.facts(last - timedelta(days=27), last))
        year = cpu_ms(lambda: reader.facts(last - timedelta(days=364), last))
        count = len(reader.facts(last - timedelta(days=364), last).spans)
        days = cpu_ms(reader.days)
    rows = {
        "opening to write (with check)": cpu_ms(lambda: SqliteHistory(path, NOW).close()),
        "opening to read (with check)": cpu_ms(lambda: HistoryReader(path).close()),
        "a day's facts, one day margin": day,
        "four weeks' facts": weeks,
        f"a year's facts ({count} spans)": year,
        "the list of 2500 days": days,
    }
    print(f"\nfile size per year              {year_mb:8.2f} MB")
    for name, spent in rows.items():
        print(f"{name:<32}{spent:8.2f} ms CPU")
    assert year_mb < 5
    assert day < 10
    assert year < 250


def test_keeping_a_growing_span_is_cheap(tmp_path: Path) -> None:
    """A minute's keep costs well under 5 ms with a file and under 0.1 ms in memory."""
    start = Instant(timedelta(0), NOW)
    facts = [fact for fact in day_of_facts(FIRST_DAY, FIRST_DAY, 0) if isinstance(fact, Span)]
    with closing(SqliteHistory(tmp_path / "history.sqlite", start.utc)) as file:
        memory = MemoryHistory()
        spent = {history.NAME: cpu_ms(partial(keep_each, history, facts)) / len(facts) for history in (file, memory)}
    for name, each in spent.items():
        print(f"\none keep, {name:<22}{each * 1000:8.1f} us CPU", end="")
    assert spent["sqlite"] < 5
    assert spent["memory"] < 0.1
