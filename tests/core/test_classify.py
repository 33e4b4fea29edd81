"""The table of gaps (spec 1.1): the first row that fits decides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sitbreak.core.classify import Gap, Stretch, classify
from sitbreak.core.records import Evidence
from sitbreak.core.rules import Rules

LOCK, SLEEP, DEAD, BLIND = Evidence.LOCK, Evidence.SLEEP, Evidence.NOT_RUNNING, Evidence.SOURCE_LOST
BREAK = 240  # seconds: twice the length of a break of two minutes


def s(seconds: float) -> timedelta:
    """A duration."""
    return timedelta(seconds=seconds)


def booked(length: float, *stretches: tuple[Evidence, float, float], credit: float = 0) -> list[str]:
    """A gap from 0 to `length` s as `CLASS strength end_s`, piece by piece."""
    found = tuple(Stretch(what, s(start), s(end)) for what, start, end in stretches)
    pieces = classify(Gap(s(0), s(length), s(0), found, s(credit), s(60)), Rules())
    edges = [s(0), *(piece.end for piece in pieces)]
    assert [piece.start for piece in pieces] == edges[:-1]
    return [f"{p.kind} {p.strength or '-'} {p.end.total_seconds():g}" for p in pieces]


@pytest.mark.parametrize(
    ("length", "stretches", "credit", "expected"),
    [
        (299, [(DEAD, 1, 290)], 0, ["SEATED - 299"]),  # under 5 min, across a restart too
        (300, [(DEAD, 1, 60)], 0, ["AWAY weak 300"]),
        (300, [(DEAD, 1, 61)], 0, ["UNOBSERVED - 300"]),
        (300, [(DEAD, 1, 31), (BLIND, 100, 130)], 0, ["UNOBSERVED - 300"]),  # 60 s of it in all
        (300, [(DEAD, 1, 41), (BLIND, 11, 51)], 0, ["AWAY weak 300"]),  # overlapping: 50 s
        (300, [(DEAD, 1, 61)], BREAK, ["UNOBSERVED - 300"]),  # before a break
        (300, [(DEAD, 1, 61), (LOCK, 5, 300)], 0, ["UNOBSERVED - 300"]),  # before a lock
        (59, [], BREAK, ["SEATED - 59"]),
        (60, [], BREAK, ["BREAK - 60"]),
        (250, [], BREAK, ["BREAK - 240", "AWAY weak 250"]),  # the rest is away, however short
        (250, [(LOCK, 5, 250)], BREAK, ["BREAK - 240", "AWAY strong 250"]),
        (1200, [], BREAK, ["BREAK - 240", "AWAY weak 1200"]),
        (1201, [(LOCK, 5, 1201)], BREAK, ["BREAK - 240", "UNOBSERVED - 1201"]),
        (72, [(DEAD, 3, 70)], BREAK, ["SEATED - 72"]),  # five seconds watched: nothing is confirmed
        (119, [(DEAD, 1, 60)], BREAK, ["BREAK - 1", "UNOBSERVED - 60", "BREAK - 119"]),  # 60 s watched
        (119, [(DEAD, 1, 61)], BREAK, ["SEATED - 119"]),  # 59 s watched
        (
            290,
            [(DEAD, 30, 50), (BLIND, 40, 60)],
            BREAK,
            ["BREAK - 30", "UNOBSERVED - 50", "UNOBSERVED - 60", "BREAK - 270", "AWAY weak 290"],
        ),
        (290, [(BLIND, 280, 290)], BREAK, ["BREAK - 240", "AWAY weak 290"]),  # after the credit all is one rest
        (1200, [(SLEEP, 60, 120)], 0, ["AWAY strong 1200"]),
        (1201, [(SLEEP, 60, 1200)], 0, ["UNOBSERVED - 1201"]),
        (1200, [(SLEEP, 61, 1200)], 0, ["AWAY weak 1200"]),
        (1200, [(LOCK, -1, 1200)], 0, ["AWAY weak 1200"]),  # from before the last input: it did not end that
        (200, [(LOCK, -1, 200)], 0, ["SEATED - 200"]),
        (200, [(SLEEP, 100, 159)], 0, ["SEATED - 200"]),
        (200, [(SLEEP, 100, 160)], 0, ["AWAY weak 200"]),  # a sleep of a minute ends the bout (1.5)
        (200, [(LOCK, 100, 190)], 0, ["SEATED - 200"]),  # a lock that came by itself proves nothing
        (200, [(LOCK, 10, 40), (LOCK, 50, 80)], 0, ["SEATED - 200"]),  # neither is a minute long
    ],
)
def test_first_match(
    length: float, stretches: list[tuple[Evidence, float, float]], credit: float, expected: list[str]
) -> None:
    """Blind, break, strong, long, seated, weak: in this order."""
    assert booked(length, *stretches, credit=credit) == expected
