"""What a desk day looks like, as far as anybody knows: the numbers of spec 5, a documented guess and not data.

Every function draws one quantity from a random stream it is given; nothing else is random.
"""

from __future__ import annotations

import math
from random import Random

MINUTE = 60.0
# Sitting bouts: a truncated power law fitted to published moments (mean 11.8 min, 20 % over 20 min, 58 % of the time in
# bouts over 30 min).
BOUT_ALPHA, BOUT_LEAST, BOUT_MOST = 1.035, 0.213 * MINUTE, 71.6 * MINUTE
# Natural stand-ups: log-normal between 8 s and 20 min; some of the longer ones with the screen locked.
UP_MEDIAN, UP_SIGMA, UP_LEAST, UP_MOST = 2 * MINUTE, 1.1, 8.0, 20 * MINUTE
LOCKED_SHARE, LOCKED_FROM = 0.35, 1 * MINUTE
# The frame of the day, local seconds after midnight and their standard deviations (at most two of them either way).
BEGIN, END = (9 * 3600.0, 15 * MINUTE), (17 * 3600 + 15 * MINUTE, 25 * MINUTE)
LUNCH, LUNCH_LENGTH = (12 * 3600 + 24 * MINUTE, 15 * MINUTE), (42 * MINUTE, 8 * MINUTE)
# Meetings.
MEETINGS = 1.6
MEETING_LENGTHS = {15 * MINUTE: 0.15, 30 * MINUTE: 0.55, 60 * MINUTE: 0.30}
CALL_SHARE = 0.6
# Input: bursts and pauses; six-minute pieces without any; few inputs in a call.
BURST_SHARE, BURST_MEDIAN, BURST_SIGMA = 0.85, 0.25, 0.8
PAUSE_LEAST, PAUSE_MOST = 1.0, 900.0
READING_SHARE, READING_PIECE = 0.22, 6 * MINUTE
CALL_INPUT = 1 / 25


def around(draw: Random, middle_and_deviation: tuple[float, float]) -> float:
    """A normal quantity within two standard deviations of its middle."""
    middle, deviation = middle_and_deviation
    while abs(away := draw.gauss(0.0, 1.0)) > 2:
        pass
    return middle + away * deviation


def bout(draw: Random) -> float:
    """The length of a sitting bout in seconds."""
    power = 1 - BOUT_ALPHA
    least, most = BOUT_LEAST**power, BOUT_MOST**power
    return float((least + draw.random() * (most - least)) ** (1 / power))


def stand_up(draw: Random) -> float:
    """How long somebody stays up of their own accord, in seconds."""
    while not UP_LEAST <= (length := draw.lognormvariate(math.log(UP_MEDIAN), UP_SIGMA)) <= UP_MOST:
        pass
    return length


def locks(draw: Random, away: float) -> bool:
    """Whether the screen is locked for an absence of `away` seconds."""
    return away > LOCKED_FROM and draw.random() < LOCKED_SHARE


def meetings(draw: Random) -> int:
    """How many meetings a day has: Poisson, by counting the arrivals of one unit of time."""
    count, time = 0, draw.expovariate(MEETINGS)
    while time < 1:
        count, time = count + 1, time + draw.expovariate(MEETINGS)
    return count


def meeting_length(draw: Random) -> float:
    """How long a meeting is, in seconds."""
    return draw.choices(list(MEETING_LENGTHS), list(MEETING_LENGTHS.values()))[0]


def gap(draw: Random) -> float:
    """The time from one input to the next in seconds: within a burst, or a pause whose survival falls as 1/t."""
    if draw.random() < BURST_SHARE:
        return draw.lognormvariate(math.log(BURST_MEDIAN), BURST_SIGMA)
    return PAUSE_LEAST / (1 - draw.random() * (1 - PAUSE_LEAST / PAUSE_MOST))
