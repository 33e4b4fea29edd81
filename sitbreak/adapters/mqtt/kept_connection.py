"""The connection as the program has it: made, lost and made again on a thread of its own; nobody waits for it."""

from __future__ import annotations

import contextlib
import logging
import random
import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from sitbreak.boundary import Failure, attempt
from sitbreak.core.frozen import frozen
from sitbreak.core.timeline import Instant
from sitbreak.settings.sections import Mqtt

if TYPE_CHECKING:
    from sitbreak.adapters.mqtt.one_connection import MqttSession

log = logging.getLogger(__name__)

FIRST_REST_S, LONGEST_REST_S = 1.0, 120.0
STEADY = timedelta(minutes=1)  # a connection that held for as long was a good one
PATIENCE_S = 10.0
CLOSING_S = 1.0
MOST_PAYLOAD = 4096
MOST_BYTES = 64 * 1024  # of a packet, whatever the broker sends


@frozen
class MqttMessage:
    """What is told under a topic. `retained`: it was told before we asked, and the broker had kept it."""

    topic: str
    payload: bytes
    retained: bool = False


Take = Callable[[MqttMessage], None]


@frozen
class _Subscriber:
    topic: str
    take: Take
    most: int
    lost: Callable[[], None]


def _place(wanted: tuple[Mqtt, str, MqttMessage] | None) -> tuple[str, int] | None:
    return None if wanted is None else (wanted[0].broker, wanted[0].port)


