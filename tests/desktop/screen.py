"""What a desktop shows, as questions about colours, and clicks on what was found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tests.desktop.desk import Desk
from tests.waiting import wait_until

AMBER_ON_LIGHT = (199, 118, 43)  # token `long` on a light panel
AMBER, GREEN = (240, 163, 92), (95, 224, 176)  # tokens `long` and `move` on a dark panel
PANEL_HEIGHT = 36  # its 32 pixels and its shadow

Box = tuple[int, int, int, int]


class Screen:
    """What the desktop shows, as questions about colours."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self._file = folder / "screen.png"

    def find(self, colour: tuple[int, int, int], below: int = 0, above: int = PANEL_HEIGHT) -> Box | None:
        """The box around all pixels close to `colour` between two heights."""
        shot = self.shot(below, above)
        near = [
            (index % shot.width, index // shot.width)
            for index, pixel in enumerate(pixels(shot))
            if all(abs(one - other) < 24 for one, other in zip(pixel, colour, strict=True))
        ]
        return box_around(near, below)

    def menu(self) -> Box | None:
        """The box around whatever is on the empty desktop below the panel."""
        shot = self.shot(PANEL_HEIGHT, 500)
        lit = [(index % shot.width, index // shot.width) for index, pixel in enumerate(pixels(shot)) if any(pixel)]
        return box_around(lit, PANEL_HEIGHT)

    def shot(self, below: int, above: int) -> Image.Image:
        """The screen between two heights; the pointer is not on it."""
        with Image.open(self.desk.screenshot(self._file)) as image:
            return image.convert("RGB").crop((0, below, image.width, above))


def pixels(image: Image.Image) -> list[tuple[int, int, int]]:
    """The pixels of an RGB image, row by row."""
    raw = image.tobytes()
    return list(zip(raw[::3], raw[1::3], raw[2::3], strict=True))


def box_around(points: list[tuple[int, int]], down: int) -> Box | None:
    """The box around points that were counted from `down`, or None around nothing."""
    if not points:
        return None
    across, along = [x for x, _ in points], [y + down for _, y in points]
    return min(across), min(along), max(across) + 1, max(along) + 1


def click(desk: Desk, box: Box, button: int, part: float = 0.5) -> None:
    """Clicks into a box, at `part` of its height."""
    x, y = (box[0] + box[2]) // 2, round(box[1] + (box[3] - box[1]) * part)
    desk.click(x, y, button)


def seen(screen: Screen, colour: tuple[int, int, int] = AMBER) -> Box:
    """Where the glyph of this colour is, once it is on the panel."""
    return settled(lambda: screen.find(colour), "the icon on the panel")


def opened(screen: Screen) -> Box:
    """Where the menu is, once it is drawn."""
    return settled(screen.menu, "the menu")


def settled(question: Callable[[], Box | None], what: str, limit_s: float = 15.0) -> Box:
    """The answer, once it is there and the same three times: windows are on the screen before they are painted."""
    boxes: list[Box] = [(0, 0, 0, 0)]

    def same_again() -> bool:
        box = question()
        boxes.append(box if box is not None else (0, 0, 0, 0))
        return any(boxes[-1]) and boxes[-3:] == [boxes[-1]] * 3

    wait_until(same_again, limit_s, what)
    return boxes[-1]
