"""Which input is a person's (spec 1.1): motion that goes on, nothing that a machine moves, nothing under a lock.

And what is kept of the silence between two of them, once it was a minute or more (spec 8.1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum

from sitbreak.core.classify import ABSENT, Stretch
from sitbreak.core.events import InputKind
from sitbreak.core.records import Evidence, Quiet
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import ZERO, Instant

SPREAD = 0.05  # spec 1.1: a beat is steady when its intervals spread by less than a tenth of their mean
DEAF_AFTER = 3  # answers, none of whose clicks or keys the source told of
UNTIRING = timedelta(hours=4)  # nobody's hands go on for so long without a minute's rest
MOST_MISSED = 4  # beats that may go unseen in a row: a source thins its events, a program is started again
LEAST_SILENCE = timedelta(seconds=60)
CEASELESS = timedelta()  # the interval of a pointer that never rests


class Against(Enum):
    """What speaks against a source that tells of input for long (spec 1.1)."""

    LOCK = "lock"  # the screen is locked all the while
    REST = "rest"  # no hands go on without a minute's rest for so long


@dataclass(slots=True)
class MotionFilter:
    """A desk bumped once a minute is not work: remembers motion that nothing has confirmed yet."""

    first: timedelta | None = None
    confirmed_until: timedelta | None = None

    def motion(self, now: timedelta, least: timedelta, most: timedelta) -> timedelta | None:
        """Takes a motion event; returns since when there was real input, or None while it may be noise.

        A stretch of motion counts, from its first event, once another input follows `least` to `most` later;
        while it goes on without a pause longer than `most`, all of it counts.
        """
        if self.confirmed_until is not None and now - self.confirmed_until <= most:
            self.confirmed_until = now
            return now
        self.confirmed_until = None
        if self.first is None or now - self.first > most:
            self.first = now
            return None
        if now - self.first < least:
            return None
        since, self.first, self.confirmed_until = self.first, None, now
        return since

    def certain(self, now: timedelta, least: timedelta, most: timedelta) -> timedelta:
        """Takes a key, click or wheel step; returns since when there was real input (earlier: it confirmed motion)."""
        first, self.first, self.confirmed_until = self.first, None, None
        if first is not None and least <= now - first <= most:
            return first
        return now


@dataclass(slots=True)
class Beat:
    """Input of one kind at equal intervals: the run that goes on, from `since` to `last`, `count` intervals long."""

    kind: InputKind = InputKind.MOTION
    since: timedelta | None = None
    last: timedelta | None = None
    count: int = 0
    unwatched: bool = False  # nobody looked for a moment: the next input need not be in step

    def take(self, kind: InputKind, now: timedelta, least: timedelta) -> None:
        """Takes an input; those less than `least` apart are one. One out of step begins a new run."""
        if self.since is None or self.last is None or kind is not self.kind:
            self.kind, self.since, self.last, self.count, self.unwatched = kind, now, now, 0, False
            return
        interval = now - self.last
        if interval < least:
            return
        mean = self.interval or interval
        beats = max(1, round(interval / mean))
        near = beats <= MOST_MISSED + 1
        if near and self.unwatched:
            self.since += interval - beats * mean  # the run goes on, in the step it has now
            self.count += beats
        elif near and abs(interval - beats * mean) < mean * SPREAD:
            self.count += beats
        else:
            self.since, self.count = self.last, 1
        self.last, self.unwatched = now, False

    @property
    def interval(self) -> timedelta | None:
        """The mean interval of the run; None before the second input."""
        return (self.last - self.since) / self.count if self.count and self.since is not None and self.last else None

    def stop(self) -> None:
        """A key, a click or a word of the person: whatever beats, somebody is there."""
        self.since, self.last, self.count = None, None, 0


@dataclass(slots=True)
class Restless:
    """Input that never pauses, from `since` to `last`: motion (the intervals of a quick machine blur between two
    readings), all of it, or that under a lock.
    """

    since: timedelta | None = None
    last: timedelta | None = None

    def take(self, now: timedelta, most: timedelta) -> None:
        """Takes an input; one more than `most` after the last begins anew."""
        if self.since is None or self.last is None or now - self.last > most:
            self.since = now
        self.last = now

    def lasts(self, now: timedelta, most: timedelta) -> timedelta:
        """For how long it has gone on up to its last event; zero once it paused for more than `most`."""
        if self.since is None or self.last is None or now - self.last > most:
            return timedelta()
        return self.last - self.since

    def stop(self) -> None:
        """A key, a click or a word of the person."""
        self.since, self.last = None, None


@dataclass(slots=True)
class Inputs:
    """What is remembered of input until it is known to be a person's. All times on the steady clock."""

    motion: MotionFilter = field(default_factory=MotionFilter)
    beat: Beat = field(default_factory=Beat)
    restless: Restless = field(default_factory=Restless)
    untiring: Restless = field(default_factory=Restless)
    locked_out: Restless = field(default_factory=Restless)  # under the present lock
    locked_first: timedelta | None = None  # the input under the present lock, as far as it may still count
    locked_last: timedelta | None = None
    unheard: int = 0  # answers in a row between which the source told of nothing

    def seen(self, kind: InputKind, idle: timedelta, now: timedelta, rules: Rules) -> timedelta | None:
        """Takes an input, `idle` after the last real one; returns since when there was real input, None: not yet."""
        self.unheard = 0
        self.untiring.take(now, LEAST_SILENCE)
        if kind not in (InputKind.MOTION, InputKind.UNKNOWN):
            return self.certain(now, rules)
        self.beat.take(kind, now, rules.motion_least)
        if kind is InputKind.MOTION:
            self.restless.take(now, rules.motion_most)
        if self.beats(now, rules) is not None:
            return None
        if kind is InputKind.UNKNOWN and idle < rules.idle_limit:
            return self.motion.certain(now, rules.motion_least, rules.motion_most)
        return self.motion.motion(now, rules.motion_least, rules.motion_most)

    @property
    def deaf(self) -> bool:
        """Whether the source says nothing although somebody answers again and again: a click is input, too."""
        return self.unheard >= DEAF_AFTER

    def against(self, now: timedelta, rules: Rules) -> Against | None:
        """What speaks against the input that the source has told of for long; None while nothing does."""
        if self.locked_out.lasts(now, rules.idle_limit) >= rules.beat_length:
            return Against.LOCK
        return Against.REST if self.untiring.lasts(now, LEAST_SILENCE) >= UNTIRING else None

    def certain(self, now: timedelta, rules: Rules) -> timedelta:
        """Takes input that counts at once; returns since when there was real input."""
        self.beat.stop()
        self.restless.stop()
        return self.motion.certain(now, rules.motion_least, rules.motion_most)

    def beats(self, now: timedelta, rules: Rules) -> timedelta | None:
        """The interval at which a machine moves the pointer, once it did so alone for `beat_length`; else None.

        CEASELESS for motion without a pause longer than `motion_most`: a hand rests, clicks or scrolls sooner.
        A source that cannot tell kinds is asked every few seconds, so somebody who types on has a beat there too:
        only one slower than `motion_most` is a machine's.
        """
        steady = self._steady(now, rules)
        if steady is None and self.restless.lasts(now, rules.motion_most) >= rules.beat_length:
            return CEASELESS
        return steady

    def _steady(self, now: timedelta, rules: Rules) -> timedelta | None:
        beat, interval = self.beat, self.beat.interval
        if interval is None or beat.since is None or beat.last is None:
            return None
        quick = beat.kind is InputKind.UNKNOWN and interval <= rules.motion_most
        over = now - beat.last > (MOST_MISSED + 1) * interval * (1 + SPREAD)
        return None if quick or over or beat.last - beat.since < rules.beat_length else interval

    def under_lock(self, since: timedelta, now: timedelta, rules: Rules) -> None:
        """Keeps input of a locked session: it counts if the unlock follows soon."""
        if self.locked_last is None or since - self.locked_last > rules.unlock_follows:
            self.locked_first = since
        self.locked_last = now
        self.locked_out.take(now, rules.idle_limit)

    def unlocked(self, now: timedelta, rules: Rules) -> timedelta | None:
        """The lock ended; returns since when the input under it counts, or None."""
        first, last, self.locked_first, self.locked_last = self.locked_first, self.locked_last, None, None
        self.locked_out.stop()
        if first is None or last is None or now - last > rules.unlock_follows:
            return None
        return max(first, now - rules.unlock_follows)


