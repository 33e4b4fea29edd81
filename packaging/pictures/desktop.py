"""Takes README's picture: `python packaging/pictures/desktop.py [--minutes 31]`.

The program as it is runs on an Xfce panel and notification daemon of its own; somebody types for that long and stops.
Two shots are put one below the other: the prompt, and the card after its Start. It takes as long as it says.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from tests.desktop.desk import Desk  # noqa: E402
from tests.desktop.program import Program  # noqa: E402
from tests.desktop.test_main_route import press_start  # noqa: E402
from tests.waiting import wait_until  # noqa: E402

MOVEMENT = "stat-calf"
LEFT_S = 95.0  # seconds left of the break, when the second shot is taken
MARGIN = 14  # pixels around what is shown


def settings(minutes: float) -> str:
    """Only one movement, and a prompt as soon as that many minutes are over."""
    movements = json.loads((ROOT / "config" / "movements.json").read_text("utf-8"))
    others = [each["id"] for each in movements if each["id"] != MOVEMENT]
    return f"[prompt]\nearliest_minutes = {minutes}\n[movements]\noff = {json.dumps(others)}\n"


def place(desk: Desk, window: str) -> QRect:
    """Where a window is."""
    lines = desk.xdotool("getwindowgeometry", "--shell", window).split()
    found = dict(line.split("=") for line in lines if "=" in line)
    return QRect(int(found["X"]), int(found["Y"]), int(found["WIDTH"]), int(found["HEIGHT"]))


def shots(folder: Path, minutes: float) -> tuple[QImage, QRect, QImage, QRect]:
    """The screen with the prompt, the prompt's place; the screen with the card, the card's place."""
    desk = Desk(panel="xfce", notifier="xfce")
    try:
        desk.run("xsetroot", "-solid", "#808080")
        program = Program(desk, folder / "home", settings(minutes))
        program.start()
        program.type_until("seeking", minutes * 60 + 120)
        wait_until(lambda: program.status()["state"] == "shown", 240.0, "the prompt")
        note = place(desk, desk.wait_for_window("xfce4-notifyd"))
        first = QImage(str(desk.screenshot(folder / "prompt.png")))
        press_start(desk)
        card = place(desk, desk.wait_for_window("sitbreak"))
        for shift, left in ((0, LEFT_S), (4, LEFT_S), (8, LEFT_S - 1)):  # a hand on the card brings all of its words
            wait_until(lambda left=left: program.status()["break_left"] <= left, 120.0, "that moment")  # type: ignore[misc]
            desk.xdotool("mousemove", str(card.left() + 30 + shift), str(card.bottom() - 20))
        return first, note, QImage(str(desk.screenshot(folder / "card.png"))), card
    finally:
        desk.stop()


def composed(first: QImage, note: QRect, second: QImage, card: QRect) -> QImage:
    """Both shots in one: the panel and the prompt above, the card below."""
    width = max(note.width(), card.width()) + 2 * MARGIN
    above = QRect(first.width() - width, 0, width, note.bottom() + MARGIN)
    below = card.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
    below.setLeft(below.right() - width + 1)
    picture = QImage(width, above.height() + below.height(), QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    painter.drawImage(0, 0, first, above.x(), above.y(), above.width(), above.height())
    painter.drawImage(0, above.height(), second, below.x(), below.y(), below.width(), below.height())
    painter.end()
    return picture


def main() -> None:
    """Reads the command line and writes the picture."""
    parser = argparse.ArgumentParser(description="Take README's picture.")
    parser.add_argument("--minutes", type=float, default=31.0, help="how long somebody types before the prompt")
    parser.add_argument("--out", type=Path, default=HERE / "desktop.png")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        composed(*shots(Path(folder), options.minutes)).save(str(options.out))


if __name__ == "__main__":
    main()
