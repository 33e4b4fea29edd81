"""What a person said of a day: listed in Today, and taken back there."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from sitbreak.adapters.history import MemoryHistory
from sitbreak.core.accounting import days
from sitbreak.core.records import GapAnswer, GapLabel, SpanClass, Strength
from sitbreak.daemon.said_of_days import said, without
from sitbreak.window.day_protocol import SaidMessage
from tests.review.made import Story
from tests.review.told import MONDAY, kept

DAY_START = time(4)
EVERY_DAY = date(2026, 3, 1), date(2026, 3, 3)


def told_of(history: MemoryHistory, seated_mode: bool = False) -> tuple[SaidMessage, ...]:
    """What is listed for Monday."""
    return said(history.facts(*EVERY_DAY), MONDAY, DAY_START, seated_mode)


def corrected() -> tuple[Story, MemoryHistory]:
    """A weak absence that was said to be sitting, which is an answer for the estimate, too."""
    story = Story("2026-03-02T09:00").sit(30).away(10, Strength.WEAK).sit(20)
    story.correct(30, 10, SpanClass.SEATED)
    (correction,) = story.corrections
    story.gaps.append(GapAnswer(correction.start, correction.end, GapLabel.HERE, correction.at))
    return story, kept(story, *story.gaps)


def test_a_correction_is_listed_once_and_taken_back() -> None:
    """With the answer that came of it; the figures are again what they were without both."""
    story, history = corrected()
    (listed,) = told_of(history)
    assert listed.says == "09:30 to 09:40: sat"
    before = kept(Story("2026-03-02T09:00").sit(30).away(10, Strength.WEAK).sit(20))
    history.keep(list(without(history, listed.start, listed.at, story.now.plus(timedelta(minutes=1)))))
    assert told_of(history) == ()
    assert days(history.facts(*EVERY_DAY))[0].figures() == days(before.facts(*EVERY_DAY))[0].figures()
    assert [answer.label for answer in history.answers()] == [GapLabel.SKIP]


def test_answers_are_listed_among_the_corrections_in_the_order_of_the_day() -> None:
    """In words of their own; one that was skipped is none."""
    story = Story("2026-03-02T09:00").sit(30).unseen(40).sit(20).say(GapLabel.WALKED).unseen(30).sit(5)
    story.say(GapLabel.SKIP).correct(5, 5, SpanClass.STANDING)
    history = kept(story, *story.gaps)
    assert [each.says for each in told_of(history)] == ["09:30 to 10:10: walked", "11:00 to 11:05: stood"]
    answer = told_of(history)[0]
    history.keep(list(without(history, answer.start, answer.at, story.now)))
    assert [each.says for each in told_of(history)] == ["11:00 to 11:05: stood"]


def test_in_seated_mode_nobody_walked() -> None:
    """A break is noted as moving."""
    story = Story("2026-03-02T09:00").sit(30).away(10).sit(20).correct(30, 10, SpanClass.BREAK)
    assert [each.says for each in told_of(kept(story), seated_mode=True)] == ["09:30 to 09:40: moved"]


@pytest.mark.parametrize(
    ("start", "at"),
    [("", ""), ("x", "y"), ("2026-03-02T08:30:00", "2026-03-02T09:00:00"), ("2026-03-02T08:00:00+00:00",) * 2],
)
def test_what_was_never_said_cannot_be_taken_back(start: str, at: str) -> None:
    """Neither nonsense nor another moment is anything here."""
    story, history = corrected()
    assert list(without(history, start, at, story.now)) == []
