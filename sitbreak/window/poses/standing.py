"""Mobility, stretches, strength and long slow releases, standing."""

from __future__ import annotations

from sitbreak.window.motion import Clip, Prop
from sitbreak.window.poses.base import SOFT, STAND, STAND_FRONT, flow, foot, hang, loop, posed, reach, tiptoe
from sitbreak.window.skeleton import Limb, Pose

ON_DESK = {"near_arm": reach(47, 80), "far_arm": reach(50, 80)}
BACK_FEET = {"near_leg": foot(-22), "far_leg": foot(-28)}
AT_DESK = posed(STAND, root=(-26.0, None), lean=50, nod=-14, **ON_DESK, **BACK_FEET)
ROUND = posed(AT_DESK, root=(-20.0, 84.0), lean=14, curl=58, nod=28)
HOLLOW = posed(AT_DESK, root=(-34.0, 84.0), lean=66, curl=-26, nod=-34)

HUG = {"near_arm": hang(22, -128, out=20, fold=24), "far_arm": hang(22, -128, out=20, fold=24)}
CROSSED = posed(STAND_FRONT, **HUG)
TURN_RIGHT, TURN_LEFT = posed(CROSSED, turn=64, gaze=14, sight=24), posed(CROSSED, turn=-64, gaze=-14, sight=24)
ABOUT = (Prop("orbit", y=124, w=36),)

HINGE_TOP = posed(STAND, near_leg=foot(-18), far_leg=foot(-22), root=(-20.0, None))
HINGE_LOW = posed(HINGE_TOP, near_arm=reach(46, 79), far_arm=reach(49, 79), root=(-54.0, 84.0), lean=76, nod=-18)

ON_WALL = Pose(
    root=(-9.0, 78.0),
    curl=0,
    nod=16,
    near_arm=hang(-8, 62, out=40, fold=-40),
    far_arm=hang(-6, 62, out=-40, fold=40),
    near_leg=foot(28),
    far_leg=foot(24),
)
ARCHED = posed(ON_WALL, lean=26, curl=-50, nod=40)
FLATTENED = posed(ON_WALL, root=(-1.0, 77.0), lean=-18, curl=18, nod=16)
CIRCLE_UP, CIRCLE_DOWN = posed(ON_WALL, root=(-6.0, 81.0)), posed(ON_WALL, root=(-6.0, 74.0))
BEHIND = Prop("wall", x=-16.0, w=-1)
PELVIS_SWAY, PELVIS_CIRCLE = Prop("sway", x=36.0, y=86.0, w=30.0), Prop("circle", x=38.0, y=86.0, w=12.0)
AT_THE_HIPS = (10.0, 84.0, 124.0)

DOWN = posed(STAND, near_arm=hang(-8, 12), far_arm=hang(0, 12))
BLADES = ((9.0, 3.0), (2.0, 11.0), (-8.0, 4.0), (-3.0, -6.0))
CIRCLE = tuple(
    posed(DOWN, shrug=shift, near_arm=hang(-2 - shift[0], 14), far_arm=hang(2 - shift[0], 14)) for shift in BLADES
)
DRAWN = posed(DOWN, shrug=(-9.0, -5.0), curl=-6, near_arm=hang(-14, 14), far_arm=hang(-10, 14))
TURNING_ARROW = Prop("circle", x=0, y=127, w=25, h=-1)
BACK_AND_DOWN = (Prop("inward", x=-28, y=124, w=18), Prop("arrow", x=-26, y=104, w=-18))
ROLLED = (Prop("circle", x=40, y=134, w=11), Prop("circle", x=-40, y=134, w=11))
SHOULDERS, SHOULDERS_SIDE, HEAD_AND_SHOULDERS = (0.0, 132.0, 112.0), (0.0, 126.0, 112.0), (0.0, 142.0, 104.0)

LOOK_RIGHT, LOOK_LEFT = posed(STAND_FRONT, gaze=66, turn=12, sight=30), posed(STAND_FRONT, gaze=-66, turn=-12, sight=30)
EAR_RIGHT, EAR_LEFT = posed(STAND_FRONT, nod=36), posed(STAND_FRONT, nod=-36)

