"""The program's end of the broker: what it tells and takes, for Home Assistant and the person's other devices."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.history.others import Device
from sitbreak.adapters.mqtt import MqttClient
from sitbreak.daemon.exchange import Said
from sitbreak.daemon.mqtt_link import AT_ONCE, MqttLink
from sitbreak.settings.model import Settings
from tests.fakes.broker import Mosquitto, Witness
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("mosquitto", "mosquitto_pub", "mosquitto_sub", "setpriv")

SHOWN = {"state": "shown", "at": "2026-11-30T10:00:00+00:00", "idle": 2.0}
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


class Linked:
    """A computer at a broker: what it was asked to do, and what it heard of others."""

    def __init__(self, broker: Mosquitto, id_: str, name: str = "desk") -> None:
        now = SystemClock().now
        self.done: list[str] = []
        self.heard: list[Said] = []
        self.finish: list[Callable[[], None]] = []
        self.link = MqttLink(MqttClient(now, 0.1), self._do, now)
        self.link.heard = self.heard.append
        self.settings = replace(Settings(), mqtt=broker.settings)
        self.device = Device(1, id_, name, own=True)
        self.family = [Device(2, other * 12, other) for other in "def" if other * 12 != id_]
        self.link.use(self.settings, [self.device, *self.family])

    def input_at(self, second: int) -> None:
        """Somebody types at that second, and the program shows its status."""
        self.link.show({"at": f"2026-11-30T10:00:{second:02}+00:00", "idle": 0.0, "state": "seeking"})

    def _do(self, key: str, done: Callable[[], None]) -> None:
        self.done.append(key)
        self.finish.append(done)

    @property
    def base(self) -> str:
        """Under which its topics are."""
        return f"sitbreak/{self.device.id}"

    @property
    def status(self) -> str:
        """The topic that says whether it is there."""
        return f"{self.base}/status"

    def close(self) -> None:
        """Goes."""
        self.link.close()


@pytest.fixture
def desk(broker: Mosquitto, witness: Witness, stack: ExitStack) -> Linked:
    """One that is connected."""
    made = stack.enter_context(closing(Linked(broker, "d" * 12)))
    wait_until(lambda: made.status in witness.last())
    return made


@pytest.fixture
def laptop(broker: Mosquitto, witness: Witness, stack: ExitStack) -> Linked:
    """Another one that is connected."""
    made = stack.enter_context(closing(Linked(broker, "e" * 12, "laptop")))
    wait_until(lambda: made.status in witness.last())
    return made


def test_home_assistant_finds_the_device_until_that_is_turned_off(
    broker: Mosquitto, witness: Witness, desk: Linked
) -> None:
    """The messages are kept by the broker; turned off they are gone, and the state is still told."""
    desk.link.show(SHOWN)
    wait_until(lambda: f"{desk.base}/state" in witness.last())
    assert sum(topic.startswith("homeassistant/") for topic in broker.kept()) == 14
    desk.link.use(replace(desk.settings, mqtt=replace(broker.settings, home_assistant=False)), [desk.device])
    wait_until(lambda: not any(topic.startswith("homeassistant/") for topic in witness.last()))
    assert broker.kept().keys() == {desk.status, f"{desk.base}/state"}


def test_nothing_else_is_published(witness: Witness, desk: Linked) -> None:
    """The topics are those that docs/together.md lists."""
    desk.link.show(SHOWN)
    for message in ({"do": "pause"}, {"do": "answer", "answer": "not_now", "minutes": 10.0}):
        desk.link.say((NOON, message))
    listed = {f"{desk.base}/{part}" for part in ("status", "state", "said/answer", "said/pause", "said/here")}
    wait_until(lambda: listed <= witness.last().keys())
    assert {topic for topic in witness.last() if not topic.startswith("homeassistant/")} == listed


def test_buttons_do_what_the_tray_does_while_a_reminder_is_on_the_screen(broker: Mosquitto, desk: Linked) -> None:
    """Otherwise, and for what is no button, nothing."""
    for key in ("start", "quit", "stop", "snooze:999", "", "standing:on"):
        broker.publish(f"{desk.base}/do", key)
    wait_until(lambda: desk.done)
    desk.link.show(SHOWN)
    broker.publish(f"{desk.base}/do", "snooze:10")
    wait_until(lambda: len(desk.done) > 1)
    assert desk.done == ["standing:on", "snooze:10"]


def test_a_command_that_was_kept_is_not_carried_out(broker: Mosquitto, witness: Witness, stack: ExitStack) -> None:
    """It is of long ago."""
    broker.publish(f"sitbreak/{'d' * 12}/do", "standing:on", "-r")
    desk = stack.enter_context(closing(Linked(broker, "d" * 12)))
    wait_until(lambda: desk.status in witness.last())
    broker.publish(f"{desk.base}/do", "standing:off")
    wait_until(lambda: desk.done)
    assert desk.done == ["standing:off"]


def test_of_a_flood_of_commands_most_are_left_out(broker: Mosquitto, desk: Linked) -> None:
    """No more wait for the program than it can do at once; the next one is taken when those are done."""
    for _each in range(3 * AT_ONCE):
        broker.publish(f"{desk.base}/do", "standing:on")
    broker.publish(f"{desk.base}/do", "pause")
    wait_until(lambda: desk.heard, what="the pause, which waits for nothing")
    assert len(desk.done) == AT_ONCE
    desk.finish[0]()
    broker.publish(f"{desk.base}/do", "standing:off")
    wait_until(lambda: desk.done[AT_ONCE:] == ["standing:off"])


def test_what_is_said_to_one_reaches_the_other_also_later(
    broker: Mosquitto, desk: Linked, laptop: Linked, stack: ExitStack
) -> None:
    """With its moment; one that comes later hears the last word about a pause."""
    said: list[Said] = [(NOON, {"do": "pause", "minutes": 30.0}), (NOON + timedelta(seconds=5), {"do": "resume"})]
    for number, each in enumerate(said, 1):
        desk.link.say(each)
        wait_until(lambda number=number: len(laptop.heard) == number)  # type: ignore[misc]
    assert [(when, message["do"]) for when, message in laptop.heard] == [(said[0][0], "pause"), (said[1][0], "resume")]
    assert not desk.heard
    late = stack.enter_context(closing(Linked(broker, "f" * 12, "late")))
    wait_until(lambda: late.heard)
    assert [message["do"] for _when, message in late.heard] == ["resume"]


def test_a_pause_from_the_house_is_one_for_all_and_nobodys_presence(
    broker: Mosquitto, desk: Linked, laptop: Linked
) -> None:
    """It comes as a word that was said elsewhere, and goes on to the other devices."""
    broker.publish(f"{desk.base}/do", "pause")
    wait_until(lambda: desk.heard and laptop.heard)
    assert desk.heard[0][0] == laptop.heard[0][0]
    assert desk.heard[0][1] == {"do": "pause"}
    assert not desk.done


def test_other_devices_hear_at_which_one_the_person_is(desk: Linked, laptop: Linked) -> None:
    """The moment of the last input, told again a quarter of a minute later, and when they come back from another."""
    desk.input_at(0)
    desk.input_at(5)
    wait_until(lambda: laptop.heard)
    laptop.input_at(7)
    wait_until(lambda: desk.heard)
    desk.input_at(9)
    wait_until(lambda: len(laptop.heard) == 2)
    assert [when.second for when, _message in laptop.heard] == [0, 9]
    assert {message["do"] for _when, message in laptop.heard} == {"present"}


def test_what_other_people_say_at_the_same_broker_is_not_heard(broker: Mosquitto, desk: Linked, laptop: Linked) -> None:
    """Only computers that share a folder with this one are the same person's; without any, nothing is told for them."""
    broker.publish("sitbreak/aaaaaaaaaaaa/said/pause", RESUME)
    broker.publish(f"{laptop.base}/said/pause", RESUME)
    wait_until(lambda: desk.heard)
    assert len(desk.heard) == 1
    desk.link.use(desk.settings, [desk.device])
    desk.link.say((NOON, {"do": "pause"}))
    desk.link.show(SHOWN)
    assert not any("said" in topic and desk.base in topic for topic in broker.kept())


