"""Draws every figure as a strip of what it does, to be looked at: `python packaging/pictures/figures.py OUT [ID...]`.

Each strip is as large as on the break card. `--blind SEED`: in a shuffled order and under numbers, for a reader who is
to say what is done; the order is written beside the pictures.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from sitbreak.window.figure import FigurePainter
from sitbreak.window.look import Style
from sitbreak.window.motion import PoseFrame
from sitbreak.window.movement_figures import figure_for
from sitbreak.window.performance import Performance, step_at
from sitbreak.window.protocol import LookMessage

ROOT = Path(__file__).parents[2]
CELL, GAP, LABEL, COLUMNS, ROWS = 120, 26, 18, 10, 8
CHANGED = 4.0  # centimetres something must have moved for a picture of its own


def moments(movement: dict[str, Any]) -> Iterator[PoseFrame]:
    """The key poses of every step in their order, each once."""
    performance = Performance(figure_for(movement["id"]), [float(step["s"]) for step in movement["steps"]])
    seen: list[PoseFrame] = []
    for number, length in enumerate(performance.lengths):
        clip, begun, into = performance.clip(number), sum(performance.lengths[:number]), 0.0
        first, change = 0.0 if clip.once else clip.period, step_at(performance.lengths, begun).change
        for key in clip.keys:
            moment = change + (first + into) / clip.tempo(length - change, "shown")
            frame = performance.at(begun + min(moment, length - 0.01))
            into += key.seconds
            if not any(alike(frame, other) for other in seen):
                seen.append(frame)
                yield frame


def alike(one: PoseFrame, other: PoseFrame) -> bool:
    """Whether two frames are the same to the eye."""
    if (one.body.view, one.mirror, one.props) != (other.body.view, other.mirror, other.props):
        return False
    pairs = zip(one.body.joints.values(), other.body.joints.values(), strict=True)
    return all(abs(a - b) < CHANGED for p, q in pairs for a, b in zip(p, q, strict=True))


def page(movements: Sequence[dict[str, Any]], names: Sequence[str], style: Style, scale: float) -> QImage:
    """Some strips, one below the other."""
    width, height = (COLUMNS * (CELL + GAP) + GAP, ROWS * (CELL + LABEL + 8))
    image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(style.colour("paper"))
    painter = QPainter(image)
    for row, (movement, name) in enumerate(zip(movements, names, strict=True)):
        top = row * (CELL + LABEL + 8) + LABEL
        painter.setPen(style.colour("quiet"))
        painter.drawText(QRectF(4, top - LABEL, width, LABEL), 0, name)
        for column, frame in enumerate([*moments(movement)][:COLUMNS]):
            painter.save()
            area = QRectF(GAP + column * (CELL + GAP), top, CELL, CELL)
            painter.setClipRect(area.adjusted(-GAP / 2, 0, GAP / 2, 2))
            FigurePainter(painter, area, style.inks()).paint(frame)
            painter.restore()
    painter.end()
    return image


def main() -> None:
    """Reads the command line and writes the pages."""
    parser = argparse.ArgumentParser(description="Draw every movement's figure as a strip of what it does.")
    parser.add_argument("out", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--blind", type=int, metavar="SEED")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _application = QGuiApplication([])
    movements = json.loads((ROOT / "config" / "movements.json").read_text("utf-8"))
    movements = [each for each in movements if not options.names or each["id"] in options.names]
    names = [f"{each['id']}  {each['title']}" for each in movements]
    if options.blind is not None:
        random.Random(options.blind).shuffle(movements)
        names = [str(number) for number in range(1, len(movements) + 1)]
    options.out.mkdir(parents=True, exist_ok=True)
    for begin in range(0, len(movements), ROWS):
        some = slice(begin, begin + ROWS)
        image = page(
            movements[some], names[some], Style(LookMessage(theme=options.theme, reduced_motion=True)), options.scale
        )
        image.save(str(options.out / f"figures-{begin // ROWS + 1}.png"))
    if options.blind is not None:
        answers = [f"{name} {each['id']}\n" for name, each in zip(names, movements, strict=True)]
        (options.out / "answers.txt").write_text("".join(answers), "utf-8")


if __name__ == "__main__":
    main()
