"""The plan of a synthetic day: when its person sits, is called, eats and gets up."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from random import Random

from tests.synthetic import guess

TRIES = 50  # to find a place for a meeting on a full day
QUARTER = 15 * 60


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the day in seconds since it began. `locked`: the screen is locked when it ends (for a sitting)."""

    start: int
    end: int
    locked: bool = False

    @property
    def length(self) -> int:
        """In seconds."""
        return self.end - self.start

    def meets(self, other: Stretch) -> bool:
        """Whether the two have a moment in common, or touch."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Plan:
    """What truly happens, beside which the books can be held. `begin`: local seconds after midnight."""

    begin: int
    end: int
    sittings: tuple[Stretch, ...]
    calls: tuple[Stretch, ...]
    absences: tuple[Stretch, ...]  # lunch, and meetings elsewhere

    def at_desk(self, moment: float) -> bool:
        """Whether the person sits at the desk then, as long as no prompt makes them get up."""
        return _inside(self.sittings, moment)

    def in_call(self, moment: float) -> bool:
        """Whether a call is on."""
        return _inside(self.calls, moment)


def plan(draw: Random) -> Plan:
    """Draws a day. Calls are taken sitting down to their end; lunch and meetings elsewhere end a sitting."""
    begin = int(guess.around(draw, guess.BEGIN))
    end = int(guess.around(draw, guess.END)) - begin
    lunch = int(guess.around(draw, guess.LUNCH)) - begin
    absences = [Stretch(lunch, lunch + int(guess.around(draw, guess.LUNCH_LENGTH)))]
    calls: list[Stretch] = []
    for _ in range(guess.meetings(draw)):
        call, length = draw.random() < guess.CALL_SHARE, int(guess.meeting_length(draw))
        place = _place(draw, begin, end, length, [*absences, *calls])
        if place is not None:
            (calls if call else absences).append(place)
    absences.sort(key=_start)
    calls.sort(key=_start)
    return Plan(begin, end, tuple(_sittings(draw, end, absences, calls)), tuple(calls), tuple(absences))


def _start(stretch: Stretch) -> int:
    return stretch.start


def _inside(stretches: tuple[Stretch, ...], moment: float) -> bool:
    index = bisect_right(stretches, moment, key=_start) - 1
    return index >= 0 and moment <= stretches[index].end


def _place(draw: Random, begin: int, end: int, length: int, taken: list[Stretch]) -> Stretch | None:
    """A free place for a meeting, beginning on a quarter of an hour; None on a day too full for it."""
    for _ in range(TRIES):
        clock = draw.randrange(begin // QUARTER + 1, (begin + end - length) // QUARTER + 1) * QUARTER
        found = Stretch(clock - begin, clock - begin + length)
        if found.end < end and not any(found.meets(other) for other in taken):
            return found
    return None


def _sittings(draw: Random, end: int, absences: list[Stretch], calls: list[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    now = 0
    while now < end:
        stop = now + max(1, int(guess.bout(draw)))
        stop = next((c.end for c in calls if c.start <= stop < c.end), stop)
        leave = next((a for a in absences if a.end > now), None)
        if leave is not None and stop >= leave.start:
            stop, back = max(now, leave.start), leave.end
        elif stop >= end:
            stop, back = end, end
        else:
            back = _back(stop, stop + int(guess.stand_up(draw)), calls)
        if stop > now:
            found.append(Stretch(now, stop, stop < end and guess.locks(draw, back - stop)))
        now = back
    return found


def _back(stop: int, back: int, calls: list[Stretch]) -> int:
    """Back from a natural stand-up, in time for a call."""
    call = next((c for c in calls if stop < c.start < back), None)
    return back if call is None else max(call.start, stop + int(guess.UP_LEAST))
