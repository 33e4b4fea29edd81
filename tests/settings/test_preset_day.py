"""The drawings of the presets are what the program does: the made-up day is played under each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from sitbreak.cli.recorded_day import demo_day
from sitbreak.core.records import Outcome, SpanClass
from sitbreak.daemon import window_contents
from sitbreak.replay.player import Played, play_log
from sitbreak.replay.simulated_world import Reply
from sitbreak.settings import titles

MINUTE = timedelta(minutes=1)
TAKEN = Reply("start", timedelta(seconds=10), timedelta(seconds=130), 2.0)


@cache
def played(preset: str) -> Played:
    """The day under a preset, for somebody who takes every reminder."""
    day = demo_day()
    undecided = tuple(line for line in day.lines if line.do != "answer")
    return play_log(replace(day, lines=undecided, settings=titles.PRESETS[preset]), person=lambda prompt, at: TAKEN)


@pytest.mark.parametrize("preset", titles.PRESETS)
def test_the_reminders_come_when_they_are_drawn(preset: str) -> None:
    """Each of them, to the minute, and every one is taken."""
    prompts = played(preset).facts.prompts
    assert tuple(round(each.shown.elapsed / MINUTE) for each in prompts) == window_contents.REMINDERS[preset]
    assert {each.outcome for each in prompts} == {Outcome.TAKEN}


def test_the_gaps_are_where_nobody_sat() -> None:
    """Those of two minutes and more, with those that touch as one; the day begins and ends with its sitting."""
    day, spans = demo_day(), played("Gentle").facts.spans
    found: list[tuple[int, int]] = []
    for span in spans:
        start, end = round(span.start.elapsed / MINUTE), round(span.end.elapsed / MINUTE)
        if span.kind in (SpanClass.SEATED, SpanClass.BREAK) or end - start < 2:
            continue
        found = [*found[:-1], (found[-1][0], end)] if found and found[-1][1] == start else [*found, (start, end)]
    assert tuple(found) == window_contents.GAPS
    assert round(spans[-1].end.elapsed / MINUTE) == window_contents.LENGTH
    assert round((day.start.hour * 60 + day.start.minute) + day.start.second / 60) == window_contents.BEGINS


def test_shares_fill_the_day() -> None:
    """From its beginning to its end, and the times of day are those of its clock."""
    first, *_, (start, length) = window_contents.sitting()
    assert first[0] == 0
    assert start + length == pytest.approx(1)
    assert window_contents.clock_times("Gentle") == ("11:45",)
