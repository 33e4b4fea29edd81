"""The words of the review."""

from __future__ import annotations

from datetime import date

import pytest

from sitbreak.core import rounding
from sitbreak.core.accounting import days
from sitbreak.core.away_share import NO_ANSWERS, Told
from sitbreak.core.estimate import Sitting
from sitbreak.core.records import Evidence
from sitbreak.review import dates, words
from sitbreak.review.meaning import meaning
from tests.review.made import Story
from tests.review.told import one_day

BANNED = ("treat", "cure", "heal", "prevent", "realign", "correct your spine", "clinically proven")


def said(story: Story) -> str:
    """The sentence of the first day of a story."""
    return words.day_sentence(days(story.facts())[0], words.UPRIGHT, 30)


def test_what_was_told_about_short_gaps_is_counted() -> None:
    """Those of 5 to 20 min, which nobody could judge; a single one is a gap, none is no sentence."""
    told = [Told(300, 1.0), Told(1200, 0.5), Told(700, 0.0), Told(299, 1.0), Told(1201, 1.0)]
    assert words.told_about(told) == "You told about 3 silent gaps of 5 to 20 min: up in 1, part of 1."
    assert words.told_about(told[:1]) == "You told about 1 silent gap of 5 to 20 min: up in 1, part of 0."
    assert words.told_about(told[3:]) == ""


def test_a_day_in_one_sentence() -> None:
    """The sentence is the one the product is known by."""
    assert (
        said(one_day()) == "12 minutes out of the chair and 15 min of walks you noted, longest stretch 52 min, "
        "3 stretches of 30 min or more."
    )


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        (
            Story("2026-03-02T09:00").sit(20).move(1).sit(31),
            "1 minute out of the chair, longest stretch 31 min, 1",
        ),
        (
            Story("2026-03-02T09:00").sit(20),
            "No confirmed minutes out of the chair, longest stretch 20 min, no",
        ),
        (Story("2026-03-02T09:00").sit(300), "No confirmed minutes out of the chair, longest stretch 5 h, 1"),
    ],
)
def test_one_none_and_many(story: Story, sentence: str) -> None:
    """Singular, none and long lengths read well."""
    assert said(story) == f"{sentence} stretch of 30 min or more."


def test_no_sitting_and_no_record() -> None:
    """A day without a stretch, and one without a record, are said plainly."""
    unseen = Story("2026-03-02T09:00").unseen(90, Evidence.SOURCE_LOST)
    assert said(unseen) == "No confirmed minutes out of the chair, no sitting stretch begun."
    assert words.day_sentence(None, words.UPRIGHT, 30) == "Nothing was recorded on this day."


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(None, words.DASH), (0.4, "0 min"), (59.5, "1 h"), (60, "1 h"), (61, "1 h 1 min"), (725, "12 h 5 min")],
)
def test_durations(minutes: float | None, text: str) -> None:
    """Durations are rounded to the minute, with hours from 60 on, and a dash where there is none."""
    assert words.duration(minutes) == text


def test_a_goal_is_met_only_when_it_is() -> None:
    """What is held against a goal is rounded down."""
    assert [rounding.full(value) for value in (19.99, 20, 20.4)] == [19, 20, 20]


def test_signs() -> None:
    """Signed minutes carry a real minus, and one figure stands for a range whose ends round to the same."""
    assert [words.signed(value) for value in (4.5, -4.4, -4.6, 0.3)] == ["+5", "\u22124", "\u22125", "0"]
    assert words.signed_range(-3.2, -2.8) == "\u22123"
    assert words.signed_range(-3.2, 5) == "\u22123 to +5"


def test_date_ranges() -> None:
    """A range names a month or a year twice only where it has to."""
    assert dates.date_range(date(2026, 3, 2), date(2026, 3, 8)) == "2 to 8 March 2026"
    assert dates.date_range(date(2026, 2, 23), date(2026, 3, 1)) == "23 February to 1 March 2026"
    assert dates.date_range(date(2025, 12, 29), date(2026, 1, 4)) == "29 December 2025 to 4 January 2026"


def test_ten_lines_of_meaning_without_a_promise() -> None:
    """There are ten explanations, and none uses a word of promise."""
    told = meaning(words.UPRIGHT)
    text = " ".join(f"{term} {text}" for term, text in told).lower()
    assert len(told) == 10
    assert not [word for word in BANNED if word in text]


@pytest.mark.parametrize(
    ("seated", "own", "said"),
    [
        (342.0, 324.0, "about 5 h 40 min (between 5 h 10 min and 6 h 20 min)"),
        (342.0, 36.0, "about 5 h 40 min (between 5 h 30 min and 5 h 55 min)"),
        (0.0, 400.0, "about 0 min (between 0 min and 35 min)"),
    ],
)
def test_an_estimate_is_as_rough_as_it_is_unsure(seated: float, own: float, said: str) -> None:
    """In steps of 10 min, of 5 where the range is narrow; the range outwards, so that it never says too much."""
    assert words.sitting(Sitting(seated, 500.0, 0.0, 0.0, own, (0.0, 0.0), NO_ANSWERS)) == said
