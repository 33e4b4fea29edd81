"""`sitbreak baseline`, as a person types it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.history import MemoryHistory, SqliteHistory
from sitbreak.core.records import BaselineRecord
from sitbreak.daemon import baseline_goal
from sitbreak.settings.model import Settings
from tests.cli.conftest import Type
from tests.review.made import Story

DAY = timedelta(days=1)
FIRST = date(2026, 3, 2)


def made(count: int, record: BaselineRecord | None = None) -> MemoryHistory:
    """A history with so many days of three hours at the desk, and a baseline measurement from the first on."""
    history = MemoryHistory()
    story = Story("2026-03-02T09:00")
    for number in range(count):
        if number:
            story.until(f"{FIRST + number * DAY}T09:00")
        story.sit(80).away(10).away(5).sit(90)
    history.keep([record if record else BaselineRecord(FIRST), *story.spans])
    return history


def say(history: MemoryHistory, today: date) -> str:
    """The words about the baseline."""
    return baseline_goal.baseline_words(baseline_goal.measured(history, Settings(), today))


def test_without_one_it_says_how_to_begin(typed: Type, own_home: Path) -> None:
    """Status works with nothing there, and makes nothing."""
    answer = typed("baseline")
    assert answer.code == 0
    assert "sitbreak baseline start" in answer.text
    assert not own_home.exists()


def test_start_measures_from_today_and_twice_is_once(typed: Type, own_home: Path) -> None:
    """Start keeps an open measurement; saying it again changes nothing and says where it stands."""
    first, again = typed("baseline", "start"), typed("baseline", "start")
    assert (first.code, again.code) == (0, 0)
    assert first.text == again.text
    assert "0 valid days so far" in first.text
    assert "No prompts come meanwhile" in first.text
    found = json.loads(typed("baseline", "--json").out)
    assert (found["measuring"], found["last"], found["usual"]) == (True, None, None)


def test_stop_ends_it_and_has_nothing_to_stop_twice(typed: Type, own_home: Path) -> None:
    """Stopped, prompts come again; a second stop is told so with exit 1; start then begins again."""
    typed("baseline", "start")
    assert "Prompts come again" in typed("baseline", "stop").text
    assert json.loads(typed("baseline", "status", "--json").out)["measuring"] is False
    assert typed("baseline", "stop").code == 1
    typed("baseline", "start")
    assert json.loads(typed("baseline", "--json").out)["measuring"] is True


def test_redo_asks_first(typed: Type) -> None:
    """Without a terminal it is refused unless --yes is said."""
    typed("baseline", "start")
    refused = typed("baseline", "redo")
    assert refused.code == 2
    assert "--yes" in refused.err
    assert typed("baseline", "redo", "--yes").code == 0


def test_redo_ends_the_measurement_under_way_and_begins_today(typed: Type, own_home: Path) -> None:
    """A measurement of last week is closed yesterday, and one more begins today."""
    today = SystemClock().now().day(Settings().day.start)
    own_home.mkdir()
    history = SqliteHistory(own_home / "history.db", datetime(2026, 3, 1, tzinfo=UTC))
    history.keep([BaselineRecord(today - 7 * DAY)])
    assert typed("baseline", "redo", "--yes").code == 0
    records = history.facts(today, today).baselines
    history.close()
    assert records == (BaselineRecord(today - 7 * DAY, today - DAY), BaselineRecord(today))


@pytest.mark.parametrize(("count", "word"), [(1, "1 valid day so far"), (4, "4 valid days so far")])
def test_while_too_few_the_days_are_counted(count: int, word: str) -> None:
    """Under five days the count is told, and no share."""
    said = say(made(count), FIRST + 30 * DAY)
    assert word in said
    assert "Usually" not in said


def test_provisional_and_firm_in_words() -> None:
    """At five the shares are told; frozen, it says so with its dates."""
    assert "Usually you were up in 8% of the desk time" in say(made(5), FIRST + 30 * DAY)
    firm = BaselineRecord(FIRST, FIRST + 19 * DAY, firm=True)
    assert "is firm: 20 valid days, 2 to 21 March 2026, frozen" in say(made(20, firm), FIRST + 40 * DAY)


def test_it_freezes_when_the_twentieth_day_is_over() -> None:
    """On the twentieth day it goes on; on the morning after it is frozen with that day."""
    history = made(20)
    twentieth = FIRST + 19 * DAY
    assert baseline_goal.complete(history, Settings(), twentieth) is None
    assert baseline_goal.complete(history, Settings(), twentieth + DAY) == BaselineRecord(FIRST, twentieth, firm=True)


def test_no_prompts_only_while_it_goes_on() -> None:
    """An open measurement observes only; an ended or firm one does not."""
    assert baseline_goal.observing([BaselineRecord(FIRST)])
    assert not baseline_goal.observing([BaselineRecord(FIRST, FIRST)])
    assert not baseline_goal.observing([])


def three_hours(own_home: Path, count: int) -> str:
    """A history of so many workdays long ago; its first day."""
    own_home.mkdir()
    history = SqliteHistory(own_home / "history.db", datetime(2026, 3, 1, tzinfo=UTC))
    history.keep(made(count).facts(date.min, date.max).spans)
    history.close()
    return FIRST.isoformat()


def test_days_in_the_books_can_be_compared_with(typed: Type, own_home: Path) -> None:
    """Six valid days are a provisional baseline at once, and no reminder is held for it."""
    typed("baseline")
    first = three_hours(own_home, 6)
    answer = typed("baseline", "days", first, "2026-03-07")
    assert answer.code == 0
    found = json.loads(typed("baseline", "--json").out)
    assert (found["measuring"], found["first"], found["last"]) == (False, first, "2026-03-07")
    assert found["usual"]["days"] == 6


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-03-02", "2026-03-04", "5 are needed"),
        ("2026-03-07", "2026-03-02", "the first day comes first"),
        ("2026-03-02", "2099-01-01", "both are over"),
        ("soon", "2026-03-07", "two dates"),
    ],
)
def test_days_that_cannot_be_compared_with_are_refused(
    typed: Type, own_home: Path, first: str, last: str, said: str
) -> None:
    """In one sentence; there is no baseline after it."""
    typed("baseline")
    three_hours(own_home, 6)
    answer = typed("baseline", "days", first, last)
    assert answer.code in (1, 2)
    assert said in answer.err
    assert "sitbreak baseline start" in typed("baseline").text


def test_days_wait_for_a_measurement_under_way(typed: Type, own_home: Path) -> None:
    """It has to be ended first."""
    typed("baseline", "start")
    assert "stop" in typed("baseline", "days", "2026-03-02", "2026-03-07").err
