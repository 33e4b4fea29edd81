"""The tray icon where no panel takes StatusNotifier items: in a tray of the older kind, run for real (trayer)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitbreak.adapters.tray import SniTray
from sitbreak.adapters.tray.sni import NO_PANEL, may_embed
from sitbreak.ports import Env, MenuEntry, TrayView
from tests.contracts.tray_contract import running
from tests.desktop.desk import Desk
from tests.desktop.screen import AMBER, AMBER_ON_LIGHT, GREEN, Box, Screen, click, seen, settled
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("trayer")

MENU = (MenuEntry("Today", "today", default=True), MenuEntry("Quit", "quit"))
DUE, BREAK = TrayView("due", 1.0, "Good moment", MENU), TrayView("break", 0.0, "On a break", MENU)
PATIENCE_S = 10.0  # of looks at the screen, which take time themselves; the tray looks after 4 s, then 15 s


@pytest.fixture
def old_desk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desktop without a panel, whose bus and screen are ours."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY"):
        monkeypatch.setenv(name, desk.env[name])
    for name in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    return desk


def trayer(desk: Desk, tint: str = "0x202020") -> int:
    """A tray of the older kind at the top of the screen; its process id."""
    place = ("--edge", "top", "--align", "right", "--widthtype", "request", "--heighttype", "pixel", "--height", "26")
    colour = ("--transparent", "true", "--alpha", "0", "--tint", tint)
    return desk.start("trayer", *place, *colour).pid


def docked(screen: Screen, colour: tuple[int, int, int] = AMBER) -> Box:
    """Where the glyph is once it has found its tray."""
    return settled(lambda: screen.find(colour), "the icon in the tray", PATIENCE_S)


def test_the_icon_is_in_the_old_tray_and_every_click_is_the_default(old_desk: Desk, tmp_path: Path) -> None:
    """It is drawn at the tray's size, follows the state, and left and right click choose the default entry."""
    chosen: list[str] = []
    screen, tray = Screen(old_desk, tmp_path), SniTray(chosen.append)
    trayer(old_desk)
    tray.show(DUE)
    with running(tray):
        left, top, right, bottom = docked(screen)
        assert 16 <= right - left <= 26
        assert 16 <= bottom - top <= 26
        assert "without menus" in tray.trouble
        click(old_desk, (left, top, right, bottom), 1)
        wait_until(lambda: chosen == ["today"], what="the left click")
        assert tray.place == ((left + right) // 2, (top + bottom) // 2)
        click(old_desk, (left, top, right, bottom), 3)
        wait_until(lambda: chosen == ["today", "today"], what="the right click")
        tray.show(BREAK)
        seen(screen, GREEN)
        assert screen.find(AMBER) is None
    wait_until(lambda: screen.find(GREEN) is None, what="the icon to go")


def test_on_a_light_tray_it_takes_the_colours_for_light(old_desk: Desk, tmp_path: Path) -> None:
    """The ground behind the icon decides its colours."""
    screen, tray = Screen(old_desk, tmp_path), SniTray(lambda key: None)
    trayer(old_desk, "0xf0f0f0")
    tray.show(DUE)
    with running(tray):
        docked(screen, AMBER_ON_LIGHT)


def test_a_tray_that_was_started_again_shows_the_icon(old_desk: Desk, tmp_path: Path) -> None:
    """The tray may die under it and come back: the icon is found there in its present state."""
    screen, tray = Screen(old_desk, tmp_path), SniTray(lambda key: None)
    first = trayer(old_desk)
    tray.show(DUE)
    with running(tray):
        docked(screen)
        os.kill(first, 15)
        wait_until(lambda: tray.trouble == NO_PANEL, what="the tray to be missed")
        tray.show(BREAK)
        trayer(old_desk)
        docked(screen, GREEN)


def test_an_x_server_that_dies_ends_the_icon_only(old_desk: Desk, tmp_path: Path) -> None:
    """Without its X server the tray says that nobody shows it, and goes on."""
    screen, tray = Screen(old_desk, tmp_path), SniTray(lambda key: None)
    trayer(old_desk)
    tray.show(DUE)
    with running(tray) as thread:
        docked(screen)
        old_desk.kill_server()
        wait_until(lambda: tray.trouble == NO_PANEL, what="the tray to be missed")
        tray.show(BREAK)
        assert thread.is_alive()


def test_under_wayland_no_x_server_is_started_for_it() -> None:
    """A look for such a tray would start XWayland for nothing."""
    assert may_embed(Env("linux", {"DISPLAY": ":0"}))
    assert may_embed(Env("linux", {"DISPLAY": ":1", "XDG_SESSION_TYPE": "wayland"}))
    assert not may_embed(Env("linux", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}))
    assert not may_embed(Env("linux", {}))
