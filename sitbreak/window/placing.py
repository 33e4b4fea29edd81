"""Where a card goes on a monitor. Pure arithmetic in logical pixels."""

from __future__ import annotations

from dataclasses import dataclass

MARGIN = 16  # between a card and the edge of the usable area


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle: left, top, width, height."""

    x: int
    y: int
    width: int
    height: int


def in_corner(free: Area, width: int, height: int, corner: str, shadow: int = 0) -> tuple[int, int]:
    """Left and top of a card of this size in a corner of the free area; `shadow`: the rim that may overhang.

    One that leaves less room than that goes as far from the edges as it can; one larger than the area keeps its top
    left corner in view.
    """
    gap = MARGIN - shadow
    across, down = (free.width - width) // 2, (free.height - height) // 2
    left, top = min(gap, max(0, across)), min(gap, max(0, down))
    right, bottom = max(left, free.width - width - gap), max(top, free.height - height - gap)
    return free.x + (left if corner.endswith("left") else right), free.y + (top if corner.startswith("top") else bottom)


def in_middle(free: Area, width: int, height: int) -> tuple[int, int]:
    """Left and top of a window of this size in the middle of the free area, never above or left of it."""
    return free.x + max(0, (free.width - width) // 2), free.y + max(0, (free.height - height) // 2)
