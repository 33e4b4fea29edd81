"""Brokers that do not let us in, or do what no broker may: one sentence each, bounded memory, and another try."""

from __future__ import annotations

import resource
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from sitbreak.adapters.mqtt import MqttMessage, access
from sitbreak.settings.sections import Mqtt
from tests.fakes.broker import HOST, Mosquitto, make_certificates
from tests.mqtt.conftest import Made
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("mosquitto", "mosquitto_passwd", "mosquitto_pub", "openssl", "setpriv")


@pytest.fixture
def secured(tmp_path: Path, stack: ExitStack) -> Mosquitto:
    """One with TLS that lets in who has the right password or a certificate of its CA."""
    home = tmp_path / "secured"
    make_certificates(home)
    command = ["mosquitto_passwd", "-b", "-c", str(home / "users"), "me", "right"]
    subprocess.run(command, check=True, timeout=20)
    made = Mosquitto(home, "allow_anonymous false", f"password_file {home}/users", tls=True).start()
    stack.callback(made.stop)
    return made


def with_password(settings: Mqtt, password: str, tmp_path: Path) -> Mqtt:
    """The same with a user, whose password lies in a file."""
    file = tmp_path / "password"
    file.write_text(f"{password}\n")
    return replace(settings, user="me", password_file=str(file))


def trouble_of(client: Made, settings: Mqtt, fits: Callable[[str], bool] = bool) -> str:
    """The sentence a client has for it."""
    here = client(settings)
    wait_until(lambda: fits(here.trouble), what="a sentence")
    assert not here.connected
    return here.trouble


def test_tls_with_the_right_ca_and_password_lets_us_in(secured: Mosquitto, client: Made, tmp_path: Path) -> None:
    """The password lies in a file."""
    here = client(with_password(secured.settings, "right", tmp_path))
    wait_until(lambda: here.connected, what=here.trouble)


def test_a_certificate_of_ours_lets_us_in(tmp_path: Path, stack: ExitStack, client: Made) -> None:
    """And without it the sentence names TLS."""
    home = tmp_path / "certified"
    make_certificates(home)
    made = Mosquitto(home, "require_certificate true", "use_identity_as_username true", tls=True).start()
    stack.callback(made.stop)
    ours = replace(made.settings, certificate_file=f"{home}/client.pem", key_file=f"{home}/client.key")
    here = client(ours)
    wait_until(lambda: here.connected, what=here.trouble)
    assert "connection" in trouble_of(client, made.settings) or "TLS" in trouble_of(client, made.settings)


def test_a_wrong_password_is_said(secured: Mosquitto, client: Made, tmp_path: Path) -> None:
    """With the settings to look at; the password itself is nowhere in it."""
    said = trouble_of(client, with_password(secured.settings, "wrong-one", tmp_path))
    assert "refuses user or password" in said
    assert "mqtt.password_file" in said
    assert "wrong-one" not in said


def test_a_ca_that_is_not_trusted_is_said(secured: Mosquitto, client: Made) -> None:
    """No word is exchanged with it."""
    assert "is not trusted" in trouble_of(client, replace(secured.settings, ca_file=""))


def test_a_certificate_of_another_host_is_not_trusted(tmp_path: Path, stack: ExitStack, client: Made) -> None:
    """Whoever has some certificate of the CA is not the broker."""
    make_certificates(tmp_path / "other", "somewhere.else")
    made = Mosquitto(tmp_path / "other", tls=True).start()
    stack.callback(made.stop)
    assert "is not trusted" in trouble_of(client, made.settings)


def test_tls_where_the_broker_has_none_and_the_reverse(secured: Mosquitto, broker: Mosquitto, client: Made) -> None:
    """Both sentences name the settings to look at."""
    assert "mqtt.tls" in trouble_of(client, replace(broker.settings, tls=True))
    assert "mqtt.tls" in trouble_of(client, replace(secured.settings, tls=False))


def test_files_that_cannot_be_used_are_named(tmp_path: Path, broker: Mosquitto, client: Made) -> None:
    """The setting, the file and the reason."""
    missing, nonsense = str(tmp_path / "missing"), tmp_path / "nonsense"
    nonsense.write_text("no certificate")
    settings = replace(broker.settings, user="me")
    for changed, setting in (
        (replace(settings, password_file=missing), "mqtt.password_file"),
        (replace(settings, tls=True, ca_file=str(nonsense)), "mqtt.ca_file"),
        (replace(settings, tls=True, certificate_file=missing), "mqtt.certificate_file"),
    ):
        said = trouble_of(client, changed)
        assert f"({setting})" in said
        assert str(tmp_path) in said


def test_a_host_that_is_none_is_said(client: Made) -> None:
    """Found by no name service, or no name at all."""
    assert "There is no host no.such.host.invalid" in trouble_of(client, Mqtt(broker="no.such.host.invalid"))
    assert "There is no host a..b" in trouble_of(client, Mqtt(broker="a..b"))


def test_the_password_comes_from_the_environment_first(tmp_path: Path) -> None:
    """Then from the file; with neither, and no keyring, there is none."""
    file = tmp_path / "password"
    file.write_text("of the file\r\n")
    settings = Mqtt(user="me", password_file=str(file))
    assert access.password(settings, {"SITBREAK_MQTT_PASSWORD": "of the environment"}) == "of the environment"
    assert access.password(settings, {}) == "of the file"
    assert access.password(Mqtt(), {}) is None


