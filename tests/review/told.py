"""Histories for the tests of the review: a few days, two months, and one written by somebody with bad intentions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sitbreak.adapters.history import MemoryHistory
from sitbreak.core.records import BaselineRecord, Evidence, Fact, GoalRecord, Outcome, Reason, SpanClass, Strength
from sitbreak.review.build import Review, Terms, review
from sitbreak.review.day import Named
from tests.review.made import Story, day

MONDAY = day("2026-03-02")
NAMES = {
    "walk-corridor": Named("Corridor loop", ("whole body",)),
    "dyn-calf": Named("Calf raises", ("calves",)),
    "mob-twist": Named("Standing turns", ("back", "hips")),
}
HOSTILE = (
    "</style></svg><script>alert(1)</script><img src=https://example.invalid/x onerror=alert(2)>'\"[bold]{{ 7*7 }}"
)


def kept(story: Story, *more: Fact) -> MemoryHistory:
    """A history of what the story told, and more facts."""
    facts, history = story.facts(), MemoryHistory()
    rows = (facts.spans, facts.prompts, facts.breaks, facts.movement, facts.corrections)
    history.keep([*(fact for group in rows for fact in group), *more])
    return history


def seen(story: Story, on: date, *more: Fact, today: date | None = None) -> Review:
    """The review of a day of a story."""
    return review(kept(story, *more), on, Terms(today=on if today is None else today, names=NAMES))


def one_day(story: Story | None = None, start: str = "2026-03-02T09:00") -> Story:
    """An ordinary day with a bit of everything: 27 min out of the chair, three long stretches, the longest 52 min."""
    story = Story(start) if story is None else story
    story.sit(35).prompt(Outcome.TAKEN).move(4, "dyn-calf").sit(52).prompt(Outcome.SNOOZED, Reason.LATEST).sit(0.01)
    story.away(8).sit(20).unseen(45, Evidence.LOCK).walk(15).sit(25).prompt(Outcome.IGNORED).sit(1).stand(5)
    story.sit(20).away(9, Strength.WEAK).sit(28).prompt(Outcome.TAKEN).move(3, "mob-twist").sit(40).away(2)
    return story.sit(24)


def two_months(days: int = 65) -> tuple[Story, list[Fact], date]:
    """Workdays from 22 December 2025: four weeks of baseline, then days with prompts. Also its last day."""
    first, story = day("2025-12-22"), Story("2025-12-22T09:00")
    last = first
    for number in range(days):
        today = first + timedelta(days=number)
        if today.weekday() > 4:
            continue
        if number:
            story.until(f"{today}T09:0{number % 6}")
        last = today
        _workday(story, number)
    begun = first + timedelta(days=28)
    facts: list[Fact] = [
        BaselineRecord(first, begun - timedelta(days=1), True),
        GoalRecord(begun, 10),
        GoalRecord(begun + timedelta(days=20), 20),
    ]
    return story, facts, last


def _workday(story: Story, number: int) -> None:
    prompted = number >= 28
    for part in range(9):
        story.sit(28 + (number * 7 + part * 11) % 31)
        if prompted and (number + part) % 3:
            story.prompt(Outcome.TAKEN).move(2 + part % 3, ("walk-corridor", "dyn-calf", "mob-twist")[part % 3])
        elif part == 4:
            story.unseen(40 + number % 7, Evidence.LOCK)
            if number % 2:
                story.walk(15)
        else:
            story.away(3 + (number + part) % 6, Strength.WEAK if part == 6 else Strength.STRONG)
    story.sit(17)


def hostile() -> tuple[MemoryHistory, Terms]:
    """Names and ids that try to break out of the page or the terminal."""
    story = Story("2026-03-02T09:00").sit(31).prompt(Outcome.TAKEN, movement=HOSTILE).move(3, HOSTILE).sit(20)
    story.prompt(Outcome.IGNORED, movement="evil").sit(10).unseen(30).walk(10, source=HOSTILE).sit(5)
    story.breaks.append(replace(story.breaks[0], accepted=story.now, movement="evil"))
    story.correct(30, 5, SpanClass.AWAY)
    return kept(story), Terms(today=MONDAY, names={"evil": Named(HOSTILE + "\x1b[31m", (HOSTILE,))})
