"""How long the books and the report of a long history take; prints a table. Run with: pytest -m bench -s."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from sitbreak.adapters.history import HistoryReader
from sitbreak.core.accounting import days
from sitbreak.core.records import BaselineRecord
from sitbreak.review.build import Terms, render, review, several_days
from tests.fakes.ten_years import ten_years
from tests.review.told import kept, two_months

WORKDAYS = 260


def cpu_s(act: Callable[[], object]) -> float:
    """CPU time of the better of two runs, in seconds."""
    spent = []
    for _ in range(2):
        begun = time.process_time()
        act()
        spent.append(time.process_time() - begun)
    return min(spent)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, date]:
    """A year of history, and its last day."""
    path = tmp_path_factory.mktemp("year") / "history.sqlite"
    return path, ten_years(path, WORKDAYS)


def test_a_year_is_reported_within_a_second(year: tuple[Path, date]) -> None:
    """Report, summary of a year and books of a year each take less than a second of CPU."""
    path, last = year
    terms = Terms(today=last)
    with closing(HistoryReader(path)) as history:
        facts = history.facts(last - timedelta(days=366), last)
        rows = {
            f"books of a year ({len(facts.spans)} spans)": cpu_s(lambda: days(facts)),
            "report of a day, from the file": cpu_s(lambda: render(review(history, last, terms))),
            "summary of 366 days, from the file": cpu_s(lambda: several_days(history, last, 366, terms)),
        }
    print()
    for name, spent in rows.items():
        print(f"{name:<40}{spent * 1000:8.0f} ms CPU")
    assert max(rows.values()) < 1


def test_a_baseline_of_a_year_ago_costs_little() -> None:
    """A report that measures against an old baseline stays within a second of CPU."""
    story, facts, last = two_months(330)
    facts = [replace(fact, last=None, firm=False) if isinstance(fact, BaselineRecord) else fact for fact in facts]
    history = kept(story, *facts)
    spent = cpu_s(lambda: render(review(history, last, Terms(today=last))))
    print(f"\nreport against an open baseline         {spent * 1000:8.0f} ms CPU")
    assert spent < 1
