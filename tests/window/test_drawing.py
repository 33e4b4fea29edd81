"""What is seen of the figures: which way they face, what is in their way, how one step gives way to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from sitbreak.window.figure import FigurePainter
from sitbreak.window.motion import CHANGE, WHOLE, PoseFrame, Prop, solved
from sitbreak.window.movement_figures import figure_for, hang, pose_named, thing_named
from sitbreak.window.performance import Performance
from sitbreak.window.props import Inks
from sitbreak.window.skeleton import HEAD, RADIUS, SIDES, Point, Pose, View, solve
from tests.window.figures import BY_ID, CATALOGUE, frames, lengths_of

ALL = pytest.mark.parametrize("movement", CATALOGUE, ids=lambda movement: str(movement["id"]))
NOT_PAPER = bytes(value < 230 for value in range(256))
INKS = Inks(QColor("white"), QColor("black"), QColor("white"), QColor("white"))  # the body alone is seen
STAND, STAND_FRONT, STEP = pose_named("stand"), pose_named("stand_front"), thing_named("step")
LEGS = [[f"{side}_{at}" for at in ("hip", "knee", "ankle", "toe")] for side in SIDES]
LEGS_AND_TRUNK = [["neck", "waist", "pelvis"], *LEGS]


def drawn(frame: PoseFrame, inks: Inks = INKS) -> QImage:
    """A frame as it is painted, a pixel a centimetre, the whole of it."""
    frame, side = replace(frame, window=WHOLE), round(WHOLE[2])
    image = QImage(side, side, QImage.Format.Format_Grayscale8)
    image.fill(inks.paper)
    painter = QPainter(image)
    FigurePainter(painter, QRectF(image.rect()), inks).paint(frame)
    painter.end()
    return image


def still(pose: Pose, view: View, *props: Prop) -> PoseFrame:
    """A frame of a pose."""
    return PoseFrame(solve(pose, view), props, 0.0, False)


def inked(image: QImage) -> int:
    """How many pixels are not quite paper."""
    return bytes(image.constBits()).translate(NOT_PAPER).count(1)


def wide(image: QImage, height: float) -> int:
    """How many pixels of the row `height` centimetres above the ground are not quite paper."""
    row = image.height() - round(height + image.height() / 2 - 88)
    return sum(image.pixelColor(x, row).lightness() < 230 for x in range(image.width()))


@ALL
def test_there_are_never_two_figures(movement: dict[str, Any]) -> None:
    """Where a step begins elsewhere than the last one ended, the figure goes before it comes again."""
    lengths = lengths_of(movement)
    performance = Performance(figure_for(movement["id"]), lengths)
    for number in range(1, len(lengths)):
        begun = sum(lengths[:number])
        whole = [performance.at(begun + side * moment) for side in (-1, 1) for moment in (CHANGE, 1.4, 1.8, 2.2, 2.6)]
        one = max(inked(drawn(frame)) for frame in whole)
        for part in (0.25, 0.4, 0.6, 0.75):
            assert inked(drawn(performance.at(begun + part * CHANGE))) < 1.15 * one


@pytest.mark.parametrize("movement", ["mob-neck", "sit-necklook", "mob-twist", "sit-turn"])
def test_a_turned_head_shows_its_nose(movement: str) -> None:
    """Looking to either side the nose stands out of the head there; looking ahead it is on the face."""
    figure = figure_for(movement)
    out = []
    for key in figure.clips[1].keys:
        body = solved(key.pose, View.FRONT)
        out.append(body.flat("nose")[0] - body.flat("head")[0])
    assert min(out) < -HEAD
    assert max(out) > HEAD
    ahead = solve(STAND_FRONT, View.FRONT)
    assert ahead.flat("nose")[0] == pytest.approx(ahead.flat("head")[0])
    assert ahead.joints["nose"][2] > HEAD


def test_the_nose_is_seen() -> None:
    """In profile it makes the head wider than a circle, and from the front it is a line on it."""
    at_the_nose = solve(STAND, View.SIDE).flat("head")[1] - 2
    assert wide(drawn(still(STAND, View.SIDE)), at_the_nose) > 2 * HEAD + 2
    front = drawn(still(STAND_FRONT, View.FRONT))
    assert front.pixelColor(front.width() // 2, front.height() - round(at_the_nose + 2 + front.height() / 2 - 88)).red()


def test_it_is_one_torso_from_every_side() -> None:
    """Somebody who turns from the front to the side is as thick as one drawn from the side, and no suit of armour."""
    arms: dict[str, Any] = {"near_arm": hang(172), "far_arm": hang(172)}
    front, side, turned = (
        [wide(drawn(still(replace(pose, **arms), view)), height) for height in (100, 110, 120)]
        for pose, view in (
            (STAND_FRONT, View.FRONT),
            (STAND, View.SIDE),
            (replace(STAND_FRONT, roll=90), View.FRONT),
        )
    )
    for wider, thick, as_thick in zip(front, side, turned, strict=True):
        assert thick == pytest.approx(as_thick, abs=3)
        assert 1.2 * thick < wider < 2.2 * thick


def test_a_step_up_lifts_the_body_by_the_step() -> None:
    """Both feet stand on it, and hips and head are as much higher as it is high."""
    low, high = (solve(pose, View.SIDE) for pose in (pose_named("before_step"), pose_named("on_step")))
    for name in ("head", "pelvis", "near_ankle", "far_ankle"):
        assert high.flat(name)[1] - low.flat(name)[1] == pytest.approx(STEP.h, abs=0.5)


def test_no_foot_goes_into_the_step() -> None:
    """On the way up and down ankles and toes are before it or above it, and so are knees."""
    left = STEP.x - STEP.w / 2
    for at, frame in frames(BY_ID["str-stepup"], every_s=0.1):
        if STEP not in frame.props:
            continue
        for side in SIDES:
            for joint in ("knee", "ankle", "toe"):
                x, y = frame.body.flat(f"{side}_{joint}")
                assert x < left or y > STEP.h + RADIUS - 2.5, (at, side, joint)


def in_the_way(prop: Prop) -> Iterator[tuple[Point, Point]]:
    """The lines of a thing that no leg and no trunk can go through."""
    x = prop.x
    if prop.kind in {"chair", "seat"}:
        yield (x - 22, 47), (x - 26, 96)
        yield (x - 20, 43), (x + 18, 43)
    if prop.kind == "chair":
        yield (x - 20, 0), (x - 22, 47)
        yield (x + 20, 0), (x + 19, 43)
    elif prop.kind == "desk":
        yield (x, 73), (x + 60, 73)
        yield (x + 46, 0), (x + 46, 73)
    elif prop.kind == "wall":
        near = x + (5 if prop.w < 0 else -5)  # a foot that touches it is thick
        yield (near, 0), (near, 190)


def cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two lines cross."""

    def side(a: Point, b: Point, c: Point) -> bool:
        return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return side(a, c, d) != side(b, c, d) and side(a, b, c) != side(a, b, d)


@ALL
def test_nothing_goes_through_furniture(movement: dict[str, Any]) -> None:
    """Legs and trunk stay on their side of every chair, desk and wall."""
    for at, frame in frames(movement):
        if frame.shown < 1:
            continue
        lines = [line for prop in frame.props for line in in_the_way(prop)]
        for names in LEGS_AND_TRUNK:
            for one, other in pairwise(names):
                limb = frame.body.flat(one), frame.body.flat(other)
                assert not any(cross(limb, line) for line in lines), (at, one, other)


def test_a_wall_is_solid() -> None:
    """It is filled, so that it is no ladder and no fence."""
    inks = Inks(QColor("white"), QColor("white"), QColor("black"), QColor("white"))
    image = drawn(still(STAND, View.SIDE, Prop("wall", x=40.0)), inks)
    row = [image.pixelColor(98 + 40 + x, image.height() // 2 - 3).lightness() for x in range(2, 24)]
    assert max(row) < 245
