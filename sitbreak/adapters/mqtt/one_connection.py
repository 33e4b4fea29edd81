"""One connection to a broker, from its beginning to its end. Only one thread may use it.

Whatever the broker sends: a packet is at most `MOST_BYTES`, and of messages no more than `MOST_MESSAGES` are taken in
`WINDOW`; more ends the connection, as does a broker that says nothing at all.
"""

from __future__ import annotations

import select
import socket
import ssl
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sitbreak.adapters.mqtt.access import context, password
from sitbreak.adapters.mqtt.kept_connection import MOST_BYTES, MqttMessage
from sitbreak.core.timeline import Instant
from sitbreak.language import N_, _
from sitbreak.settings.installation import how_to_get
from sitbreak.settings.sections import Mqtt

if TYPE_CHECKING:
    from paho.mqtt.client import Client

MOST_MESSAGES = 1000
WINDOW = timedelta(seconds=10)
KEEPALIVE_S = 30  # a broker that is silent for as long, and does not answer when asked, is gone
PARTING = timedelta(seconds=2)
STEP_S = 5.0  # between looks of its own; what comes, and what is to be told, is dealt with at once

MISSING = N_("MQTT needs paho-mqtt, which is not installed here. {remedy}")
NOT_FOUND = N_("There is no host {host} (mqtt.broker); look whether the name is right and the network is there.")
NO_ANSWER = N_("The MQTT broker {broker} does not answer ({why}); it is tried again.")
SILENT = N_("{broker} takes the connection and does not answer as an MQTT broker does; look at mqtt.port and mqtt.tls.")
UNTRUSTED = N_("The certificate of the MQTT broker {broker} is not trusted ({why}); mqtt.ca_file can name its CA.")
NO_TLS = N_("TLS with the MQTT broker {broker} failed ({why}); look at mqtt.tls, mqtt.port and mqtt.certificate_file.")
REFUSED = N_("The MQTT broker {broker} refuses user or password ({why}); look at mqtt.user and mqtt.password_file.")
ENDED = N_("The MQTT broker {broker} ended the connection; it is tried again.")
TURNED_AWAY = N_("The MQTT broker {broker} turned us away ({why}); it is tried again.")
TAKEN_OVER = N_("Another program uses the name {name} at the MQTT broker {broker}; a copied disk may be the reason.")
TOO_BIG = N_("The MQTT broker {broker} sent more than {most} KB in one message; the connection was ended.")
TOO_MANY = N_("The MQTT broker {broker} sent more than {most} messages in {seconds:g} s; the connection was ended.")


class BrokerLost(Exception):
    """There is no connection, or no more; the message says why, for people."""