KEYRING = """
from keyring.errors import NoKeyringError
KEPT = {("sitbreak-mqtt", "me"): "of the keyring"}
def get_password(service, user):
    if user == "nobody":
        raise NoKeyringError("no backend")
    if user == "locked":
        raise OSError("it is locked")
    return KEPT.get((service, user))
"""


def test_a_keyring_is_asked_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its name for us and the user; a library without a keyring is none, and one that is locked is said."""
    (tmp_path / "keyring").mkdir()
    (tmp_path / "keyring" / "__init__.py").write_text(KEYRING)
    (tmp_path / "keyring" / "errors.py").write_text("class NoKeyringError(Exception): ...\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("keyring", "keyring.errors"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    found = [access.password(Mqtt(user=user), {}) for user in ("me", "other", "nobody")]
    assert found == ["of the keyring", None, None]
    with pytest.raises(access.NoAccess, match="it is locked"):
        access.password(Mqtt(user="locked"), {})


# -- no honest brokers

CONNACK = bytes([0x20, 3, 0, 0, 0])


class Liar:
    """Takes connections, and answers each with what it was told to send; `endless`: again and again."""

    def __init__(self, *sent: bytes, endless: bool = False) -> None:
        self._sent, self._endless = sent, endless
        self._listening = socket.create_server((HOST, 0))
        self.settings = Mqtt(broker=HOST, port=self._listening.getsockname()[1], tls=False)
        self.taken = 0
        threading.Thread(target=self._serve, name="liar", daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.taken += 1
            with connection:
                self._lie(connection)

    def _lie(self, connection: socket.socket) -> None:
        try:
            connection.recv(4096)
            for packet in self._sent:
                connection.sendall(packet)
            while self._endless:
                connection.sendall(self._sent[-1])
            while connection.recv(4096):
                pass
        except OSError:
            return

    def close(self) -> None:
        """Listens no more."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


@pytest.fixture
def liar(stack: ExitStack) -> Callable[..., Liar]:
    """Makes one that is closed in the end."""

    def make(*sent: bytes, endless: bool = False) -> Liar:
        made = Liar(*sent, endless=endless)
        stack.callback(made.close)
        return made

    return make


def published(topic: bytes, payload: bytes) -> bytes:
    """A PUBLISH packet, QoS 0."""
    body = len(topic).to_bytes(2, "big") + topic + b"\0" + payload
    length, head = len(body), bytearray([0x30])
    while True:
        length, digit = divmod(length, 128)
        head.append(digit | (0x80 if length else 0))
        if not length:
            return bytes(head) + body


def test_ten_megabytes_end_the_connection_and_take_no_memory(liar: Callable[..., Liar], client: Made) -> None:
    """What is sent though we said how much we take is not read."""
    lying = liar(CONNACK, published(b"house/word", b"x" * 10_000_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "more than 64 KB" in trouble_of(client, lying.settings, lambda said: "64 KB" in said)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 15_000
    wait_until(lambda: lying.taken > 1, what="another try")


def test_an_honest_broker_keeps_ten_megabytes_to_itself(broker: Mosquitto, client: Made, tmp_path: Path) -> None:
    """The next message comes, over the same connection; one that is too long for its subscriber is left out."""
    large, longer = tmp_path / "large", tmp_path / "longer"
    large.write_bytes(b"x" * 10_000_000)
    longer.write_bytes(b"x" * 5000)
    heard: list[MqttMessage] = []
    here = client(broker.settings)
    here.subscribe("house/#", heard.append)
    wait_until(lambda: here.connected)
    broker.publish("house/large", large, "-r")
    broker.publish("house/longer", longer, "-r")
    broker.publish("house/word", "short", "-r")
    wait_until(lambda: heard)
    assert [each.payload for each in heard] == [b"short"]
    assert here.connected


def test_a_flood_ends_the_connection(liar: Callable[..., Liar], client: Made) -> None:
    """A thousand messages in ten seconds are enough; nobody else waits for them."""
    flooding = liar(CONNACK, published(b"house/word", b"again" * 100), endless=True)
    heard: list[MqttMessage] = []
    here = client(flooding.settings)
    here.subscribe("house/#", heard.append)
    wait_until(lambda: "more than 1000 messages in 10 s" in here.trouble)
    assert len(heard) <= 1000 * flooding.taken


@pytest.mark.parametrize(
    "sent",
    [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x20\xff\xff\xff\xff\xff", b"\xf0\x7f" * 50, b""],
    ids=("another protocol", "a length that is none", "nonsense", "nothing at all"),
)
def test_what_is_no_broker_is_said(liar: Callable[..., Liar], client: Made, sent: bytes) -> None:
    """In a sentence that names what to look at."""
    here = client(liar(sent).settings, patience_s=1.0)
    wait_until(lambda: "does not answer as an MQTT broker does" in here.trouble)


def test_two_programs_of_one_name_are_told_of_it(liar: Callable[..., Liar], client: Made) -> None:
    """As after a disk was copied: the broker throws out the first, and newer ones say why."""
    assert "uses the name here" in trouble_of(client, liar(CONNACK, b"\xe0\x01\x8e").settings)
