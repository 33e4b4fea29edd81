"""The one small question a day about a silent gap: which gap is worth it, and when it may be asked (spec 8.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from zlib import crc32

from sitbreak.core.away_share import AwayShares, GapKind, Habit, after_answer, kind_of, said_up
from sitbreak.core.frozen import frozen
from sitbreak.core.records import Quiet
from sitbreak.core.timeline import ZERO

LEAST, MOST = timedelta(minutes=5), timedelta(minutes=20)
SHORT = timedelta(seconds=90)  # every third day one from here to LEAST is asked about: it keeps the tilt honest
EVERY = 3
SHORT_GAPS = 12  # which of the day's short gaps it is, is drawn among so many
WORTH = 12.0  # min^2 of variance that an answer must be expected to take away at the start of a day
USUAL_DAY = timedelta(hours=9)  # from the first presence to the last
LULL = timedelta(seconds=10)  # never sooner after an input
TOO_LATE = timedelta(minutes=5)  # after the return nobody remembers
DAYS_UNANSWERED = 3
REST = timedelta(days=7)


@frozen
class Pending:
    """A gap that is to be asked about at the next lull, before `until`. Steady-clock times."""

    start: timedelta
    end: timedelta
    until: timedelta


@dataclass(slots=True)
class Asking:
    """What is remembered of the small questions of this day, and of the days they went unanswered."""

    day: date | None = None
    began: timedelta = ZERO  # the first presence of the day
    asked_on: date | None = None  # the last day with a question; a clock set back brings no second one
    short: int = 0  # gaps of the short kind so far
    unanswered: int = 0  # days in a row
    rests_until: date | None = None
    pending: Pending | None = None

    @property
    def asked(self) -> bool:
        """Whether this day had its question."""
        return self.asked_on is not None and self.day is not None and self.day <= self.asked_on

    def here(self, day: date, now: timedelta) -> None:
        """Somebody is here on this logical day."""
        if day != self.day:
            self.day, self.began, self.short, self.pending = day, now, 0, None

    def returned(self, quiet: Quiet, habit: Habit, seed: int) -> None:
        """Somebody is back from an open gap of this day."""
        day, now = self.day, quiet.end
        resting = day is not None and self.rests_until is not None and day < self.rests_until
        short = SHORT <= quiet.length < LEAST
        self.short += short
        if day is None or self.asked or resting or kind_of(quiet) is not GapKind.OPEN:
            return
        if day.toordinal() % EVERY == 0:
            wanted = short and self.short == 1 + crc32(f"{seed}:{day}".encode()) % SHORT_GAPS
        else:
            left = max(0.0, 1.0 - (now - self.began) / USUAL_DAY)
            wanted = LEAST <= quiet.length <= MOST and worth(habit, quiet.length) >= WORTH * sqrt(left)
        if wanted:
            self.pending = Pending(quiet.start.elapsed, now, now + TOO_LATE)

    def due(self, last_input: timedelta) -> timedelta | None:
        """When the gap may be asked about if no input follows; None: not at all."""
        if self.pending is None:
            return None
        moment = max(last_input, self.pending.end) + LULL
        return moment if moment <= self.pending.until else None

    def answered(self) -> None:
        """The question was answered."""
        self.unanswered = 0

    def passed_over(self) -> None:
        """The question went unanswered: after three days in a row none comes for a week."""
        self.unanswered += 1
        if self.unanswered >= DAYS_UNANSWERED and self.day is not None:
            self.unanswered, self.rests_until = 0, self.day + REST


def worth(habit: Habit, length: timedelta) -> float:
    """By how much an answer is expected to lower the variance of the day, in min^2 (spec 8.3)."""
    share = AwayShares(habit).of(GapKind.OPEN, length.total_seconds())
    up, minutes = said_up(share), length / timedelta(minutes=1)
    after = sum(p * a * (1.0 - a) for p, a in ((up, after_answer(share, 1.0)), (1.0 - up, after_answer(share, 0.0))))
    return (share * (1.0 - share) - after) * minutes * minutes
