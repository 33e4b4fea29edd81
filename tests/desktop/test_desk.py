"""The desktops the other tests stand on do what a desktop does."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import NOTIFICATIONS, WATCHER, Desk
from tests.desktop.login import LOGIN, ROOT, MockedSystemBus
from tests.desktop.sway import Sway
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop

SERVER = (NOTIFICATIONS, "/org/freedesktop/Notifications", NOTIFICATIONS)


def test_the_pointer_goes_where_it_is_sent(desk: Desk) -> None:
    """XTEST input reaches the server of this desktop."""
    desk.xdotool("mousemove", "123", "45")
    assert desk.xdotool("getmouselocation").startswith("x:123 y:45 ")


@pytest.mark.desktop("xev")
def test_a_window_is_managed_and_gets_keys(desk: Desk) -> None:
    """A program's window shows up, takes the focus and reads what is typed."""
    watcher = desk.start("xev", "-name", "keys", "-event", "keyboard")
    window = desk.wait_for_window("^keys$")
    desk.xdotool("windowfocus", "--sync", window, "key", "--window", "0", "space")
    wait_until(lambda: "KeyPress event" in desk.children.last_words(), what="a key press")
    assert watcher.poll() is None


def test_nobody_answers_on_a_bare_desk(desk: Desk) -> None:
    """Without a notification daemon none is started behind the test's back."""
    assert not desk.bus.owned(NOTIFICATIONS)
    assert not desk.bus.owned(WATCHER)


def test_a_full_desk_has_a_tray_and_notifications(full_desk: Desk, tmp_path: Path) -> None:
    """The panel watches for tray icons, the notification daemon says who it is, and the panel is on the screen."""
    assert full_desk.bus.owned(WATCHER)
    assert full_desk.bus.call(*SERVER, "GetServerInformation")[0] == "Xfce Notify Daemon"
    with Image.open(full_desk.screenshot(tmp_path / "full.png")) as image:
        assert image.size == (1280, 800)
        wait_until(lambda: distinct_colours(full_desk, tmp_path) > 1, what="a painted panel")


def distinct_colours(desk: Desk, folder: Path) -> int:
    """How many colours a column of pixels through the panel and the empty desktop has."""
    with Image.open(desk.screenshot(folder / "column.png")) as image:
        colours = image.convert("RGB").crop((640, 0, 641, 200)).getcolors()
    return len(colours or [])


@pytest.mark.desktop("dunst")
def test_dunst_answers(desk_factory: DeskFactory) -> None:
    """The other notification daemon can be had too."""
    desk = desk_factory(notifier="dunst")
    assert desk.bus.call(*SERVER, "GetServerInformation")[0] == "dunst"


@pytest.mark.desktop("at-spi-bus-launcher")
def test_the_accessibility_bus_answers(desk_factory: DeskFactory) -> None:
    """Screen readers' bus has an address on a desk that asks for it."""
    desk = desk_factory(accessibility=True)
    assert "unix:" in desk.bus.call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")[0]


@pytest.mark.desktop("xev")
def test_two_desks_stand_side_by_side_and_leave_nothing(desk_factory: DeskFactory) -> None:
    """Each has its display; after stopping, its programs have ended and its folder is gone."""
    desks = [desk_factory(), desk_factory()]
    assert desks[0].env["DISPLAY"] != desks[1].env["DISPLAY"]
    for desk in desks:
        program = desk.start("xev")
        desk.stop()
        assert program.returncode is not None
        assert not desk.children.folder.exists()


def test_a_desk_that_cannot_start_says_why(desk_factory: DeskFactory) -> None:
    """An impossible screen ends in an error with the server's own words."""
    with pytest.raises(AssertionError, match="did not start") as caught:
        desk_factory(size="huge")
    assert "-screen" in "".join(caught.value.__notes__).lower()


def test_sway_answers(sway: Sway) -> None:
    """sway runs without a screen and takes commands, and its bus takes calls."""
    assert "HEADLESS-1" in sway.swaymsg("-t", "get_outputs")
    assert not sway.bus.owned(NOTIFICATIONS)
    assert (Path(sway.env["XDG_RUNTIME_DIR"]) / sway.env["WAYLAND_DISPLAY"]).is_socket()


def test_sway_can_serve_x_programs(sway_with_x: Sway) -> None:
    """With Xwayland an X program finds a server."""
    assert sway_with_x.env["DISPLAY"].startswith(":")
    answer = subprocess.run(
        ["xdotool", "getdisplaygeometry"], env=sway_with_x.env, capture_output=True, text=True, check=False
    )
    assert answer.stdout.split() == ["1280", "800"]


def test_sessions_of_the_mocked_login_service_lock(mocked_system_bus: MockedSystemBus) -> None:
    """A session added by the test is listed, and locking it changes its hint."""
    session = mocked_system_bus.add_session()
    listed = mocked_system_bus.bus.call(LOGIN, ROOT, f"{LOGIN}.Manager", "ListSessions")[0]
    assert [row[0] for row in listed] == ["c1"]
    mocked_system_bus.lock(session)
    question = ("org.freedesktop.DBus.Properties", "Get", "ss", [f"{LOGIN}.Session", "LockedHint"])
    assert mocked_system_bus.bus.call(LOGIN, session, *question)[0].value is True
