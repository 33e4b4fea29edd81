"""The tray icon on waybar, the bar of sway and other wlroots desktops: a left click does what the menu marks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest

from sitbreak.adapters.tray import SniTray
from sitbreak.ports import MenuEntry, TrayView
from tests.contracts.tray_contract import running
from tests.desktop.desk import WATCHER
from tests.desktop.sway import Sway
from tests.desktop.wayland_hands import RIGHT, Pointer
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("waybar")

BAR = {"layer": "top", "height": 40, "modules-right": ["tray"], "tray": {"icon-size": 32}}
AT = (1254, 20)  # the icon, at the right end of the bar
THIRD = (1200, 84)  # the third entry of the menu that opens there


@pytest.fixture
def bar(sway: Sway, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pointer]:
    """A bar with nothing but a tray, on a bus that is ours; and a hand to click with."""
    config = sway.children.folder / "waybar.json"
    config.write_text(json.dumps(BAR), "utf-8")
    sway.children.start(["waybar", "-c", str(config)], sway.env)
    sway.bus.wait_for(WATCHER)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", sway.bus.address)
    with closing(Pointer(sway.env)) as pointer:
        yield pointer


def clicked(bar: Pointer, chosen: list[str], at: tuple[int, int] = AT) -> bool:
    """Clicks there, on the icon by itself; whether that was told."""
    bar.click(*at)
    return bool(chosen)


def test_a_left_click_is_the_default_entry(bar: Pointer) -> None:
    """It opens no menu, which the right button is for; the entry is the one marked at that time."""
    chosen: list[str] = []
    tray = SniTray(chosen.append, "dark")
    with running(tray):
        for marked in ("card", "today"):
            entries = tuple(MenuEntry(key.title(), key, default=key == marked) for key in ("card", "today"))
            tray.show(TrayView("due", 1.0, marked, entries))
            chosen.clear()  # an earlier click may have been told late
            wait_until(lambda: clicked(bar, chosen), what="a choice")
            assert set(chosen) == {marked}


def test_an_entry_of_its_menu_is_chosen_by_clicking_it(bar: Pointer) -> None:
    """A right click opens the menu; a click on the last of three entries tells its key."""
    chosen: list[str] = []
    tray = SniTray(chosen.append, "dark")
    tray.show(TrayView("due", 1.0, "", tuple(MenuEntry(key.title(), key) for key in ("first", "second", "third"))))

    def picked() -> bool:
        bar.click(*AT, RIGHT)  # lost while the bar has not drawn the icon yet
        with suppress(AssertionError):
            wait_until(lambda: clicked(bar, chosen, THIRD), 1.0)
        return bool(chosen)

    with running(tray):
        wait_until(picked, what="a choice")
        assert set(chosen) == {"third"}
