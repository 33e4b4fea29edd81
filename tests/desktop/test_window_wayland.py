"""The break window on Wayland: the prompt keeps out of the focus, the break is a native window."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from sitbreak.adapters.breakwindow import QtWindow
from tests.contracts.breakwindow_contract import REQUEST
from tests.desktop.context_bus import mocked_bus
from tests.desktop.kwin import KWin
from tests.desktop.sway import Sway
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("Qt")
TODAY = {"kind": "status", "look": {"theme": "light", "reduced_motion": True}}


def windows(sway: Sway) -> dict[str, tuple[bool, str]]:
    """The windows sway manages: whether each is focused, and what it speaks."""

    def below(node: dict[str, Any]) -> Iterator[tuple[str, tuple[bool, str]]]:
        if node.get("pid"):
            yield str(node["name"]), (bool(node["focused"]), str(node["shell"]))
        for child in (*node.get("nodes", ()), *node.get("floating_nodes", ())):
            yield from below(child)

    return dict(below(json.loads(sway.swaymsg("-t", "get_tree"))))


def window_on(sway: Sway, said: Callable[[Mapping[str, object]], None] = lambda message: None) -> QtWindow:
    """A window on that desktop."""
    variables = {name: value for name, value in sway.env.items() if name != "QT_QPA_PLATFORM"}
    return QtWindow(said, {**variables, "PYTHONPATH": os.pathsep.join(sys.path)}, shown_within_s=20.0)


@pytest.mark.desktop("dbus-daemon", "setpriv", "kwin_wayland")
def test_a_break_opens_on_kwin() -> None:
    """Its window says that it is on the screen, and closes when it is told to."""
    heard: list[Mapping[str, object]] = []
    with mocked_bus("session") as world:
        kwin = KWin(world)
        variables = {name: value for name, value in kwin.on_it.items() if name != "QT_QPA_PLATFORM"}
        card = QtWindow(heard.append, {**variables, "PYTHONPATH": os.pathsep.join(sys.path)}, shown_within_s=20.0)
        with kwin.running():
            card.open(REQUEST)
            card.close()
            wait_until(lambda: {"event": "closed"} in heard, what="closed")


def test_a_prompt_leaves_the_focus_and_the_break_takes_it(sway_with_x: Sway) -> None:
    """Through XWayland the prompt is outside what sway manages; the break is an ordinary Wayland window."""
    other, card = window_on(sway_with_x), window_on(sway_with_x)
    try:
        other.open({"kind": "settings"})
        wait_until(lambda: windows(sway_with_x).get("Settings") == (True, "xdg_shell"), what="the other window")
        card.open({**REQUEST, "kind": "prompt", "focus": False})
        assert windows(sway_with_x) == {"Settings": (True, "xdg_shell")}
        card._close_now()
        card.open(REQUEST)
        wait_until(lambda: windows(sway_with_x).get("sitbreak") == (True, "xdg_shell"), what="the break")
    finally:
        card._close_now()
        other._close_now()


def never_together(today: QtWindow, card: QtWindow, heard: list[object], there: Callable[[], set[str]]) -> None:
    """A card sends Today away until it is gone; Today asked for meanwhile makes the card small."""
    today.open(TODAY)
    wait_until(lambda: there() == {"Today"}, what="Today")
    for corner, left in (("bottom-right", set[str]()), ("", {"Today"})):
        today.tell({"do": "status", "status": {**TODAY, "card": corner}})
        wait_until(lambda left=left: there() == left, what=f"{left} alone")  # type: ignore[misc]
    card.open(REQUEST)
    today.tell({"do": "status", "status": {**TODAY, "card": "bottom-right"}})
    wait_until(lambda: there() == {"sitbreak"}, what="the card alone")
    today.open({**TODAY, "card": "bottom-right"})
    card.tell({"do": "aside"})
    wait_until(lambda: {"event": "minimised"} in heard, what="the card to make itself small")
    wait_until(lambda: there() == {"Today", "sitbreak"}, what="both")


def test_today_and_the_card_of_a_break_are_never_there_together(sway: Sway) -> None:
    """Where nobody can say which lies on top."""
    heard: list[object] = []
    today, card = window_on(sway), window_on(sway, heard.append)
    try:
        never_together(today, card, heard, lambda: set(windows(sway)))
    finally:
        card._close_now()
        today._close_now()


@pytest.mark.desktop("dbus-daemon", "setpriv", "kwin_wayland")
def test_nor_are_they_on_kwin() -> None:
    """KWin says itself which windows it has."""
    heard: list[object] = []
    with mocked_bus("session") as world:
        kwin = KWin(world)
        variables = {name: value for name, value in kwin.on_it.items() if name != "QT_QPA_PLATFORM"}
        env = {**variables, "PYTHONPATH": os.pathsep.join(sys.path)}
        today, card = (
            QtWindow(lambda message: None, env, shown_within_s=20.0),
            QtWindow(heard.append, env, shown_within_s=20.0),
        )

        def there() -> set[str]:
            return {name for name in ("Today", "sitbreak") if any(name == each[1] for each in found(name))}

        def found(name: str) -> list[Any]:
            return list(world.bus.call("org.kde.KWin", "/WindowsRunner", "org.kde.krunner1", "Match", "s", [name])[0])

        with kwin.running():
            never_together(today, card, heard, there)
            card.close(at_once=True)
            today.close(at_once=True)
