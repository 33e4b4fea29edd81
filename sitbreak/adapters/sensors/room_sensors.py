"""Listens to the sensors that the settings name, and posts what they say: each change, and now and then the same."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol

from sitbreak.adapters.bus import (
    PROPERTIES,
    BusError,
    BusThread,
    again_and_again,
    owned,
    property_of,
    watch_service,
)
from sitbreak.adapters.choose import AGAIN_S
from sitbreak.adapters.sensors.reading import SILENT, SenselessReading, says, value_of
from sitbreak.core.events import Sensor, SensorDropped, SensorRead
from sitbreak.core.text import printable
from sitbreak.core.timeline import Instant
from sitbreak.language import N_, _, clause
from sitbreak.ports import Post
from sitbreak.settings.room import BusProperty, MqttTopic, Place, Sensors, place_of

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus

ANSWER_S = 5.0
ASKED_AGAIN_S = 600.0  # a property that did not change is as good as new while its service answers
SAME_AGAIN = timedelta(minutes=1)  # the same said again sooner is not posted
SLACK_CM = 3.0  # a raised desk is lowered only so far below its limit: measured heights tremble
UNAVAILABLE = N_("it says that it is not available")
UNHEARD = {
    Sensor.SEAT: N_("The seat sensor is not heard: {why}."),
    Sensor.DESK: N_("The desk sensor is not heard: {why}."),
}


class Topics(Protocol):
    """What hears an MQTT broker."""

    def subscribe(
        self, topic: str, take: Callable[[SensorMessage], None], *, lost: Callable[[], None]
    ) -> Callable[[], None]:
        """Has `take` called with each message, `lost` when none can be heard any more; returns what ends it."""
        ...


class SensorMessage(Protocol):
    """What is told under a topic."""

    @property
    def payload(self) -> bytes:
        """It, as it was sent."""
        ...


def last_wills(topic: str) -> Sequence[str]:
    """Where it is told whether a sensor under this topic is reached, as Zigbee2MQTT and ESPHome tell it."""
    prefix = re.fullmatch(r"(.+)/(?:binary_sensor|sensor|number)/[^/]+/state", topic)
    return [f"{topic}/availability", *([f"{prefix[1]}/status"] if prefix else [])]


def _nothing() -> None:
    pass


def _all(ends: Sequence[Callable[[], None]]) -> None:
    for end in ends:
        end()


class RoomSensors:
    """The seat and the desk. `post` is called from other threads; every method returns at once."""

    def __init__(
        self, bus: BusThread, topics: Topics, post: Post, now: Callable[[], Instant], again_s: Sequence[float] = AGAIN_S
    ) -> None:
        self._bus, self._topics, self._post, self._now, self._again_s = bus, topics, post, now, again_s
        self._listening: dict[Sensor, Listening] = {}
        self._used: Sensors | None = None

    def use(self, settings: Sensors) -> None:
        """From now on these; a sensor that is not named any more is forgotten."""
        if settings == self._used:
            return
        self._used = settings
        self.close()
        for sensor, text in {Sensor.SEAT: settings.seat, Sensor.DESK: settings.desk_height}.items():
            place = place_of(text)
            if place is None:
                self._post(SensorDropped(sensor))
                continue
            listening = Listening(sensor, settings.standing_above_cm, self._post, self._now)
            self._listening[sensor] = listening
            listening.end = self._listen(place, listening)

    @property
    def troubles(self) -> Mapping[Sensor, str]:
        """Why a sensor cannot be heard now, in a sentence for people; those that are heard are not in it."""
        return {sensor: _(UNHEARD[sensor], why=why) for sensor, each in self._listening.items() if (why := each.why)}

    def close(self) -> None:
        """Listens no more."""
        for each in self._listening.values():
            each.mute()
        self._listening = {}

    def _listen(self, place: Place, listening: Listening) -> Callable[[], None]:
        if isinstance(place, MqttTopic):
            listening.why = _("nothing came under {topic} yet", topic=place.topic)
            take = partial(listening.take, field=place.field)
            lost = partial(listening.silent, _("the MQTT broker is not reached"))
            ends = [self._topics.subscribe(place.topic, take, lost=lost)]
            ends += [self._topics.subscribe(each, listening.reached, lost=_nothing) for each in last_wills(place.topic)]
            return partial(_all, ends)
        watching = _Watching(place, listening, self._bus, self._again_s)
        try:
            task = self._bus.spawn(again_and_again(watching.watch, watching.ended, self._again_s))
        except BusError as failure:  # the daemon is closing
            listening.silent(str(failure))
            return lambda: None

        def end() -> None:
            task.cancel()

        return end


class Listening:
    """One sensor: what it said last, and why it is not heard now (`why`; empty: it is)."""

    def __init__(self, sensor: Sensor, above_cm: float, post: Post, now: Callable[[], Instant]) -> None:
        self.sensor, self.why = sensor, ""
        self.end: Callable[[], None] = lambda: None
        self._above_cm, self._post, self._now = above_cm, post, now
        self._said: SensorRead | None = None
        self._at = timedelta()
        self._gone = False  # what it said last counts once it is back
        self._value: object = None

    def mute(self) -> None:
        """Ends; what still comes is not posted."""
        self._post = lambda event: None
        self.end()

    def take(self, message: SensorMessage, field: str) -> None:
        """A message of its topic."""
        try:
            self.heard(value_of(message.payload, self.sensor, field))
        except SenselessReading as error:
            self.silent(str(error))

    def reached(self, message: SensorMessage) -> None:
        """Whoever passes on what it says tells whether it is there."""
        try:
            word = str(value_of(message.payload, self.sensor, "")).casefold()
        except SenselessReading:
            return
        self._gone, before = word in SILENT, self._gone
        if self._gone:
            self.silent(_(UNAVAILABLE))
        elif before and self._value is not None:
            self.heard(self._value)

    def heard(self, value: object) -> None:
        """It says this."""
        self._value = value
        if self._gone:
            return
        try:
            on = says(value, self.sensor, self._above_cm - (SLACK_CM if self._said and self._said.on else 0.0))
        except SenselessReading as error:
            self.silent(str(error))
            return
        self.why = _(UNAVAILABLE) if on is None else ""
        self._tell(on)

    def silent(self, why: str) -> None:
        """Nothing of it can be heard now."""
        self.why = clause(printable(why))
        self._tell(None)

    def _tell(self, on: bool | None) -> None:
        read, now = SensorRead(self.sensor, on), self._now().elapsed
        if read == self._said and now - self._at < SAME_AGAIN:
            return
        self._said, self._at = read, now
        self._post(read)


class _Watching:
    """A property on a bus, asked for whenever its service says that properties changed."""

    def __init__(self, place: BusProperty, listening: Listening, bus: BusThread, again_s: Sequence[float]) -> None:
        self._place, self._listening, self._bus, self._again_s = place, listening, bus, again_s

    async def watch(self) -> None:
        """Runs until the connection ends."""
        place = self._place
        bus = await (self._bus.session() if place.bus == "session" else self._bus.system())
        rule = f"path='{place.path}',interface='{PROPERTIES}',member='PropertiesChanged',arg0='{place.interface}'"
        ask = partial(self._ask, bus)
        await watch_service(bus, place.service, [rule], ask, again_s=self._again_s, at_least_s=lambda: ASKED_AGAIN_S)

    def ended(self, failure: BaseException | None) -> bool:
        """The connection ended; whether the sensor had been heard."""
        worked = not self._listening.why
        self._listening.silent(str(failure))
        return worked

    async def _ask(self, bus: MessageBus) -> bool:
        place, listening = self._place, self._listening
        try:
            if not await owned(bus, place.service):
                listening.silent(_("{service} is not running", service=place.service))
                return True
            asked = property_of(bus, place.service, place.path, place.interface, place.name)
            listening.heard(await asyncio.wait_for(asked, ANSWER_S))
        except TimeoutError:
            listening.silent(_("{service} does not answer", service=place.service))
            return False
        except BusError as failure:
            listening.silent(str(failure))
            return False
        return True
