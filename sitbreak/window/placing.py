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

    A card larger than the area keeps its top left corner in view.
    """
    gap = MARGIN - shadow
    left, right = free.x + gap, free.x + free.width - width - gap
    top, bottom = free.y + gap, free.y + free.height - height - gap
    x = left if corner.endswith("left") else max(left, right)
    y = top if corner.startswith("top") else max(top, bottom)
    return x, y


def in_middle(free: Area, width: int, height: int) -> tuple[int, int]:
    """Left and top of a window of this size in the middle of the free area, never above or left of it."""
    return free.x + max(0, (free.width - width) // 2), free.y + max(0, (free.height - height) // 2)
