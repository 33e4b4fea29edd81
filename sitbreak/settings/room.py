"""The sensors of the room: where each is read, and from which height on a desk is raised."""

from __future__ import annotations

import re
from typing import Literal

from sitbreak.core.frozen import frozen
from sitbreak.language import N_
from sitbreak.settings.kinds import Number, TextKind, setting

_PROPERTY = r"(session|system)\x20([\w.:-]+)\x20(/[\w/]*)\x20([\w.]+)\.(\w+)"
_NAME = r"'([^'+#\x00-\x1f]{1,200})'|([^\s'+#\x00-\x1f]{1,200})"
_TOPIC = rf"(?!(?:session|system)(?:\x20|$))(?:{_NAME})(?:\x20([^\s\x00-\x1f]{{1,60}}))?"
PLACE = TextKind(
    N_(
        'an MQTT topic such as "zigbee2mqtt/chair", with a field where its messages have several ("zigbee2mqtt/chair '
        'occupancy"), in single quotes where it has blanks ("\'zigbee2mqtt/my chair\' occupancy"), and never with + or '
        '#; or a property such as "session org.example.Desk /org/example/Desk org.example.Desk.Height"; '
        '"" for none'
    ),
    rf"|{_PROPERTY}|{_TOPIC}",
)


@frozen
class BusProperty:
    """A property of an object on a bus."""

    bus: Literal["session", "system"]
    service: str
    path: str
    interface: str
    name: str


@frozen
class MqttTopic:
    """A topic at the MQTT broker of the settings; `field` of its JSON, empty: the usual one, or no JSON at all."""

    topic: str
    field: str = ""


Place = BusProperty | MqttTopic


def place_of(text: str) -> Place | None:
    """Where a sensor is read, as the settings say it; None for none."""
    if found := re.fullmatch(_PROPERTY, text):
        bus, service, path, interface, name = found.groups()
        return BusProperty("system" if bus == "system" else "session", service, path, interface, name)
    if found := re.fullmatch(_TOPIC, text):
        return MqttTopic(found[1] or found[2], found[3] or "")
    return None


@frozen
class Sensors:
    """What the room knows: a desk and a seat that tell (docs/together.md). Both are off unless you name them."""

    desk_height: str = setting(
        "",
        PLACE,
        N_("Where its height is told, in cm: an MQTT topic or a D-Bus property. Left empty: nowhere."),
    )
    standing_above_cm: float = setting(95.0, Number(40, 200), "")
    seat: str = setting(
        "",
        PLACE,
        N_("Where a seat pad or a presence sensor tells occupied or empty; it counts for more than the keyboard."),
    )