WALL_TIPS = {"near_arm": reach(45, 128), "far_arm": reach(45, 132)}
UP_HEELS = Prop("arrow", x=-9, y=22, w=24)
AT_WALL = posed(STAND, root=(10.0, None), near_leg=foot(13), far_leg=foot(8), **WALL_TIPS)
ON_TOES = posed(
    AT_WALL, near_leg=tiptoe(13, 15), far_leg=tiptoe(8, 15), near_arm=reach(45, 140), far_arm=reach(45, 144)
)

THIGHS = posed(STAND, root=(-2.0, 88.0), near_arm=hang(8, 6), far_arm=hang(12, 6))
TO_KNEES = posed(THIGHS, root=(-22.0, 85.0), lean=68, nod=-14, near_arm=reach(6, 50), far_arm=reach(10, 50))

BESIDE = Prop("wall-beside", w=150.0)
SWING_BASE = posed(
    STAND, root=(0.0, 90.5), near_leg=foot(2), far_leg=foot(0), far_arm=reach(36, 122), near_arm=hang(-6, 14)
)


def swinging(mirror: bool) -> Clip:
    """The leg away from the wall swinging along it, forward and back; turned round (`mirror`) it is the other leg."""
    ahead = posed(SWING_BASE, lean=-5, near_arm=hang(-18, 16), near_leg=Limb(swing=42, bend=4, toe=42))
    behind = posed(SWING_BASE, lean=10, near_arm=hang(20, 16), near_leg=Limb(swing=-34, bend=14, toe=-48))
    rest = posed(SWING_BASE, near_leg=Limb(swing=2, bend=8, toe=-4))
    return flow(ahead, rest, behind, rest, period=2.4, home=rest, mirror=mirror)


HEEL_NEAR = posed(
    STAND,
    root=(-13.0, 82.0),
    lean=10,
    near_leg=foot(33, toe=42),
    far_leg=foot(-6),
    near_arm=hang(30, 24),
    far_arm=hang(34, 24),
)
HEEL_FAR = posed(HEEL_NEAR, near_leg=foot(-6), far_leg=foot(33, toe=42))
TOGETHER = posed(SOFT, near_leg=foot(0), far_leg=foot(-4))

CHAIR_AHEAD = Prop("chair", x=62.0)
ROCK, SINK = Prop("sway", x=-40.0, y=100.0, w=34.0), Prop("arrow", x=-34.0, y=92.0, w=-28.0)
BACKREST = {"near_arm": reach(37, 95), "far_arm": reach(38, 95)}
BY_CHAIR = posed(STAND, near_leg=foot(4), far_leg=foot(0), **BACKREST)


def lunge(side: str, forward: float, height: float, back: float = -52.0, **arms: Limb) -> Pose:
    """A long step: the leg of `side` behind on its toes, the hips at a place and a height."""
    other = "far" if side == "near" else "near"
    legs = {f"{side}_leg": tiptoe(back, 12), f"{other}_leg": foot(10)}
    return posed(BY_CHAIR, root=(forward, height), lean=6, **{**legs, **arms})


REACH_UP = posed(STAND_FRONT, near_arm=hang(168, 6), far_arm=hang(168, 6))
ROW_DOWN = posed(STAND_FRONT, curl=0, near_arm=hang(34, 104), far_arm=hang(34, 104), shrug=(0.0, -2.0))
REACH_OUT = posed(STAND, curl=10, shrug=(5.0, 0.0), near_arm=hang(92, 2), far_arm=hang(88, 2))
PULL_BACK = posed(STAND, curl=-5, shrug=(-5.0, 0.0), near_arm=hang(-42, 118), far_arm=hang(-38, 118))

CALF_WALL = {"near_arm": reach(45, 128), "far_arm": reach(45, 132)}
CALF_UP = posed(STAND, root=(-4.0, None), lean=8, near_leg=foot(-44), far_leg=foot(16), **CALF_WALL)
CALF_IN = posed(CALF_UP, root=(0.0, 79.0), lean=19, near_arm=reach(45, 122), far_arm=reach(45, 126))
OTHER_CALF = posed(CALF_IN, near_leg=foot(16), far_leg=foot(-44))

HAM_UP = posed(STAND, root=(-12.0, 86.0), near_leg=foot(14, toe=44), far_leg=foot(-22))
HAM_TIP = posed(HAM_UP, root=(-24.0, 81.0), lean=58, nod=-14, near_arm=reach(2, 62), far_arm=reach(-6, 58))
OTHER_HAM = posed(HAM_TIP, near_leg=foot(-22), far_leg=foot(14, toe=44))


