"""The real plasmashell: its tray, its menu, its notes and its do-not-disturb, with the mouse.

`make soak ARGS="-k plasma"`; what it needs is 200 MB to download.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.context.dnd import PlasmaQuiet
from sitbreak.adapters.context.probe import Options, Wiring
from sitbreak.adapters.context.worker import Slow
from sitbreak.adapters.notify import FreedesktopNotes
from sitbreak.adapters.tray import SniTray
from sitbreak.ports import Action, Env, MenuEntry, TrayView
from tests.adapters.context_worlds import Run
from tests.contracts.notify_contract import PROMPT
from tests.contracts.tray_contract import running
from tests.desktop.plasma import NEEDS, Plasma, PlasmaOnWayland
from tests.desktop.screen import AMBER, Box, Screen, click, settled
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.soak,
    pytest.mark.desktop("Xvfb", "openbox", "import", "xdotool", "dbus-daemon", "setpriv", "kwin_wayland", *NEEDS),
]

PANEL = (756, 800)  # the heights between which it is
THREE = (MenuEntry("First", "first"), MenuEntry("Second", "second", default=True), MenuEntry("Third", "third"))
FOUR = tuple(Action(key, key.title()) for key in ("start", "longer", "snooze", "decline"))


@pytest.fixture(scope="module", params=[Plasma, PlasmaOnWayland])
def plasma(request: pytest.FixtureRequest) -> Iterator[Plasma]:
    """One Plasma for all of them: it takes its time to start."""
    desk = request.param()
    yield desk
    desk.stop()


@pytest.fixture
def screen(plasma: Plasma, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Screen:
    """What it shows; its bus is ours."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", plasma.bus.address)
    plasma.click(300, 300)
    return Screen(plasma, tmp_path)


def icon(screen: Screen) -> Box:
    """Where the icon is, once it is on the panel."""
    return settled(lambda: screen.find(AMBER, *PANEL), "the icon on the panel", 30.0)


def come_up(screen: Screen, before: Image.Image) -> Box:
    """Where something has come up above the panel, once it rests."""
    return settled(lambda: ImageChops.difference(before, screen.shot(0, PANEL[0])).getbbox(), "what comes up", 30.0)


def test_a_left_click_is_the_default_entry(plasma: Plasma, screen: Screen) -> None:
    """It tells where the icon is, too."""
    chosen: list[str] = []
    tray = SniTray(chosen.append, "dark")
    tray.show(TrayView("due", 1.0, "Good moment", THREE))
    with running(tray):
        left, top, right, bottom = icon(screen)
        click(plasma, (left, top, right, bottom), 1)
        wait_until(lambda: chosen, what="a choice")
        assert tray.hosted
    assert chosen == ["second"]
    assert tray.place is not None
    assert left <= tray.place[0] <= right
    assert top <= tray.place[1] <= bottom


def test_an_entry_of_the_menu_is_chosen_by_clicking_it(plasma: Plasma, screen: Screen) -> None:
    """A right click opens the menu, a click on the last of three entries tells its key."""
    chosen: list[str] = []
    tray = SniTray(chosen.append, "dark")
    tray.show(TrayView("due", 1.0, "", THREE))
    with running(tray):
        place, before = icon(screen), screen.shot(0, PANEL[0])
        click(plasma, place, 3)
        click(plasma, come_up(screen, before), 1, part=5 / 6)
        wait_until(lambda: chosen, what="a choice")
    assert chosen == ["third"]


@pytest.mark.parametrize("clicked", ["last button", "text"])
def test_a_note_with_four_buttons_is_answered(plasma: Plasma, screen: Screen, clicked: str) -> None:
    """All four have room; a click on the text is the default action."""
    chosen: list[tuple[str, str]] = []
    before = screen.shot(0, PANEL[0])
    with (
        closing(BusThread()) as thread,
        closing(FreedesktopNotes(lambda tag, key: chosen.append((tag, key)), lambda tag: None, thread)) as notes,
    ):
        notes.show(replace(PROMPT, actions=FOUR))
        left, top, right, bottom = come_up(screen, before)
        at = (right - 30, bottom - 20) if clicked == "last button" else (left + 60, top + 40)
        plasma.click(*at)
        wait_until(lambda: chosen, what="an answer")
    assert chosen == [(PROMPT.tag, PROMPT.default if clicked == "text" else "decline")]
    settled(
        lambda: None if ImageChops.difference(before, screen.shot(0, PANEL[0])).getbbox() else (0, 0, 1, 1), "its end"
    )


def test_do_not_disturb_is_followed(plasma: Plasma) -> None:
    """The switch in the panel keeps notes back until a time, or is off."""
    with closing(BusThread({"session": plasma.bus.address})) as thread:
        probe = PlasmaQuiet(Wiring(Env("linux", plasma.env), Options(), Slow(0.1), thread, back_off=(0.1,)))
        with Run(probe) as run:
            run.looked()
            plasma.be_quiet("2030,1,1,1,1,1")
            run.wait((True, "Plasma"))
            plasma.be_quiet("")
            run.wait((True, "Plasma"), (False, ""))
