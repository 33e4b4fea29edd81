"""Figures of the standing mobility items, stretches and releases."""

from __future__ import annotations

from dataclasses import replace

from sitbreak.window.motion import Figure
from sitbreak.window.poses import standing as s
from sitbreak.window.poses.base import (
    DESK,
    FRONT,
    SOFT,
    STAND,
    STAND_FRONT,
    WALL,
    close,
    flow,
    foot,
    hold,
    loop,
    once,
    posed,
    walking,
)
from sitbreak.window.poses.walks import marching
from sitbreak.window.skeleton import View

MOBILITY = {
    "mob-deskcatcow": Figure(
        (
            hold(s.AT_DESK),
            loop((s.AT_DESK, 1.2), (s.ROUND, 2.0), (s.AT_DESK, 1.2), (s.HOLLOW, 2.0)),
            hold(STAND),
            loop((s.AT_DESK, 1.4), (s.ROUND, 2.4), (s.AT_DESK, 1.4), (s.HOLLOW, 2.4)),
            hold(STAND),
        ),
        props=(DESK,),
        frame=(8.0, 88.0, 196.0),
    ),
    "mob-twist": Figure(
        (
            hold(s.CROSSED),
            loop((s.TURN_RIGHT, 1.7), (s.TURN_LEFT, 1.7), home=s.CROSSED, props=s.ABOUT),
            hold(s.CROSSED),
            loop((s.TURN_RIGHT, 2.2), (s.TURN_LEFT, 2.2), home=s.CROSSED, props=s.ABOUT),
            loop((s.FRONT_TURN[0], 0.4), (s.FRONT_TURN[1], 0.4), home=STAND_FRONT),
        ),
        view=View.FRONT,
    ),
    "mob-hinge": Figure(
        (
            hold(s.HINGE_TOP),
            loop((s.HINGE_TOP, 3.2), (s.HINGE_LOW, 3.2)),
            hold(STAND),
            loop((s.HINGE_TOP, 3.5), (s.HINGE_LOW, 3.5)),
            hold(STAND),
        ),
        props=(DESK,),
        frame=(0.0, 88.0, 196.0),
    ),
    "mob-pelvis": Figure(
        (
            hold(s.ON_WALL),
            *close(
                s.AT_THE_HIPS,
                loop((s.ARCHED, 1.8), (s.FLATTENED, 1.8), home=s.ON_WALL, props=(s.PELVIS_SWAY,)),
                flow(s.ARCHED, s.CIRCLE_UP, s.FLATTENED, s.CIRCLE_DOWN, period=4.0, props=(s.PELVIS_CIRCLE,)),
            ),
            hold(posed(STAND, root=(14.0, None), near_leg=foot(17), far_leg=foot(10))),
        ),
        props=(s.BEHIND,),
    ),
    "mob-shoulder": Figure(
        (
            hold(STAND),
            *close(
                s.SHOULDERS_SIDE,
                flow(*s.CIRCLE, period=3.2, home=STAND, props=(s.TURNING_ARROW,)),
                loop((s.DOWN, 2.4), (s.DRAWN, 2.4), props=s.BACK_AND_DOWN),
                flow(*s.CIRCLE, period=3.6, home=STAND, props=(s.TURNING_ARROW,)),
            ),
            hold(STAND),
        ),
    ),
    "mob-neck": Figure(
        (
            hold(STAND_FRONT),
            *close(
                s.HEAD_AND_SHOULDERS,
                loop((s.LOOK_RIGHT, 2.2), (s.LOOK_LEFT, 2.2), home=STAND_FRONT),
                loop((s.EAR_RIGHT, 2.6), (STAND_FRONT, 1.6), (s.EAR_LEFT, 2.6), (STAND_FRONT, 1.6), home=STAND_FRONT),
                loop((s.LOOK_RIGHT, 3.0), (STAND_FRONT, 1.6), (s.LOOK_LEFT, 3.0), (STAND_FRONT, 1.6), home=STAND_FRONT),
            ),
            hold(STAND_FRONT),
        ),
        view=View.FRONT,
    ),
    "pan-standyawn": Figure(
        (
            hold(s.EASY),
            once((s.EASY, 6.0), (s.YAWN, 1.0)),
            once((s.YAWN, 14.0), (s.EASY, 1.0), home=s.EASY),
            hold(s.EASY),
            once((s.EASY, 6.0), (s.YAWN, 1.0)),
            once((s.YAWN, 14.0), (s.EASY, 1.0), home=s.EASY),
            hold(s.EASY),
        ),
        view=View.FRONT,
        frame=(0.0, 96.0, 212.0),
    ),
    "pan-shrug": Figure(
        (
            hold(STAND_FRONT),
            *close(
                s.SHOULDERS,
                once((STAND_FRONT, 6.0), (s.SHRUGGED, 1.0), props=s.UPWARD),
                once((s.SHRUGGED, 17.0), (STAND_FRONT, 1.0), home=STAND_FRONT, props=s.DOWNWARD),
                hold(STAND_FRONT),
                once((STAND_FRONT, 6.0), (s.SHRUGGED, 1.0), props=s.UPWARD),
                once((s.SHRUGGED, 17.0), (STAND_FRONT, 1.0), home=STAND_FRONT, props=s.DOWNWARD),
            ),
            hold(STAND_FRONT),
        ),
        view=View.FRONT,
    ),
    "pan-sidebend": Figure(
        (
            hold(STAND_FRONT),
            once((STAND_FRONT, 8.0), (s.sidebend(1), 1.0)),
            once((s.sidebend(1), 14.0), (STAND_FRONT, 1.0), home=STAND_FRONT),
            once((STAND_FRONT, 8.0), (s.sidebend(-1), 1.0)),
            once((s.sidebend(-1), 14.0), (STAND_FRONT, 1.0), home=STAND_FRONT),
            replace(marching(34, 12, 2.0), view=View.SIDE),
        ),
        view=View.FRONT,
    ),
}

