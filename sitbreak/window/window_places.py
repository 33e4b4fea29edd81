"""Where windows go on the usable area of a monitor: the card in a corner, Today at the tray's icon. Pure."""

from __future__ import annotations

from sitbreak.core.frozen import frozen

CARD, LEAST = 440, 480  # the width of the break's card, and the least width worth having beside it
MARGIN = 16  # between a card and the edge of the usable area


@frozen
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


def beside_card(free: Area, corner: str) -> Area:
    """What is left of the free area beside a card in a corner ("": there is none); all of it where that is little.

    The card stays on top, so where both have no room side by side it is never covered.
    """
    taken = CARD + 2 * MARGIN
    if not corner or free.width - taken < LEAST:
        return free
    left = free.x + taken if corner.endswith("left") else free.x
    return Area(left, free.y, free.width - taken, free.height)


def at_point(free: Area, width: int, height: int, x: int, y: int) -> tuple[int, int]:
    """Left and top of a window of this size with its middle as near to a point as the free area lets it be."""
    left = max(free.x + MARGIN, min(x - width // 2, free.x + free.width - width - MARGIN))
    top = max(free.y + MARGIN, min(y - height // 2, free.y + free.height - height - MARGIN))
    return left, top
