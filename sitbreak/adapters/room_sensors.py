"""The sensors of the room, a seat and a desk, read from a D-Bus property or an MQTT topic.

Their messages say a number or a word, alone or in a field of JSON; each change is posted, and now and then the same.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

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
from sitbreak.core.event_messages import is_number
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


OCCUPIED = frozenset({"occupied", "on", "true", "yes", "1", "detected", "present", "home"})
EMPTY = frozenset({"empty", "off", "false", "no", "0", "clear", "absent", "not_home", "vacant", "free"})
SILENT = frozenset({"unavailable", "unknown", "offline", "none", "null", ""})
# The fields that such messages usually have.
FIELDS = {Sensor.SEAT: ("occupancy", "presence", "occupied", "state"), Sensor.DESK: ("height", "state")}
MOST_CM = 300.0
SHOWN = 40  # characters of what was not understood
NOT_UNDERSTOOD = {
    Sensor.SEAT: N_("{said} is neither occupied nor empty"),
    Sensor.DESK: N_("{said} is no height in cm"),
}


class SenselessReading(ValueError):
    """A message makes no sense; the text says why, for people."""


def value_of(payload: bytes, sensor: Sensor, field: str) -> object:
    """The value in a message: of a field of its JSON (dots go deeper), of the usual field, or the message itself.

    Raises SenselessReading.
    """
    text = payload.decode(errors="replace").strip()
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        value = text
    if not isinstance(value, dict):
        if field:
            raise SenselessReading(_("it has no field {field}", field=field))
        return value
    usual = (name for name in FIELDS[sensor] if name in value)
    wanted = field or next(usual, FIELDS[sensor][0])
    for name in wanted.split("."):
        if not isinstance(value, dict) or name not in value:
            raise SenselessReading(_("it has no field {field}", field=wanted))
        value = value[name]
    return value


def says(value: object, sensor: Sensor, above_cm: float) -> bool | None:
    """Occupied, or higher than `above_cm`; None: it says that it cannot be heard. Raises SenselessReading."""
    word = "" if value is None else str(value).strip().casefold()
    if word in SILENT:
        return None
    read: Callable[[str], bool | None] = _occupied if sensor is Sensor.SEAT else lambda text: _above(text, above_cm)
    found = read(word)
    if found is None:
        raise SenselessReading(_(NOT_UNDERSTOOD[sensor], said=repr(str(value)[:SHOWN])))
    return found


def _occupied(word: str) -> bool | None:
    return True if word in OCCUPIED else False if word in EMPTY else None


def _above(word: str, above_cm: float) -> bool | None:
    try:
        height = float(word.removesuffix("cm").strip())
    except ValueError:
        return None
    return height > above_cm if is_number(height) and 0 < height <= MOST_CM else None
