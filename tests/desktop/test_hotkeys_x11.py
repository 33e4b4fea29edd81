"""Shortcuts on a real X server, with XTEST for hands."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitbreak.adapters.hotkeys import GrabbedHotkeys, Hotkeys, HotkeysUnavailable
from sitbreak.ports import Env
from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import Desk
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.desktop("setxkbmap", "xev"),
    # python-xlib leaves the socket of a refused connection to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
ROOT = Path(__file__).parents[2]
BINDINGS = {"ctrl+alt+b": "start", "super+f5": "snooze", "ctrl+shift+1": "pause"}
Begin = Callable[..., GrabbedHotkeys]


class Heard(list[str]):
    """What was chosen, in order."""

    def become(self, *keys: str) -> None:
        """Waits until it is this; AssertionError when it is not in time, or something else."""
        wait_until(lambda: len(self) >= len(keys), 5.0, f"{keys}, but it is {self}")
        assert self == list(keys)


@pytest.fixture
def heard() -> Heard:
    """What was chosen."""
    return Heard()


@pytest.fixture
def begin(desk: Desk, heard: Heard) -> Iterator[Begin]:
    """Starts listening for some combinations."""
    begun: list[GrabbedHotkeys] = []

    def start(bindings: dict[str, str]) -> GrabbedHotkeys:
        begun.append(GrabbedHotkeys(bindings, heard.append, desk.env["DISPLAY"]))
        begun[-1].start()
        return begun[-1]

    yield start
    for each in begun:
        each.close()


def test_the_chosen_combinations_arrive_and_nothing_else(desk: Desk, begin: Begin, heard: Heard) -> None:
    """Each with its own key; the key alone, or with another modifier, is not for us."""
    begin(BINDINGS)
    desk.xdotool("key", "b", "ctrl+b", "alt+b", "ctrl+alt+shift+b", "F5", "ctrl+alt+b", "super+F5", "ctrl+shift+1")
    heard.become("start", "snooze", "pause")


def test_locks_make_no_difference(desk: Desk, begin: Begin, heard: Heard) -> None:
    """With Caps Lock, with Num Lock, and with both."""
    begin(BINDINGS)
    for lock in ("Caps_Lock", "Num_Lock", "Caps_Lock"):
        desk.xdotool("key", lock)
        desk.xdotool("key", "ctrl+alt+b")
    heard.become("start", "start", "start")


def test_a_key_held_down_counts_once(desk: Desk, begin: Begin, heard: Heard) -> None:
    """The server repeats a key that is held; that is one wish."""
    begin(BINDINGS)
    desk.xdotool("keydown", "ctrl", "keydown", "alt", "keydown", "b", "sleep", "1.5", "keyup", "b")
    desk.xdotool("key", "b", "keyup", "alt", "keyup", "ctrl")
    heard.become("start", "start")


def test_other_keys_still_reach_the_app_in_front(desk: Desk, begin: Begin, heard: Heard) -> None:
    """Typing goes where it went before; only the combination does not."""
    watcher = desk.start("sh", "-c", f"xev -name front -event keyboard > {desk.children.folder}/typed")
    desk.xdotool("windowfocus", desk.wait_for_window("^front$"))
    begin(BINDINGS)
    desk.xdotool("key", "q", "ctrl+alt+b", "z")
    heard.become("start")
    typed = desk.children.folder / "typed"
    wait_until(lambda: "keysym 0x7a, z" in typed.read_text(), 5.0, "the z")
    assert "keysym 0x71, q" in typed.read_text()
    assert "keysym 0x62, b" not in typed.read_text()
    assert watcher.poll() is None


def test_a_combination_that_is_taken_is_told_and_the_others_work(
    desk: Desk, begin: Begin, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    """One log line names it; once its owner has gone it can be had."""
    first = begin({"ctrl+alt+b": "theirs"})
    with caplog.at_level(logging.WARNING):
        second = begin(BINDINGS)
    assert [record.getMessage().split(" is ")[0] for record in caplog.records] == ["ctrl+alt+b"]
    desk.xdotool("key", "super+F5")
    heard.become("snooze")
    desk.xdotool("key", "ctrl+alt+b")
    heard.become("snooze", "theirs")
    second.close()
    first.close()
    begin(BINDINGS)
    desk.xdotool("key", "ctrl+alt+b")
    heard.become("snooze", "theirs", "start")


def test_another_keyboard_layout_moves_the_keys(desk: Desk, begin: Begin, heard: Heard) -> None:
    """On a French keyboard the a is where the q was, and digits need shift; the shortcut follows."""
    desk.run("setxkbmap", "us")
    begin({"ctrl+alt+a": "start", "super+2": "pause"})
    desk.run("setxkbmap", "fr")
    wait_until(lambda: desk.xdotool("key", "ctrl+alt+24") or heard, 5.0, "the a of a French keyboard")
    heard.clear()
    desk.xdotool("key", "ctrl+alt+38", "super+11")
    heard.become("pause")


def test_a_key_the_keyboard_lacks_is_told(desk: Desk, begin: Begin, caplog: pytest.LogCaptureFixture) -> None:
    """A Greek keyboard has no Latin letters; the log says so, and nothing fails."""
    desk.run("setxkbmap", "gr")
    with caplog.at_level(logging.WARNING):
        begin({"ctrl+alt+b": "start"})
    assert len(caplog.records) == 1
    assert "not on this keyboard" in caplog.text


def test_after_the_end_nothing_is_held(desk: Desk, begin: Begin, heard: Heard) -> None:
    """Closed twice is closed; the combination belongs to the apps again."""
    mine = begin(BINDINGS)
    mine.close()
    mine.close()
    desk.xdotool("key", "ctrl+alt+b")
    begin({"super+f5": "snooze"})
    desk.xdotool("key", "super+F5")
    heard.become("snooze")


def test_the_end_of_the_server_is_taken_calmly(
    desk_factory: DeskFactory, begin: Begin, caplog: pytest.LogCaptureFixture
) -> None:
    """The listening ends with the X server, with a line in the log and no traceback."""
    other = desk_factory()
    hotkeys = GrabbedHotkeys(BINDINGS, lambda key: None, other.env["DISPLAY"])
    hotkeys.start()
    with caplog.at_level(logging.INFO):
        other.stop()
        wait_until(lambda: "have ended with the X server" in caplog.text, 5.0, "the log line")
    hotkeys.close()
    with pytest.raises(HotkeysUnavailable, match="cannot be reached"):
        hotkeys.start()


def test_the_settings_change_what_is_listened_for(desk: Desk, heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    """The grab comes first under X11; new combinations replace the old, none ends it."""
    monkeypatch.setenv("DISPLAY", desk.env["DISPLAY"])
    hotkeys = Hotkeys(Env("linux", desk.env), heard.append)
    for combination in ("ctrl+alt+b", "ctrl+alt+n"):
        hotkeys.use({combination: "start"})
        assert hotkeys.looked.wait(5.0)
    desk.xdotool("key", "ctrl+alt+b", "ctrl+alt+n")
    heard.become("start")
    assert hotkeys.trouble == ""
    hotkeys.close()


def test_a_server_that_comes_later_is_found(
    heard: Heard, desk_factory: DeskFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shortcuts that cannot be had at the start are there once the X server is, and again after its restart."""
    variables: dict[str, str] = {"DISPLAY": ":6071"}
    monkeypatch.setenv("DISPLAY", variables["DISPLAY"])
    hotkeys = Hotkeys(Env("linux", variables), heard.append, (0.1,))
    hotkeys.use({"ctrl+alt+b": "start"})
    assert hotkeys.looked.wait(5.0)
    assert hotkeys.trouble.startswith("The X server cannot be reached")
    for count in (1, 2):
        other = desk_factory()
        monkeypatch.setenv("DISPLAY", other.env["DISPLAY"])
        wait_until(lambda: not hotkeys.trouble, what="the shortcuts")
        other.xdotool("key", "ctrl+alt+b")
        heard.become(*["start"] * count)
        other.stop()
        wait_until(lambda: hotkeys.trouble, what="the loss")
    hotkeys.close()
