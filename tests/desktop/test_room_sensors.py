"""A seat and a desk on a real bus and at a real broker: what they say is posted, and who is not heard is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

import pytest
from dbus_fast import Variant

from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.mqtt import MqttClient, MqttMessage
from sitbreak.adapters.room_sensors import RoomSensors
from sitbreak.core.events import Event, Sensor, SensorDropped, SensorRead
from sitbreak.settings.room import Sensors
from tests.desktop.context_bus import MockedBus, mocked_bus
from tests.fakes.broker import Mosquitto
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("dbus-daemon", "dbusmock", "setpriv", "mosquitto")

NAME, PATH, DESK = "org.example.Desk", "/org/example/Desk", "org.example.Desk1"
SEAT = "house/chair"
UP, DOWN, UNHEARD = (SensorRead(Sensor.DESK, on) for on in (True, False, None))
TAKEN, EMPTY, LOST = (SensorRead(Sensor.SEAT, on) for on in (True, False, None))


@pytest.fixture(params=["session", "system"])
def world(request: pytest.FixtureRequest) -> Iterator[MockedBus]:
    """A bus of each kind."""
    kind: Literal["session", "system"] = request.param
    with mocked_bus(kind) as bus:
        yield bus


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    """A broker."""
    made = Mosquitto(tmp_path / "broker").start()
    yield made
    made.stop()


@pytest.fixture
def client(broker: Mosquitto) -> Iterator[MqttClient]:
    """A client of that broker, which tries again soon."""
    with closing(MqttClient(SystemClock().now, rest_s=0.1)) as made:
        made.use(broker.settings, "here", MqttMessage("house/here", b"offline"))
        yield made


class Heard:
    """What was posted by the sensors of a room."""

    def __init__(self, bus: MockedBus | None, client: MqttClient | None, settings: Sensors) -> None:
        self.events: list[Event] = []
        thread, topics = (bus.thread if bus else None), client
        self.sensors = RoomSensors(thread, topics, self.events.append, SystemClock().now, (0.1,))  # type: ignore[arg-type]
        self.sensors.use(settings)

    def wait_for(self, *wanted: Event) -> None:
        """Until these were posted, and nothing else."""
        wait_until(lambda: self.events == list(wanted), what=f"{wanted}; heard {self.events}")
        self.events.clear()


def test_a_desk_on_the_bus_is_heard(world: MockedBus) -> None:
    """Its height at first, each crossing of the limit, and its service's end and return."""
    settings = Sensors(desk_height=f"{world.kind} {NAME} {PATH} {DESK}.Height", standing_above_cm=100)
    room = Heard(world, None, settings)
    room.wait_for(SensorDropped(Sensor.SEAT), UNHEARD)
    assert "org.example.Desk is not running" in room.sensors.troubles[Sensor.DESK]
    with world.service(NAME, PATH, DESK) as desk:
        desk.properties(DESK, Height=Variant("d", 72.0))
        desk.change(DESK, Height=Variant("d", 72.5))
        wait_until(lambda: DOWN in room.events)
        assert room.sensors.troubles == {}
        desk.change(DESK, Height=Variant("d", 101.0))
        wait_until(lambda: UP in room.events)
        desk.change(DESK, Height=Variant("d", 9999.0))
        wait_until(lambda: "9999.0' is no height" in room.sensors.troubles.get(Sensor.DESK, ""))
        desk.change(DESK, Height=Variant("d", 80.0))
        wait_until(lambda: room.events[-1] == DOWN)
        room.events.clear()
    room.wait_for(UNHEARD)
    room.sensors.close()


def test_a_seat_at_the_broker_is_heard(broker: Mosquitto, client: MqttClient) -> None:
    """What was kept before, each change, what makes no sense, and the broker's end and return."""
    broker.publish(SEAT, '{"battery": 80, "occupancy": true}', "-r")
    room = Heard(None, client, Sensors(seat=SEAT))
    wait_until(lambda: TAKEN in room.events)
    room.events.clear()
    broker.publish(SEAT, '{"occupancy": false}', "-r")
    room.wait_for(EMPTY)
    broker.publish(SEAT, "sofa", "-r")
    room.wait_for(LOST)
    assert "'sofa' is neither occupied nor empty" in room.sensors.troubles[Sensor.SEAT]
    broker.publish(SEAT, "occupied", "-r")
    room.wait_for(TAKEN)
    broker.stop()
    room.wait_for(LOST)
    assert "the MQTT broker is not reached" in room.sensors.troubles[Sensor.SEAT]
    broker.start()
    room.wait_for(TAKEN)
    assert room.sensors.troubles == {}


@pytest.mark.parametrize(
    ("topic", "will", "gone", "back"),
    [
        ("zigbee2mqtt/my chair", "zigbee2mqtt/my chair/availability", '{"state":"offline"}', '{"state":"online"}'),
        ("zigbee2mqtt/chair", "zigbee2mqtt/chair/availability", "offline", "online"),
        ("office/binary_sensor/chair/state", "office/status", "offline", "online"),
    ],
)
def test_a_seat_that_dies_while_occupied_is_noticed_where_that_is_told(
    broker: Mosquitto, client: MqttClient, topic: str, will: str, gone: str, back: str
) -> None:
    """Zigbee2MQTT and ESPHome tell it beside the sensor; what it says meanwhile counts once it is back."""
    broker.publish(topic, "occupied", "-r")
    room = Heard(None, client, Sensors(seat=f"'{topic}'"))
    wait_until(lambda: TAKEN in room.events)
    room.events.clear()
    broker.publish(will, gone, "-r")
    room.wait_for(LOST)
    assert "not available" in room.sensors.troubles[Sensor.SEAT]
    broker.publish(topic, "empty", "-r")
    broker.publish(will, back, "-r")
    room.wait_for(EMPTY)
    assert room.sensors.troubles == {}


def test_what_is_not_named_any_more_is_dropped(broker: Mosquitto, client: MqttClient) -> None:
    """Nothing more is heard of it; the same settings again change nothing."""
    room = Heard(None, client, Sensors(seat=SEAT))
    broker.publish(SEAT, "occupied", "-r")
    wait_until(lambda: TAKEN in room.events)
    room.events.clear()
    room.sensors.use(Sensors(seat=SEAT))
    assert room.events == []
    room.sensors.use(Sensors())
    assert room.events == [SensorDropped(Sensor.SEAT), SensorDropped(Sensor.DESK)]
    broker.publish(SEAT, "empty", "-r")
    broker.publish("house/last", "word", "-r")
    last: list[MqttMessage] = []
    client.subscribe("house/last", last.append)
    wait_until(lambda: bool(last))
    assert len(room.events) == 2


def test_a_height_that_trembles_at_the_limit_is_one_height(broker: Mosquitto, client: MqttClient) -> None:
    """Raised above it, and lowered no sooner than three centimetres below."""
    room = Heard(None, client, Sensors(desk_height="house/desk", standing_above_cm=100))
    broker.publish("house/desk", "100.2", "-r")
    wait_until(lambda: UP in room.events)
    for height in ("99.8", "100.1", "97.5", "97", "99.9", "100"):
        broker.publish("house/desk", height)
    wait_until(lambda: room.events[-1:] == [DOWN])
    assert [each for each in room.events if isinstance(each, SensorRead)] == [UP, DOWN]
