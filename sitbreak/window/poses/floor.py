"""Movements and rest on the floor."""

from __future__ import annotations

from dataclasses import replace

from sitbreak.window.motion import Figure, Prop
from sitbreak.window.poses.base import HEELS, MAT, PRONE, SUPINE, close, foot, hang, hold, loop, once, posed, reach
from sitbreak.window.skeleton import Limb

LOW = (-14.0, 56.0, 220.0)
BRIDGE = posed(SUPINE, lean=-122, curl=2, nod=46)
TO_SIDE = posed(
    SUPINE,
    anchor=None,
    root=(-4.0, 6.5),
    lean=-60,
    nod=14,
    near_arm=reach(-38, 6),
    far_arm=hang(70, 20),
    near_leg=foot(38),
    far_leg=foot(30),
)
ELBOWS_OUT = {"near_arm": hang(88, 0, out=58, fold=-58), "far_arm": hang(86, 0, out=-58, fold=58)}
FACE_DOWN = posed(PRONE, nod=-26, **ELBOWS_OUT)
LIFTED_ARMS = {"near_arm": hang(98, 0, out=58, fold=-58), "far_arm": hang(96, 0, out=-58, fold=58)}
LIFT = posed(FACE_DOWN, lean=90, curl=-36, nod=-14, **LIFTED_ARMS)
UNDER_BACK = {"near_arm": hang(86, 4, out=-8, fold=-20), "far_arm": hang(86, 4, out=-8, fold=-20)}
ONE_BENT = posed(SUPINE, near_leg=foot(46), far_leg=Limb(swing=90, toe=84), **UNDER_BACK)
CURLED = posed(
    ONE_BENT,
    anchor=None,
    root=(-1.0, 6.0),
    lean=-88,
    curl=40,
    nod=14,
    near_arm=hang(52, 40, out=-8, fold=-20),
    far_arm=hang(52, 40, out=-8, fold=-20),
)
FLAT = posed(ONE_BENT, anchor=None, root=(-1.0, 6.0), lean=-90, nod=17)
SPREAD = {"near_arm": hang(88, 0, out=74, fold=74), "far_arm": hang(88, 0, out=-74, fold=-74)}
LYING = posed(SUPINE, **SPREAD)
ARCHED = posed(LYING, lean=-56, curl=-64, nod=46)
FLATTENED = posed(LYING, lean=-116, curl=28, nod=16)
ARCH_ARROW, FLAT_ARROW = Prop("arrow", x=-30, y=50, w=20), Prop("arrow", x=-30, y=40, w=-20)

LOW_BACK = (-22.0, 40.0, 132.0)
STRAP = Prop("strap", held="near_ankle")
STRAP_FAR = Prop("strap", held="far_ankle")


def leg_up(side: str, swing: float, bend: float) -> dict[str, Limb]:
    """Lying with one leg drawn up by a towel; the other flat."""
    other = "far" if side == "near" else "near"
    hand = reach(-8, 40)
    return {
        f"{side}_leg": Limb(swing=swing, bend=bend, toe=swing - bend - 6),
        f"{other}_leg": Limb(swing=90, toe=84),
        "near_arm": hand,
        "far_arm": hand,
    }


STRAP_LOW = posed(SUPINE, **leg_up("near", 138, 42))
STRAP_UP = posed(SUPINE, **leg_up("near", 166, 6))
STRAP_OTHER = posed(SUPINE, **leg_up("far", 166, 6))
STOOL = Prop("stool", x=34.0, w=44.0, h=42.0)
ON_STOOL = Limb(at=(40.0, 49.0), toe=80)
REST_BOTH = posed(
    SUPINE, near_leg=ON_STOOL, far_leg=replace(ON_STOOL, at=(38.0, 49.0)), near_arm=hang(88, 4), far_arm=hang(88, 4)
)
REST_ONE = posed(REST_BOTH, near_leg=foot(44))
PLANK_FEET = {"near_leg": Limb(at=(-72.0, 15.0), toe=-40), "far_leg": Limb(at=(-72.0, 15.0), toe=-40)}
PLANK = posed(PRONE, root=(6.0, 33.0), lean=71, nod=-12, near_arm=reach(48, 6), far_arm=reach(48, 6), **PLANK_FEET)
PLANK_LOW = posed(PLANK, root=(9.0, 16.0), lean=86, nod=-16)

FLOOR = {
    "stat-supineham": Figure(
        (
            hold(STRAP_LOW, STRAP),
            once((STRAP_LOW, 5.0), (STRAP_UP, 1.0), props=(STRAP,)),
            hold(SUPINE),
            hold(STRAP_OTHER, STRAP_FAR),
            hold(TO_SIDE),
        ),
        props=(MAT,),
        frame=(4.0, 62.0, 190.0),
    ),
    "str-bridge": Figure(
        (
            hold(SUPINE),
            loop((SUPINE, 3.0), (BRIDGE, 3.4)),
            hold(SUPINE),
            loop((SUPINE, 3.4), (BRIDGE, 4.0)),
            hold(TO_SIDE),
        ),
        props=(MAT,),
        frame=(-8.0, 54.0, 180.0),
    ),
    "str-superman": Figure(
        (
            hold(FACE_DOWN),
            loop((FACE_DOWN, 2.6), (LIFT, 3.2)),
            hold(FACE_DOWN),
            loop((FACE_DOWN, 3.0), (LIFT, 3.8)),
            hold(HEELS),
        ),
        props=(replace(MAT, w=220.0),),
        frame=(-18.0, 58.0, 226.0),
    ),
    "str-curl": Figure(
        (
            hold(FLAT),
            loop((FLAT, 2.4), (CURLED, 3.2)),
            hold(FLAT),
            loop((FLAT, 2.8), (CURLED, 3.8)),
            hold(TO_SIDE),
        ),
        props=(MAT,),
        frame=(2.0, 54.0, 190.0),
    ),
    "pan-archflat": Figure(
        (
            hold(LYING),
            *close(
                LOW_BACK,
                once((LYING, 8.0), (ARCHED, 1.0), props=(ARCH_ARROW,)),
                once((ARCHED, 17.0), (LYING, 1.0), home=LYING),
                once((LYING, 8.0), (FLATTENED, 1.0), props=(FLAT_ARROW,)),
                once((FLATTENED, 12.0), (LYING, 1.0), home=LYING),
            ),
            hold(TO_SIDE),
        ),
        props=(MAT,),
        frame=(-8.0, 54.0, 180.0),
    ),
    "rest-stool": Figure((hold(REST_BOTH),), props=(MAT, STOOL), frame=(6.0, 58.0, 196.0)),
    "rest-one-leg": Figure((hold(REST_ONE),), props=(MAT, STOOL), frame=(6.0, 58.0, 196.0)),
    "goal-pushups": Figure((loop((PLANK, 1.6), (PLANK_LOW, 1.6)),), props=(MAT,), frame=LOW),
}
