"""Which source is used on real displays, and that one which was not there at the start is found."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest
from Xlib.display import Display
from Xlib.error import DisplayConnectionError

from sitbreak.adapters.activity.reconnecting import SoughtSource
from sitbreak.adapters.activity.xinput2 import XInput2Source
from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.clock import SystemClock
from sitbreak.core.events import InputKind
from sitbreak.daemon.backends import choose_source
from sitbreak.ports import Env, SourceUnreadable
from sitbreak.settings.model import Settings
from tests.desktop.desk import Desk
from tests.desktop.sway import Sway
from tests.desktop.test_activity_x11 import XServer, x_server
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.desktop("Xvfb", "xdotool"),
    # python-xlib leaves the socket of a refused connection to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
LATE = 30.0  # seconds; generous for a loaded machine


@contextmanager
def sought(variables: dict[str, str]) -> Iterator[SoughtSource]:
    """The program's own source in an environment of these variables."""
    with closing(BusThread()) as bus:
        look = partial(choose_source, Settings(), Env("linux", variables), SystemClock(), bus)
        with closing(SoughtSource(look, (0.2,))) as source:
            yield source
    gc.collect()


@pytest.fixture
def server() -> Iterator[XServer]:
    """An X server that can be killed and started again, and $DISPLAY for it."""
    with x_server(XInput2Source) as made:
        yield made


def sees(source: SoughtSource) -> bool:
    """Whether a poll is answered."""
    try:
        source.poll()
    except SourceUnreadable:
        return False
    return True


def test_a_server_that_comes_later_is_found(server: XServer) -> None:
    """Started before the X server the program is blind and says why; with the server it sees."""
    server.kill()
    with sought(server.env) as source:
        with pytest.raises(SourceUnreadable, match=r"^The X server cannot be reached: .*\.$"):
            source.poll()
        server.revive()
        wait_until(lambda: sees(source), LATE, "a source")
        server.act(InputKind.KEY)
        assert InputKind.KEY in {seen.kind for seen in wait_until(source.poll, what="the key")}
        assert source.using == "xinput2"


def test_a_server_without_a_free_place_is_tried_again(server: XServer) -> None:
    """Its refusal is told in its own words; once a place is free input is seen."""
    held: list[Display] = []
    with pytest.raises(DisplayConnectionError):
        held.extend(Display(server.env["DISPLAY"]) for _ in range(2000))
    with sought(server.env) as source:
        assert source.using == "none: The X server cannot be reached: Maximum number of clients reached."
        for each in held:
            each.close()
        wait_until(lambda: sees(source), LATE, "a source")


def test_a_server_that_hangs_holds_no_poll(server: XServer) -> None:
    """Polls return within a moment while the X server is stopped, then say that it cannot be reached; it comes back."""
    clock = SystemClock()
    with sought(server.env) as source:
        server.act(InputKind.KEY)  # about which the server is asked
        os.kill(server.server.pid, signal.SIGSTOP)
        try:
            began = clock.now()
            sees(source)
            assert clock.now().since(began).total_seconds() < 1
            wait_until(lambda: not sees(source), LATE, "the loss")
        finally:
            os.kill(server.server.pid, signal.SIGCONT)
        wait_until(lambda: sees(source), LATE, "the source again")


@pytest.mark.parametrize(
    "left_over",
    [
        {"XDG_SESSION_TYPE": "tty"},
        {"XDG_SESSION_TYPE": "wayland"},
        {"XDG_SESSION_TYPE": "wayland", "WAYLAND_DISPLAY": "wayland-gone"},
    ],
    ids=["tty", "wayland", "wayland-gone"],
)
def test_a_left_over_session_type_blinds_nobody(
    desk: Desk, left_over: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a real X server the X source is used, whatever the variables of another session say."""
    variables = {**desk.env, **left_over}
    for name in ("DISPLAY", "XDG_RUNTIME_DIR", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        if name in variables:
            monkeypatch.setenv(name, variables[name])
        else:
            monkeypatch.delenv(name, raising=False)
    with sought(variables) as source:
        assert source.using == "xinput2"


@pytest.mark.desktop("sway", "Xwayland")
def test_xwayland_is_no_source(sway_with_x: Sway, monkeypatch: pytest.MonkeyPatch) -> None:
    """The X server of a Wayland session is refused by itself, by both X sources; it hears little of the input."""
    variables = {**sway_with_x.env, "XDG_RUNTIME_DIR": str(Path(sway_with_x.env["XDG_RUNTIME_DIR"]) / "nowhere")}
    monkeypatch.setenv("DISPLAY", variables["DISPLAY"])
    monkeypatch.setenv("XDG_RUNTIME_DIR", variables["XDG_RUNTIME_DIR"])
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with sought({"DISPLAY": variables["DISPLAY"]}) as source:
        assert source.using.startswith("none: This X server is XWayland")
        assert {name for name, refusal in source.choice.refused.items() if refusal.tried} == {"xinput2", "pynput"}
