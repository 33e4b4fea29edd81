"""The full-screen probe on a real X server with a window manager."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from sitbreak.adapters.context.fullscreen_x11 import X11Fullscreen
from sitbreak.ports import Env, NotViable, Viable
from tests.adapters.context_worlds import Run, XWindow, wiring, x_server
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("Xvfb", "openbox")


@pytest.fixture
def display() -> Iterator[str]:
    """An X display with a window manager."""
    with x_server() as display:
        yield display


def shown(display: str, name: str) -> XWindow:
    """A window that is on screen and active."""
    window = XWindow(display, name)
    wait_until(window.active)
    return window


def test_full_screen_is_seen_and_its_end(display: str) -> None:
    """An active window that goes full screen turns the signal on with its class, and off when it goes back."""
    with Run(X11Fullscreen(wiring({"DISPLAY": display}))) as run, closing(shown(display, "Film")) as window:
        window.fullscreen(True)
        run.wait((True, "Film"))
        window.fullscreen(False)
        run.wait((True, "Film"), (False, ""))


def test_full_screen_at_the_start_is_posted(display: str) -> None:
    """What is full screen when the probe starts is its first edge."""
    with closing(shown(display, "Film")) as window:
        window.fullscreen(True)
        with Run(X11Fullscreen(wiring({"DISPLAY": display}))) as run:
            run.wait((True, "Film"))


def test_only_the_active_window_counts(display: str) -> None:
    """A full-screen window behind another one is not in front of anybody."""
    with Run(X11Fullscreen(wiring({"DISPLAY": display}))) as run, closing(shown(display, "Film")) as film:
        film.fullscreen(True)
        with closing(shown(display, "Editor")):
            run.wait((True, "Film"), (False, ""))
        film.activate()
        run.wait((True, "Film"), (False, ""), (True, "Film"))


def test_a_full_screen_window_that_vanishes_ends_it(display: str) -> None:
    """When the window is closed the signal goes off."""
    with Run(X11Fullscreen(wiring({"DISPLAY": display}))) as run:
        with closing(shown(display, "Film")) as window:
            window.fullscreen(True)
            run.wait((True, "Film"))
        run.wait((True, "Film"), (False, ""))


def test_an_x_server_that_dies_is_one_log_line(caplog: pytest.LogCaptureFixture) -> None:
    """When the display goes away the signal goes off, with one log line and no more, and close still ends it."""
    with x_server() as display:
        run = Run(X11Fullscreen(wiring({"DISPLAY": display}))).__enter__()
        window = shown(display, "Film")
        window.fullscreen(True)
        run.wait((True, "Film"))
    window.close()
    run.wait((True, "Film"), (False, ""))
    wait_until(lambda: run.probe.trouble)
    run.probe.close()
    assert len([record for record in caplog.records if record.levelname == "WARNING"]) == 1
    assert not [thread for thread in threading.enumerate() if "x11" in thread.name]


def test_it_says_what_it_cannot_do() -> None:
    """Without a display it is not viable; on Wayland it tells its limit."""
    assert isinstance(X11Fullscreen.viable(Env("linux", {})), NotViable)
    wayland = X11Fullscreen.viable(Env("linux", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}))
    assert isinstance(wayland, Viable)
    assert wayland.limits


@pytest.mark.parametrize("more", [{"SWAYSOCK": "/run/sway"}, {"XDG_CURRENT_DESKTOP": "KDE"}])
def test_xwayland_is_not_started_for_what_the_compositor_tells(more: dict[str, str]) -> None:
    """sway and KWin are asked for every window; in an X session of Plasma it looks as ever."""
    wayland = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    assert isinstance(X11Fullscreen.viable(Env("linux", {**wayland, **more})), NotViable)
    assert isinstance(X11Fullscreen.viable(Env("linux", {"DISPLAY": ":0", "XDG_CURRENT_DESKTOP": "KDE"})), Viable)
