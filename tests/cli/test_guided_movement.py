"""`movements try`, `plan rest` and `plan guide` without a display: what is left of them in words."""

from __future__ import annotations

import json

import pytest

from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.cli import movements
from sitbreak.core.plans import REST, resting
from sitbreak.settings.model import Settings
from sitbreak.window.protocol import BreakRequest, request_of
from tests.cli.conftest import Type


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.unix("a system without a display")
def test_try_without_a_display_is_a_timeline(typed: Type) -> None:
    """The steps with their times, as ever."""
    assert "2:00  done" in typed("movements", "try", "walk-stairs").out


@pytest.mark.parametrize("minutes", ["0", "61", "soon", "nan"])
def test_a_rest_has_a_sensible_length(typed: Type, minutes: str) -> None:
    """One to sixty minutes; else one sentence and exit 2."""
    said = typed("plan", "rest", minutes)
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1


@pytest.mark.unix("a system without a display")
def test_a_rest_says_that_it_is_not_counted(typed: Type) -> None:
    """The position and the note, for people and for programs."""
    said = typed("plan", "rest", "20", "one-leg")
    assert (said.code, "not counted" in said.out) == (0, True)
    told = json.loads(typed("plan", "rest", "5", "--json").out)
    assert (told["name"], told["minutes"], told["counted"]) == ("stool", 5, False)


@pytest.mark.unix("a system without a display")
def test_the_home_movements_are_listed_at_the_level_of_the_week(typed: Type) -> None:
    """Easier in the first weeks; nothing is logged by looking, and what is turned off is left out."""
    assert typed("plan", "guide").code == 2
    typed("plan", "start", "patterns")
    typed("movements", "off", "pattern-crawl")
    told = json.loads(typed("plan", "guide", "--json").out)
    assert told["level"] == "easier"
    assert "pattern-roll" in told["movements"]
    assert "pattern-crawl" not in told["movements"]
    assert "plan log patterns" in typed("plan", "guide").out
    assert json.loads(typed("plan", "status", "--json").out)[0]["done"] == 0


@pytest.mark.parametrize("where", REST, ids=lambda where: where.name)
def test_a_rest_is_a_request_the_window_understands(where: object) -> None:
    """As long as asked for, with the figure of its own."""
    position = next(each for each in REST if each is where)
    found = request_of(movements.guide_request("rest", resting(position, 20), Settings()))
    assert isinstance(found, BreakRequest)
    assert (found.kind, found.length_s, found.movement.id) == ("rest", 1200, f"rest-{position.name}")


def test_a_guide_lasts_as_long_as_its_steps() -> None:
    """The level is the one asked for."""
    movement = load_catalogue().movements[0]
    found = request_of(movements.guide_request("guide", movement, Settings(), "harder"))
    assert isinstance(found, BreakRequest)
    assert (found.length_s, found.level) == (sum(step.seconds for step in movement.steps), "harder")