@dataclass(slots=True)
class Silence:
    """What is known of the time since the last real input. All times on the steady clock."""

    absence: timedelta | None = None  # when the first lock or sleep of a minute or more began
    covered: dict[Evidence, timedelta] = field(default_factory=dict)  # for how long each evidence covered it

    def cover(self, held: Iterable[Evidence], length: timedelta) -> None:
        """Evidence covered so much more of it."""
        for evidence in held:
            self.covered[evidence] = self.covered.get(evidence, ZERO) + length

    def absent(self, stretch: Stretch, now: timedelta, rules: Rules) -> None:
        """A lock or a sleep ended, or goes on until `now`."""
        end = now if stretch.end is None else stretch.end
        if stretch.what in ABSENT and end - stretch.start >= rules.strong_length:
            self.absence = stretch.start if self.absence is None else min(self.absence, stretch.start)

    def ended(self, start: Instant, now: timedelta, motion: bool) -> Quiet | None:
        """The fact of a silence from the last input `start` to the one at `now`; None for less than a minute."""
        length = now - start.elapsed
        if length < LEAST_SILENCE:
            return None
        held = frozenset(evidence for evidence, covered in self.covered.items() if covered > length / 2)
        within = self.absence is not None and ZERO <= self.absence - start.elapsed <= length
        absence = self.absence - start.elapsed if self.absence is not None and within else None
        return Quiet(start, length, absence, held, motion)
