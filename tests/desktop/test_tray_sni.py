"""The tray icon on a real panel: seen, clicked, kept up to date, and back after the panel was started again."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from dbus_fast import Variant
from dbus_fast.aio import MessageBus

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.bus.exported import Exported, Method
from sitbreak.adapters.choose import Backend
from sitbreak.adapters.tray import SniTray
from sitbreak.adapters.tray.panel_brightness import APPEARANCE, PORTAL, PORTAL_PATH, PORTAL_SETTINGS, SCHEME
from sitbreak.ports import MenuEntry, Tray, TrayView
from tests.contracts.tray_contract import TrayContract, running
from tests.desktop.bus import Bus
from tests.desktop.children import Children
from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import WATCHER, Desk, private_env
from tests.desktop.screen import AMBER, AMBER_ON_LIGHT, GREEN, Screen, click, opened, seen
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("xfce4-panel", "xfconfd", "lxqt-panel", "mate-panel")

THREE = (MenuEntry("First", "first"), MenuEntry("Second", "second", default=True), MenuEntry("Third", "third"))


@pytest.fixture(params=["xfce", "lxqt", "mate"])
def panel_desk(request: pytest.FixtureRequest, desk_factory: DeskFactory, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desktop with a panel, whose bus is ours."""
    desk = desk_factory(panel=request.param)
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desk.env.get("XDG_CURRENT_DESKTOP", ""))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desk.bus.address)
    return desk


@pytest.fixture
def bare_desk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desktop without a panel, whose bus is ours."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desk.bus.address)
    return desk


class TestSniTray(TrayContract):
    """On a bus without any panel it keeps the contract of a tray."""

    @pytest.fixture(autouse=True)
    def _on(self, bare_desk: Desk) -> None:
        """Every test of the contract has a bus of its own."""

    def make(self, chosen: Callable[[str], None]) -> Tray:
        """A tray that has not run yet."""
        return SniTray(chosen)

    def kind(self) -> type[Backend]:
        """The class."""
        return SniTray


def test_the_icon_is_on_the_panel_and_follows_the_state(panel_desk: Desk, tmp_path: Path) -> None:
    """The glyph is registered and drawn at the size of the tray, changes with the view and goes with `close`."""
    screen, tray = Screen(panel_desk, tmp_path), SniTray(lambda key: None, "dark")
    tray.show(TrayView("due", 1.0, "Good moment", THREE))
    with running(tray):
        left, top, right, bottom = seen(screen)
        assert 16 <= right - left <= 26  # MATE fills its panel
        assert abs((right - left) - (bottom - top)) <= 1
        assert tray.hosted
        tray.show(TrayView("break", 0.0, "On a break", THREE))
        seen(screen, GREEN)
        assert screen.find(AMBER) is None
    wait_until(lambda: screen.find(GREEN) is None, what="the icon to go")


def test_a_left_click_is_the_default_entry(panel_desk: Desk, tmp_path: Path) -> None:
    """A click on the icon chooses the entry that is marked as default, and tells where the icon is (MATE does not)."""
    chosen: list[str] = []
    screen, tray = Screen(panel_desk, tmp_path), SniTray(chosen.append, "dark")
    tray.show(TrayView("due", 1.0, "Good moment", THREE))
    with running(tray):
        assert tray.place is None
        left, top, right, bottom = seen(screen)
        click(panel_desk, (left, top, right, bottom), 1)
        wait_until(lambda: chosen, what="a choice")
    assert chosen == ["second"]
    if "MATE" in os.environ["XDG_CURRENT_DESKTOP"]:
        assert tray.place is None
        return
    assert tray.place is not None
    assert abs(tray.place[0] - (left + right) / 2) <= right - left
    assert abs(tray.place[1] - (top + bottom) / 2) <= bottom - top


def test_an_entry_of_the_menu_is_chosen_by_clicking_it(panel_desk: Desk, tmp_path: Path) -> None:
    """A right click opens the menu, a click on the last of three entries tells its key."""
    chosen: list[str] = []
    screen, tray = Screen(panel_desk, tmp_path), SniTray(chosen.append, "dark")
    tray.show(TrayView("due", 1.0, "", THREE))
    with running(tray):
        click(panel_desk, seen(screen), 3)
        click(panel_desk, opened(screen), 1, part=5 / 6)
        wait_until(lambda: chosen, what="a choice")
        wait_until(lambda: screen.menu() is None, what="the menu to close")
    assert chosen == ["third"]


def test_labels_change_while_the_menu_is_open(panel_desk: Desk, tmp_path: Path) -> None:
    """A new label is drawn in the open menu, which stays open and where it was."""
    chosen: list[str] = []
    screen, tray = Screen(panel_desk, tmp_path), SniTray(chosen.append, "dark")
    tray.show(TrayView("due", 1.0, "", (MenuEntry("WWWWWWWW", "w"), *THREE[1:])))
    with running(tray):
        click(panel_desk, seen(screen), 3)
        place = opened(screen)
        before = screen.shot(place[1], place[3]).tobytes()
        tray.show(TrayView("due", 1.0, "", (MenuEntry("iiiiiiii", "w"), *THREE[1:])))
        wait_until(lambda: screen.shot(place[1], place[3]).tobytes() != before, what="the new label")
        after = opened(screen)
        assert after[1] == place[1]
        assert abs((after[3] - after[1]) - (place[3] - place[1])) <= 2
        click(panel_desk, after, 1, part=1 / 6)
        wait_until(lambda: chosen, what="a choice")
    assert chosen == ["w"]


