"""What the room knows: a seat and a desk that tell, for as long as their word counts (spec 1.1).

Presence is told what follows of it: evidence while the seat is occupied, an absence while it is empty, standing while
the desk is raised.
"""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core.booking import Booking
from sitbreak.core.effects import SensorDoubted
from sitbreak.core.events import Sensor, SensorDropped, SensorRead, Slept, StandingDeclared, Started, Stopped, Woke
from sitbreak.core.presence import Presence
from sitbreak.core.records import Evidence
from sitbreak.core.sensor_words import Distrust, SensorWord
from sitbreak.core.shared_state import Common, PresenceSeen, Told


class Room:
    """The subject of the sensors: it weighs what they say against what the person does."""

    def __init__(self, common: Common, booking: Booking, presence: Presence) -> None:
        self._common = common
        self._booking = booking
        self._presence = presence
        self._seat, self._desk = common.memory.room.seat, common.memory.room.desk

    def handle(self, event: Told, now: timedelta) -> None:
        """See Subject."""
        match event:
            case SensorRead(Sensor.SEAT, on):
                self._seat_says(on, now)
            case SensorRead(Sensor.DESK, on):
                self._desk_says(on, now)
            case SensorDropped(sensor):
                self._let_go(sensor, now)
                self._word(sensor).forget()
            case PresenceSeen(since=since) if since is not None:
                self._typed(since, now)
            case StandingDeclared(False) if self._desk.on:
                self._doubt(Sensor.DESK, Distrust.DENIED, now)
            case Slept() | Stopped():
                self._unheard(now)
            case Woke() | Started():
                self._awake(now)

    def deadline(self) -> timedelta | None:
        """See Subject: when a sensor loses its word if nothing else happens."""
        seat, rules = self._seat, self._common.rules
        ends = (
            seat.typed + rules.seat_contradicted if seat.typed is not None else None,
            self._booking.evidence_end(Evidence.SEAT) if self._presence.seated else None,
            self._desk.at + rules.capture_limit if self._desk.on else None,
        )
        return min((end for end in ends if end is not None), default=None)

    def expire(self, now: timedelta) -> None:
        """See Subject."""
        seat, rules, last_input = self._seat, self._common.rules, self._common.memory.presence.last_input
        if seat.typed is not None and now >= seat.typed + rules.seat_contradicted:
            seat.typed = None
            if now - last_input < rules.empty_chair:
                self._doubt(Sensor.SEAT, Distrust.TYPED, now)
        if self._presence.seated and now >= self._booking.evidence_end(Evidence.SEAT):
            unheard = now >= seat.at + rules.capture_limit
            self._doubt(Sensor.SEAT, Distrust.SILENT if unheard else Distrust.NOBODY, now)
        if self._desk.on and now >= self._desk.at + rules.capture_limit:
            self._doubt(Sensor.DESK, Distrust.SILENT, now)

    # -- the seat

    def _seat_says(self, on: bool | None, now: timedelta) -> None:
        seat = self._seat
        if on is None:
            self._silent(Sensor.SEAT, now)
            return
        seat.listened(now, self._common.rules.blind_length)
        was_empty = seat.says is False
        changed = seat.read(on, now)
        if self._restless(Sensor.SEAT, now):
            return
        if not on:
            if seat.word and changed:
                self._presence.seat_empties(now)
            return
        if seat.word and changed:
            self._presence.seat_taken(now, was_empty)
        elif seat.word:
            self._presence.seat_heard(now)
        elif now - self._common.memory.presence.last_input < self._common.rules.empty_chair:
            self._agrees(now)

    def _typed(self, since: timedelta, now: timedelta) -> None:
        """Real input: it agrees with an occupied seat; on an empty one somebody stands, or the sensor is wrong."""
        seat = self._seat
        if seat.says and not seat.word:
            self._agrees(now)
        elif seat.word and seat.says is False and seat.typed is None:
            self._presence.seat_unsure(now)
            seat.typed = None if self._common.memory.presence.standing else since

    def _agrees(self, now: timedelta) -> None:
        if self._seat.stale or self._seat.restless:
            return
        if self._seat.agrees():
            self._common.out.append(SensorDoubted(Sensor.SEAT, None))
        self._presence.seat_taken(now, False)

    # -- the desk

    def _desk_says(self, on: bool | None, now: timedelta) -> None:
        desk = self._desk
        if on is None:
            self._silent(Sensor.DESK, now)
            return
        desk.read(on, now)
        if desk.stale or self._restless(Sensor.DESK, now):
            return
        if desk.agrees():
            self._common.out.append(SensorDoubted(Sensor.DESK, None))
        self._presence.desk(on, now)

    # -- their word

    def _silent(self, sensor: Sensor, now: timedelta) -> None:
        """It cannot be heard any more; that says nothing of one that was never heard."""
        word = self._word(sensor)
        heard, word.says = word.says is not None, None
        if heard and word.doubt is None:
            self._doubt(sensor, Distrust.SILENT, now)

    def _doubt(self, sensor: Sensor, why: Distrust, now: timedelta) -> None:
        self._let_go(sensor, now)
        self._word(sensor).loses(why, stale=why is not Distrust.SILENT or self._word(sensor).says is not None)
        self._common.out.append(SensorDoubted(sensor, why))

    def _restless(self, sensor: Sensor, now: timedelta) -> bool:
        """Whether it changes too often to know anything; then it has no word."""
        if self._word(sensor).restless and self._word(sensor).word:
            self._doubt(sensor, Distrust.RESTLESS, now)
        return self._word(sensor).restless

    def _unheard(self, now: timedelta) -> None:
        """Nobody listens for a while: what the seat says then is not known. A desk stays as it is."""
        self._let_go(Sensor.SEAT, now)
        self._seat.unlistened(now)

    def _awake(self, now: timedelta) -> None:
        """Somebody listens again: it says what it said before, for some sensors tell only of changes."""
        says, self._seat.says = self._seat.says, None
        if says is not None:
            self._seat_says(says, now)

    def _let_go(self, sensor: Sensor, now: timedelta) -> None:
        """What follows of its word ends."""
        if not self._word(sensor).word:
            return
        if sensor is Sensor.DESK:
            self._presence.desk(False, now)
        else:
            self._presence.seat_unsure(now)

    def _word(self, sensor: Sensor) -> SensorWord:
        return self._seat if sensor is Sensor.SEAT else self._desk
