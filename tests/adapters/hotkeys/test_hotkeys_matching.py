"""Shortcuts without a display: where they are refused, and what pynput's matcher makes of a stream of keys."""

from __future__ import annotations

import logging

import pytest

from sitbreak.adapters.hotkeys import CANDIDATES, Hotkeys
from sitbreak.adapters.hotkeys.pynput_hotkeys import Matcher, PynputHotkeys, described
from sitbreak.adapters.hotkeys.xgrab import GrabbedHotkeys
from sitbreak.ports import Env, NotViable, Viable

WAYLAND = {"XDG_SESSION_TYPE": "wayland", "WAYLAND_DISPLAY": "wayland-0"}
TABLE: dict[tuple[frozenset[str], object], str] = {
    (frozenset({"ctrl", "alt"}), "b"): "start",
    (frozenset({"ctrl", "alt", "shift"}), "b"): "pause",
}
MODIFIERS: dict[object, str] = {name.upper(): name for name in ("ctrl", "alt", "shift", "super", "altgr")}


class Keys:
    """A matcher and the keys pressed on it; `stuck` are modifiers that the system says are up."""

    def __init__(self) -> None:
        self.chosen: list[str] = []
        self.stuck: set[str] = set()
        self.matcher = Matcher(TABLE, MODIFIERS, self.chosen.append, lambda name: name not in self.stuck)

    def type(self, text: str) -> list[str]:
        """Presses keys in this order and releases them; modifiers in capitals. Returns what was chosen so far."""
        for key in text.split():
            self.matcher.press(key)
        for key in reversed(text.split()):
            self.matcher.release(key)
        return self.chosen


@pytest.mark.parametrize("candidate", CANDIDATES)
def test_wayland_refuses_and_names_the_commands(candidate: type[GrabbedHotkeys | PynputHotkeys]) -> None:
    """Under Wayland neither way works, and the commands to bind are named."""
    verdict = candidate.viable(Env("linux", WAYLAND))
    assert isinstance(verdict, NotViable)
    assert "`sitbreak break`" in verdict.remedy
    assert "`sitbreak answer not-now`" in verdict.remedy


def test_each_system_has_its_way() -> None:
    """X11 takes both, Windows pynput, macOS neither, a text console neither."""
    x11, windows, macos, console = (
        [candidate.NAME for candidate in CANDIDATES if isinstance(candidate.viable(env), Viable)]
        for env in (Env("linux", {"DISPLAY": ":1"}), Env("win32", {}), Env("darwin", {}), Env("linux", {}))
    )
    assert (x11, windows, macos, console) == (["xgrab", "pynput"], ["pynput"], [], [])


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


def test_only_the_exact_combination_counts() -> None:
    """No modifier too many, none too few, and each combination reports its own name."""
    keys = Keys()
    assert keys.type("CTRL ALT b") == ["start"]
    assert keys.type("b") == keys.type("CTRL b") == keys.type("SUPER CTRL ALT b") == ["start"]
    assert keys.type("CTRL SHIFT ALT b") == ["start", "pause"]


def test_altgr_is_not_ctrl_with_alt() -> None:
    """Windows reports AltGr as ctrl and AltGr; a character typed with it starts no break."""
    assert Keys().type("CTRL ALTGR b") == []


def test_a_key_held_down_counts_once() -> None:
    """Repeats of the same press report nothing more."""
    keys = Keys()
    for key in ("CTRL", "ALT", "b", "b", "b"):
        keys.matcher.press(key)
    assert keys.chosen == ["start"]
    keys.matcher.release("b")
    keys.matcher.press("b")
    assert keys.chosen == ["start", "start"]


def test_a_release_that_went_unseen_does_no_harm() -> None:
    """After ctrl+alt+del a plain b is a b; after super+L ctrl+alt+b still works."""
    keys = Keys()
    for key in ("CTRL", "ALT", "SUPER"):
        keys.matcher.press(key)
    keys.stuck = {"ctrl", "alt", "super"}
    assert keys.type("b") == []
    keys.stuck = {"super"}
    assert keys.type("CTRL ALT b") == ["start"]


def test_nothing_but_modifiers_is_remembered() -> None:
    """After a sentence was typed the matcher holds none of it."""
    keys = Keys()
    keys.type("h e l l o")
    keys.type("SHIFT w o r l d")
    remembered = [value for name, value in vars(keys.matcher).items() if name in ("_down", "_reported")]
    assert remembered == [set(), None]


def test_combinations_in_pynputs_words() -> None:
    """Names in brackets, super by its other name."""
    assert described("ctrl+super+f5") == "<ctrl>+<cmd>+<f5>"
