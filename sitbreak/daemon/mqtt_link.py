"""What the program tells an MQTT broker and takes from there: the present, commands, and the person's other devices."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sitbreak.adapters.history.formats import BadLine
from sitbreak.adapters.history.journal import SAID, line, read_line
from sitbreak.adapters.history.others import Device
from sitbreak.adapters.mqtt import MqttClient, MqttMessage
from sitbreak.core.timeline import Instant
from sitbreak.daemon.exchange import Said
from sitbreak.daemon.home_assistant import ANSWERS, discovery, keys, state
from sitbreak.language import _
from sitbreak.settings.model import Settings

log = logging.getLogger(__name__)

ONLINE, OFFLINE = "online", "offline"
AT_ONCE = 4  # commands that wait for the loop; one more is left out
MOMENT = timedelta(milliseconds=1)
ANYBODY = "sitbreak/+/said/+"


class MqttLink:
    """Off until `use` is called with a broker in the settings.

    `do` carries out a key of daemon/commands.py, and calls back when that is done; `heard`, which is set later, takes
    what the person said to another device. Both are called on the client's thread.
    """

    def __init__(
        self, client: MqttClient, do: Callable[[str, Callable[[], None]], None], now: Callable[[], Instant]
    ) -> None:
        self.heard: Callable[[Said], None] = lambda said: None
        self._client, self._do, self._now = client, do, now
        self._last: datetime | None = None  # the latest moment at which anything was said to any device
        self._device = ""
        self._keys: frozenset[str] = frozenset()
        self._asked = False  # a reminder is on the screen
        self._told: dict[str, str] = {}  # what Home Assistant finds
        self._subscribed: list[Callable[[], None]] = []
        self._slots = threading.BoundedSemaphore(AT_ONCE)

    @property
    def on(self) -> bool:
        """Whether there is somebody to tell."""
        return bool(self._device)

    @property
    def trouble(self) -> str:
        """Why there is no connection now, for people."""
        return self._client.trouble

    @property
    def standing(self) -> str:
        """Whether there is a connection, for people; empty where none is wanted."""
        if not self.on:
            return ""
        return self.trouble or (_("connected") if self._client.connected else _("not connected yet"))

    def use(self, settings: Settings, device: Device | None) -> None:
        """From now on by these settings, as this device; None: off. Called on one thread."""
        wanted = device is not None and bool(settings.mqtt.broker)
        own = device.id if device is not None and wanted else ""
        if own != self._device:
            self._listen(own)
        self._keys = keys(settings)
        found = {}
        if device is not None and wanted and settings.mqtt.home_assistant:
            found = discovery(device.id, device.name, settings)
        if own:
            self._tell(found)
            self._client.publish(f"sitbreak/{own}/status", ONLINE)
        self._client.use(settings.mqtt, f"sitbreak-{own}", MqttMessage(f"sitbreak/{own}/status", OFFLINE.encode()))

    def _listen(self, own: str) -> None:
        """As this device from now on; of the one that it was before nothing stays with the broker."""
        for end in self._subscribed:
            end()
        self._subscribed = []
        if self._device and own:
            for part in ("status", "state", "said/answer", "said/pause"):
                self._client.publish(f"sitbreak/{self._device}/{part}", "")
        if own:
            wanted = ((f"sitbreak/{own}/do", self._command), (ANYBODY, self._said))
            self._subscribed = [self._client.subscribe(topic, take) for topic, take in wanted]
        self._device = own

    def _tell(self, found: Mapping[str, str]) -> None:
        for topic in self._told.keys() - found.keys():
            self._client.publish(topic, "")
        for topic, payload in found.items():
            self._client.publish(topic, payload)
        self._told = dict(found)

    def show(self, told: Mapping[str, object]) -> None:
        """The status as it is now; called on the loop's thread."""
        self._asked = told.get("state") == "shown"
        self._client.publish(f"sitbreak/{self._device}/state", state(told))

    def say(self, said: Said) -> None:
        """Tells the person's other devices what was said to this one."""
        when, message = said
        if self._device:
            self._note(when)
            part = "answer" if message.get("do") == "answer" else "pause"
            text = line(0, {"kind": SAID, "at": when.isoformat(), **message})
            self._client.publish(f"sitbreak/{self._device}/said/{part}", text)

    def _note(self, when: datetime) -> None:
        self._last = when if self._last is None else max(when, self._last)

    def close(self) -> None:
        """Says goodbye."""
        self._client.close()

    # -- on the client's thread

    def _said(self, message: MqttMessage) -> None:
        if message.topic.split("/")[1] == self._device or not message.payload:
            return
        try:
            found = read_line(message.payload.decode("utf-8", "replace"))
        except BadLine as bad:
            log.warning("what was said under %s is not understood: %s", message.topic, bad)
            return
        if found.said is not None and found.until is not None:
            self._note(found.until)
            self.heard((found.until, found.said))

    def _command(self, message: MqttMessage) -> None:
        """One that was kept is of long ago; of a flood of them most are left out."""
        key = message.payload.decode("utf-8", "replace")
        if message.retained or key not in self._keys or (key.partition(":")[0] in ANSWERS and not self._asked):
            log.info("asked over MQTT for %.60r, which is not done now", key)
        elif key in ("pause", "resume"):  # said from anywhere, so nobody need be at this desk
            now = self._now().utc
            said = (now if self._last is None else max(now, self._last + MOMENT), {"do": key})
            self.say(said)
            self.heard(said)
        elif self._slots.acquire(blocking=False):
            self._do(key, self._slots.release)
