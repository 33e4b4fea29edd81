"""Movement patterns: sitting down, squatting, kneeling, crawling, rolling."""

from __future__ import annotations

from dataclasses import replace

from sitbreak.window.motion import Figure, Prop
from sitbreak.window.poses.base import (
    ALL_FOURS,
    FRONT,
    HALF_KNEEL,
    HEELS,
    MAT,
    SIT_EDGE,
    STAND,
    STAND_FRONT,
    SUPINE,
    WALL,
    chair,
    flow,
    foot,
    hang,
    hold,
    kneel,
    loop,
    posed,
    reach,
    tiptoe,
    walking,
)
from sitbreak.window.skeleton import Limb, Pose

FEET_FORWARD = {"near_leg": foot(38), "far_leg": foot(34)}
LEAVE_SEAT = posed(
    SIT_EDGE, root=(14.0, 57.0), lean=42, nod=-20, near_arm=hang(58, 12), far_arm=hang(62, 12), **FEET_FORWARD
)
RISEN = posed(STAND, root=(35.0, None), **FEET_FORWARD)
SIT_DOWN = {
    "down": loop((SIT_EDGE, 1.2), (LEAVE_SEAT, 1.4), (RISEN, 1.4), (LEAVE_SEAT, 1.4), home=RISEN),
    "slow": loop((SIT_EDGE, 1.0), (LEAVE_SEAT, 1.6), (RISEN, 2.2), (LEAVE_SEAT, 2.2), home=RISEN),
}

EDGE = {"near_arm": reach(33, 79), "far_arm": reach(35, 79)}
EDGE_DESK = Prop("desk", x=31.0)
AT_EDGE = posed(STAND, root=(-2.0, None), lean=21, nod=-6, **EDGE)
QUARTER = posed(AT_EDGE, root=(-20.0, 66.0), lean=24)
DEEP = posed(AT_EDGE, root=(-38.0, 43.0), lean=27, nod=-14)

TALL = posed(STAND_FRONT, near_arm=hang(24, -10), far_arm=hang(24, -10))
LIFTED = Limb(swing=6, bend=6, out=72, fold=-8)
CROSS_NEAR = posed(TALL, turn=-16, curl=5, near_leg=LIFTED, far_arm=reach(12, 84), near_arm=hang(34, -14))
CROSS_FAR = posed(TALL, turn=16, curl=-5, far_leg=LIFTED, near_arm=reach(-12, 84), far_arm=hang(34, -14))

FACING = posed(STAND, root=(-8.0, None), near_leg=foot(-6), far_leg=foot(-12), lean=5)
CLIMB = (
    posed(FACING, near_arm=reach(45, 126), far_arm=reach(45, 146), nod=-4),
    posed(FACING, near_arm=reach(45, 166), far_arm=reach(45, 146), nod=-10),
    posed(FACING, near_arm=reach(45, 166), far_arm=reach(45, 176), nod=-14),
    posed(FACING, near_arm=reach(45, 146), far_arm=reach(45, 166), nod=-10),
)
HEEL_LIFTS = [
    posed(pose, near_leg=tiptoe(-6, 11)) if number % 2 else posed(pose, far_leg=tiptoe(-12, 11))
    for number, pose in enumerate(CLIMB)
]
SHAKE = (
    posed(STAND, near_arm=hang(-14, 10), far_arm=hang(16, 24)),
    posed(STAND, near_arm=hang(16, 24), far_arm=hang(-14, 10)),
)

KNEEL_RISE = posed(HALF_KNEEL, root=(12.0, 62.0), lean=24, near_arm=reach(38, 64), far_arm=reach(36, 64))
OTHER_KNEE = posed(HALF_KNEEL, near_leg=HALF_KNEEL.far_leg, far_leg=HALF_KNEEL.near_leg)
UPRIGHT = posed(STAND, root=(34.0, None), near_leg=foot(37), far_leg=foot(31))
OTHER_UPRIGHT = posed(UPRIGHT, near_leg=foot(31), far_leg=foot(37))

ROCK_AHEAD = posed(ALL_FOURS, lean=80, near_leg=kneel(-14), far_leg=kneel(-12))
ROCK_BACK = posed(
    HEELS, near_arm=reach(34, 6), far_arm=reach(30, 6), lean=74, curl=16, near_leg=kneel(46), far_leg=kneel(48)
)


def crawl(arm: float, thigh: float) -> Pose:
    """A crawling pose: the near arm forward by `arm`, the near thigh by `thigh`; the far ones against them."""
    return Pose(
        root=(-22.0, 47.0),
        lean=80,
        nod=-16,
        near_arm=reach(32 + arm, 6),
        far_arm=reach(32 - arm, 6),
        near_leg=Limb(swing=thigh, bend=91 + thigh, toe=-180),
        far_leg=Limb(swing=-thigh, bend=91 - thigh, toe=-180),
    )


def crawling(sign: float) -> tuple[Pose, ...]:
    """One round of crawling; opposite hand and knee together, the moving ones lifted."""
    high_arm, high_knee = reach(32, 16), Limb(swing=24, bend=112, toe=-180)
    return (
        crawl(-14 * sign, 16 * sign),
        posed(crawl(0, 0), far_leg=high_knee, near_arm=high_arm),
        crawl(14 * sign, -16 * sign),
        posed(crawl(0, 0), near_leg=high_knee, far_arm=high_arm),
    )


