"""The break window on a real X desktop: placed, out of the focus, read aloud, and survived when it dies."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from PIL import Image

from sitbreak.adapters.breakwindow import QtWindow
from sitbreak.adapters.choose import Backend
from sitbreak.ports import BreakWindow
from tests.contracts.breakwindow_contract import REQUEST, BreakWindowContract
from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import Desk
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("Qt")

Message = Mapping[str, object]
Make = Callable[..., QtWindow]
MOVE = (14, 143, 110)  # token `move` in the light theme
CARD = (440, 300)
LIGHT = {"theme": "light", "reduced_motion": True}
PROMPT = {**REQUEST, "kind": "prompt", "elapsed_s": 0, "focus": False, "look": LIGHT}
BREAK = {**REQUEST, "look": LIGHT}
SETTINGS = {"kind": "settings", "settings": [], "look": LIGHT}


@pytest.fixture
def heard() -> list[Message]:
    """What the window said."""
    return []


@pytest.fixture
def window_on(heard: list[Message]) -> Iterator[Make]:
    """Make a window on a desktop."""
    made: list[QtWindow] = []

    def make(desk: Desk, **variables: str) -> QtWindow:
        env = {**desk.env, "PYTHONPATH": os.pathsep.join(sys.path), "QT_QPA_PLATFORM": "xcb", **variables}
        made.append(QtWindow(heard.append, env, shown_within_s=20.0))
        return made[-1]

    yield make
    for window in made:
        window._close_now()


class TestQtWindow(BreakWindowContract):
    """The contract, with a real window."""

    @pytest.fixture(autouse=True)
    def _on_a_desk(self, desk: Desk) -> None:
        self.env = {**desk.env, "PYTHONPATH": os.pathsep.join(sys.path), "QT_QPA_PLATFORM": "xcb"}

    def make(self, said: Callable[[Message], None]) -> BreakWindow:
        """A window on the desktop."""
        return QtWindow(said, self.env, shown_within_s=20.0)

    def kind(self) -> type[Backend]:
        """The class."""
        return QtWindow


def focused(desk: Desk) -> str:
    """The name of the window with the keyboard, or nothing."""
    return desk.run("sh", "-c", "xdotool getwindowfocus getwindowname 2>/dev/null || true").strip()


def place(desk: Desk, window: str) -> tuple[int, int, int, int]:
    """Left, top, width and height of a window."""
    lines = desk.xdotool("getwindowgeometry", "--shell", window).splitlines()
    found = dict(line.split("=", 1) for line in lines)
    return int(found["X"]), int(found["Y"]), int(found["WIDTH"]), int(found["HEIGHT"])


def test_the_card_is_in_its_corner_and_shows_the_ring(desk: Desk, window_on: Make, tmp_path: Path) -> None:
    """440 by at least 300, sixteen pixels from the lower right corner of a 1280 by 800 screen, with a green ring."""
    window_on(desk).open(BREAK)
    left, top, width, height = place(desk, desk.wait_for_window("^sitbreak$"))
    assert (left + width, top + height) == (1280 - 16, 800 - 16)
    assert width == CARD[0]
    assert height >= CARD[1]
    with Image.open(desk.screenshot(tmp_path / "card.png")) as shot:
        card = shot.convert("RGB").crop((left, top, left + width, top + height))
    assert sum(count for count, colour in card.getcolors(1 << 24) or () if colour == MOVE) > 500


@pytest.mark.desktop("xrandr")
def test_a_large_card_below_a_panel_is_on_the_screen_whole(desk_factory: DeskFactory, window_on: Make) -> None:
    """At twice the size, too, its lower right corner is as far from that of the screen."""
    desk = desk_factory(panel="xfce")
    window_on(desk, QT_SCALE_FACTOR="2").open(BREAK)
    left, top, width, height = place(desk, desk.wait_for_window("^sitbreak$"))
    assert (left + width, top + height) == (1280 - 32, 800 - 32)


def test_a_monitor_plugged_in_is_covered_too(desk_factory: DeskFactory, window_on: Make) -> None:
    """During a full-screen break a monitor comes, goes and leaves the others covered, each with one window."""
    desk = desk_factory(size="1600x600")

    def covered() -> list[tuple[int, int, int, int]]:
        return sorted(place(desk, window) for window in desk.windows("^sitbreak$"))

    left, right = (0, 0, 800, 600), (800, 0, 800, 600)
    desk.run("xrandr", "--setmonitor", "L", "800/200x600/150+0+0", "screen")
    window_on(desk).open({**BREAK, "look": {**LIGHT, "style": "fullscreen", "monitor": "all"}})
    wait_until(lambda: covered() == [left], what="a window over the one monitor")
    desk.run("xrandr", "--setmonitor", "R", "800/200x600/150+800+0", "none")
    wait_until(lambda: covered() == [left, right], what="a window over each")
    desk.run("xrandr", "--delmonitor", "R")
    wait_until(lambda: covered() == [left], what="one window again")


@pytest.mark.desktop("xrandr")
def test_a_card_is_on_each_monitor_where_all_are_to_show_it(desk_factory: DeskFactory, window_on: Make) -> None:
    """Set to all screens, a break's card is in the corner of each, while a prompt is on one."""
    desk = desk_factory(size="1600x600")
    desk.run("xrandr", "--setmonitor", "L", "800/200x600/150+0+0", "screen")
    desk.run("xrandr", "--setmonitor", "R", "800/200x600/150+800+0", "none")

    def rights() -> list[int]:
        return sorted(sum(place(desk, window)[::2]) for window in desk.windows("^sitbreak$"))

    everywhere = {**LIGHT, "monitor": "all"}
    window = window_on(desk)
    window.open({**PROMPT, "look": everywhere})
    wait_until(lambda: len(rights()) == 1, what="one card for the prompt")
    window.open({**BREAK, "look": everywhere})
    wait_until(lambda: rights() == [800 - 16, 1600 - 16], what="a card on each monitor")


