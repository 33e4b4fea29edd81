"""Shortcuts without a display: where they are refused, and how Windows is asked for them."""

from __future__ import annotations

import logging
from queue import SimpleQueue
from typing import Any

import pytest

from sitbreak.adapters.hotkeys import CANDIDATES, GrabbedHotkeys, Hotkeys, HotkeysUnavailable, RegisteredHotkeys
from sitbreak.adapters.hotkeys.registered import WM_HOTKEY, WM_QUIT, code_of
from sitbreak.ports import Env, NotViable, Viable
from tests.waiting import wait_until

WAYLAND = {"XDG_SESSION_TYPE": "wayland", "WAYLAND_DISPLAY": "wayland-0"}


class Windows:
    """user32 and kernel32, with a keyboard: what is registered, and the messages of the thread that did."""

    def __init__(self, taken: set[tuple[int, int]]) -> None:
        self.user32 = self.kernel32 = self
        self.taken = taken
        self.registered: dict[int, tuple[int, int]] = {}
        self._messages: SimpleQueue[tuple[int, int]] = SimpleQueue()

    def GetCurrentThreadId(self) -> int:
        """Any number."""
        return 7

    def RegisterHotKey(self, window: object, number: int, modifiers: int, key: int) -> bool:
        """Not what another program has."""
        if (modifiers, key) not in self.taken:
            self.registered[number] = (modifiers, key)
        return number in self.registered

    def UnregisterHotKey(self, window: object, number: int) -> None:
        """Gives it back."""
        del self.registered[number]

    def PostThreadMessageW(self, thread: int, message: int, first: int, second: int) -> None:
        """Into the queue of the thread."""
        assert thread == 7
        self._messages.put((message, first))

    def GetMessageW(self, message: Any, window: object, first: int, last: int) -> int:
        """The next message; 0 for the one that ends the queue."""
        message._obj.message, message._obj.wParam = self._messages.get(timeout=10)
        return int(message._obj.message != WM_QUIT)

    def press(self, number: int) -> None:
        """The combination of this number."""
        self.PostThreadMessageW(7, WM_HOTKEY, number, 0)


def test_wayland_refuses_and_names_the_commands() -> None:
    """Under Wayland no program may listen, and the commands to bind are named."""
    verdict = GrabbedHotkeys.viable(Env("linux", WAYLAND))
    assert isinstance(verdict, NotViable)
    assert "`sitbreak break`" in verdict.remedy
    assert "`sitbreak answer not-now`" in verdict.remedy


@pytest.mark.unix("X11")
def test_each_system_has_its_way() -> None:
    """X11 and Windows are asked; macOS and a text console cannot be."""
    x11, windows, macos, console = (
        [candidate.NAME for candidate in CANDIDATES if isinstance(candidate.viable(env), Viable)]
        for env in (Env("linux", {"DISPLAY": ":1"}), Env("win32", {}), Env("darwin", {}), Env("linux", {}))
    )
    assert (x11, windows, macos, console) == (["xgrab"], ["registered"], [], [])


def test_trouble_is_a_sentence_and_one_log_line(caplog: pytest.LogCaptureFixture) -> None:
    """Set under Wayland, the trouble says what to do; it is logged once, and gone with the shortcuts."""
    hotkeys = Hotkeys(Env("linux", WAYLAND), lambda key: None)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            hotkeys.use({"ctrl+alt+b": "start"})
            assert hotkeys.looked.wait(5.0)
    assert hotkeys.trouble.startswith("Wayland lets no program listen for shortcuts of its own. In the keyboard")
    assert len(caplog.records) == 1
    hotkeys.use({})
    assert hotkeys.trouble == ""


def test_none_set_means_nothing_is_listened_to() -> None:
    """Off by default: without shortcuts no backend is even tried."""
    hotkeys = Hotkeys(Env("linux", WAYLAND), lambda key: None)
    hotkeys.use({})
    assert hotkeys.trouble == ""


def test_windows_is_asked_for_the_chosen_combinations_only(caplog: pytest.LogCaptureFixture) -> None:
    """One that another program has is told of once; the others are heard, and given back at the end."""
    windows, heard = Windows(taken={code_of("super+f5")}), list[str]()
    keys = {"ctrl+alt+b": "start", "super+f5": "snooze", "ctrl+shift+1": "pause"}
    hotkeys = RegisteredHotkeys(keys, heard.append, windows)
    hotkeys.start()
    assert windows.registered == {1: (0x4003, ord("B")), 3: (0x4006, ord("1"))}
    for number in (3, 2, 1):
        windows.press(number)
    wait_until(lambda: heard == ["pause", "start"], what="the shortcuts")
    hotkeys.close()
    hotkeys.close()
    assert (windows.registered, hotkeys.alive) == ({}, False)
    assert [record.args for record in caplog.records] == [("super+f5",)]


def test_where_all_are_taken_that_is_a_reason() -> None:
    """One sentence that says what to do."""
    hotkeys = RegisteredHotkeys({"super+f5": "snooze"}, lambda key: None, Windows(taken={code_of("super+f5")}))
    with pytest.raises(HotkeysUnavailable, match="can name others"):
        hotkeys.start()
    assert not hotkeys.alive


def test_function_keys_have_codes_in_a_row() -> None:
    """From f1 on."""
    assert [code_of(f"ctrl+f{n}")[1] for n in (1, 5, 12)] == [0x70, 0x74, 0x7B]