STRETCHES = {
    "dyn-calf": Figure(
        (
            hold(s.AT_WALL),
            loop((s.AT_WALL, 1.3), (s.ON_TOES, 2.0), props=(s.UP_HEELS,)),
            hold(s.AT_WALL),
            loop((s.AT_WALL, 1.2), (s.ON_TOES, 3.0), props=(s.UP_HEELS,)),
            marching(34, 12, 2.0),
        ),
        props=(WALL,),
        frame=(0.0, 96.0, 206.0),
    ),
    "dyn-rdl": Figure(
        (
            hold(SOFT),
            loop((s.THIGHS, 3.2), (s.TO_KNEES, 3.2)),
            hold(STAND),
            loop((s.THIGHS, 3.5), (s.TO_KNEES, 3.5)),
            walking(0.8),
        ),
    ),
    "dyn-legswing": Figure(
        (
            hold(s.SWING_BASE),
            s.swinging(mirror=False),
            hold(s.SWING_BASE, mirror=True),
            s.swinging(mirror=True),
            hold(STAND, mirror=True),
        ),
        props=(s.BESIDE,),
    ),
    "dyn-heeldig": Figure(
        (
            hold(STAND),
            loop((s.HEEL_NEAR, 1.3), (s.TOGETHER, 0.9), (s.HEEL_FAR, 1.3), (s.TOGETHER, 0.9), home=s.TOGETHER),
            hold(STAND),
            loop((s.HEEL_NEAR, 1.5), (s.TOGETHER, 1.0), (s.HEEL_FAR, 1.5), (s.TOGETHER, 1.0), home=s.TOGETHER),
            walking(0.8),
        ),
    ),
    "dyn-stepback": Figure(
        (
            hold(s.lunge("near", -13, 81)),
            loop((s.lunge("near", -13, 81), 1.8), (s.lunge("near", -6, 68), 1.8), props=(s.ROCK,)),
            hold(s.BY_CHAIR),
            loop((s.lunge("far", -13, 81), 1.8), (s.lunge("far", -6, 68), 1.8), props=(s.ROCK,)),
            hold(s.BY_CHAIR),
        ),
        props=s.BESIDE_CHAIR,
        frame=s.CHAIR_FRAME,
    ),
    "dyn-reachrow": Figure(
        (
            hold(STAND_FRONT),
            loop((s.REACH_UP, 2.0), (s.ROW_DOWN, 2.0), home=s.ROW_DOWN),
            hold(STAND_FRONT),
            loop((s.REACH_OUT, 1.8), (s.PULL_BACK, 1.8), home=STAND, view=View.SIDE),
            hold(STAND_FRONT),
        ),
        view=FRONT,
        frame=(0.0, 98.0, 212.0),
    ),
    "stat-calf": Figure(
        (hold(s.CALF_UP), hold(s.CALF_IN), hold(s.CALF_UP), hold(s.OTHER_CALF), walking(0.8)),
        props=(WALL,),
    ),
    "stat-hipflexor": Figure(
        (
            hold(s.lunge("near", -11, 82)),
            hold(s.lunge("near", -6, 66), s.SINK),
            hold(s.BY_CHAIR),
            hold(s.lunge("far", -6, 66), s.SINK),
            hold(s.BY_CHAIR),
        ),
        props=s.BESIDE_CHAIR,
        frame=s.CHAIR_FRAME,
    ),
    "stat-hamstring": Figure(
        (hold(s.HAM_UP), hold(s.HAM_TIP), hold(STAND), hold(s.OTHER_HAM), walking(0.8)),
    ),
}