def test_a_panel_that_was_started_again_shows_the_icon(panel_desk: Desk, tmp_path: Path) -> None:
    """The icon is registered anew with the next tray host, in its present state."""
    screen, tray = Screen(panel_desk, tmp_path), SniTray(lambda key: None, "dark")
    tray.show(TrayView("due", 1.0, "", THREE))
    with running(tray):
        seen(screen)
        panel_desk.stop_panel()
        wait_until(lambda: not tray.hosted, what="the tray to notice")
        tray.show(TrayView("break", 0.0, "", THREE))
        panel_desk.start_panel()
        seen(screen, GREEN)
        assert tray.hosted


class Portal:
    """A settings portal of our own. `scheme`: 0 no preference, 1 dark, 2 light."""

    def __init__(self, address: str, scheme: int) -> None:
        self._scheme = scheme
        self._thread = BusThread({"session": address})
        read = Method("ss", "v", lambda namespace, key: [Variant("v", Variant("u", self._scheme))])
        self._object = Exported(PORTAL_PATH, PORTAL_SETTINGS, dict, {"Read": read}, "<node/>")
        self._bus: MessageBus = self._thread.run(self._begin())

    def change(self, scheme: int) -> None:
        """The user switches."""
        self._scheme = scheme

        async def tell() -> None:
            self._object.signal(self._bus, "SettingChanged", "ssv", [APPEARANCE, SCHEME, Variant("u", scheme)])

        self._thread.run(tell())

    def close(self) -> None:
        """Leaves the bus."""
        self._thread.close()

    async def _begin(self) -> MessageBus:
        bus = await self._thread.session()
        bus.add_message_handler(self._object.answer)
        await bus.request_name(PORTAL)
        return bus


def test_the_icon_follows_the_colour_scheme(panel_desk: Desk, tmp_path: Path) -> None:
    """Set to auto, the glyph takes the colours for the scheme the portal tells, at once and when it changes."""
    screen, tray = Screen(panel_desk, tmp_path), SniTray(lambda key: None)
    tray.show(TrayView("due", 1.0, "", THREE))
    with closing(Portal(panel_desk.bus.address, 2)) as portal, running(tray):
        seen(screen, AMBER_ON_LIGHT)
        portal.change(1)
        seen(screen, AMBER)
        assert screen.find(AMBER_ON_LIGHT) is None


def test_a_portal_that_comes_later_is_asked_too(panel_desk: Desk, tmp_path: Path) -> None:
    """Portals start with the first program that wants one; ours is not the one that starts them."""
    screen, tray = Screen(panel_desk, tmp_path), SniTray(lambda key: None)
    tray.show(TrayView("due", 1.0, "", THREE))
    with running(tray):
        seen(screen, AMBER)
        with closing(Portal(panel_desk.bus.address, 2)):
            seen(screen, AMBER_ON_LIGHT)


def test_without_a_panel_it_runs_on_and_waits(bare_desk: Desk) -> None:
    """No tray host is no error; the tray runs, takes views and is closed as usual."""
    tray = SniTray(lambda key: None)
    with running(tray) as thread:
        tray.show(TrayView("due", 1.0, "", THREE))
        assert not tray.hosted
        assert thread.is_alive()


class Host:
    """A tray host of our own on a bus; a silent one takes calls and never answers."""

    def __init__(self, address: str, silent: bool = False) -> None:
        self.registered = 0
        self._thread = BusThread({"session": address})
        xml = f"""<node><interface name="{WATCHER}"><method name="RegisterStatusNotifierItem">
<arg type="s" direction="in"/></method></interface></node>"""
        method = {"RegisterStatusNotifierItem": Method("s", "", self._register)}
        self._object = Exported("/StatusNotifierWatcher", WATCHER, dict, method, xml)
        self._thread.run(self._begin(silent))

    def close(self) -> None:
        """Leaves the bus."""
        self._thread.close()

    async def _begin(self, silent: bool) -> None:
        bus = await self._thread.session()
        bus.add_message_handler((lambda message: message.path == self._object.path) if silent else self._object.answer)
        await bus.request_name(WATCHER)

    def _register(self, path: str) -> list[object]:
        self.registered += 1
        return []


def test_a_host_that_hangs_does_not_hold_the_end(bare_desk: Desk) -> None:
    """A panel that never answers is no reason for `run` to stay after `close`."""
    with closing(Host(bare_desk.bus.address, silent=True)):
        tray = SniTray(lambda key: None)
        with running(tray):
            wait_until(lambda: tray.trouble, what="the tray")


def test_a_bus_that_comes_later_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Started before the session bus the tray waits for it, and registers with the panel there."""
    children = Children()
    with children.stopped_on_error():
        env = private_env(children.folder)
        runtime = Path(env["XDG_RUNTIME_DIR"])
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={runtime}/session-bus")
        tray = SniTray(lambda key: None)
        tray.show(TrayView("due", 1.0, "", THREE))
        with running(tray):
            bus = Bus(children, runtime, env)
            with closing(Host(bus.address)) as host:
                wait_until(lambda: tray.hosted, 20, "the icon")
                assert host.registered  # twice where the panel came while it registered
    children.stop()
