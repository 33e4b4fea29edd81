"""Where the Today window comes up on a real X desktop: at the tray's icon, off the panel, beside a running break."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sitbreak.adapters.breakwindow import QtWindow
from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import Desk
from tests.desktop.program import Program
from tests.desktop.screen import GREEN, PANEL_HEIGHT, Screen, click, seen
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("Qt", "xrandr", "xprop", "xwininfo")
SCREEN = (1600, 900)
MARGIN, FRAME = 16, 6  # pixels at the edges, and what the sides of a frame may take of them
TODAY: dict[str, Any] = {"kind": "status", "look": {"theme": "light", "reduced_motion": True}}


class Opened:
    """Windows that were opened on a desk, and where they are."""

    def __init__(self) -> None:
        self.windows: list[QtWindow] = []

    def window(self, desk: Desk, request: dict[str, Any], title: str, scale: float = 1) -> str:
        """Its number, once it is there."""
        env = {**desk.env, "PYTHONPATH": os.pathsep.join(sys.path), "QT_QPA_PLATFORM": "xcb"}
        window = QtWindow(lambda message: None, {**env, "QT_SCALE_FACTOR": f"{scale}"}, shown_within_s=20.0)
        self.windows.append(window)
        window.open(request)
        return desk.wait_for_window(title)

    def today(self, desk: Desk, icon: tuple[int, int], *, scale: float = 1, card: str = "") -> list[int]:
        """Left, top, right and bottom of Today with its frame, in logical pixels, once it rests."""
        number = self.window(desk, {**TODAY, "icon": icon, "card": card}, "^Today$", scale)
        boxes: list[list[int]] = [[]]

        def rests() -> bool:
            boxes.append(framed(desk, number))
            return boxes[-1] == boxes[-2]

        wait_until(rests, what="Today to stay where it is")
        return [round(each / scale) for each in boxes[-1]]


def framed(desk: Desk, window: str) -> list[int]:
    """Left, top, right and bottom of a window with the frame that the window manager has put around it."""
    told = desk.run("xwininfo", "-id", window)
    x, y, width, height = (
        int(re.findall(rf"{name}:\s+(-?\d+)", told)[0])
        for name in ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
    )
    edges = desk.run("xprop", "-id", window, "_NET_FRAME_EXTENTS").partition("=")[2]
    left, right, top, bottom = (int(each) for each in edges.split(",")) if edges.strip() else (0, 0, 0, 0)
    return [x - left, y - top, x + width + right, y + height + bottom]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Windows, closed at the end."""
    made = Opened()
    yield made
    for window in made.windows:
        window.close(at_once=True)


@pytest.fixture
def wide_desk(desk_factory: DeskFactory) -> Desk:
    """A desk with room around the window."""
    return desk_factory(size=f"{SCREEN[0]}x{SCREEN[1]}")


def test_it_comes_up_at_the_icon(wide_desk: Desk, opened: Opened) -> None:
    """In the lower right corner of the screen where the icon is there, near its middle where it is in the middle."""
    left, top, right, bottom = opened.today(wide_desk, (1580, 880))
    assert right == pytest.approx(SCREEN[0] - MARGIN, abs=FRAME)
    assert bottom <= SCREEN[1]
    assert bottom >= SCREEN[1] - MARGIN - 40
    opened.windows[-1].close(at_once=True)
    left, top, right, bottom = opened.today(wide_desk, (800, 10))
    assert abs((left + right) / 2 - 800) <= 8
    assert 0 <= top <= MARGIN + FRAME


@pytest.mark.parametrize("icon", [(1580, 880), (790, 440)], ids=["pixels of the screen", "scaled pixels"])
def test_it_comes_up_at_the_icon_on_a_fine_screen(wide_desk: Desk, opened: Opened, icon: tuple[int, int]) -> None:
    """At twice the size, whichever of the two the panel tells; the whole of it is on the screen."""
    wide_desk.xdotool("mousemove", "1580", "880")
    left, top, right, bottom = opened.today(wide_desk, icon, scale=2)
    assert right == pytest.approx(SCREEN[0] / 2 - MARGIN, abs=FRAME)
    assert left >= 0
    assert top >= 0
    assert bottom <= SCREEN[1] / 2


def test_it_comes_up_on_the_monitor_with_the_icon(wide_desk: Desk, opened: Opened) -> None:
    """Not on the one with the pointer."""
    wide_desk.run("xrandr", "--setmonitor", "L", "800/200x900/225+0+0", "screen")
    wide_desk.run("xrandr", "--setmonitor", "R", "800/200x900/225+800+0", "none")
    wide_desk.xdotool("mousemove", "100", "100")
    left, _, right, _ = opened.today(wide_desk, (1590, 890))
    assert left >= 800
    assert right <= 1600 - MARGIN + FRAME


def test_a_running_break_keeps_its_corner(wide_desk: Desk, opened: Opened) -> None:
    """Today stands beside the card, not behind it."""
    _, _, right, _ = opened.today(wide_desk, (1580, 880), card="bottom-right")
    assert right <= SCREEN[0] - 440 - MARGIN + FRAME


def test_it_makes_way_for_a_card(wide_desk: Desk, opened: Opened) -> None:
    """One that comes up over it finds its corner free; what is beside it already stays where it is."""
    left, top, _, _ = opened.today(wide_desk, (1580, 880))
    opened.windows[-1].tell({"do": "status", "status": {**TODAY, "card": "bottom-right"}})
    number, free = wide_desk.wait_for_window("^Today$"), SCREEN[0] - 440 - MARGIN + FRAME
    wait_until(lambda: framed(wide_desk, number)[2] <= free, what="Today to make way")
    made_way = framed(wide_desk, number)
    assert made_way[0] < left
    assert made_way[1] == pytest.approx(top, abs=FRAME)
    for card in ("", "bottom-right"):
        opened.windows[-1].tell({"do": "status", "status": {**TODAY, "card": card}})
    assert framed(wide_desk, number) == made_way


def test_asked_for_again_it_comes_before_other_windows(wide_desk: Desk, opened: Opened) -> None:
    """One that lies behind another is not to be looked for."""
    today = opened.window(wide_desk, TODAY, "^Today$")
    opened.window(wide_desk, {"kind": "settings"}, "^Settings$")

    def before(title: str) -> bool:
        return wide_desk.xdotool("getactivewindow", "getwindowname").strip() == title

    wait_until(lambda: before("Settings"), what="the other window before it")
    opened.windows[0].open(TODAY)
    wait_until(lambda: before("Today"), what="Today before the other")
    stacked = wide_desk.run("xprop", "-root", "_NET_CLIENT_LIST_STACKING").split("#")[1].split(",")
    assert int(stacked[-1], 16) == int(today)


@pytest.mark.desktop("xfce4-panel", "xfconfd")
def test_a_click_on_the_icon_brings_it_there(desk_factory: DeskFactory, tmp_path: Path) -> None:
    """From the panel by way of the program to the window, below the panel and on the icon's side."""
    desk = desk_factory(panel="xfce", size="1600x900")
    program, screen = Program(desk, tmp_path / "home"), Screen(desk, tmp_path)
    program.start()
    assert program.cli("break").returncode == 0
    left, top, right, bottom = seen(screen, GREEN)
    click(desk, (left, top, right, bottom), 1)
    desk.xdotool("mousemove", "300", "600")
    today = framed(desk, desk.wait_for_window("^Today$"))
    assert top < today[1] <= PANEL_HEIGHT + MARGIN + FRAME
    assert abs((today[0] + today[2]) / 2 - (left + right) / 2) <= FRAME or today[2] >= 1600 - MARGIN - FRAME
