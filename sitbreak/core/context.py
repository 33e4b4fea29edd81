"""What goes on around the person, and what of it holds a prompt back: signals, a pause, working hours (spec 2.1.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from sitbreak.core.booking import Booking
from sitbreak.core.events import (
    Declared,
    PauseRequested,
    ResumeRequested,
    RulesChanged,
    SaidElsewhere,
    Signal,
    SignalChanged,
    Started,
    Woke,
)
from sitbreak.core.frozen import frozen
from sitbreak.core.prompt_states import Hold
from sitbreak.core.records import Evidence
from sitbreak.core.shared_state import Common, Told
from sitbreak.core.timeline import Instant, next_boundary

_PLAIN = {
    Signal.SHARING: Hold.SHARING,
    Signal.DND: Hold.DND,
    Signal.MEETING: Hold.MEETING,
    Signal.OFF_HOURS: Hold.OFF_HOURS,
    Signal.QUIET_APP: Hold.QUIET_APP,
}


@frozen
class Surroundings:
    """What the prompt and the questions need to know of the present. Steady-clock times."""

    now: timedelta
    last_input: timedelta
    evidence: bool  # presence evidence counts
    holds: frozenset[Hold]
    here: bool = True  # at this device, as far as is known: no input elsewhere since, no empty seat


class Context:
    """The subject that knows what goes on around the person. Says nothing; the prompt looks at `around`."""

    def __init__(self, common: Common, booking: Booking) -> None:
        self._common = common
        self._booking = booking
        self.wall_clock(common.memory.seen.elapsed)

    def handle(self, event: Told, now: timedelta) -> None:
        """See Subject."""
        context = self._common.memory.context
        match event:
            case SignalChanged(signal, on, holder):
                context.turn(signal, on, now, holder)
            case Declared(signal, on, until):
                context.turn(signal, on, now)
                if signal is Signal.MEETING:
                    context.meeting_until = until.elapsed if on and until else None
            case PauseRequested() | ResumeRequested():
                self._said(event, now, now)
            case SaidElsewhere(PauseRequested() | ResumeRequested() as said, at) if self._is_later(at.elapsed):
                self._said(said, at.elapsed, now)
            case RulesChanged() | Woke() | Started():
                self.wall_clock(now)

    def deadline(self) -> timedelta | None:
        """See Subject: the end of the pause or the meeting, a change of the working hours."""
        memory, context = self._common.memory, self._common.memory.context
        ends = (context.paused_until if context.paused else None, context.meeting_until, memory.hours_change)
        return min((end for end in ends if end is not None), default=None)

    def expire(self, now: timedelta) -> None:
        """See Subject."""
        memory, context = self._common.memory, self._common.memory.context
        if memory.hours_change is not None and now >= memory.hours_change:
            self.wall_clock(now)
        if context.paused_until is not None and now >= context.paused_until:
            self._resume()
        if context.meeting_until is not None and now >= context.meeting_until:
            context.meeting_until = None
            self._common.tell(SignalChanged(Signal.MEETING, False), now)

    def _is_later(self, at: timedelta) -> bool:
        """Whether a word of another device is the last one; it may come more than once, and in any order."""
        said = self._common.memory.context.pause_said
        return said is None or at > said

    def _said(self, said: PauseRequested | ResumeRequested, at: timedelta, now: timedelta) -> None:
        context = self._common.memory.context
        context.pause_said = at if context.pause_said is None else max(at, context.pause_said)
        if isinstance(said, PauseRequested):
            self._pause(said, at, now)
        else:
            self._resume()

    def _pause(self, pause: PauseRequested, since: timedelta, now: timedelta) -> None:
        """It began at `since`; one that is over by now is none."""
        context, length = self._common.memory.context, pause.length
        if length is not None and since + length <= now:
            return
        context.paused, context.paused_until = True, None if length is None else since + length
        context.paused_day = self._common.day(since) if pause.tomorrow else None
        self.wall_clock(now)

    def _resume(self) -> None:
        context = self._common.memory.context
        context.paused, context.paused_until, context.paused_day = False, None, None

    def wall_clock(self, now: timedelta) -> None:
        """Finds anew what goes by the wall clock: the working hours' hold, when it changes, a pause until tomorrow."""
        hours, context = self._common.rules.working_hours, self._common.memory.context
        at, start = self._common.wall_map.at(now), self._common.rules.day_start
        context.turn(Signal.OFF_HOURS, bool(hours and not within(hours, at.local)), now)
        change = next_change(hours, at) if hours else None
        self._common.memory.hours_change = None if change is None else now + (change - at.utc)
        if context.paused_day is not None:
            over = at.day(start) != context.paused_day
            context.paused_until = now if over else now + (next_boundary(at, start) - at.utc)

    def around(self, now: timedelta) -> Surroundings:
        """What the prompt needs to know of the present; a call holds only while it counts as evidence (1.1)."""
        context, evidence = self._common.memory.context, self._booking.counting(now)
        holds = {hold for signal, hold in _PLAIN.items() if signal in context.signals}
        if Signal.CALL in context.signals and Evidence.CALL in evidence:
            holds.add(Hold.CALL)
        if Signal.PRESENTING in context.signals or {Signal.FULLSCREEN, Signal.MEDIA} <= context.signals.keys():
            holds.add(Hold.PRESENTATION)
        if self._common.memory.presence.open(Evidence.LOCK):
            holds.add(Hold.LOCK)
        if context.paused:
            holds.add(Hold.PAUSE)
        last, elsewhere = self._common.memory.presence.last_input, self._common.memory.elsewhere
        here = (elsewhere is None or last >= elsewhere) and not self._common.memory.presence.open(Evidence.SEAT)
        return Surroundings(now, last, bool(evidence), frozenset(holds), here)

    def muted(self) -> bool:
        """Full screen alone only mutes a prompt; so does do-not-disturb once it may hold it no longer."""
        return bool({Signal.FULLSCREEN, Signal.PRESENTING, Signal.DND} & self._common.memory.context.signals.keys())


