"""What the tests of the windows share: a style, requests, and what a window said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

from sitbreak.adapters.catalogue import load_catalogue
from sitbreak.daemon import window_requests

CATALOGUE = {each.id: each for each in load_catalogue().movements}
GERMAN = {
    "prompt": "Ein guter Augenblick für zwei Minuten Bewegung?",
    "bout": "Ungefähr {minutes} Minuten am Schreibtisch gesessen.",
    "start": "Jetzt beginnen",
    "long": "Länger machen ({minutes} Minuten)",
    "snooze": "Später erinnern",
    "not_now": "Diesmal lieber nicht",
    "easier": "Etwas leichter",
    "shown": "Wie abgebildet",
    "harder": "Etwas schwieriger",
    "done": "Abschließen",
    "next": "Danach: {step}",
}

MakeRequest = Callable[..., dict[str, Any]]


@pytest.fixture
def request_for() -> MakeRequest:
    """Make a request of a kind for a movement of the catalogue, as the daemon sends it."""

    def make(kind: str = "break", movement: str = "pattern-sitstand", **changes: Any) -> dict[str, Any]:
        shown = asdict(window_requests.shown(CATALOGUE[movement]))
        look = {"theme": "light", "reduced_motion": True, **changes.pop("look", {})}
        return {"kind": kind, "movement": shown, "bout_min": 38.0, "chime": False, "look": look, **changes}

    return make
