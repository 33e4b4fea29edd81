"""A world with known posture, for the estimate: people whose silent gaps are seated or not by a habit of their own.

Silence comes in spells (somebody reads for a while, or runs errands for a while), so neighbouring gaps are alike.
Nothing here is fitted to anybody, and the table of the estimate is not fitted to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log2
from random import Random

from sitbreak.core.away_share import NO_ANSWERS, Habit
from sitbreak.core.records import Facts, GapLabel, Quiet, Strength
from sitbreak.core.small_question import Asking
from tests.review.made import Story

IDLE = 5.0  # minutes; shorter gaps are booked as sitting
LONG = 20.0  # minutes; longer ones are unobserved, and asked about
SPELL = 0.6  # how probable it is that a gap is like the one before
WRONG = 0.05  # how often the person answers what was not so


@dataclass(frozen=True, slots=True)
class Person:
    """The log odds of having been up in a gap of 5 min, how they change with each doubling, and gaps an hour."""

    level: float
    tilt: float
    gaps: float

    def up(self, minutes: float) -> float:
        """How probable it is that they were up in a gap of so many minutes."""
        return 1 / (1 + exp(-(self.level + self.tilt * log2(minutes / IDLE))))


@dataclass(frozen=True, slots=True)
class Lived:
    """A day as it was booked, and the minutes that were really sat."""

    day: date
    facts: Facts
    seated: float


def person(random: Random) -> Person:
    """Somebody: readers who hardly leave, and people who are always off."""
    return Person(random.gauss(-0.5, 0.9), max(0.1, random.gauss(0.7, 0.3)), random.uniform(1.5, 6.0))


def lived(who: Person, number: int, random: Random, habit: Habit = NO_ANSWERS) -> Lived:
    """One working day of eight hours; the first long gap is answered, and the small question of the day (8.3)."""
    start = date(2026, 3, 2) + timedelta(days=number)
    story, left, seated, up, answered = Story(f"{start.isoformat()}T09:00"), 480.0, 0.0, False, False
    asking = Asking()
    asking.here(start, story.now.elapsed)
    while left > 0:
        work = min(left, random.expovariate(who.gaps / 60) + 0.5)
        story.sit(work)
        seated, left = seated + work, left - work
        gap = min(left, 1 + random.lognormvariate(1.0, 1.1))
        if gap <= 0.5:
            break
        up = up if random.random() < SPELL and gap < LONG else random.random() < who.up(gap)
        sat = 0.3 * gap if up and random.random() < 0.2 else 0.0 if up else gap
        seated, left = seated + sat, left - gap
        right = random.random() >= WRONG
        if gap >= 1:
            story.quiet(gap, _small(asking, story, gap, GapLabel.UP if up is right else GapLabel.HERE, habit))
        if gap < IDLE:
            story.sit(gap)
        elif gap <= LONG:
            story.away(gap, Strength.WEAK)
        else:
            story.unseen(gap)
            if not answered:
                answered = True
                story.say(GapLabel.WALKED if up is right else GapLabel.HERE)
    story.sit(1.0)
    return Lived(start, story.facts(), seated + 1.0)


def _small(asking: Asking, story: Story, gap: float, label: GapLabel, habit: Habit) -> GapLabel | None:
    """The answer to the small question, if this gap is the one it is about."""
    asking.returned(Quiet(story.now, timedelta(minutes=gap)), habit, 0)
    if asking.pending is None or asking.asked:
        return None
    asking.asked_on = asking.day
    return label
