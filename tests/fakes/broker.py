"""A real Mosquitto on a free port of the loopback, and what a test needs beside it: certificates, another client."""

from __future__ import annotations

import shutil
import socket
import subprocess
from dataclasses import replace
from pathlib import Path

from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.mqtt import MqttClient
from sitbreak.daemon.mqtt_link import MqttLink
from sitbreak.settings.sections import Mqtt
from tests.desktop.needs import hidden
from tests.waiting import wait_until

HOST = "127.0.0.1"
DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL")


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        return int(taken.getsockname()[1])


class Witness:
    """A client that hears everything, and remembers the last word under each topic."""

    def __init__(self, file: Path, process: subprocess.Popen[bytes]) -> None:
        self._file, self._process = file, process

    def last(self) -> dict[str, str]:
        """The last word under each topic that has any."""
        lines = self._file.read_text("utf-8", "replace").splitlines()
        found = dict(line.split(" ", 1) for line in lines if " " in line)
        return {topic: payload for topic, payload in found.items() if payload}

    def close(self) -> None:
        """Goes."""
        self._process.kill()
        self._process.wait(10)


class Mosquitto:
    """A broker with its files in `home`; `lines` are further ones of its configuration."""

    def __init__(self, home: Path, *lines: str, tls: bool = False) -> None:
        self.home, self.port = home, free_port()
        home.mkdir(exist_ok=True)
        secured = [f"cafile {home}/ca.pem", f"certfile {home}/broker.pem", f"keyfile {home}/broker.key"] if tls else []
        told = [f"listener {self.port} {HOST}", *secured, *(lines or ["allow_anonymous true"])]
        kept = ["persistence true", f"persistence_location {home}/", "user root"]
        (home / "broker.conf").write_text("\n".join([*kept, *told, ""]))
        self.settings = replace(Mqtt(), broker=HOST, port=self.port, tls=tls, ca_file=f"{home}/ca.pem" if tls else "")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Mosquitto:
        """Starts it and waits until it listens."""
        with (self.home / "broker.log").open("ab") as log:
            command = [*DIES_WITH_US, _program("mosquitto"), "-c", str(self.home / "broker.conf")]
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        wait_until(self._listens, what=f"Mosquitto, which says {(self.home / 'broker.log').read_text()!r}")
        return self

    def _listens(self) -> bool:
        with socket.socket() as tried:
            return tried.connect_ex((HOST, self.port)) == 0

    def stop(self, *, kill: bool = False) -> None:
        """Ends it, with `kill` without a word to anybody; what it was to keep is kept only where it may say goodbye."""
        if self._process is not None:
            self._process.kill() if kill else self._process.terminate()
            self._process.wait(10)
            self._process = None

    def publish(self, topic: str, payload: str | Path, *options: str) -> None:
        """Another client tells something, a file's content where a path is given."""
        told = ["-f", str(payload)] if isinstance(payload, Path) else ["-m", payload]
        subprocess.run(self._client("mosquitto_pub", topic, *told, *options), check=True, timeout=20)

    def kept(self, topic: str = "#") -> dict[str, str]:
        """What the broker has under a topic for whoever comes now; takes a second."""
        options = ("-F", "%t %p", "--retained-only", "-W", "1")
        done = subprocess.run(
            self._client("mosquitto_sub", topic, *options), capture_output=True, text=True, timeout=20
        )
        return dict(line.split(" ", 1) for line in done.stdout.splitlines())

    def witness(self) -> Witness:
        """Another client that hears everything from now on, and first what is kept."""
        file = self.home / f"heard by {free_port()}"
        with file.open("wb") as heard:
            command = [*DIES_WITH_US, *self._client("mosquitto_sub", "#", "-F", "%t %p", "-q", "1")]
            return Witness(file, subprocess.Popen(command, stdout=heard, stderr=heard))

    def _client(self, program: str, topic: str, *options: str) -> list[str]:
        tls = ["--cafile", f"{self.home}/ca.pem"] if self.settings.tls else []
        return [_program(program), "-h", HOST, "-p", str(self.port), *tls, "-t", topic, *options]


def _program(name: str) -> str:
    return str(shutil.which(name) or hidden(name))


def no_broker() -> MqttLink:
    """What a program has that tells no broker anything."""
    now = SystemClock().now
    return MqttLink(MqttClient(now), lambda key, done: None, now)


def make_certificates(home: Path, name: str = HOST) -> None:
    """A CA, and by it one certificate for the broker (of `name`) and one for a client, each with its key."""
    home.mkdir(exist_ok=True)
    _openssl(home, "req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=test-ca -keyout ca.key -out ca.pem")
    kind = "IP" if name[0].isdigit() else "DNS"
    (home / "names").write_text(f"subjectAltName={kind}:{name}\n")
    for each in ("broker", "client"):
        _openssl(home, f"req -newkey rsa:2048 -nodes -subj /CN={each} -keyout {each}.key -out {each}.csr")
        signed = (
            f"x509 -req -in {each}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile names -out {each}.pem"
        )
        _openssl(home, signed)


def _openssl(home: Path, words: str) -> None:
    subprocess.run(["openssl", *words.split()], cwd=home, check=True, capture_output=True, timeout=60)
