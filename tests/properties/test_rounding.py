"""Whatever a day was like to the second: the texts beside each other on its page never contradict."""

from __future__ import annotations

import math
import os
import re
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from sitbreak.core import rounding
from sitbreak.core.records import Outcome, Strength
from sitbreak.daemon.past_days import look
from sitbreak.settings.model import Settings
from sitbreak.window.day_protocol import DayMessage, day_of
from tests.review.made import Story
from tests.review.told import NAMES, kept

DAY = settings(settings.get_profile("days-ci" if "CI" in os.environ else "days"))
LENGTHS = st.one_of(st.integers(1, 4000), st.sampled_from([1770, 1799, 1800, 2699, 2700, 3599, 3600])).map(
    lambda seconds: seconds / 60
)
KINDS = st.sampled_from(["sit", "sit", "move", "stand", "away", "weak", "unseen", "walk"])
PIECES = st.lists(st.tuples(KINDS, LENGTHS), min_size=1, max_size=12)
EDGES = re.compile(r"(\d\d):(\d\d) to (\d\d):(\d\d)")


def minutes(text: str) -> int:
    """A duration that is read: "1 h 5 min"; 0 for "under 1 min"."""
    if "under" in text:
        return 0
    hours, rest = re.findall(r"(\d+) h", text), re.findall(r"(\d+) min", text)
    assert hours or rest, text
    return 60 * sum(map(int, hours)) + sum(map(int, rest))


def lived(pieces: list[tuple[str, float]], second: int) -> DayMessage:
    """The page of a day of these pieces, which begins at so many seconds past nine."""
    story = Story(f"2026-03-02T09:00:{second:02}")
    story.sit(0.5)
    for kind, length in pieces:
        if kind == "weak":
            story.away(length, Strength.WEAK)
        elif kind == "walk":
            story.walk(length)
        elif kind == "move":
            story.prompt(Outcome.TAKEN).move(max(1.0, min(length, 9.0)))
        else:
            getattr(story, kind)(length)
    story.sit(0.4)
    history = kept(story)
    return day_of(look(history, Settings(), NAMES, "day", "2026-03-02", story.now)["day"])


@DAY
@given(PIECES, st.integers(0, 59))
def test_a_length_is_what_its_times_differ_by(pieces: list[tuple[str, float]], second: int) -> None:
    """Of every piece of the strip, and of every stretch that is not sure."""
    found = lived(pieces, second)
    for says in [block.says for block in found.blocks] + [doubt.says for doubt in found.doubts]:
        edges, rest = EDGES.search(says), EDGES.sub("", says)
        assert edges is not None
        hour, minute, to_hour, to_minute = map(int, edges.groups())
        stated = next(part for part in rest.split(",") if re.search(r"\d (min|h)\b", part)).partition(":")[0]
        differ = (60 * (to_hour - hour) + to_minute - minute) % 1440
        assert minutes(stated) == differ or (minutes(stated) == 0 and differ == 1), says


@DAY
@given(PIECES, st.integers(0, 59))
def test_the_figures_of_a_day_agree(pieces: list[tuple[str, float]], second: int) -> None:
    """Parts add up, the sentence has the same figures, and what is long in one line is long in the other."""
    found = lived(pieces, second)
    figures = dict(found.figures)
    confirmed = figures["Out of the chair, you confirmed"]
    total = int(confirmed.split()[0])
    parts = [int(each) for each in re.findall(r"(\d+) min (?:in breaks|standing|noted)", confirmed)]
    assert sum(parts) == total or not parts
    said = [
        int(each)
        for each in re.findall(r"(\d+) minutes? out of|(\d+) min of walks", found.told)
        for each in each
        if each
    ]
    assert sum(said) == total
    longest = minutes(figures["Longest stretch"])
    assert minutes(re.findall(r"longest stretch ([^,]*)", found.told)[0]) == longest
    assert (longest >= 30) is (figures["Stretches of 30 min or more"] != "none")
    assert (longest >= 45) is ("no stretch of 45" not in found.told)
    for block in found.blocks:
        if block.kind in ("seated", "long"):
            length = datetime.fromisoformat(block.end) - datetime.fromisoformat(block.start)
            assert math.floor(length.total_seconds() / 60) <= longest
    if "Last break" in figures:
        assert minutes(figures["Last break"].partition(",")[2]) <= total


@given(st.lists(st.floats(0, 500), max_size=6))
def test_parts_make_the_whole(given_minutes: list[float]) -> None:
    """Each is its complete minutes, or one more; together they are those of the sum."""
    found = rounding.parts(given_minutes)
    assert sum(found) == rounding.full(sum(given_minutes))
    assert all(0 <= part - rounding.full(each) <= 1 for part, each in zip(found, given_minutes, strict=True))


# The smallest numbers of all are left out: a step of them is nothing.
BESIDE = st.floats(0, 100, allow_subnormal=False)


@given(st.floats(0, 800, allow_subnormal=False), BESIDE, BESIDE, st.sampled_from([5, 10]))
def test_a_range_holds_what_it_is_about(middle: float, below: float, above: float, step: int) -> None:
    """It is never narrower than the estimate, and its middle is in it."""
    low, rounded, high = rounding.around(middle - below, middle, middle + above, step)
    assert low <= middle - below
    assert high >= middle + above
    assert low <= rounded <= high
