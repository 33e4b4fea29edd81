"""Pointer motion is input only when it goes on: a desk bumped once a minute is not work (spec 1.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(slots=True)
class MotionFilter:
    """Remembers motion that nothing has confirmed yet."""

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
