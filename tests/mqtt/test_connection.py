"""Our client against a real Mosquitto: telling, hearing, and finding the way back."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from sitbreak.adapters.mqtt import MqttMessage
from sitbreak.settings.sections import Mqtt
from tests.fakes.broker import Mosquitto, Witness
from tests.mqtt.conftest import Made
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("mosquitto", "mosquitto_pub", "mosquitto_sub", "setpriv")


def test_what_one_tells_the_other_hears(broker: Mosquitto, client: Made) -> None:
    """With its topic, and whether the broker had kept it; nobody hears themselves."""
    heard: list[MqttMessage] = []
    own: list[MqttMessage] = []
    here, there = client(broker.settings), client(broker.settings, "there")
    there.subscribe("house/+/height", heard.append)
    here.subscribe("house/#", own.append)
    here.publish("house/desk/height", "72.5")
    wait_until(lambda: heard)
    there.publish("house/desk/word", "up")
    wait_until(lambda: own)
    assert [(each.topic, each.payload) for each in heard] == [("house/desk/height", b"72.5")]
    assert [each.topic for each in own] == ["house/desk/word"]


def test_who_comes_later_is_told_what_was_kept(broker: Mosquitto, witness: Witness, client: Made) -> None:
    """The last word under each topic."""
    here = client(broker.settings)
    for word in ("one", "two", "three"):
        here.publish("house/state", word)
    wait_until(lambda: witness.last() == {"house/state": "three"})
    heard: list[MqttMessage] = []
    client(broker.settings, "late").subscribe("house/state", heard.append)
    wait_until(lambda: heard)
    assert heard == [MqttMessage("house/state", b"three", retained=True)]


def test_a_subscription_that_ended_hears_nothing_more(broker: Mosquitto, client: Made) -> None:
    """Another one to the same topic goes on."""
    first: list[MqttMessage] = []
    second: list[MqttMessage] = []
    here, there = client(broker.settings), client(broker.settings, "there")
    end = here.subscribe("house/word", first.append)
    here.subscribe("house/word", second.append)
    there.publish("house/word", "1")
    wait_until(lambda: first and second)
    end()
    there.publish("house/word", "2")
    wait_until(lambda: len(second) == 2)
    assert len(first) == 1


def test_a_broker_that_is_killed_and_comes_back_is_told_all_again(broker: Mosquitto, client: Made) -> None:
    """What stood there, what was subscribed, and the last of what was said meanwhile; the trouble is told and ends."""
    here, there = client(broker.settings), client(broker.settings, "there")
    heard: list[MqttMessage] = []
    there.subscribe("house/#", heard.append)
    here.publish("house/state", "on")
    wait_until(lambda: heard)
    broker.stop(kill=True)
    for lost in broker.home.glob("*.db"):
        lost.unlink()
    wait_until(lambda: here.trouble and there.trouble)
    wait_until(lambda: "does not answer (connection refused)" in here.trouble)
    for word in ("said", "said meanwhile"):
        here.publish("house/word", word)
    heard.clear()
    broker.start()
    wait_until(lambda: len(heard) >= 2)
    assert {each.payload for each in heard} == {b"on", b"said meanwhile"}
    assert here.connected
    assert not here.trouble


def test_the_will_is_told_when_we_go(broker: Mosquitto, witness: Witness, client: Made) -> None:
    """Closed: the broker says that nobody is there; turned off in the settings: nothing stays."""
    here, there = client(broker.settings), client(broker.settings, "there")
    for each in (here, there):
        each.publish("house/here", "online")
    wait_until(lambda: witness.last() == {"house/here": "online"})
    here.close()
    wait_until(lambda: witness.last() == {"house/here": "offline"})
    here.publish("house/here", "unsaid")
    there.use(replace(broker.settings, broker=""), "there", MqttMessage("", b""))
    wait_until(lambda: not there.connected)
    assert not there.trouble
    assert not broker.kept()


def test_settings_that_change_hold_at_once(broker: Mosquitto, client: Made, tmp_path: Path, stack: ExitStack) -> None:
    """Another broker is the one from now on, also while the former does not answer."""
    broker.stop()
    here = client(broker.settings, rest_s=60.0)
    here.publish("house/state", "on")
    wait_until(lambda: here.trouble)
    other = Mosquitto(tmp_path / "other").start()
    stack.callback(other.stop)
    here.use(other.settings, "here", MqttMessage("house/here", b"offline"))
    wait_until(lambda: here.connected)
    assert other.kept() == {"house/state": "on"}
    assert not here.trouble


def test_without_a_broker_there_is_no_connection(client: Made) -> None:
    """What is told then is no trouble, and takes no thread."""
    here = client(Mqtt())
    here.publish("house/state", "on")
    here.subscribe("house/#", lambda message: None)
    assert not here.connected
    assert not here.trouble
    assert "mqtt" not in [thread.name for thread in threading.enumerate()]


def test_what_a_subscriber_fails_of_ends_nothing(broker: Mosquitto, client: Made) -> None:
    """The others hear it all the same, and the next message, too."""
    heard: list[MqttMessage] = []
    here, there = client(broker.settings), client(broker.settings, "there")
    here.subscribe("house/word", lambda message: [][0])
    here.subscribe("house/word", heard.append)
    there.publish("house/word", "1")
    wait_until(lambda: heard)
    there.publish("house/word", "2")
    wait_until(lambda: len(heard) == 2)
    assert here.connected
