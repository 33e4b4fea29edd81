"""What the program tells an MQTT broker and takes from there: the present, commands, and the person's other devices."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from sitbreak.adapters.history.formats import SAID, BadLine, journal_line, read_journal_line
from sitbreak.adapters.history.others import Device
from sitbreak.adapters.mqtt import MOST_BYTES, MqttClient, MqttMessage
from sitbreak.core.timeline import Instant
from sitbreak.daemon.exchange import Said
from sitbreak.daemon.home_assistant import ANSWERS, PREFIX, discovery, keys, state
from sitbreak.language import _
from sitbreak.settings.model import Settings

log = logging.getLogger(__name__)

ONLINE, OFFLINE = "online", "offline"
AT_ONCE = 4  # commands that wait for the loop; one more is left out
MOMENT = timedelta(milliseconds=1)
PARTS = {"answer": "answer", "pause": "pause", "resume": "pause", "present": "here"}  # under which a word is told
SAID_PARTS = tuple(f"said/{part}" for part in sorted(set(PARTS.values())))
FOUND = f"{PREFIX}/+/sitbreak_{{}}/+/config"  # where a device is found
SEEN_EVERY = timedelta(seconds=15)


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
        self._told: Mapping[str, str] = {}  # what Home Assistant finds
        self._ends: list[Callable[[], None]] = []  # what ends listening as this device
        self._followed: dict[str, Callable[[], None]] = {}  # the person's other devices
        self._forgotten: set[str] = set()  # those of which the broker is to keep nothing
        self._seen: datetime | None = None  # when somebody was last here, as those were told
        self._there: datetime | None = None  # and at one of those, as they told
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

    def use(self, settings: Settings, devices: Sequence[Device]) -> None:
        """From now on by these settings; `devices` are those that share one folder, this one among them once it has
        an identity. Called on one thread.
        """
        device = next((each for each in devices if each.own and settings.mqtt.broker), None)
        own = "" if device is None else device.id
        self._client.use(settings.mqtt, f"sitbreak-{own}", MqttMessage(f"sitbreak/{own}/status", OFFLINE.encode()))
        if own != self._device:
            self._told = {}  # of what was told as another one, a twin may go on
        self._keys = keys(settings)
        if device is not None:
            self._tell(discovery(own, device.name, settings) if settings.mqtt.home_assistant else {})
            self._client.publish(f"sitbreak/{own}/status", ONLINE)
        if own != self._device:
            self._listen(own)
        self._follow({each.id for each in devices if own and not each.own and not each.forgotten})
        for each in {each.id for each in devices if own and each.forgotten} - self._forgotten:
            self._forget(each)

    def _listen(self, own: str) -> None:
        """As this device from now on."""
        for end in self._ends:
            end()
        takers = {f"sitbreak/{own}/do": self._command, FOUND.format(own): self._outdated} if own else {}
        self._ends = [self._client.subscribe(topic, take) for topic, take in takers.items()]
        self._device = own

    def _forget(self, device: str) -> None:
        """Nothing of a device that was forgotten stays with the broker, so nobody finds one that is gone."""
        self._forgotten.add(device)
        for topic in (f"sitbreak/{device}/#", FOUND.format(device)):
            self._client.subscribe(topic, self._take_away, MOST_BYTES)

    def _follow(self, others: set[str]) -> None:
        """Hears what is said to these devices, and to none of other people's at the same broker."""
        for gone in self._followed.keys() - others:
            self._followed.pop(gone)()
        if self._device and not others:
            self._take_back(*SAID_PARTS)
        for each in others - self._followed.keys():
            self._followed[each] = self._client.subscribe(f"sitbreak/{each}/said/+", self._said)

    def _take_back(self, *parts: str) -> None:
        for part in parts:
            self._client.publish(f"sitbreak/{self._device}/{part}", "")

    def _tell(self, found: Mapping[str, str]) -> None:
        former, self._told = self._told, found
        for topic in former.keys() - found.keys():
            self._client.publish(topic, "")
        for topic, payload in found.items():
            self._client.publish(topic, payload)

    def show(self, told: Mapping[str, object]) -> None:
        """The status as it is now; called on the loop's thread."""
        self._asked = told.get("state") == "shown"
        self._client.publish(f"sitbreak/{self._device}/state", state(told))
        self._show_presence(told)

    def _show_presence(self, told: Mapping[str, object]) -> None:
        """Tells the person's other devices that they are at this one: when they came from there, and now and then."""
        at, idle = told.get("at"), told.get("idle")
        if not self._followed or not isinstance(at, str) or not isinstance(idle, (int, float)):
            return
        seen = datetime.fromisoformat(at) - timedelta(seconds=idle)
        came = self._seen is not None and self._there is not None and self._seen < self._there < seen
        if self._seen is None or came or seen - self._seen >= SEEN_EVERY:
            self._seen = seen
            self.say((seen, {"do": "present"}))

    def say(self, said: Said) -> None:
        """Tells the person's other devices what was said to this one."""
        when, message = said
        part = PARTS.get(str(message.get("do")))
        if self._device and self._followed and part is not None:
            self._note(when)
            text = journal_line(0, {"kind": SAID, "at": when.isoformat(), **message})
            self._client.publish(f"sitbreak/{self._device}/said/{part}", text)

    def _note(self, when: datetime) -> None:
        self._last = when if self._last is None else max(when, self._last)

    def close(self) -> None:
        """Says goodbye."""
        self._client.close()

    # -- on the client's thread

    def _outdated(self, message: MqttMessage) -> None:
        """What Home Assistant would find of this device: by other settings, or another version, perhaps."""
        if message.topic not in self._told:
            self._take_away(message)

    def _take_away(self, message: MqttMessage) -> None:
        if message.retained and message.payload:
            self._client.publish(message.topic, "")

    def _said(self, message: MqttMessage) -> None:
        if not message.payload:
            return
        try:
            found = read_journal_line(message.payload.decode("utf-8", "replace"))
        except BadLine as bad:
            log.warning("what was said under %s is not understood: %s", message.topic, bad)
            return
        if found.said is not None and found.until is not None:
            self._note(found.until)
            if found.said.get("do") == "present":
                self._there = found.until
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
