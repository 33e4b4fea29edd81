"""Movements in the seat."""

from __future__ import annotations

from sitbreak.window.motion import Figure, Prop
from sitbreak.window.poses.base import (
    FRONT,
    SIT,
    SIT_EDGE,
    SIT_FRONT,
    STAND,
    chair,
    foot,
    hang,
    hold,
    loop,
    posed,
    reach,
)
from sitbreak.window.skeleton import Limb, View

SEAT, SEAT_FRONT = Prop("seat"), Prop("seat-front", y=46.0)
SIDE_FRAME, FRONT_FRAME = (14.0, 76.0, 172.0), (0.0, 76.0, 172.0)
LAP = {"near_arm": reach(26, 62), "far_arm": reach(28, 62)}
REST = posed(SIT, **LAP)

LEAN_RIGHT = posed(SIT_FRONT, lean=15, curl=6, nod=-12, root=(4.0, 56.6))
LEAN_LEFT = posed(SIT_FRONT, lean=-15, curl=-6, nod=12, root=(-4.0, 56.6))
TALL = posed(SIT, lean=0)
FOREARMS = posed(SIT, lean=46, nod=-22, near_arm=reach(38, 60), far_arm=reach(40, 60))
LEAN_BACK = posed(SIT, root=(4.0, 52.0), lean=-16, nod=10)
UP = posed(STAND, root=(36.0, None), near_leg=foot(39), far_leg=foot(35))

FOUR_LEG = Limb(swing=75, bend=165, out=50, fold=0)
KNEE_HANDS = {"near_arm": reach(24, 62), "far_arm": reach(-16, 62)}
FOUR = posed(SIT_FRONT, near_leg=FOUR_LEG, **KNEE_HANDS)
FOUR_OTHER = posed(SIT_FRONT, far_leg=FOUR_LEG, near_arm=reach(16, 62), far_arm=reach(-24, 62))

REACH_NEAR = posed(REST, lean=8, shrug=(4.0, 2.0), near_arm=hang(128, 6), far_arm=hang(-12, 84))
REACH_FAR = posed(REST, lean=8, shrug=(4.0, 2.0), far_arm=hang(128, 6), near_arm=hang(-12, 84))
ACROSS_NEAR = posed(REST, lean=14, shrug=(5.0, 0.0), near_arm=hang(104, 4), far_arm=hang(-14, 84))
ACROSS_FAR = posed(REST, lean=14, shrug=(5.0, 0.0), far_arm=hang(104, 4), near_arm=hang(-14, 84))

HUG = {"near_arm": hang(22, -128, out=20, fold=24), "far_arm": hang(22, -128, out=20, fold=24)}
CROSSED = posed(SIT_FRONT, **HUG)
TURN_RIGHT, TURN_LEFT = posed(CROSSED, turn=52, gaze=1.0), posed(CROSSED, turn=-52, gaze=-1.0)
ABOUT = (Prop("orbit", y=90, w=30),)

ROUNDED = posed(SIT, lean=-14, curl=62, nod=26)
GROWN = posed(SIT, lean=8, curl=-14, nod=-8)

LOOSE = posed(SIT, near_arm=hang(2, 14), far_arm=hang(8, 14))
SQUEEZE = posed(SIT, lean=4, curl=-8, shrug=(-6.0, -1.0), near_arm=hang(-46, 112), far_arm=hang(-40, 112))

PALMS = posed(SIT_FRONT, near_arm=hang(52, -150, out=10, fold=25), far_arm=hang(52, -150, out=10, fold=25))
PRESS = posed(
    PALMS, shrug=(0.0, 2.0), near_arm=hang(60, -158, out=10, fold=25), far_arm=hang(60, -158, out=10, fold=25)
)
HIGHER = posed(PALMS, near_arm=hang(66, -192, out=10, fold=10), far_arm=hang(66, -192, out=10, fold=10))
HIGHER_PRESS = posed(HIGHER, near_arm=hang(74, -200, out=10, fold=10), far_arm=hang(74, -200, out=10, fold=10))
INWARD = (Prop("inward", x=60, y=92, w=18), Prop("inward", x=-60, y=92, w=-18))
SHAKE = (
    posed(SIT_FRONT, near_arm=hang(28, -18), far_arm=hang(20, 4)),
    posed(SIT_FRONT, near_arm=hang(20, 4), far_arm=hang(28, -18)),
)
LOOK_RIGHT, LOOK_LEFT = posed(SIT_FRONT, gaze=1.0, turn=14), posed(SIT_FRONT, gaze=-1.0, turn=-14)
EAR_RIGHT, EAR_LEFT = posed(SIT_FRONT, nod=36), posed(SIT_FRONT, nod=-36)
YAWN = posed(SIT_FRONT, nod=9, curl=-7, shrug=(0.0, 6.0), near_arm=hang(146, 28), far_arm=hang(132, 66))
SET_DOWN = posed(SIT_FRONT, shrug=(0.0, -2.0))
HANDS_BESIDE = posed(SIT, near_arm=reach(-4, 50), far_arm=reach(0, 50))
PRESS_UP = posed(SIT, root=(0.0, 60.0), near_arm=reach(-4, 50), far_arm=reach(0, 50), shrug=(0.0, -2.0))

