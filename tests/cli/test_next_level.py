"""The next level of a movement, as `sitbreak movements show` offers it (spec 3.1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.history import SqliteHistory
from sitbreak.core.records import BreakRecord
from tests.cli.conftest import Type

LENGTH = timedelta(minutes=2)


def done(home: Path, days: Iterable[int], level: str) -> None:
    """The corridor was paced on these days of the last weeks, on this level."""
    begin = SystemClock().now().plus(-timedelta(days=40))
    history = SqliteHistory(home / "history.db", begin.utc)
    for at in (begin.plus(timedelta(days=number)) for number in days):
        history.keep([BreakRecord(at, at.local.date(), LENGTH, "walk-pace", None, LENGTH, level=level)])
    history.close()


@pytest.mark.parametrize(
    ("days", "level", "offered"),
    [
        ((0, 14, 27), "shown", ""),
        ((0, 14, 29), "shown", "You have done it as shown for four weeks; if you like, try it the harder way: "),
        ((0, 29), "easier", "You have done it the easier way for four weeks; if you like, try it as shown."),
        ((0, 29), "harder", ""),
    ],
)
def test_the_next_level_is_offered_after_four_weeks(
    typed: Type, own_home: Path, days: tuple[int, ...], level: str, offered: str
) -> None:
    """In one sentence below the movement; not before, and not beyond the hardest."""
    typed("goal", "set", "20")  # makes the folders and the file
    done(own_home, days, level)
    last = typed("movements", "show", "walk-pace").out.splitlines()[-1]
    assert last.startswith(offered or "Source: ")
    assert "four weeks" not in typed("movements", "show", "mob-neck").out
