"""The poses all movements start from, and the few words they are written in (centimetres, degrees; see skeleton)."""

from __future__ import annotations

from dataclasses import replace
from math import acos, atan2, cos, degrees, hypot, radians
from typing import Any

from sitbreak.window.motion import Clip, Key, Prop, Window
from sitbreak.window.skeleton import RADIUS, SHANK, SIDES, THIGH, Limb, Pose, View, solve

FRONT = View.FRONT


def posed(pose: Pose, **changes: Any) -> Pose:
    """A pose with some of its parts changed."""
    return replace(pose, **changes)


def hang(swing: float = 0.0, bend: float = 0.0, out: float = 0.0, fold: float = 0.0) -> Limb:
    """An arm or a leg by its angles."""
    return Limb(swing=swing, bend=bend, out=out, fold=fold)


def leg(swing: float = 0.0, bend: float = 0.0, toe: float | None = None) -> Limb:
    """A leg by its angles; the foot is square to the shank unless `toe` gives its pitch."""
    return Limb(swing=swing, bend=bend, toe=swing - bend if toe is None else toe)


def reach(x: float, y: float, flip: bool = False) -> Limb:
    """An arm whose hand is at a place."""
    return Limb(at=(x, y), flip=flip)


def foot(x: float, y: float = 0.0, toe: float = 0.0) -> Limb:
    """A leg whose foot stands at x, its sole y above the ground."""
    return Limb(at=(x, y + RADIUS), toe=toe)


def tiptoe(x: float, lift: float = 10.0) -> Limb:
    """A leg on its toes: the heel `lift` above the ground, the toes where they were."""
    return Limb(at=(x + lift * 0.2, RADIUS + lift), toe=-4.2 * lift)


def loop(
    *keys: tuple[Pose, float], home: Pose | None = None, props: tuple[Prop, ...] = (), view: View | None = None
) -> Clip:
    """Key poses with the seconds to the next, over and over."""
    return Clip(tuple(Key(pose, seconds) for pose, seconds in keys), home=home, props=props, view=view)


def once(*keys: tuple[Pose, float], home: Pose | None = None, props: tuple[Prop, ...] = ()) -> Clip:
    """Key poses with the seconds to the next, and rest in the last."""
    return replace(loop(*keys, home=home, props=props), once=True)


def flow(
    *poses: Pose,
    period: float,
    travel: float = 0.0,
    home: Pose | None = None,
    mirror: bool = False,
    props: tuple[Prop, ...] = (),
) -> Clip:
    """Key poses on one even curve, `period` seconds a round, the ground passing at `travel` cm/s."""
    keys = tuple(Key(pose, period / len(poses)) for pose in poses)
    return Clip(keys, flow=True, travel=travel, home=home, mirror=mirror, props=props)


def hold(pose: Pose, *props: Prop, view: View | None = None, mirror: bool = False) -> Clip:
    """One pose, at rest."""
    return Clip((Key(pose),), props=props, view=view, mirror=mirror)


def close(frame: Window, *clips: Clip) -> tuple[Clip, ...]:
    """Clips seen from nearby."""
    return tuple(replace(clip, frame=frame) for clip in clips)


def chair(x: float = 0.0) -> Prop:
    """A chair facing right, the middle of its seat at x."""
    return Prop("chair", x=x)


WALL = Prop("wall", x=51.5)
DESK = Prop("desk", x=42.0)
MAT = Prop("mat", w=190.0)

STAND = Pose(near_arm=hang(-3, 9), far_arm=hang(5, 9), near_leg=foot(3), far_leg=foot(-4))
STAND_FRONT = Pose(near_arm=hang(9, -3), far_arm=hang(9, -3), near_leg=foot(11), far_leg=foot(-11))
SOFT = posed(STAND, root=(-2.0, 86.0), near_arm=hang(-8, 22), far_arm=hang(4, 22))
SIT = Pose(root=(0.0, 52.0), lean=2, near_arm=reach(30, 63), far_arm=reach(32, 63), near_leg=foot(41), far_leg=foot(38))
SIT_EDGE = posed(
    SIT, root=(10.0, 52.0), lean=14, near_leg=foot(38), far_leg=foot(34), near_arm=reach(40, 66), far_arm=reach(42, 66)
)
SHIN_OUT, FEET_APART = 10.0, 19.0  # seen from the front, seated: the shin's tip towards the reader, and each foot