SEATED = {
    "shift-seat": Figure(
        (
            hold(LEAN_RIGHT, SEAT_FRONT, view=FRONT),
            hold(LEAN_LEFT, SEAT_FRONT, view=FRONT),
            hold(TALL, chair()),
            hold(FOREARMS, chair()),
            hold(LEAN_BACK, chair()),
            loop((SIT_EDGE, 1.4), (UP, 6.0), home=UP, props=(chair(),)),
        ),
        frame=(14.0, 84.0, 188.0),
    ),
    "stat-figure4": Figure(
        (hold(SIT_FRONT), hold(FOUR), hold(SIT_FRONT), hold(FOUR_OTHER), hold(SIT_FRONT)),
        view=View.FRONT,
        props=(SEAT_FRONT,),
        frame=FRONT_FRAME,
    ),
    "sit-reach": Figure(
        (
            hold(REST),
            loop((REACH_NEAR, 2.2), (REACH_FAR, 2.2), home=REST),
            hold(REST),
            loop((ACROSS_NEAR, 2.2), (ACROSS_FAR, 2.2), home=REST),
            hold(REST),
        ),
        props=(SEAT,),
        frame=SIDE_FRAME,
    ),
    "sit-turn": Figure(
        (
            hold(CROSSED),
            loop((TURN_RIGHT, 1.9), (TURN_LEFT, 1.9), home=CROSSED, props=ABOUT),
            hold(CROSSED),
            loop((TURN_RIGHT, 2.4), (TURN_LEFT, 2.4), home=CROSSED, props=ABOUT),
            hold(SIT_FRONT),
        ),
        view=View.FRONT,
        props=(SEAT_FRONT,),
        frame=FRONT_FRAME,
    ),
    "sit-roundarch": Figure(
        (
            hold(SIT),
            loop((ROUNDED, 2.6), (GROWN, 2.6), home=SIT),
            hold(GROWN),
            loop((ROUNDED, 3.0), (GROWN, 3.0), home=SIT),
            hold(SIT),
        ),
        props=(SEAT,),
        frame=SIDE_FRAME,
    ),
    "sit-blades": Figure(
        (
            hold(LOOSE),
            loop((LOOSE, 2.6), (SQUEEZE, 3.6)),
            hold(LOOSE),
            loop((LOOSE, 2.6), (SQUEEZE, 3.6)),
            hold(LOOSE),
        ),
        props=(SEAT,),
        frame=SIDE_FRAME,
    ),
    "sit-pushaway": Figure(
        (
            hold(PALMS),
            loop((PALMS, 2.4), (PRESS, 3.4), props=INWARD),
            hold(SIT_FRONT),
            loop((HIGHER, 2.4), (HIGHER_PRESS, 3.4), props=INWARD),
            loop((SHAKE[0], 0.3), (SHAKE[1], 0.3), home=SIT_FRONT),
            hold(SIT_FRONT),
        ),
        view=View.FRONT,
        props=(SEAT_FRONT,),
        frame=FRONT_FRAME,
    ),
    "sit-necklook": Figure(
        (
            hold(SIT_FRONT),
            loop((LOOK_RIGHT, 2.2), (LOOK_LEFT, 2.2), home=SIT_FRONT),
            loop((EAR_RIGHT, 2.6), (SIT_FRONT, 1.6), (EAR_LEFT, 2.6), (SIT_FRONT, 1.6), home=SIT_FRONT),
            loop((LOOK_RIGHT, 3.0), (SIT_FRONT, 3.0), home=SIT_FRONT),
            hold(SIT_FRONT),
        ),
        view=View.FRONT,
        props=(SEAT_FRONT,),
        frame=FRONT_FRAME,
    ),
    "sit-yawn": Figure(
        (
            hold(SET_DOWN),
            loop((SET_DOWN, 6.0), (YAWN, 14.0)),
            loop((YAWN, 17.0), (SET_DOWN, 8.0), home=SET_DOWN),
            hold(SET_DOWN),
            loop((SET_DOWN, 6.0), (YAWN, 14.0)),
            loop((YAWN, 17.0), (SET_DOWN, 8.0), home=SET_DOWN),
            hold(SET_DOWN),
        ),
        view=View.FRONT,
        props=(SEAT_FRONT,),
        frame=(0.0, 82.0, 184.0),
    ),
    "sit-shift": Figure(
        (
            hold(LEAN_RIGHT, SEAT_FRONT, view=FRONT),
            hold(LEAN_LEFT, SEAT_FRONT, view=FRONT),
            hold(FOREARMS, SEAT),
            hold(LEAN_BACK, SEAT),
            loop((HANDS_BESIDE, 2.0), (PRESS_UP, 2.6), props=(SEAT,)),
            hold(TALL, SEAT),
        ),
        frame=SIDE_FRAME,
    ),
}