REVERSE_NEAR, REVERSE_FAR = s.lunge("near", -12, 58, back=-56), s.lunge("far", -12, 58, back=-56)

STRENGTH = {
    "str-wallpush": Figure(
        (
            hold(s.PUSH_OUT),
            loop((s.PUSH_OUT, 2.4), (s.PUSH_IN, 2.8)),
            hold(STAND),
            loop((s.PUSH_OUT, 2.6), (s.PUSH_IN, 3.0)),
            hold(STAND),
        ),
        props=(WALL,),
    ),
    "str-widesquat": Figure(
        (
            hold(s.WIDE),
            loop((s.WIDE, 2.8), (s.WIDE_LOW, 3.2)),
            hold(s.WIDE),
            loop((s.WIDE, 3.0), (s.WIDE_LOW, 3.6)),
            replace(walking(0.8), view=View.SIDE),
        ),
        view=FRONT,
        props=(s.CHAIR_FRONT,),
    ),
    "str-revlunge": Figure(
        (
            hold(s.BY_CHAIR),
            loop((s.BY_CHAIR, 1.6), (REVERSE_NEAR, 2.0), (s.BY_CHAIR, 1.6), (REVERSE_FAR, 2.0)),
            hold(s.BY_CHAIR),
            loop((s.BY_CHAIR, 1.8), (REVERSE_NEAR, 2.2), (s.BY_CHAIR, 1.8), (REVERSE_FAR, 2.2)),
            walking(0.8),
        ),
        props=s.BESIDE_CHAIR,
        frame=s.CHAIR_FRAME,
    ),
    "str-stepup": Figure(
        (
            hold(s.BEFORE_STEP),
            s.stepping("near"),
            hold(s.BEFORE_STEP),
            s.stepping("far"),
            walking(0.8),
        ),
        props=(s.STEP,),
        frame=(16.0, 98.0, 212.0),
    ),
    "str-towelrow": Figure(
        (
            hold(s.TAUT, s.TOWEL),
            *close(
                s.CHEST,
                loop((s.TAUT, 2.4), (s.APART, 3.0), props=s.OUTWARD),
                hold(s.TAUT, s.TOWEL),
                loop((s.TAUT_LOW, 2.4), (s.APART_LOW, 3.0), props=s.OUTWARD),
            ),
            *close(s.SHOULDERS, flow(*s.ROLLING, period=3.0, home=STAND_FRONT, props=s.ROLLED)),
            hold(STAND_FRONT),
        ),
        view=View.FRONT,
    ),
}