GROUND_SPEED = 20.0
FROM_ABOVE = posed(
    STAND_FRONT, root=(0.0, 90.0), near_arm=hang(16, -112, out=10, fold=20), far_arm=hang(16, -112, out=10, fold=20)
)


def rolled(side: float) -> Pose:
    """Lying seen from above, rolled onto the right (1) or the left (-1) of the picture."""
    hug = hang(16, -112, out=10, fold=20)
    return posed(
        FROM_ABOVE,
        root=(24.0 * side, 90.0),
        roll=84 * side,
        near_arm=hug,
        far_arm=hug,
        near_leg=Limb(at=(24.0 * side + 4, 10), flip=side < 0),
        far_leg=Limb(at=(24.0 * side - 4, 10), flip=side > 0),
    )


RUG = Prop("rug", w=128.0, h=186.0, y=84.0)
RIGHT_ARROW, LEFT_ARROW = Prop("arc", x=44, y=150, w=18, h=1), Prop("arc", x=-44, y=150, w=18, h=-1)
BIRD = posed(
    ALL_FOURS, near_arm=hang(100), far_leg=Limb(swing=-94, toe=-112), anchor=("near_knee", (-22.0, 6.0)), nod=18
)
BIRD_OTHER = posed(
    ALL_FOURS,
    nod=18,
    far_arm=hang(100),
    near_leg=Limb(swing=-94, toe=-112),
    far_leg=kneel(0),
    anchor=("far_knee", (-22.0, 6.0)),
)
LOW_FRAME = (-14.0, 56.0, 216.0)

PATTERNS = {
    "pattern-sitstand": Figure(
        (hold(SIT_EDGE), SIT_DOWN["down"], hold(RISEN), SIT_DOWN["slow"], hold(RISEN)),
        props=(chair(),),
        frame=(16.0, 88.0, 196.0),
    ),
    "pattern-deepsit": Figure(
        (
            hold(AT_EDGE),
            loop((AT_EDGE, 1.8), (QUARTER, 1.8)),
            hold(DEEP),
            loop((AT_EDGE, 2.0), (DEEP, 2.0)),
            walking(0.8),
        ),
        props=(EDGE_DESK,),
        frame=(10.0, 88.0, 196.0),
    ),
    "pattern-crosscrawl": Figure(
        (
            hold(STAND_FRONT),
            loop((CROSS_NEAR, 1.1), (TALL, 0.7), (CROSS_FAR, 1.1), (TALL, 0.7), home=TALL),
            hold(STAND_FRONT),
            loop((CROSS_NEAR, 1.7), (TALL, 1.1), (CROSS_FAR, 1.7), (TALL, 1.1), home=TALL),
        ),
        view=FRONT,
    ),
    "pattern-wallcrawl": Figure(
        (
            hold(posed(FACING, near_arm=reach(45, 136), far_arm=reach(45, 136))),
            loop(*((pose, 1.1) for pose in CLIMB)),
            loop((SHAKE[0], 0.35), (SHAKE[1], 0.35), home=STAND),
            loop(*((pose, 1.2) for pose in HEEL_LIFTS)),
            hold(FACING),
        ),
        props=(WALL,),
    ),
    "pattern-kneelstand": Figure(
        (
            hold(HALF_KNEEL),
            loop((HALF_KNEEL, 2.8), (UPRIGHT, 3.0)),
            hold(OTHER_KNEE),
            loop((OTHER_KNEE, 2.8), (OTHER_UPRIGHT, 3.0)),
            hold(UPRIGHT),
        ),
        props=(Prop("mat", x=-14.0, w=56.0),),
    ),
    "pattern-rockback": Figure(
        (
            hold(ALL_FOURS),
            loop((ROCK_AHEAD, 2.2), (ROCK_BACK, 2.2)),
            hold(ALL_FOURS),
            loop((ROCK_AHEAD, 1.4), (ALL_FOURS, 1.2), (ROCK_BACK, 1.4), (posed(ALL_FOURS, curl=16), 1.2)),
            hold(KNEEL_RISE),
        ),
        props=(MAT,),
        frame=LOW_FRAME,
    ),
    "pattern-crawl": Figure(
        (
            hold(ALL_FOURS),
            flow(*crawling(1), period=2.6, travel=GROUND_SPEED, home=crawl(0, 0)),
            hold(HEELS),
            flow(*crawling(-1), period=2.6, travel=-GROUND_SPEED, home=crawl(0, 0)),
            hold(KNEEL_RISE),
        ),
        frame=LOW_FRAME,
    ),
    "pattern-roll": Figure(
        (
            hold(SUPINE, MAT),
            loop((FROM_ABOVE, 2.4), (rolled(1), 2.4), props=(RUG, RIGHT_ARROW), view=FRONT),
            loop((FROM_ABOVE, 2.4), (rolled(-1), 2.4), props=(RUG, LEFT_ARROW), view=FRONT),
            hold(SUPINE, MAT),
        ),
        frame=(0.0, 84.0, 200.0),
    ),
    "pattern-birddog": Figure(
        (
            hold(ALL_FOURS),
            loop((BIRD, 2.2), (ALL_FOURS, 1.2), (BIRD_OTHER, 2.2), (ALL_FOURS, 1.2), home=ALL_FOURS),
            hold(HEELS),
            loop((BIRD, 2.6), (ALL_FOURS, 1.4), (BIRD_OTHER, 2.6), (ALL_FOURS, 1.4), home=ALL_FOURS),
            hold(KNEEL_RISE),
        ),
        props=(replace(MAT, w=220.0),),
        frame=(-10.0, 58.0, 236.0),
    ),
}