# -- working hours: ranges of local wall-clock time, several a weekday

# Weekday (0 is Monday) -> ranges; an end at or before its start is on the next day, so equal ones span 24 hours.
Hours = Mapping[int, tuple[tuple[time, time], ...]]

# The week ahead, and a day more for a range that today is already over.
DAYS_AHEAD = 8


def within(hours: Hours, local: datetime) -> bool:
    """Whether the wall-clock reading `local` falls in one of the ranges; a start is in, an end is out.

    Without any range the answer is no: that no hours were set is for the caller to know.
    """
    reading = local.replace(tzinfo=None, fold=0)
    yesterday = reading.date() - timedelta(days=1)
    return any(start <= reading < end for start, end in _ranges(hours, yesterday, 2))


def next_change(hours: Hours, instant: Instant) -> datetime | None:
    """The first moment after `instant`, in UTC, at which `within` changes in the instant's zone; None if it never does.

    A reading that a DST gap leaves out is taken at the first moment after the gap, as `within` sees it.
    """
    yesterday = instant.local.date() - timedelta(days=1)
    readings = {reading for pair in _ranges(hours, yesterday, DAYS_AHEAD + 1) for reading in pair}
    present = within(hours, instant.local)
    for moment in sorted({moment for reading in readings for moment in _moments(reading, instant)}):
        if moment > instant.utc and within(hours, moment.astimezone(instant.zone)) != present:
            return moment
    return None


def _moments(reading: datetime, instant: Instant) -> Iterator[datetime]:
    """When the wall clock shows `reading` or steps over it, in UTC: two moments in a DST fold, else one."""
    first, second = (reading.replace(tzinfo=instant.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(instant.zone).replace(tzinfo=None) == reading:
        yield from (first, second)
        # In a fold the clock is set back from after the reading to before it: a change may lie at that step too.
        if first != second:
            yield _step(first, second, instant)
    else:
        yield _step(second, first, instant)


def _step(before: datetime, after: datetime, instant: Instant) -> datetime:
    """The first moment, to the second, between two UTC moments from which the zone's offset is that of `after`."""
    target = after.astimezone(instant.zone).utcoffset()
    low, high = before, after
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if middle.astimezone(instant.zone).utcoffset() == target:
            high = middle
        else:
            low = middle
    return high


def _ranges(hours: Hours, first: date, count: int) -> Iterator[tuple[datetime, datetime]]:
    """The ranges that begin on `count` days from `first`, as readings of the wall clock."""
    for day in (first + timedelta(days=offset) for offset in range(count)):
        for start, end in hours.get(day.weekday(), ()):
            last = day if end > start else day + timedelta(days=1)
            yield datetime.combine(day, start), datetime.combine(last, end)
