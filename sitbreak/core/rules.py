"""The numbers the core works by: those of the settings as durations, and those the spec fixes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta

from sitbreak.core.away_share import NO_ANSWERS, Habit
from sitbreak.core.frozen import frozen
from sitbreak.core.timeline import DAY_START


@frozen
class Rules:
    """Rules of one run (spec 1 and 2). Tests and settings change them; the defaults are the spec's."""

    # when a prompt comes (2.1)
    earliest: timedelta = timedelta(minutes=30)
    latest: timedelta = timedelta(minutes=45)
    lull_at_earliest: timedelta = timedelta(seconds=40)
    lull_at_latest: timedelta = timedelta(seconds=10)
    held_limit: timedelta = timedelta(minutes=30)
    empty_chair: timedelta = timedelta(seconds=60)
    # what an answer means (2.2)
    break_length: timedelta = timedelta(minutes=2)
    long_length: timedelta = timedelta(minutes=5)
    return_after: timedelta = timedelta(minutes=10)
    declined_after: timedelta = timedelta(minutes=30)
    return_window: timedelta = timedelta(minutes=5)
    unanswered: timedelta = timedelta(minutes=2)
    usual_within: timedelta = timedelta(hours=1)
    snoozes: int = 2
    through_silent_gaps: bool = False  # the prompt's clock goes on through a likely absence (8.5)
    # the books (1.1)
    idle_limit: timedelta = timedelta(seconds=300)
    away_limit: timedelta = timedelta(minutes=20)
    left_after: timedelta = timedelta(seconds=10)
    back_after: timedelta = timedelta(seconds=3)
    strong_within: timedelta = timedelta(seconds=60)
    strong_length: timedelta = timedelta(seconds=60)
    blind_length: timedelta = timedelta(seconds=60)
    evidence_limit: timedelta = timedelta(minutes=90)
    capture_limit: timedelta = timedelta(minutes=180)
    standing_limit: timedelta = timedelta(minutes=40)
    motion_least: timedelta = timedelta(seconds=2)
    motion_most: timedelta = timedelta(seconds=10)
    seat_flicker: timedelta = timedelta(seconds=60)  # empty for less, somebody shifted on it
    seat_contradicted: timedelta = timedelta(minutes=5)  # somebody types, it says empty
    beat_length: timedelta = timedelta(minutes=20)
    unlock_follows: timedelta = timedelta(seconds=60)
    gap_question_least: timedelta = timedelta(minutes=20)
    gap_question_most: timedelta = timedelta(minutes=180)
    walked_most: timedelta = timedelta(minutes=120)
    question_open: timedelta = timedelta(minutes=2)
    # the day (1.5)
    day_start: time = DAY_START
    working_hours: Mapping[int, tuple[tuple[time, time], ...]] | None = None  # by weekday, Monday 0; None: always
    # whose day it is (3.1)
    seated_mode: bool = False
    seed: int = 0
    adaptive: bool = True
    small_question: bool = True  # one a day about a silent gap (8.3)
    habit: Habit = NO_ANSWERS  # what the answers so far say of this person (8.2)
    heads_up: bool = False  # whether the latest moment is announced
    heads_up_before: timedelta = timedelta(seconds=30)
    observe_only: bool = False  # a baseline is being measured: the books go on, no prompt comes (1.4)
