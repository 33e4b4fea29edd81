"""What holds a prompt back, what only mutes it, and what may hold it for a limited time (spec 2.1.5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from sitbreak.core.events import Signal


class Hold(StrEnum):
    """A reason to keep a prompt back."""

    CALL = "call"
    SHARING = "sharing"
    PRESENTATION = "presentation"
    DND = "dnd"
    MEETING = "meeting"
    LOCK = "lock"
    OFF_HOURS = "off_hours"
    PAUSE = "pause"
    QUIET_APP = "quiet_app"


LIMITED = frozenset({Hold.PRESENTATION, Hold.DND})

_PLAIN = {
    Signal.SHARING: Hold.SHARING,
    Signal.DND: Hold.DND,
    Signal.MEETING: Hold.MEETING,
    Signal.OFF_HOURS: Hold.OFF_HOURS,
    Signal.QUIET_APP: Hold.QUIET_APP,
}


@dataclass(slots=True)
class Context:
    """The signals that are on, with the app behind each, and the pause."""

    signals: dict[Signal, str] = field(default_factory=dict)
    paused: bool = False
    paused_until: timedelta | None = None
    paused_day: date | None = None  # the pause ends with this logical day, whatever becomes of the wall clock
    meeting_until: timedelta | None = None
    since: dict[Signal, timedelta] = field(default_factory=dict)

    def turn(self, signal: Signal, on: bool, now: timedelta, holder: str = "") -> None:
        """Notes that a signal went on or off."""
        if on:
            self.signals[signal] = holder
            self.since.setdefault(signal, now)
        else:
            self.signals.pop(signal, None)
            self.since.pop(signal, None)

    def pause(self, until: timedelta | None = None, day: date | None = None) -> None:
        """No prompts until `until`, until the end of `day`, or until `resume`."""
        self.paused, self.paused_until, self.paused_day = True, until, day

    def resume(self) -> None:
        """Ends a pause."""
        self.paused, self.paused_until, self.paused_day = False, None, None

    def holds(self, call_counts: bool, locked: bool) -> frozenset[Hold]:
        """What holds a prompt now; a call holds only while it counts as evidence (1.1)."""
        found = {hold for signal, hold in _PLAIN.items() if signal in self.signals}
        if Signal.CALL in self.signals and call_counts:
            found.add(Hold.CALL)
        if Signal.PRESENTING in self.signals or {Signal.FULLSCREEN, Signal.MEDIA} <= self.signals.keys():
            found.add(Hold.PRESENTATION)
        if locked:
            found.add(Hold.LOCK)
        if self.paused:
            found.add(Hold.PAUSE)
        return frozenset(found)

    def muted(self) -> bool:
        """Full screen alone only mutes a prompt; so does do-not-disturb once it may hold it no longer."""
        return bool({Signal.FULLSCREEN, Signal.PRESENTING, Signal.DND} & self.signals.keys())
