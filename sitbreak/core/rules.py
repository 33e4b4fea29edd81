"""The numbers the core works by: those of the settings as durations, and those the spec fixes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta


def minutes(value: float) -> timedelta:
    """A duration of `value` minutes."""
    return timedelta(minutes=value)


def seconds(value: float) -> timedelta:
    """A duration of `value` seconds."""
    return timedelta(seconds=value)


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules of one run (spec 1 and 2). Tests and settings change them; the defaults are the spec's."""

    # when a prompt comes (2.1)
    earliest: timedelta = minutes(30)
    latest: timedelta = minutes(45)
    lull_at_earliest: timedelta = seconds(40)
    lull_at_latest: timedelta = seconds(10)
    held_limit: timedelta = minutes(30)
    empty_chair: timedelta = seconds(60)
    # what an answer means (2.2)
    break_length: timedelta = minutes(2)
    long_length: timedelta = minutes(5)
    return_after: timedelta = minutes(10)
    declined_after: timedelta = minutes(30)
    return_window: timedelta = minutes(5)
    unanswered: timedelta = minutes(2)
    snoozes: int = 2
    # the books (1.1)
    idle_limit: timedelta = seconds(300)
    away_limit: timedelta = minutes(20)
    shortest_break: timedelta = seconds(60)
    strong_within: timedelta = seconds(60)
    strong_length: timedelta = seconds(60)
    blind_length: timedelta = seconds(60)
    evidence_limit: timedelta = minutes(90)
    capture_limit: timedelta = minutes(180)
    standing_limit: timedelta = minutes(40)
    motion_least: timedelta = seconds(2)
    motion_most: timedelta = seconds(10)
    gap_question_least: timedelta = minutes(20)
    gap_question_most: timedelta = minutes(180)
    walked_most: timedelta = minutes(120)
    question_open: timedelta = minutes(2)
    # the day (1.5)
    day_start: time = time(4, 0)
    # whose day it is (3.1)
    seated_mode: bool = False
    seed: int = 0
    adaptive: bool = True
