"""The whole program at a real broker: what it tells, what it takes, and what the broker says once it is gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import Desk
from tests.desktop.program import SECONDS_LONG, Program
from tests.fakes.broker import Mosquitto, Witness, make_certificates
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("mosquitto", "mosquitto_pub", "mosquitto_sub", "openssl")


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """What is closed when the test is over."""
    with ExitStack() as held:
        yield held


@pytest.fixture
def broker(tmp_path: Path, stack: ExitStack) -> Mosquitto:
    """One with TLS."""
    make_certificates(tmp_path / "broker")
    made = Mosquitto(tmp_path / "broker", tls=True).start()
    stack.callback(made.stop)
    return made


@pytest.fixture
def witness(broker: Mosquitto, stack: ExitStack) -> Witness:
    """Another client, which hears everything."""
    return stack.enter_context(closing(broker.witness()))


def settings(broker: Mosquitto, more: str = "") -> str:
    """A settings file for this broker."""
    return (
        f'{SECONDS_LONG}[day]\nsmall_question = false\n[mqtt]\nbroker = "{broker.settings.broker}"\n'
        f'port = {broker.port}\nca_file = "{broker.settings.ca_file}"\n{more}'
    )


def told(witness: Witness, part: str) -> Any:
    """The last that a single program told under this part of its topics; None if nothing."""
    return next((text for topic, text in witness.last().items() if topic.endswith(f"/{part}")), None)


def state(witness: Witness) -> dict[str, Any]:
    """The last state told."""
    return json.loads(told(witness, "state") or "{}")  # type: ignore[no-any-return]


@pytest.fixture
def program(desk: Desk, broker: Mosquitto, witness: Witness, tmp_path: Path) -> Program:
    """The program, running and connected."""
    found = Program(desk, tmp_path / "home", settings(broker))
    found.start()
    wait_until(lambda: state(witness), what="the state")
    return found


def test_the_house_sees_and_answers(program: Program, broker: Mosquitto, witness: Witness) -> None:
    """Sitting, a reminder on the screen, which a button answers; the pause's switch; and `doctor` knows of it."""
    device = program.ask("devices", "--json")["devices"][0]["id"]
    program.type_until("shown", 75)
    wait_until(lambda: state(witness)["reminder"] == "ON")
    assert state(witness)["sitting"] == "ON"
    broker.publish(f"sitbreak/{device}/do", "start")
    wait_until(lambda: state(witness)["reminder"] == "OFF")
    assert program.status()["break_left"] > 0
    for key, standing in (("pause", "ON"), ("resume", "OFF")):
        broker.publish(f"sitbreak/{device}/do", key)
        wait_until(lambda standing=standing: state(witness)["pause"] == standing)  # type: ignore[misc]
        assert program.status()["paused"] is (standing == "ON")
    assert program.ask("doctor", "--json")["running"]["backends"]["MQTT"] == "connected"


def test_kill_9_and_a_restart_of_either_leave_the_truth_at_the_broker(
    program: Program, broker: Mosquitto, witness: Witness
) -> None:
    """`offline` without a word of the program; all of it again after both came back."""
    assert told(witness, "status") == "online"
    program.kill()
    wait_until(lambda: told(witness, "status") == "offline")
    program.start()
    wait_until(lambda: told(witness, "status") == "online")
    broker.stop(kill=True)
    for lost in broker.home.glob("*.db"):
        lost.unlink()
    wait_until(lambda: "MQTT broker" in program.ask("doctor", "--json")["running"]["backends"]["MQTT"])
    assert "MQTT broker" in program.status()["trouble"]
    broker.start()
    wait_until(lambda: program.ask("doctor", "--json")["running"]["backends"]["MQTT"] == "connected", 20)
    kept = broker.kept()
    assert {topic.rpartition("/")[2] for topic in kept} == {"status", "state", "config"}
    assert program.cli("stop").returncode == 0
    wait_until(lambda: "offline" in broker.kept("sitbreak/+/status").values())


def test_a_pause_crosses_to_the_other_computer_at_once(
    desk_factory: DeskFactory, broker: Mosquitto, tmp_path: Path
) -> None:
    """And its end, sooner than the next look at the folder that they share; there one pause is a line of its own."""
    folder = tmp_path / "shared"
    folder.mkdir()
    shared = settings(broker) + f'[sync]\nfolder = "{folder}"\n'
    here, there = (Program(desk_factory(), tmp_path / name, shared) for name in ("here", "there"))
    for each in (here, there):
        each.start()
    wait_until(lambda: all(len(each.ask("devices", "--json")["devices"]) == 2 for each in (here, there)), 30)
    wait_until(lambda: here.cli("pause", "30").returncode == 0 and there.status()["paused"], 30)
    for teller, hearer, word, paused in ((there, here, ("resume",), False), (here, there, ("pause", "30"), True)):
        assert teller.cli(*word).returncode == 0
        wait_until(lambda hearer=hearer, paused=paused: hearer.status()["paused"] is paused, 4)  # type: ignore[misc]