def settled(pose: Pose) -> Pose:
    """A pose seated and seen from the front, its hips anywhere, its knees and feet where SIT_FRONT has them."""
    hips, legs = solve(pose, FRONT), {}
    for side in SIDES:
        x, y = hips.flat(f"{side}_hip")
        across = FEET_APART - (x if side == "near" else -x)
        down = y - RADIUS - SHANK * cos(radians(SHIN_OUT))
        swing, out = degrees(atan2(across, down)), degrees(acos(min(1.0, hypot(across, down) / THIGH)))
        legs[f"{side}_leg"] = Limb(swing=swing, bend=swing, out=out, fold=SHIN_OUT)
    return posed(pose, **legs)


SIT_FRONT = settled(Pose(root=(0.0, 54.0), near_arm=reach(23, 60), far_arm=reach(-23, 60)))
KNEE_NEAR = ("near_knee", (-22.0, RADIUS))
BACK_FOOT = 180.0


def kneel(swing: float) -> Limb:
    """A leg on its knee with the shank flat behind; `swing` is the thigh's angle."""
    return Limb(swing=swing, bend=90 + swing, toe=-BACK_FOOT)


ALL_FOURS = Pose(
    anchor=KNEE_NEAR, lean=79, nod=-12, near_arm=reach(34, 6), far_arm=reach(30, 6), near_leg=kneel(0), far_leg=kneel(2)
)
HEELS = Pose(
    anchor=KNEE_NEAR,
    lean=72,
    curl=22,
    nod=4,
    near_arm=reach(37, 6),
    far_arm=reach(36, 6),
    near_leg=kneel(58),
    far_leg=kneel(60),
)
NECK_DOWN = ("neck", (-52.0, RADIUS))
SUPINE = Pose(
    anchor=NECK_DOWN, lean=-90, nod=17, near_arm=hang(88, 4), far_arm=hang(88, 4), near_leg=foot(46), far_leg=foot(42)
)
PRONE = Pose(
    root=(-8.0, RADIUS),
    lean=90,
    nod=-22,
    near_arm=hang(86, 12),
    far_arm=hang(86, 12),
    near_leg=Limb(swing=-90, toe=-BACK_FOOT),
    far_leg=Limb(swing=-90, toe=-BACK_FOOT),
)
HALF_KNEEL = Pose(
    root=(0.0, 48.0),
    near_leg=foot(37),
    far_leg=Limb(at=(-42.0, 16.0), toe=-38.0),
    near_arm=reach(30, 60),
    far_arm=reach(24, 62),
)


def stride(near: tuple[float, float], far: tuple[float, float], arm: float, elbow: float = 18.0, **held: Any) -> Pose:
    """A walking pose: (swing, bend) of both legs, and how far the arms swing against them."""
    arms: dict[str, Any] = {"near_arm": hang(-arm, elbow), "far_arm": hang(arm, elbow), **held}
    return Pose(lean=4, near_leg=leg(*near), far_leg=leg(*far), **arms)


def walking(
    speed: float = 1.0,
    mirror: bool = False,
    props: tuple[Prop, ...] = (),
    swing: float = 24.0,
    elbow: float = 18.0,
    **held: Any,
) -> Clip:
    """A walk; `speed` 1 is easy. A hand that carries something is given as near_arm or far_arm."""
    wide = 0.75 + 0.25 * speed
    ahead, behind, up, on = (25 * wide, 6.0), (-20 * wide, 12.0), (14.0, 58.0), (2.0, 7.0)
    poses = (
        stride(ahead, behind, swing * wide, elbow, **held),
        stride(on, up, 0, elbow, **held),
        stride(behind, ahead, -swing * wide, elbow, **held),
        stride(up, on, 0, elbow, **held),
    )
    period = 1.25 / speed
    return flow(
        *poses, period=period, travel=128 * wide / period, home=posed(STAND, **held), mirror=mirror, props=props
    )
