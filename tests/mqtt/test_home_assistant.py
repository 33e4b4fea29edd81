"""What is published for Home Assistant, against the rules that its MQTT integration publishes, and what it is told."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from sitbreak.core.rules import Rules
from sitbreak.daemon.commands import event_of_key
from sitbreak.daemon.home_assistant import discovery, keys, state
from sitbreak.settings.model import Settings

DEVICE = "3f9c0a61b2d4"
TOPIC = re.compile(r"homeassistant/(sensor|binary_sensor|button|switch)/[a-zA-Z0-9_-]+/[a-zA-Z0-9_-]+/config")
# home-assistant.io/integrations/mqtt, sensor.mqtt, binary_sensor.mqtt, button.mqtt, switch.mqtt: what each may hold.
COMMON = {"name", "unique_id", "device", "origin", "availability_topic", "icon"}
SHOWN = {"state_topic", "value_template", "device_class"}
ALLOWED: Mapping[str, set[str]] = {
    "sensor": {*SHOWN, "unit_of_measurement", "state_class"},
    "binary_sensor": SHOWN,
    "button": {"command_topic", "payload_press"},
    "switch": {*SHOWN, "command_topic", "payload_on", "payload_off", "state_on", "state_off"},
}
REQUIRED: Mapping[str, set[str]] = {
    "sensor": {"state_topic"},
    "binary_sensor": {"state_topic"},
    "button": {"command_topic"},
    "switch": {"command_topic"},
}
OF_A_DEVICE = {"identifiers", "name", "manufacturer", "model", "sw_version", "hw_version", "configuration_url"}
DURATIONS = {"d", "h", "min", "s", "ms"}


def found(settings: Settings | None = None) -> dict[str, tuple[str, Any]]:
    """The message of each entity, by its own name: its component, and what it holds."""
    told = discovery(DEVICE, "desk", settings or Settings())
    return {topic.split("/")[3]: (topic.split("/")[1], json.loads(text)) for topic, text in told.items()}


def with_a_desk_that_goes_up(*, seated: bool = False) -> Settings:
    """Settings that offer all there is, or in seated mode."""
    whole = Settings()
    day, movements = replace(whole.day, standing_desk=True), replace(whole.movements, seated_mode=seated)
    return replace(whole, day=day, movements=movements)


@pytest.mark.parametrize("settings", [Settings(), with_a_desk_that_goes_up(), with_a_desk_that_goes_up(seated=True)])
def test_every_message_keeps_to_the_rules(settings: Settings) -> None:
    """Topic, required and known keys, one device with an identifier, one identity for each entity."""
    told = discovery(DEVICE, "desk", settings)
    assert all(TOPIC.fullmatch(topic) for topic in told)
    identities = []
    for component, message in found(settings).values():
        assert COMMON | ALLOWED[component] >= message.keys() >= REQUIRED[component] | COMMON - {"icon"}
        assert message["device"].keys() <= OF_A_DEVICE
        assert message["device"]["identifiers"] == [f"sitbreak_{DEVICE}"]
        assert message["origin"]["name"] == "sitbreak"
        assert re.fullmatch(r"mdi:[a-z-]+", message.get("icon", "mdi:x"))
        identities.append(message["unique_id"])
    assert len(set(identities)) == len(identities)


def test_figures_have_units_that_fit_their_kind() -> None:
    """A duration in minutes; a moment has neither unit nor statistics."""
    for component, message in found().values():
        if component == "sensor" and message["device_class"] == "duration":
            assert message["unit_of_measurement"] in DURATIONS
            assert message["state_class"] == "measurement"
        elif component == "sensor":
            assert message["device_class"] == "timestamp"
            assert message.keys().isdisjoint({"unit_of_measurement", "state_class"})


def test_what_is_shown_is_in_the_state() -> None:
    """Each template names a value that is told, and nothing is told that is not shown."""
    places = {
        re.fullmatch(r"\{\{value_json\.(\w+)\}\}", message["value_template"])[1]  # type: ignore[index]
        for _component, message in found(with_a_desk_that_goes_up()).values()
        if "value_template" in message
    }
    assert places == json.loads(state({})).keys()


@pytest.mark.parametrize("settings", [Settings(), with_a_desk_that_goes_up()])
def test_every_command_means_something(settings: Settings) -> None:
    """What buttons and switches send is what a click on the tray says; a pause has no length."""
    sent = {
        message[name]
        for _component, message in found(settings).values()
        for name in ("payload_press", "payload_on", "payload_off")
        if name in message
    }
    assert sent == keys(settings)
    assert all(event_of_key(key, Rules()) is not None for key in sent - {"pause"})


def test_each_answer_that_is_set_has_its_button() -> None:
    """Every length of "later"; those about standing only where the desk goes up and the person can stand."""
    prompt = replace(Settings().prompt, snooze_minutes=(2.5, 20.0))
    assert {"start", "long", "snooze_2_5", "snooze_20", "not_now"} <= found(replace(Settings(), prompt=prompt)).keys()
    assert "standing_already" not in found()
    offered = {"stand_15", "stand_20", "stand_30", "standing_already", "standing"}
    assert offered <= found(with_a_desk_that_goes_up()).keys()
    assert found(with_a_desk_that_goes_up(seated=True)).keys().isdisjoint(offered)


AT = "2026-11-30T10:00:00+00:00"
SITTING = {"at": AT, "state": "seeking", "sitting": 2290.0, "away": False, "opens_in": 310.4, "closes_in": 1210.0}


def test_the_present_is_told_as_home_assistant_reads_it() -> None:
    """ON and OFF, whole minutes, a moment with its zone."""
    told = {**SITTING, "confirmed_minutes": 6.04, "goal_minutes": 10, "paused": False, "standing_left": None}
    assert json.loads(state(told)) == {
        "sitting": "ON",
        "reminder": "OFF",
        "pause": "OFF",
        "standing": "OFF",
        "minutes_sitting": 38,
        "next_reminder": "2026-11-30T10:05:00+00:00",
        "minutes_up": 6.0,
        "goal_minutes": 10.0,
    }


@pytest.mark.parametrize(
    ("changed", "moment"),
    [
        ({"opens_in": -60.0}, "2026-11-30T10:20:00+00:00"),
        ({"opens_in": None, "closes_in": None}, None),
        ({"paused": True}, None),
        ({"away": True}, None),
    ],
)
def test_the_next_reminder_is_told_while_there_is_one(changed: dict[str, object], moment: str | None) -> None:
    """Once it may come, when it comes at the latest; in a pause, away and standing nothing is known of it."""
    found = json.loads(state({**SITTING, **changed}))["next_reminder"]
    assert found == moment
    assert moment is None or datetime.fromisoformat(moment).tzinfo is not None