RESUME = '{"n":0,"kind":"said","at":"2026-11-30T12:00:00+00:00","do":"resume"}'


@pytest.mark.parametrize("text", ["{", "x" * 3000, '{"n":0,"kind":"said","do":"pause"}', "[" * 2000, '{"kind":"span"}'])
def test_nonsense_from_other_devices_is_left_alone(broker: Mosquitto, desk: Linked, text: str) -> None:
    """The next word is heard."""
    broker.publish("sitbreak/eeeeeeeeeeee/said/pause", text)
    broker.publish(
        "sitbreak/eeeeeeeeeeee/said/pause", '{"n":0,"kind":"said","at":"2026-11-30T12:00:00+00:00","do":"resume"}'
    )
    wait_until(lambda: desk.heard)
    assert [message["do"] for _when, message in desk.heard] == ["resume"]


def test_a_device_with_a_new_identity_leaves_the_former_to_its_twin(witness: Witness, desk: Linked) -> None:
    """As after a disk was copied: the other computer goes on under it."""
    desk.link.show(SHOWN)
    wait_until(lambda: f"{desk.base}/state" in witness.last())
    former = set(ghosts(witness, desk))
    desk.link.use(desk.settings, [replace(desk.device, id="a" * 12), replace(desk.device, own=False)])
    wait_until(lambda: f"sitbreak/{'a' * 12}/status" in witness.last())
    assert former <= witness.last().keys()
    assert f"homeassistant/sensor/sitbreak_{'a' * 12}/goal_minutes/config" in witness.last()