class MqttSession:
    """`name`: our own at the broker; `will`: told by the broker once we are gone; `arrived` takes each message.

    `patience_s`: seconds it may take to connect, and to say that we are let in.
    """

    def __init__(
        self,
        settings: Mqtt,
        name: str,
        will: MqttMessage,
        arrived: Callable[[MqttMessage], None],
        now: Callable[[], Instant],
        patience_s: float,
    ) -> None:
        self._settings, self._name, self._arrived, self._now = settings, name, arrived, now
        self.broker = f"{settings.broker}:{settings.port or (8883 if settings.tls else 1883)}"
        self._patience = timedelta(seconds=patience_s)
        self.open = False  # whether we were let in
        self.refused = ""  # what we may not read there
        self._why, self._parting = "", 0x04
        self._since, self._window, self._taken = now().elapsed, now().elapsed, 0
        self._client = self._connected(will)

    def _lost(self, text: str, why: object = "") -> BrokerLost:
        told = {"broker": self.broker, "host": self._settings.broker, "name": self._name}
        return BrokerLost(self._why or _(text, **told, why=str(why).lower() or "?"))

    def _connected(self, will: MqttMessage) -> Client:
        """Raises BrokerLost or NoAccess."""
        try:
            client = _bounded(self._name, self._too_big)
        except ImportError as error:
            raise BrokerLost(_(MISSING, remedy=how_to_get("paho-mqtt"))) from error
        settings = self._settings
        client.on_connect, client.on_disconnect = self._on_connect, self._on_disconnect
        client.on_message, client.on_subscribe = self._on_message, self._on_subscribe
        client.will_set(will.topic, will.payload, retain=True)
        client.connect_timeout = self._patience.total_seconds()
        if (tls := context(settings)) is not None:
            client.tls_set_context(tls)
        if settings.user:
            client.username_pw_set(settings.user, password(settings))
        try:
            host, port = self.broker.rsplit(":", 1)
            client.connect(host, int(port), KEEPALIVE_S, properties=_limits())
        except ssl.SSLCertVerificationError as error:
            raise self._lost(UNTRUSTED, error.verify_message or error) from error
        except ssl.SSLError as error:
            raise self._lost(NO_TLS, error.reason or error) from error
        except ConnectionResetError as error:
            raise self._lost(NO_TLS if settings.tls else NO_ANSWER, error.strerror) from error
        except (socket.gaierror, ValueError) as error:  # UnicodeError, for what can be no host's name
            raise self._lost(NOT_FOUND) from error
        except OSError as error:
            raise self._lost(NO_ANSWER, error.strerror or error) from error
        return client

    # -- what the thread does

    @property
    def free(self) -> bool:
        """Whether the broker keeps up with what it was sent."""
        return self.open and not self._client.want_write()

    def step(self, wake: socket.socket) -> None:
        """Waits a moment for the broker, or for a byte in `wake`, and deals with what came. Raises BrokerLost."""
        sock: Any = self._client.socket()
        if sock is not None:
            held = isinstance(sock, ssl.SSLSocket) and sock.pending() > 0
            writing = [sock] if self._client.want_write() else []
            readable, writable, _ = select.select(
                [sock, wake], writing, [], 0 if held else STEP_S if self.open else self._patience.total_seconds() / 10
            )
            if wake in readable:
                wake.recv(4096)
            if sock in readable or held:
                self._client.loop_read()
            if sock in writable:
                self._client.loop_write()
            self._client.loop_misc()
        if self._client.socket() is None or self._why:
            raise self._lost(ENDED if self.open else SILENT)
        if not self.open and self._now().elapsed - self._since > self._patience:
            raise self._lost(SILENT)

    def subscribe(self, topic: str) -> None:
        """Asks for what is told under a topic, which may hold + and #; of ourselves we hear nothing."""
        from paho.mqtt.subscribeoptions import SubscribeOptions

        self._client.subscribe(topic, options=SubscribeOptions(qos=1, noLocal=True))

    def unsubscribe(self, topic: str) -> None:
        """Asks for it no longer."""
        self._client.unsubscribe(topic)

    def publish(self, message: MqttMessage) -> None:
        """Has the broker tell it, and keep it for whoever comes later."""
        self._client.publish(message.topic, message.payload, retain=True)

    def take_back(self, topics: Sequence[str], wake: socket.socket) -> None:
        """Waits until the broker keeps nothing there any more, `PARTING` at the most; no will is told then."""
        self._parting = 0x00
        until = self._now().elapsed + PARTING
        taken = [self._client.publish(topic, b"", qos=1, retain=True) for topic in topics]
        while not all(each.rc or each.is_published() for each in taken) and self._now().elapsed < until:
            self.step(wake)

    def close(self) -> None:
        """Goes, and has the broker tell the will unless that was forgone (reason 0x04 of MQTT 5)."""
        from paho.mqtt.packettypes import PacketTypes
        from paho.mqtt.reasoncodes import ReasonCode

        self._client.disconnect(ReasonCode(PacketTypes.DISCONNECT, identifier=self._parting))
        if (sock := self._client.socket()) is not None:
            sock.close()

    # -- what paho calls, all within `step`

    def _on_connect(self, _client: object, _data: object, _flags: object, reason: Any, _properties: object) -> None:
        if not reason.is_failure:
            self.open = True
            return
        text = REFUSED if reason.value in (0x86, 0x87) else TURNED_AWAY  # bad user name or password; not authorized
        self._why = str(self._lost(text, reason))

    def _on_disconnect(self, _client: object, _data: object, _flags: object, reason: Any, _properties: object) -> None:
        if reason.value == 0x8E:  # session taken over
            self._why = self._why or str(self._lost(TAKEN_OVER))

    def _on_message(self, _client: object, _data: object, message: Any) -> None:
        now = self._now().elapsed
        if now - self._window > WINDOW:
            self._window, self._taken = now, 0
        self._taken += 1
        if self._taken > MOST_MESSAGES:
            self._why = _(TOO_MANY, broker=self.broker, most=MOST_MESSAGES, seconds=WINDOW.total_seconds())
        else:
            self._arrived(MqttMessage(message.topic, message.payload, message.retain))

    def _on_subscribe(self, _client: object, _data: object, _mid: int, reasons: Any, _properties: object) -> None:
        if any(each.is_failure for each in reasons):
            self.refused = _(
                "The MQTT broker {broker} does not let the user read all that is needed there.", broker=self.broker
            )

    def _too_big(self) -> None:
        self._why = _(TOO_BIG, broker=self.broker, most=MOST_BYTES // 1024)


def _bounded(name: str, too_big: Callable[[], None]) -> Client:
    """A client that reads no packet above the limit, whatever its head says; it would be kept in memory whole."""
    from paho.mqtt.client import Client, MQTTv5
    from paho.mqtt.enums import CallbackAPIVersion

    class Bounded(Client):
        def _sock_recv(self, bufsize: int) -> bytes:
            if bufsize > MOST_BYTES:
                too_big()
                raise ConnectionAbortedError
            return super()._sock_recv(bufsize)

    return Bounded(CallbackAPIVersion.VERSION2, name, protocol=MQTTv5, reconnect_on_failure=False)


def _limits() -> Any:
    """What an honest broker keeps to by itself."""
    from paho.mqtt.packettypes import PacketTypes
    from paho.mqtt.properties import Properties

    limits: Any = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
    limits.MaximumPacketSize = MOST_BYTES
    return limits