PUSH_FEET = {"near_leg": foot(-34, toe=-6), "far_leg": foot(-38, toe=-6)}
PUSH_OUT = posed(STAND, root=(-14.0, 88.0), lean=17, near_arm=reach(45, 122), far_arm=reach(45, 126), **PUSH_FEET)
PUSH_IN = posed(PUSH_OUT, root=(-4.0, 86.0), lean=27, near_arm=reach(45, 118), far_arm=reach(45, 122))

WIDE = Pose(near_arm=hang(11, -4), far_arm=hang(11, -4), near_leg=foot(36), far_leg=foot(-36))
WIDE_LOW = posed(
    WIDE, root=(0.0, 52.0), near_arm=hang(32, -62, out=20, fold=60), far_arm=hang(32, -62, out=20, fold=60)
)
CHAIR_FRONT = Prop("chair-front", y=46.0)

RISER = 24.0  # centimetres the step is high
STEP = Prop("step", x=46.0, w=52.0, h=RISER)
BEFORE_STEP = posed(STAND, root=(-8.0, None), near_leg=foot(-6), far_leg=foot(-10))
ON_STEP = posed(BEFORE_STEP, root=(30.0, None), near_leg=foot(32, RISER), far_leg=foot(28, RISER))


def stepping(side: str) -> Clip:
    """Up onto the step and down again, the leg of `side` leading both ways."""
    first, other = f"{side}_leg", "far_leg" if side == "near" else "near_leg"
    raised, crossing = foot(8, RISER + 10, toe=-10), foot(12, RISER + 14, toe=-12)
    ahead = posed(BEFORE_STEP, root=(-4.0, 92.0), **{first: raised, other: foot(-9)})
    astride = posed(ahead, root=(6.0, 94.0), lean=12, **{first: foot(32, RISER)})
    rising = posed(astride, root=(26.0, 111.0), lean=8, **{other: crossing})
    keys = ((BEFORE_STEP, 0.8), (ahead, 0.5), (astride, 0.7), (rising, 0.6), (ON_STEP, 1.0), (rising, 0.7))
    return loop(*keys, (astride, 0.7), (ahead, 0.5))


TOWEL = Prop("towel", held="both")


def holding(apart: float, height: float) -> Pose:
    """Both hands before the chest, so far from the middle and so high, with the towel between them."""
    return posed(STAND_FRONT, near_arm=reach(apart, height), far_arm=reach(-apart, height))


TAUT, APART = holding(17, 112), holding(36, 116)
TAUT_LOW, APART_LOW = holding(17, 92), holding(34, 94)
OUTWARD = (TOWEL, Prop("inward", x=66, y=112, w=-20), Prop("inward", x=-66, y=112, w=20))
CHEST = (0.0, 112.0, 140.0)
ROLL = ((0.0, 0.0), (0.0, 9.0), (0.0, 2.0), (0.0, -3.0))
ROLLING = tuple(posed(STAND_FRONT, shrug=shift) for shift in ROLL)

EASY = posed(STAND_FRONT, shrug=(0.0, -2.0), near_arm=hang(14, -4), far_arm=hang(14, -4))
YAWN = posed(
    STAND_FRONT,
    nod=9,
    curl=-7,
    shrug=(0.0, 6.0),
    near_arm=hang(146, 28),
    far_arm=hang(132, 66),
    near_leg=foot(17),
    far_leg=foot(-17),
)
SHRUGGED = posed(STAND_FRONT, shrug=(0.0, 11.0), near_arm=hang(13, -14), far_arm=hang(13, -14))
UPWARD = (Prop("arrow", x=31, y=138, w=20), Prop("arrow", x=-31, y=138, w=20))
DOWNWARD = (Prop("arrow", x=31, y=138, w=-20), Prop("arrow", x=-31, y=138, w=-20))


def sidebend(side: float) -> Pose:
    """The ribs drawn to the hip on the right (1) or left (-1) of the picture."""
    low, high = hang(14, -8), hang(24, -6)
    near, far = (low, high) if side > 0 else (high, low)
    return posed(
        STAND_FRONT, root=(-6.0 * side, None), lean=8 * side, curl=20 * side, nod=8 * side, near_arm=near, far_arm=far
    )


FRONT_TURN = (posed(STAND_FRONT, turn=24), posed(STAND_FRONT, turn=-24))
BESIDE_CHAIR = (CHAIR_AHEAD,)
CHAIR_FRAME = (14.0, 88.0, 196.0)
