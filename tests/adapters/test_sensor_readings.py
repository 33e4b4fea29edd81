"""What the messages of a seat and a desk say: numbers, words, JSON; and what makes no sense (spec 1.1)."""

from __future__ import annotations

import pytest

from sitbreak.adapters.room_sensors import SenselessReading, says, value_of
from sitbreak.core.events import Sensor
from sitbreak.settings.kinds import NotAllowed
from sitbreak.settings.room import PLACE, BusProperty, MqttTopic, place_of

SEAT, DESK = Sensor.SEAT, Sensor.DESK
DEEP = b"[" * 4000


@pytest.mark.parametrize(
    ("payload", "field", "sensor", "expected"),
    [
        (b"110", "", DESK, True),
        (b" 72.5 cm\n", "", DESK, False),
        (b"95", "", DESK, False),  # standing is above it
        (b'{"height": "110.4"}', "", DESK, True),
        (b'{"a": {"now": 70}}', "a.now", DESK, False),
        (b'{"battery": 7, "occupancy": true}', "", SEAT, True),
        (b'{"seat": "Empty"}', "seat", SEAT, False),
        (b"ON", "", SEAT, True),
        (b"clear", "", SEAT, False),
        (b"false", "", SEAT, False),
        (b"1", "", SEAT, True),
        (b"unavailable", "", SEAT, None),
        (b"unknown", "", DESK, None),
        (b'{"height": null}', "", DESK, None),
        (b"", "", SEAT, None),
    ],
)
def test_what_is_said(payload: bytes, field: str, sensor: Sensor, expected: bool | None) -> None:
    """A number or a word, alone or in a field; "unavailable" and its like say that nothing is known."""
    assert says(value_of(payload, sensor, field), sensor, 95.0) is expected


@pytest.mark.parametrize(
    ("payload", "field", "sensor"),
    [
        (b"tall", "", DESK),
        (b"nan", "", DESK),
        (b"inf", "", DESK),
        (b"1e400", "", DESK),
        (b"0", "", DESK),
        (b"1100", "", DESK),  # millimetres
        (b"true", "", DESK),
        (b"2", "", SEAT),
        (b"[1]", "", SEAT),
        (b"\xff\xfe\x00", "", SEAT),
        (DEEP, "", SEAT),
        (b'{"height": {"cm": 110}}', "", DESK),
        (b'{"battery": 7}', "", SEAT),
        (b'{"a": 1}', "a.b", SEAT),
        (b"on", "state", SEAT),
    ],
)
def test_what_makes_no_sense_is_said_so(payload: bytes, field: str, sensor: Sensor) -> None:
    """Nothing is guessed, and the sentence stays short."""
    with pytest.raises(SenselessReading) as error:
        says(value_of(payload, sensor, field), sensor, 95.0)
    assert len(str(error.value)) < 100


def test_where_a_sensor_is_read() -> None:
    """A topic, with a field or none, or a property of a service on one of the two buses."""
    assert place_of("") is None
    assert place_of("zigbee2mqtt/chair") == MqttTopic("zigbee2mqtt/chair")
    assert place_of("zigbee2mqtt/chair occupancy") == MqttTopic("zigbee2mqtt/chair", "occupancy")
    assert place_of("'zigbee2mqtt/my chair' occupancy") == MqttTopic("zigbee2mqtt/my chair", "occupancy")
    assert place_of("'zigbee2mqtt/my chair'") == MqttTopic("zigbee2mqtt/my chair")
    assert place_of("system org.example.Desk /org/example/Desk org.example.Desk.Height") == BusProperty(
        "system", "org.example.Desk", "/org/example/Desk", "org.example.Desk", "Height"
    )


@pytest.mark.parametrize(
    "text", ["desk/+/height", "desk/#", "a b c", " desk", "'a b", "'a/#' b", "session org.example.Desk", "a\nb"]
)
def test_a_place_that_is_none_is_refused(text: str) -> None:
    """Topics for many, half a property, and what no line holds."""
    with pytest.raises(NotAllowed):
        PLACE.read(text)
