"""Private worlds for the context probes: real servers on sockets of their own, ended with the test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Generic, Self, TypeVar

from sitbreak.adapters.context.probe import Options, Probe, Wiring
from sitbreak.adapters.context.worker import Slow
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

    def reached(self, count: int) -> None:
        """Waits until there were this many events."""
        wait_until(lambda: len(self.events) >= count, what=f"event {count} after {self.events}")
        assert len(self.events) == count

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

    def looked(self) -> Self:
        """Waits until it has looked."""
        wait_until(lambda: self.probe.sees, what=f"{self.probe.NAME}, which says {self.probe.trouble!r}")
        return self

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


@contextmanager
def x_server() -> Iterator[str]:
    """An X server without a screen, with openbox; its display name."""
    reader, writer = os.pipe()
    argv = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(argv, pass_fds=[writer], stdin=quiet, stdout=quiet, stderr=quiet) as server:
        os.close(writer)
        try:
            with os.fdopen(reader) as answer:
                display = f":{answer.readline().strip()}"
            with program(["openbox"], {"DISPLAY": display}):
                wait_until(lambda: managed(display), what="the window manager")
                yield display
        finally:
            stop(server)


def managed(display: str) -> bool:
    """Whether a window manager has taken this X display."""
    from Xlib.display import Display

    with closing(Display(display)) as connection:
        return connection.screen().root.get_full_property(connection.intern_atom("_NET_CLIENT_LIST"), 0) is not None


class XWindow:
    """A window of ours on an X display, which asks the window manager for full screen and back."""

    def __init__(self, display: str, name: str) -> None:
        from Xlib.display import Display

        self._display = Display(display)
        self._root = self._display.screen().root
        self.window = self._root.create_window(10, 10, 200, 150, 0, self._display.screen().root_depth)
        self.window.set_wm_class(name.lower(), name)
        self.window.set_wm_name("a title nobody reads")
        self.window.map()
        self._display.sync()

    def fullscreen(self, on: bool) -> None:
        """Asks for it, or for its end."""
        self._ask("_NET_WM_STATE", [int(on), self._display.intern_atom("_NET_WM_STATE_FULLSCREEN"), 0, 1, 0])

    def activate(self) -> None:
        """Asks for the focus."""
        self._ask("_NET_ACTIVE_WINDOW", [2, 0, 0, 0, 0])

    def active(self) -> bool:
        """Whether a window manager shows this window as the active one."""
        from Xlib import X

        found = self._root.get_full_property(self._display.intern_atom("_NET_ACTIVE_WINDOW"), X.AnyPropertyType)
        return found is not None and found.value[0] == self.window.id

    def close(self) -> None:
        """Takes it away; the server may be gone already."""
        from Xlib.error import ConnectionClosedError

        with suppress(ConnectionClosedError):
            self._display.close()
        self._display.display.socket.close()

    def _ask(self, kind: str, numbers: list[int]) -> None:
        from Xlib import X
        from Xlib.protocol.event import ClientMessage

        message = ClientMessage(window=self.window, client_type=self._display.intern_atom(kind), data=(32, numbers))
        self._root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self._display.sync()


@contextmanager
def film(env: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A Wayland window of the app org.example.Film, which goes full screen at the word "full" (see `tell`)."""
    argv = [sys.executable, str(Path(__file__).parent.parent / "desktop" / "context_film.py")]
    quiet = subprocess.DEVNULL
    whole = {**os.environ, **env, "QT_QPA_PLATFORM": "wayland"}
    with subprocess.Popen(argv, env=whole, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, text=True) as running:
        try:
            yield running
        finally:
            running.kill()
            running.wait(5)


def tell(film: subprocess.Popen[str], word: str) -> None:
    """Sends the window a word: "full" or "normal"."""
    assert film.stdin is not None
    film.stdin.write(f"{word}\n")
    film.stdin.flush()
