"""Draws every figure at two moments on one sheet: `python -m sitbreak.window.sheet OUT.png [--names] [ID...]`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from sitbreak.window.figure import FigurePainter, Inks
from sitbreak.window.motion import Figure, PoseFrame, pose_in
from sitbreak.window.poses import FIGURES
from sitbreak.window.skeleton import solve

CELL, COLUMNS = 170, 11
INKS = Inks(QColor("#FBFAF7"), QColor("#16262B"), QColor("#5B6B70"), QColor("#0E8F6E"))


def moments(figure: Figure) -> list[PoseFrame]:
    """Two telling frames: the two key poses of its liveliest clip (the second) that come first."""
    clip = figure.clips[1] if len(figure.clips) > 1 else figure.clips[0]
    view = figure.view if clip.view is None else clip.view
    times = (0.0, clip.keys[0].seconds) if len(clip.keys) > 1 else (0.0,)
    props = figure.props + clip.props
    frames = [
        PoseFrame(solve(pose_in(clip, t, "shown", view), view), props, clip.travel * t, clip.mirror) for t in times
    ]
    if len(frames) == 1:
        other = figure.clips[3] if len(figure.clips) > 3 else figure.clips[0]
        seen = figure.view if other.view is None else other.view
        frames.append(
            PoseFrame(solve(pose_in(other, 0.0, "shown", seen), seen), figure.props + other.props, 0.0, other.mirror)
        )
    return frames


def draw(names: Sequence[str], labels: bool) -> QImage:
    """The sheet as an image, two cells a movement."""
    pairs = COLUMNS // 2
    rows = -(-len(names) // pairs)
    sheet = QImage(pairs * 2 * CELL, rows * (CELL + 18), QImage.Format.Format_RGB32)
    sheet.fill(INKS.paper)
    painter = QPainter(sheet)
    for number, name in enumerate(names):
        left, top = number % pairs * 2 * CELL, number // pairs * (CELL + 18)
        figure = FIGURES[name]
        for place, frame in enumerate(moments(figure)):
            area = QRectF(left + place * CELL + 4, top + 2, CELL - 8, CELL - 8)
            painter.save()
            painter.setClipRect(area)
            FigurePainter(painter, area, figure.frame, INKS).paint(frame)
            painter.restore()
        painter.setPen(QColor("#5B6B70"))
        text = name if labels else str(number + 1)
        painter.drawText(QRectF(left, top + CELL - 2, 2 * CELL, 16), Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return sheet


def main() -> None:
    """Reads the command line and writes the sheet."""
    parser = argparse.ArgumentParser(description="Draw every movement's figure on one sheet.")
    parser.add_argument("out")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--names", dest="labels", action="store_true", help="write the names below")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _application = QGuiApplication([])
    draw(options.names or list(FIGURES), options.labels).save(options.out)


if __name__ == "__main__":
    main()
