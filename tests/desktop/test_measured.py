"""A day with a desk and a seat that tell, for real: a property on the session bus, a topic at a broker, keys on X."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dbus_fast import Variant

from tests.desktop.context_bus import Service
from tests.desktop.desk import Desk
from tests.desktop.program import Program
from tests.fakes.broker import Mosquitto
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("Xvfb", "dbus-daemon", "dbusmock", "setpriv", "xdotool", "mosquitto")

NAME, PATH, DESK, SEAT = "org.example.Desk", "/org/example/Desk", "org.example.Desk1", "house/chair"
SETTINGS = """
[mqtt]
broker = "127.0.0.1"
port = {port}
tls = false
[sensors]
seat = "{seat} occupancy"
desk_height = "session {name} {path} {desk}.Height"
[activity]
poll_seconds = 0.25
"""


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    """A broker."""
    made = Mosquitto(tmp_path / "broker").start()
    yield made
    made.stop()


@pytest.fixture
def high_desk(desk: Desk) -> Service:
    """A desk on the session bus, down."""
    desk.start("/usr/bin/python3", "-m", "dbusmock", "--session", NAME, PATH, DESK)
    wait_until(lambda: desk.bus.owned(NAME), what="the mocked desk")
    service = Service(desk.bus, NAME, PATH, DESK)
    service.properties(DESK, Height=Variant("d", 72.0))
    return service


def test_a_seat_and_a_desk_are_heard_named_and_told(
    desk: Desk, high_desk: Service, broker: Mosquitto, tmp_path: Path
) -> None:
    """The status is measured, standing begins and ends with the desk, and a seat that falls silent is named."""
    settings = SETTINGS.format(port=broker.port, seat=SEAT, name=NAME, path=PATH, desk=DESK)
    program = Program(desk, tmp_path / "home", settings)
    program.start()
    wait_until(
        lambda: "nothing came under house/chair yet" in program.status()["trouble"], what="the seat to be missed"
    )
    broker.publish(SEAT, '{"occupancy": true}', "-r")
    wait_until(lambda: program.status()["trouble"] == "", what="the seat")
    desk.run("xdotool", "key", "a")
    wait_until(lambda: program.status()["seat"] is True, what="its word")
    assert "measured" in program.status()["first_line"]
    assert program.status()["desk_raised"] is False

    broker.publish(SEAT, '{"occupancy": false}', "-r")
    high_desk.change(DESK, Height=Variant("d", 110.0))
    wait_until(lambda: program.status()["standing"], what="standing")
    assert program.status()["first_line"].startswith("Standing")
    high_desk.change(DESK, Height=Variant("d", 74.0))
    wait_until(lambda: not program.status()["standing"], what="sitting again")

    broker.stop(kill=True)
    wait_until(lambda: program.status()["seat_doubt"] == "silent", what="the seat to be doubted")
    told = program.cli("doctor").stdout
    assert "The seat sensor was not heard for a while" in " ".join(told.split())
    assert "The seat sensor is not heard: the MQTT broker is not reached." in " ".join(told.split())
    log = (tmp_path / "home" / "sitbreak.log").read_text()
    assert log.count("the seat sensor does not count any more (silent)") == 1
