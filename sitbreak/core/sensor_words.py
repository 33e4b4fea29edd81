"""What the sensors of the room said last, and whether that counts: their word, how they lose and regain it (1.1).

All moments lie on the steady clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from sitbreak.core.timeline import ZERO


class Distrust(StrEnum):
    """Why a sensor lost its word."""

    SILENT = "silent"  # it cannot be heard, or has said the same for hours without a new reading
    TYPED = "typed"  # it says empty while somebody types
    NOBODY = "nobody"  # it says occupied while nobody types for an hour and a half
    DENIED = "denied"  # the person says otherwise
    RESTLESS = "restless"  # it says something else all the time


MOST_CHANGES, WITHIN = 20, timedelta(minutes=1)  # of a sensor that knows what it says


@dataclass(slots=True)
class SensorWord:
    """One sensor. `says`: occupied, or raised; None: nothing, or nothing any more. `word`: whether that counts."""

    says: bool | None = None
    at: timedelta = ZERO  # its last reading
    word: bool = False
    doubt: Distrust | None = None
    stale: bool = False  # what it says was contradicted: it has to say something else first
    typed: timedelta | None = None  # since when somebody types though it says empty
    unheard: timedelta | None = None  # since when nobody listened
    counted: timedelta | None = None  # since when its changes are counted
    changes: int = 0

    @property
    def on(self) -> bool:
        """Whether it says occupied or raised, and that counts."""
        return self.word and self.says is True

    def read(self, on: bool, now: timedelta) -> bool:
        """Takes a reading; returns whether it is another one than before."""
        former, self.says, self.at = self.says, on, now
        changed = on is not former
        if (changed and former is not None) or self.doubt is Distrust.SILENT:
            self.stale = False
        self.typed = None if changed else self.typed
        if self.counted is None or now - self.counted > WITHIN:
            goes_on = self.restless and self.counted is not None and now - self.counted <= 2 * WITHIN
            self.counted, self.changes = now, MOST_CHANGES if goes_on else 0
        self.changes += changed
        return changed

    @property
    def restless(self) -> bool:
        """Whether it changes so often that it knows nothing; over after two minutes with fewer changes."""
        return self.changes > MOST_CHANGES

    def listened(self, now: timedelta, most: timedelta) -> None:
        """Somebody listens again; when nobody did for `most`, its word begins anew."""
        if self.unheard is not None and now - self.unheard >= most:
            self.word = False
        self.unheard = None

    def unlistened(self, now: timedelta) -> None:
        """Nobody listens from here on: what it says meanwhile is not known."""
        self.typed = None
        self.unheard = now if self.unheard is None else self.unheard

    def agrees(self) -> bool:
        """It gains its word; returns whether that had been doubted."""
        doubted, self.word, self.doubt = self.doubt is not None, True, None
        return doubted

    def loses(self, why: Distrust, stale: bool) -> None:
        """It loses its word."""
        self.word, self.typed, self.doubt, self.stale = False, None, why, stale

    def forget(self) -> None:
        """It was never heard."""
        self.says, self.word, self.doubt, self.stale = None, False, None, False
        self.typed = self.unheard = None


@dataclass(slots=True)
class RoomState:
    """The sensors of the room."""

    seat: SensorWord = field(default_factory=SensorWord)
    desk: SensorWord = field(default_factory=SensorWord)
