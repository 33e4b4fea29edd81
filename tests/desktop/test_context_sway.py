"""Full screen and idle inhibitors on a real sway, with a real window."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen

import pytest

from sitbreak.adapters.context.sway import SwayFullscreen, SwayMedia
from sitbreak.ports import Env, NotViable, Viable
from tests.adapters.context_worlds import Run, film, wiring
from tests.desktop.sway import Sway
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("sway", "swaymsg", "setpriv", "dbus-daemon")

ON, OFF = (True, "org.example.Film"), (False, "")


@pytest.fixture
def window(sway: Sway) -> Iterator[Popen[str]]:
    """A window that sway shows."""
    with film(sway.env) as window:
        wait_until(lambda: "org.example.Film" in sway.swaymsg("-t", "get_tree"), 20, what="the window")
        yield window


def test_full_screen_is_seen_and_its_end(sway: Sway, window: Popen[str]) -> None:
    """The focused window turns the signal on with full screen and off without; so does leaving its workspace."""
    with Run(SwayFullscreen(wiring(sway.env))) as run:
        run.looked()
        sway.swaymsg("[app_id=org.example.Film] fullscreen enable")
        run.wait(ON)
        sway.swaymsg("workspace 2")
        run.wait(ON, OFF)
        sway.swaymsg("workspace 1")
        run.wait(ON, OFF, ON)
        window.kill()
        run.wait(ON, OFF, ON, OFF)


def test_full_screen_at_the_start_is_posted(sway: Sway, window: Popen[str]) -> None:
    """What is full screen when the probe starts is its first edge."""
    sway.swaymsg("[app_id=org.example.Film] fullscreen enable")
    with Run(SwayFullscreen(wiring(sway.env))) as run:
        run.wait(ON)


def test_an_inhibitor_that_begins_while_we_watch_is_media(sway: Sway, window: Popen[str]) -> None:
    """A window that begins to keep the screen awake is media until it ends."""
    with Run(SwayMedia(wiring(sway.env))) as run:
        run.looked()
        sway.swaymsg("[app_id=org.example.Film] inhibit_idle open")
        run.wait(ON)
        sway.swaymsg("[app_id=org.example.Film] inhibit_idle none")
        run.wait(ON, OFF)


def test_an_inhibitor_from_before_is_no_evidence(sway: Sway, window: Popen[str]) -> None:
    """A window that kept the screen awake before we watched is no media."""
    sway.swaymsg("[app_id=org.example.Film] inhibit_idle open")
    with Run(SwayMedia(wiring(sway.env))) as run:
        run.looked()
    assert run.posted.edges == []


def test_sway_may_end(sway: Sway, window: Popen[str], caplog: pytest.LogCaptureFixture) -> None:
    """When sway ends the signal goes off with one log line, and close still works."""
    sway.swaymsg("[app_id=org.example.Film] fullscreen enable")
    before = len(os.listdir("/proc/self/fd"))
    with Run(SwayFullscreen(wiring(sway.env))) as run:
        run.wait(ON)
        sway.stop()
        run.wait(ON, OFF)
        wait_until(lambda: run.probe.trouble)
    assert len([record for record in caplog.records if record.levelname == "WARNING"]) == 1
    assert len(os.listdir("/proc/self/fd")) <= before


def test_sway_is_found_without_being_named(sway: Sway, window: Popen[str]) -> None:
    """A program that was started before sway, whose variables do not name the socket, looks for it."""
    told = {name: sway.env[name] for name in ("XDG_RUNTIME_DIR", "WAYLAND_DISPLAY")}
    assert isinstance(SwayFullscreen.viable(Env("linux", told)), Viable)
    with Run(SwayFullscreen(wiring(told))) as run:
        run.looked()
        sway.swaymsg("[app_id=org.example.Film] fullscreen enable")
        run.wait(ON)


def test_a_sway_that_was_started_again_is_found(sway: Sway) -> None:
    """Killed, sway leaves behind the socket that the variables name; the new one listens at another."""
    with Run(SwayFullscreen(wiring(sway.env))) as run:
        run.looked()
        anew = sway.killed_and_started_again()
        assert Path(sway.env["SWAYSOCK"]).exists()
        assert anew["SWAYSOCK"] != sway.env["SWAYSOCK"]
        wait_until(lambda: run.probe.trouble, what="the loss")
        run.looked()


def test_elsewhere_it_is_not_viable() -> None:
    """Without sway's socket, or on another desktop, the probes say so."""
    plasma = {"WAYLAND_DISPLAY": "wayland-0", "XDG_CURRENT_DESKTOP": "KDE"}
    assert isinstance(SwayFullscreen.viable(Env("linux", plasma)), NotViable)
    assert isinstance(SwayFullscreen.viable(Env("linux", {})), NotViable)
    assert isinstance(SwayMedia.viable(Env("linux", {})), NotViable)
