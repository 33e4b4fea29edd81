"""Private worlds for the context probes: real servers on sockets of their own, ended with the test."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Generic, Self, TypeVar

from sitbreak.adapters.context.probe import Options, Probe, Wiring
from sitbreak.adapters.context.slow import Slow
from sitbreak.core.events import Event, SignalChanged
from sitbreak.ports import Env
from tests.waiting import wait_until

P = TypeVar("P", bound=Probe)


class Posted:
    """A `post` that keeps what it is given."""

    def __init__(self) -> None:
        self._guard = Lock()
        self.events: list[Event] = []

    def __call__(self, event: Event) -> None:
        """Takes one event."""
        with self._guard:
            self.events.append(event)

    @property
    def edges(self) -> list[tuple[bool, str]]:
        """On or off, and the holder, of each change so far."""
        with self._guard:
            return [(event.on, event.holder) for event in self.events if isinstance(event, SignalChanged)]

    def wait(self, *edges: tuple[bool, str], limit_s: float = 10.0) -> None:
        """Waits until exactly these edges were posted."""
        wait_until(lambda: self.edges == list(edges), limit_s, f"{list(edges)}, but posted {self.edges}")


def wiring(variables: Mapping[str, str] | None = None, options: Options | None = None) -> Wiring:
    """Probes look and try again at a tenth of a second, so that tests need not wait."""
    return Wiring(Env("linux", variables or {}), options or Options(), Slow(0.1), back_off=(0.1,))


class Run(Generic[P]):
    """A probe at work within a block, and what it posts."""

    def __init__(self, probe: P) -> None:
        self.probe = probe
        self.posted = Posted()

    def __enter__(self) -> Self:
        """Starts it."""
        self.probe.start(self.posted)
        return self

    def __exit__(self, *_failure: object) -> None:
        """Closes it."""
        self.probe.close()

    def wait(self, *edges: tuple[bool, str]) -> None:
        """Waits until exactly these edges were posted."""
        self.posted.wait(*edges)


@contextmanager
def program(argv: Sequence[str], env: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Runs a program for the length of the block; its output is thrown away."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(argv, env={**os.environ, **(env or {})}, stdin=quiet, stdout=quiet, stderr=quiet) as running:
        try:
            yield running
        finally:
            stop(running)


def stop(running: subprocess.Popen[bytes]) -> None:
    """Ends a program, politely first."""
    if running.poll() is None:
        running.terminate()
        try:
            running.wait(5)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait(5)


class PulseServer:
    """A PulseAudio server of its own with a null sink and a null source, so nothing is heard nor recorded."""

    def __init__(self, folder: Path) -> None:
        self.address = f"unix:{folder}/sound"
        self.env = {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_SERVER": self.address,
            "PULSE_COOKIE": str(folder / "cookie"),
        }
        self._socket = folder / "sound"

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        """The server runs within the block."""
        self._socket.unlink(missing_ok=True)
        modules = (
            f"module-native-protocol-unix socket={self._socket} auth-anonymous=1",
            "module-null-sink sink_name=speakers",
            "module-null-source source_name=mic",
        )
        argv = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm"]
        with program([*argv, *(part for module in modules for part in ("-L", module))], self.env) as server:
            wait_until(self._answers, what="the sound server")
            yield server

    @contextmanager
    def recorder(self, source: str = "mic", name: str = "Talker") -> Iterator[subprocess.Popen[bytes]]:
        """A real recorder of `source` runs within the block."""
        with program(["parec", f"--client-name={name}", "-d", source, "--raw", "/dev/null"], self.env) as recorder:
            yield recorder

    def control(self, *words: str) -> str:
        """What pactl answers."""
        env = {**os.environ, **self.env}
        return subprocess.run(["pactl", *words], env=env, check=True, capture_output=True, text=True, timeout=10).stdout

    def _answers(self) -> bool:
        env = {**os.environ, **self.env}
        return subprocess.run(["pactl", "info"], env=env, capture_output=True, check=False, timeout=10).returncode == 0
