"""A broker, and clients of ours that are closed in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.mqtt import MqttClient, MqttMessage
from sitbreak.settings.sections import Mqtt
from tests.fakes.broker import Mosquitto, Witness

WILL = MqttMessage("house/here", b"offline")
Made = Callable[..., MqttClient]


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """What is closed when the test is over."""
    with ExitStack() as held:
        yield held


@pytest.fixture
def broker(tmp_path: Path, stack: ExitStack) -> Mosquitto:
    """One that lets everybody in, without TLS."""
    made = Mosquitto(tmp_path / "broker").start()
    stack.callback(made.stop)
    return made


@pytest.fixture
def witness(broker: Mosquitto, stack: ExitStack) -> Witness:
    """Another client of that broker, which hears everything."""
    return stack.enter_context(closing(broker.witness()))


@pytest.fixture
def client(stack: ExitStack) -> Made:
    """Makes a client of ours for these settings."""

    def make(settings: Mqtt, name: str = "here", rest_s: float = 0.1, patience_s: float = 10.0) -> MqttClient:
        made = stack.enter_context(closing(MqttClient(SystemClock().now, rest_s, patience_s)))
        made.use(settings, name, WILL)
        return made

    return make
