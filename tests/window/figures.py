"""Every frame a person may see of a figure, for the tests of the figures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sitbreak.window.motion import PoseFrame
from sitbreak.window.movement_figures import figure_for
from sitbreak.window.performance import Performance

CATALOGUE: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "config" / "movements.json").read_text("utf-8")
)
BY_ID = {movement["id"]: movement for movement in CATALOGUE}
EVERY_S = 0.55


def lengths_of(movement: dict[str, Any]) -> list[float]:
    """The seconds of each step of a movement."""
    return [float(step["s"]) for step in movement["steps"]]


def frames(
    movement: dict[str, Any], level: str = "shown", every_s: float = EVERY_S
) -> Iterator[tuple[float, PoseFrame]]:
    """The frames of a movement with their times, some a second."""
    lengths = lengths_of(movement)
    performance = Performance(figure_for(movement["id"]), lengths)
    for number in range(int(sum(lengths) / every_s)):
        yield number * every_s, performance.at(number * every_s, level)