def test_the_prompt_leaves_the_keyboard_where_it_is(desk: Desk, window_on: Make, heard: list[Message]) -> None:
    """Typing goes on in the other window; a click answers all the same, and the break may then take the keyboard."""
    window_on(desk).open(SETTINGS)
    wait_until(lambda: focused(desk) == "Settings", what="the other window's focus")
    prompt = window_on(desk)
    prompt.open(PROMPT)
    desk.wait_for_window("^sitbreak$")
    desk.xdotool("key", "x")
    assert focused(desk) == "Settings"
    assert not any(message.get("event") == "answer" for message in heard)
    left, top, _, height = place(desk, desk.wait_for_window("^sitbreak$"))
    desk.xdotool("mousemove", str(left + 50), str(top + height - 42))

    def clicked() -> bool:  # in its first moments a card that nobody asked for takes no clicks
        desk.xdotool("click", "1")
        return {"event": "answer", "answer": "start"} in heard

    wait_until(clicked, what="the answer")
    prompt.close()
    prompt.open({**BREAK, "elapsed_s": 1})
    wait_until(lambda: focused(desk) == "sitbreak", what="the break's focus")
    assert [message["event"] for message in heard].count("closed") == 0


def test_a_card_that_was_dragged_stays_there(desk: Desk, window_on: Make, heard: list[Message]) -> None:
    """It does not hang on the pointer after the release, nor go back to its corner when it was made small."""
    window_on(desk).open(BREAK)
    card = desk.wait_for_window("^sitbreak$")
    left, top, width, _height = place(desk, card)
    desk.xdotool("mousemove", str(left + width // 2), str(top + 10), "mousedown", "1")

    def pulled() -> bool:
        desk.xdotool("mousemove_relative", "--", "-10", "-10")
        return place(desk, card)[0] < left - 100

    wait_until(pulled, what="the card to follow the pointer")
    desk.xdotool("mouseup", "1", "mousemove_relative", "--", "-90", "-90")
    there = place(desk, card)
    desk.xdotool("key", "Escape")
    wait_until(lambda: {"event": "minimised"} in heard, what="the keyboard to be the card's again")
    wait_until(
        lambda: desk.windows("^sitbreak$") == desk.run("sh", "-c", "xdotool getwindowfocus || true").split(),
        what="the pill to have it",
    )
    desk.xdotool("key", "Return")
    wait_until(lambda: {"event": "restored"} in heard, what="the card")
    assert there[0] < left - 100
    wait_until(
        lambda: desk.windows("^sitbreak$") and place(desk, desk.windows("^sitbreak$")[0]) == there, what="its place"
    )


def test_keys_do_everything(desk: Desk, window_on: Make, heard: list[Message]) -> None:
    """A break from the first key to the last: a level, the pill and back, help and back, done."""
    window_on(desk).open(BREAK)
    wait_until(lambda: focused(desk) == "sitbreak", what="the focus")
    for keys, event in (("1", "level"), ("Escape", "minimised"), ("Return", "restored"), ("4", "done")):
        desk.xdotool("key", keys)
        wait_until(lambda event=event: any(m.get("event") == event for m in heard), what=event)  # type: ignore[misc]
        wait_until(lambda: focused(desk) or True, what="the window manager")


def test_a_killed_window_is_gone_and_the_next_one_opens(desk: Desk, window_on: Make, heard: list[Message]) -> None:
    """A crash stays in the child."""
    window = window_on(desk)
    window.open(BREAK)
    child = window._child
    assert child is not None
    os.kill(child._process.pid, signal.SIGKILL)
    wait_until(lambda: any(message["event"] == "gone" for message in heard), what="gone")
    window.open(BREAK)
    assert desk.wait_for_window("^sitbreak$")


def test_without_its_daemon_a_window_goes_away(desk: Desk, window_on: Make) -> None:
    """No orphan is left on the screen."""
    window = window_on(desk)
    window.open(BREAK)
    child = window._child
    assert child is not None
    assert child._process.stdin is not None
    child._process.stdin.close()
    wait_until(lambda: not desk.windows("^sitbreak$"), what="the window to go")


def test_a_display_that_is_not_there_fails_in_words(window_on: Make, desk: Desk) -> None:
    """Qt aborts; the daemon gets a sentence."""
    from sitbreak.ports import WindowFailed

    with pytest.raises(WindowFailed, match="did not open"):
        window_on(desk, DISPLAY=":4711").open(BREAK)


@pytest.mark.desktop("Qt", "at-spi-bus-launcher", "gi")
def test_a_screen_reader_finds_everything(desk_factory: DeskFactory, window_on: Make) -> None:
    """Names and roles in reading order, over the accessibility bus."""
    desk = desk_factory(accessibility=True)
    window_on(desk, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1").open(BREAK)
    reader = str(Path(__file__).with_name("read_aloud.py"))

    def told() -> list[str]:
        return desk.run("/usr/bin/python3", reader, "sitbreak", "__main__.py", limit_s=60).splitlines()

    found = wait_until(lambda: [line for line in told() if line], 60, "the accessible tree")
    for line in ("radio button*: Easier", "radio button*: Normal", "radio button*: Harder", "label: Corridor loop"):
        assert line in found, found
    assert any(line.startswith("progress bar") and line.endswith("Corridor loop") for line in found)
    buttons = [line.split(": ")[1] for line in found if "button*" in line and "radio" not in line]
    assert sorted(buttons) == ["Done", "Help", "Minimise"]


@pytest.mark.desktop("at-spi-bus-launcher", "gi")
def test_each_step_is_announced_to_screen_readers(desk_factory: DeskFactory, window_on: Make) -> None:
    """Once, when it begins: nobody has to look for it."""
    desk = desk_factory(accessibility=True)
    said = desk.children.log
    desk.start("/usr/bin/python3", str(Path(__file__).with_name("announced.py")))
    wait_until(lambda: "listening" in said.read_text("utf-8"), what="the listener")
    window_on(desk, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1").open({**BREAK, "elapsed_s": 57})
    wait_until(lambda: "Walk back." in said.read_text("utf-8"), what="the second step")
    assert said.read_text("utf-8").splitlines().count("Walk back.") == 1
