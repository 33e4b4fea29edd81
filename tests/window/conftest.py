"""What the tests of the windows share: a style, requests, and what a window said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sitbreak import language
from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.daemon import window_contents
from sitbreak.window.breakapp import BreakApp
from sitbreak.window.desktop_capabilities import Desktop
from sitbreak.window.look import Style
from sitbreak.window.protocol import BreakRequest, request_of

CATALOGUE = {each.id: each for each in load_catalogue().movements}
TITLE = "Good moment for two minutes?"
MakeRequest = Callable[..., dict[str, Any]]


@pytest.fixture
def german() -> Iterator[None]:
    """German words, which are long ones, and English again afterwards."""
    language.choose("de")
    yield
    language.choose("en")


@pytest.fixture
def request_for() -> MakeRequest:
    """Make a request of a kind for a movement of the catalogue, as the daemon sends it."""

    def make(kind: str = "break", movement: str = "pattern-sitstand", **changes: Any) -> dict[str, Any]:
        shown = asdict(window_contents.shown(CATALOGUE[movement]))
        look = {"theme": "light", "reduced_motion": True, **changes.pop("look", {})}
        return {
            "kind": kind,
            "movement": shown,
            "title": TITLE,
            "bout": "About 38 min at the desk.",
            "chime": False,
            "look": look,
            **changes,
        }

    return make


Said = list[dict[str, Any]]
Open = Callable[..., BreakApp]
PLAIN = Desktop(translucent=False, masks=False, bypass=False)


@pytest.fixture
def said() -> Said:
    """What the window told the daemon, in order; leaving is {"event": "left"}."""
    return []


@pytest.fixture
def opened(qtbot: QtBot, request_for: MakeRequest, said: Said) -> Iterator[Open]:
    """Open a card and wait until it is there."""
    apps: list[BreakApp] = []

    def open_(kind: str = "break", movement: str = "pattern-sitstand", **changes: Any) -> BreakApp:
        request = request_of(request_for(kind, movement, **changes))
        assert isinstance(request, BreakRequest)
        app = BreakApp(
            request, Style(request.look), lambda event, **values: said.append({"event": event, **values}),
            lambda: said.append({"event": "left"}), PLAIN,
        )  # fmt: skip
        apps.append(app)
        app.appear()
        qtbot.waitExposed(app.shells[0])
        return app

    yield open_
    for app in apps:
        app.dispose()
        app.deleteLater()


def toggle(widget: QWidget) -> None:
    """What a screen reader does to something with a tick, which is no click."""
    found = QAccessible.queryAccessibleInterface(widget).actionInterface()
    found.doAction(found.toggleAction())


LOOK = {"theme": "light", "reduced_motion": True}
OpenScene = Callable[[Any, dict[str, Any]], Any]


@pytest.fixture
def open_scene(qtbot: QtBot, said: Said) -> Iterator[OpenScene]:
    """Open an ordinary window: its kind, and the message that asks for it."""
    scenes: list[Any] = []

    def open_(kind: Any, message: dict[str, Any]) -> Any:
        request: Any = request_of({"look": LOOK, **message})
        scene = kind(
            request, Style(request.look),
            lambda event, **values: said.append({"event": event, **values}), lambda: said.append({"event": "left"}),
        )  # fmt: skip
        scenes.append(scene)
        scene.appear()
        return scene

    yield open_
    for scene in scenes:
        scene.dispose()