class MqttClient:
    """Off until `use` names a broker. Every method may be called on any thread, and returns at once.

    `rest_s`: how long it waits before the second try; each further wait is twice as long, up to `LONGEST_REST_S`.
    `patience_s`: how long a broker may take to let us in.
    """

    def __init__(
        self, now: Callable[[], Instant], rest_s: float = FIRST_REST_S, patience_s: float = PATIENCE_S
    ) -> None:
        self.trouble = ""  # why there is no connection now, for people
        self.connected = False
        self._now, self._rest_s, self._patience_s = now, rest_s, patience_s
        self._guard = threading.Lock()
        self._wanted: tuple[Mqtt, str, MqttMessage] | None = None
        self._state: dict[str, MqttMessage] = {}  # what is to stand under each topic
        self._unsent: dict[str, None] = {}  # topics of which the broker does not know that yet
        self._left: list[str] = []  # what the broker has that is left for another, or for none
        self._subscribers: list[_Subscriber] = []
        self._asked: set[str] = set()  # topics that the session subscribed
        self._ending, self._changed = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._bell: socket.socket | None = None  # wakes the thread

    def use(self, settings: Mqtt, name: str, will: MqttMessage) -> None:
        """From now on this broker (with an empty name: none), under our `name`; it tells `will` once we are gone.

        The one that is left for another, or for none, keeps nothing of what was published. Under another name all has
        to be published anew, and what stands under the former one is left as it is.
        """
        wanted = (settings, name, will) if settings.broker else None
        with self._guard:
            if wanted == self._wanted:
                return
            if _place(wanted) != _place(self._wanted):
                self._left = [topic for topic, message in self._state.items() if message.payload]
            if wanted is None or (self._wanted is not None and wanted[1] != self._wanted[1]):
                self._state, self._unsent = {}, {}
            self._wanted = wanted
        if self._thread is None and wanted is not None:
            self._bell, ear = socket.socketpair()
            self._bell.setblocking(False)
            self._thread = threading.Thread(target=self._run, args=(ear,), name="mqtt", daemon=True)
            self._thread.start()
        self._ring()

    def publish(self, topic: str, payload: str) -> None:
        """Has the broker tell and keep it; empty: keep nothing there. The last word is told anew to each connection."""
        message = MqttMessage(topic, payload.encode())
        with self._guard:
            if self._state.get(topic) == message:
                return
            self._state[topic] = message
            self._unsent[topic] = None
        self._ring()

    def subscribe(
        self, topic: str, take: Take, most: int = MOST_PAYLOAD, lost: Callable[[], None] = lambda: None
    ) -> Callable[[], None]:
        """Has `take` called with what is told under `topic` (+ and # as in MQTT) by others; what has more than `most`
        bytes is left out. `lost` is called when there is no connection any more. Both are called on the client's
        thread and may not wait. Returns what ends it.
        """
        subscriber = _Subscriber(topic, take, most, lost)
        with self._guard:
            self._subscribers.append(subscriber)
        self._ring()

        def end() -> None:
            with self._guard:
                self._subscribers.remove(subscriber)
            self._ring()

        return end

    def close(self) -> None:
        """Ends; a broker that does not let go is left behind."""
        self._ending.set()
        self._ring()
        if self._thread is not None:
            self._thread.join(CLOSING_S)

    def _ring(self) -> None:
        self._changed.set()
        with contextlib.suppress(OSError):  # it rings already, or all is over
            if self._bell is not None:
                self._bell.send(b"!")

    # -- on the thread

    def _run(self, ear: socket.socket) -> None:
        with ear:
            self._keep_connected(ear)
        if self._bell is not None:
            self._bell.close()

    def _keep_connected(self, ear: socket.socket) -> None:
        failures = 0
        while not self._ending.is_set():
            self._changed.clear()
            wanted = self._wanted
            if wanted is None:
                self.trouble = ""
                self._changed.wait()
                continue
            begun = self._now().elapsed
            self._noted(wanted, ear)
            failures = 0 if self._wanted != wanted or self._now().elapsed - begun > STEADY else failures + 1
            if failures:
                self._rest(wanted, min(LONGEST_REST_S, self._rest_s * 2 ** min(failures - 1, 10)))

    def _rest(self, wanted: object, seconds: float) -> None:
        """Waits, not all devices of a house at the same time; a change of the settings ends it."""
        until = self._now().elapsed + timedelta(seconds=seconds * random.uniform(0.5, 1.0))
        while (
            self._wanted == wanted and not self._ending.is_set() and (left := until - self._now().elapsed) > timedelta()
        ):
            self._changed.wait(left.total_seconds())
            self._changed.clear()

    def _noted(self, wanted: tuple[Mqtt, str, MqttMessage], ear: socket.socket) -> None:
        """One connection up to its end; why it ended is told. Only here TLS is loaded, which is 2 MB."""
        from sitbreak.adapters.mqtt.access import NoAccess
        from sitbreak.adapters.mqtt.one_connection import BrokerLost

        try:
            self._serve(wanted, ear)
        except (BrokerLost, NoAccess) as error:
            if str(error) != self.trouble:
                log.warning("%s", error)
            self.trouble = str(error)
        self.connected = False
        with self._guard:
            subscribers = list(self._subscribers)
        for each in subscribers:
            each.lost()

    def _serve(self, wanted: tuple[Mqtt, str, MqttMessage], ear: socket.socket) -> None:
        from sitbreak.adapters.mqtt.one_connection import MqttSession

        settings, name, will = wanted
        session = MqttSession(settings, name, will, self._arrived, self._now, self._patience_s)
        with self._guard:
            self._unsent = dict.fromkeys(self._state)
        self._asked = set()
        try:
            while not self._ending.is_set() and self._wanted == wanted:
                session.step(ear)
                if session.open:
                    self._tell(session)
            if session.open and _place(self._wanted) != _place(wanted):
                session.take_back(self._left, ear)
        finally:
            session.close()

    def _tell(self, session: MqttSession) -> None:
        """Subscribes what is asked for, and sends what waits as fast as the broker takes it."""
        if not self.connected:
            log.info("connected to the MQTT broker %s", session.broker)
        self.connected, self.trouble = True, session.refused
        with self._guard:
            topics = {each.topic for each in self._subscribers}
        for topic in topics - self._asked:
            session.subscribe(topic)
        for topic in self._asked - topics:
            session.unsubscribe(topic)
        self._asked = topics
        while session.free and (message := self._next()) is not None:
            session.publish(message)

    def _next(self) -> MqttMessage | None:
        with self._guard:
            for topic in self._unsent:
                del self._unsent[topic]
                return self._state[topic]
            return None

    def _arrived(self, message: MqttMessage) -> None:
        from paho.mqtt.client import topic_matches_sub

        with self._guard:
            takers = [each for each in self._subscribers if topic_matches_sub(each.topic, message.topic)]
        for each in takers:
            if len(message.payload) > each.most:
                log.warning("a message under %s is left out: it has %d bytes", message.topic, len(message.payload))
                continue
            done = attempt(lambda: each.take(message))  # noqa: B023 - called here and now
            if isinstance(done, Failure):
                log.error("what was told under %s could not be taken: %s", message.topic, done)