def ghosts(witness: Witness, gone: Linked) -> list[str]:
    """What the broker still has of a device."""
    return [topic for topic in witness.last() if gone.device.id in topic]


def test_of_a_forgotten_device_nothing_stays_with_the_broker(witness: Witness, desk: Linked, laptop: Linked) -> None:
    """It was sold: Home Assistant finds it no more, and nobody sees it offline for ever."""
    laptop.link.show(SHOWN)
    laptop.link.say((NOON, {"do": "pause"}))
    laptop.close()
    wait_until(lambda: witness.last()[laptop.status] == "offline")
    desk.link.use(desk.settings, [desk.device, replace(laptop.device, own=False, forgotten=True)])
    wait_until(lambda: not ghosts(witness, laptop))
    assert ghosts(witness, desk)


def test_one_that_was_forgotten_itself_leaves_nothing_of_the_former(witness: Witness, desk: Linked) -> None:
    """It goes on as a new one."""
    desk.link.show(SHOWN)
    forgotten = replace(desk.device, own=False, forgotten=True)
    desk.link.use(desk.settings, [replace(desk.device, id="a" * 12), forgotten])
    wait_until(lambda: not ghosts(witness, desk))
    assert f"sitbreak/{'a' * 12}/status" in witness.last()


def test_turned_off_nothing_stays_with_the_broker(witness: Witness, desk: Linked) -> None:
    """Not even that it is offline; turned on again all of it is there anew."""
    desk.link.show(SHOWN)
    wait_until(lambda: f"{desk.base}/state" in witness.last())
    desk.link.use(Settings(), [desk.device])
    wait_until(lambda: not ghosts(witness, desk))
    desk.link.use(desk.settings, [desk.device])
    desk.link.show(SHOWN)
    wait_until(lambda: len(ghosts(witness, desk)) == 16, what="both that it is found, and its state")


def test_what_home_assistant_would_find_by_older_settings_is_taken_away(
    broker: Mosquitto, witness: Witness, stack: ExitStack
) -> None:
    """A button for a length that was changed while the program did not run."""
    old, other = (f"homeassistant/button/sitbreak_{each * 12}/snooze_7/config" for each in ("d", "e"))
    for topic in (old, other):
        broker.publish(topic, "{}", "-r")
    wait_until(lambda: {old, other} <= witness.last().keys())
    stack.enter_context(closing(Linked(broker, "d" * 12)))
    wait_until(lambda: old not in witness.last())
    assert other in witness.last()
