"""Days for the Today window: the same figures as in the summary, for any day that is asked for."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from sitbreak.core import rounding
from sitbreak.core.timeline import Instant
from sitbreak.daemon.past_days import look
from sitbreak.ports import History
from sitbreak.review import words
from sitbreak.review.build import Terms, review
from sitbreak.settings.model import Settings
from sitbreak.window.day_protocol import day_of, span_of
from tests.review.made import Story
from tests.review.told import MONDAY, NAMES, kept, one_day, two_months

ONE_DAY = kept(one_day())
END = ONE_DAY.facts(MONDAY, MONDAY).spans[-1].end


def looked(scope: str, day: str, history: History = ONE_DAY, at: Instant = END) -> dict[str, Any]:
    """The message, as the window gets it; without another history that of an ordinary day."""
    message = json.loads(json.dumps(dict(look(history, Settings(), NAMES, scope, day, at))))
    assert isinstance(message, dict)
    return message


def test_the_day_has_the_figures_of_the_summary() -> None:
    """Sentence, confirmed minutes with their parts, estimate, longest stretch."""
    view = review(ONE_DAY, MONDAY, Terms(today=MONDAY)).day
    found = day_of(looked("day", "")["day"])
    figures = dict(found.figures)
    assert found.told == view.sentence
    assert view.summary is not None
    assert view.sitting is not None
    assert figures["Out of the chair, you confirmed"].startswith(f"{rounding.full(view.summary.reduced)} of 10 min (")
    assert figures["Estimated desk sitting"] == words.sitting(view.sitting)
    assert figures["Longest stretch"] == words.duration(view.summary.longest)
    assert figures["Last break"] == "13:12, 3 min"


def test_the_strip_is_that_of_the_report_with_its_times() -> None:
    """Pieces lie side by side over the whole width and carry what a correction needs."""
    found = day_of(looked("day", "")["day"])
    assert all(abs(a.x + a.width - b.x) < 1e-6 for a, b in zip(found.blocks, found.blocks[1:], strict=False))
    assert all(a.end == b.start for a, b in zip(found.blocks, found.blocks[1:], strict=False))
    assert found.blocks[0].start.startswith("2026-03-02T09:00")
    assert [each.label for each in found.prompts] == ["taken", "later", "no answer", "taken"]
    assert found.doubts
    assert all(each.start < each.end for each in found.doubts)


def test_the_first_minute_is_read_by_its_hours_and_its_legend() -> None:
    """The full hours to come stand on the rest of the width, and what is on the strip has its word."""
    history = kept(Story("2026-03-02T09:59").sit(0.5))
    found = day_of(looked("day", "", history, history.facts(MONDAY, MONDAY).spans[-1].end)["day"])
    assert [(mark.label, round(mark.x)) for mark in found.hours] == [("10", 1), ("11", 51)]
    early = kept(Story("2026-03-02T09:10").sit(0.5))
    begun = day_of(looked("day", "", early, early.facts(MONDAY, MONDAY).spans[-1].end)["day"])
    assert [(mark.label, round(mark.x)) for mark in begun.hours] == [("09:10", 0), ("10", 42), ("11", 92)]
    assert found.legend == (("seated", "seated"),)
    legend = dict(day_of(looked("day", "")["day"]).legend)
    assert {"long": "long sitting: 45 min or more", "taken": "reminder, taken"}.items() <= legend.items()


@pytest.mark.parametrize("day", ["", "nonsense", "2026-03-09", "0001-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_is_today(day: str) -> None:
    """Nothing a window says brings the program down."""
    assert day_of(looked("day", day)["day"]).day == "2026-03-02"


def test_another_day_leads_back_to_today() -> None:
    """A day without a record says so."""
    found = day_of(looked("day", "2026-03-01")["day"])
    assert (found.told, found.later, found.blocks) == (words.NOTHING, True, ())


def test_the_week_and_four_weeks() -> None:
    """Days on one clock, columns for each of four weeks against its goal and the hours of long sitting, and figures."""
    story, facts, last = two_months()
    history = kept(story, *facts)
    at = history.facts(last, last).spans[-1].end
    week, month = (span_of(looked(scope, "", history, at)["span"]) for scope in ("week", "month"))
    assert len(week.rows) == last.weekday() + 1
    assert week.rows[0].value.endswith(" of 20")
    assert week.rows[0].day == (last - timedelta(days=last.weekday())).isoformat()
    assert {"10", "12"} <= {hour.label for hour in week.hours}
    assert len(month.columns) == 28
    assert [row.name for row in month.rows] == ["Mon", "Tue", "Wed", "Thu", "Fri"]
    assert {block.kind for row in month.rows for block in row.blocks} == {"long"}
    assert dict(month.figures)["Days with a record"] == "20"
    assert {"Times up per hour of sitting", "Reminders"} <= set(dict(week.figures))
    earlier = span_of(looked("week", (last - timedelta(days=7)).isoformat(), history, at)["span"])
    assert earlier.later
    assert len(earlier.rows) == 7
    assert earlier.rows[6].value == "no record"
