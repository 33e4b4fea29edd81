"""The rules in force: settings, adapting, and silence while usual days are measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sitbreak.adapters.history import MemoryHistory
from sitbreak.core.records import BaselineRecord, Outcome
from sitbreak.daemon.rules_in_force import KEPT, PromptPace
from sitbreak.settings.model import Settings
from sitbreak.settings.sections import Prompt
from tests.review.made import Story

FIRST = date(2026, 3, 2)
DAY = timedelta(days=1)


def refusing(count: int) -> MemoryHistory:
    """So many days on which three prompts went unanswered."""
    story = Story("2026-03-02T09:00")
    for number in range(count):
        if number:
            story.until(f"{FIRST + number * DAY}T09:00")
        for _ in range(3):
            story.sit(36).prompt(Outcome.IGNORED)
    history = MemoryHistory()
    history.keep([*story.spans, *story.prompts])
    return history


def test_the_earliest_follows_the_history_and_tells_why_once() -> None:
    """After two weeks of ignored prompts it is 35, told once, a day late and across a restart."""
    pace = PromptPace(refusing(16), None)
    assert pace.rules(Settings(), FIRST + 13 * DAY).earliest == timedelta(minutes=30)
    assert pace.rules(Settings(), FIRST + 14 * DAY).earliest == timedelta(minutes=35)
    pace.rules(Settings(), FIRST + 15 * DAY)
    assert "none of 42 prompts" in pace.news(FIRST + 15 * DAY)
    assert pace.news(FIRST + 15 * DAY) == ""
    again = PromptPace(refusing(16), pace.remembered())
    again.rules(Settings(), FIRST + 16 * DAY)
    assert again.news(FIRST + 16 * DAY) == ""


def test_switched_off_the_settings_rule() -> None:
    """Without adapting the rules are those of the settings."""
    settings = replace(Settings(), prompt=Prompt(adaptive=False))
    assert PromptPace(refusing(40), None).rules(settings, FIRST + 40 * DAY) == settings.rules()


def test_a_figure_set_anew_begins_anew_across_a_restart() -> None:
    """What is remembered tells a later run that the figure was changed, and when."""
    history = refusing(40)
    pace = PromptPace(history, None)
    pace.rules(Settings(), FIRST + 20 * DAY)
    kept = pace.remembered()
    changed = replace(Settings(), prompt=Prompt(earliest_minutes=35))
    again = PromptPace(history, kept)
    assert again.rules(changed, FIRST + 30 * DAY).earliest == timedelta(minutes=35)
    assert again.remembered() == {KEPT: {"base_s": 2100.0, "since": "2026-04-01", "told": None}}


def test_a_snapshot_that_makes_no_sense_is_left_aside() -> None:
    """Whatever stands there, adapting begins with the history."""
    for nonsense in ({}, {KEPT: 3}, {KEPT: {"base_s": "x", "since": 4}}, {KEPT: {"base_s": 1e300, "since": "soon"}}):
        assert PromptPace(refusing(16), nonsense).rules(Settings(), FIRST + 14 * DAY).earliest == timedelta(minutes=35)


def test_no_prompts_while_usual_days_are_measured() -> None:
    """An open baseline measurement makes the rules observe only."""
    history = refusing(1)
    history.keep([BaselineRecord(FIRST)])
    assert PromptPace(history, None).rules(Settings(), FIRST).observe_only
    history.keep([BaselineRecord(FIRST, FIRST)])
    assert not PromptPace(history, None).rules(Settings(), FIRST).observe_only


def test_prompts_come_again_once_the_twentieth_day_is_over() -> None:
    """Although nobody was there at 04:00 to freeze it, a complete baseline holds back nothing."""
    story = Story("2026-03-02T09:00")
    for number in range(20):
        if number:
            story.until(f"{FIRST + number * DAY}T09:00")
        story.sit(180)
    history = MemoryHistory()
    history.keep([BaselineRecord(FIRST), *story.spans])
    assert PromptPace(history, None).rules(Settings(), FIRST + 19 * DAY).observe_only
    assert not PromptPace(history, None).rules(Settings(), FIRST + 20 * DAY).observe_only
