"""Every movement's figure, as data; a movement without one of its own gets the figure of its type."""

from __future__ import annotations

from sitbreak.window.motion import Figure
from sitbreak.window.poses import mobility, standing
from sitbreak.window.poses.base import FRONT, SIT, STAND, STAND_FRONT, chair, hold, loop, walking
from sitbreak.window.poses.floor import FLOOR
from sitbreak.window.poses.movement_patterns import AT_EDGE, DEEP, EDGE_DESK, PATTERNS, RISEN, SIT_DOWN
from sitbreak.window.poses.seated import REACH_FAR, REACH_NEAR, SEAT, SEATED, SIDE_FRAME
from sitbreak.window.poses.walks import WALKS

FIGURES: dict[str, Figure] = {
    **WALKS,
    **PATTERNS,
    **mobility.MOBILITY,
    **mobility.STRETCHES,
    **mobility.STRENGTH,
    **FLOOR,
    **SEATED,
    "goal-squats": Figure((loop((standing.WIDE, 1.6), (standing.WIDE_LOW, 1.8)),), view=FRONT),
}
"""By movement id; also the rest positions and home goals of spec 3.2."""

GENERIC: dict[str, Figure] = {
    "walk": Figure((hold(STAND), walking())),
    "pattern": Figure((hold(RISEN), SIT_DOWN["down"]), props=(chair(),), frame=(16.0, 88.0, 196.0)),
    "mobility": Figure((hold(STAND_FRONT), loop((standing.TURN_RIGHT, 1.8), (standing.TURN_LEFT, 1.8))), view=FRONT),
    "dynamic stretch": Figure(
        (hold(STAND_FRONT), loop((standing.REACH_UP, 2.0), (standing.ROW_DOWN, 2.0))),
        view=FRONT,
        frame=(0.0, 98.0, 212.0),
    ),
    "static stretch": Figure((hold(STAND), hold(standing.HAM_TIP))),
    "strength": Figure(
        (hold(AT_EDGE), loop((AT_EDGE, 2.0), (DEEP, 2.0))), props=(EDGE_DESK,), frame=(10.0, 88.0, 196.0)
    ),
    "pandiculation": Figure(
        (hold(standing.EASY), loop((standing.EASY, 6.0), (standing.YAWN, 9.0))), view=FRONT, frame=(0.0, 96.0, 212.0)
    ),
}
SEATED_GENERIC = Figure(
    (hold(SIT), loop((REACH_NEAR, 2.2), (REACH_FAR, 2.2), home=SIT)), props=(SEAT,), frame=SIDE_FRAME
)


def figure_for(movement: str, kind: str = "walk", seated: bool = False) -> Figure:
    """The figure of a movement id; for an item of a person's own, that of its type (or a seated one)."""
    if movement in FIGURES:
        return FIGURES[movement]
    return SEATED_GENERIC if seated else GENERIC.get(kind, GENERIC["walk"])
