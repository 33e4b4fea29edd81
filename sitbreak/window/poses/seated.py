"""Movements in the seat."""

from __future__ import annotations

from sitbreak.window.motion import Figure, Prop
from sitbreak.window.poses.base import (
    SIT,
    SIT_FRONT,
    STAND,
    chair,
    close,
    foot,
    hang,
    hold,
    loop,
    once,
    posed,
    reach,
    settled,
)
from sitbreak.window.skeleton import Limb, Pose, View

CHAIR_FRONT = Prop("chair-front", y=46.0)
SEAT, SEAT_FRONT = Prop("seat"), Prop("seat-front", y=46.0)
SIDE_FRAME, FRONT_FRAME, HEAD_AND_SHOULDERS = (14.0, 76.0, 172.0), (0.0, 76.0, 172.0), (0.0, 108.0, 104.0)
LAP = {"near_arm": reach(26, 62), "far_arm": reach(28, 62)}
REST = posed(SIT, **LAP)


def onto(side: float) -> Pose:
    """All weight on the hip on the right (1) or left (-1) of the picture, hands on the thighs."""
    return settled(
        posed(
            SIT_FRONT,
            root=(9.0 * side, 58.0),
            tilt=20 * side,
            lean=20 * side,
            curl=-14 * side,
            nod=-6 * side,
            near_arm=reach(26 + 4 * side, 64),
            far_arm=reach(-26 + 4 * side, 64),
        )
    )


def propped(side: float) -> Pose:
    """Leaning over to the right (1) or left (-1) of the picture on a straight arm, the other hip off the seat."""
    low, high = reach(33 * side, 53), reach(-24 * side, 64)
    near, far = (low, high) if side > 0 else (high, low)
    hips = posed(SIT_FRONT, root=(5.0 * side, 59.0), tilt=24 * side, lean=24 * side, curl=-4 * side, nod=-14 * side)
    return settled(posed(hips, near_arm=near, far_arm=far))


def down_at(side: float) -> Prop:
    """The arrow beside the hip that carries the weight."""
    return Prop("arrow", x=62.0 * side, y=62.0, w=-24.0)


ON_THIGHS = {"near_arm": reach(48, 61), "far_arm": reach(51, 61)}
FOREARMS = posed(SIT, root=(2.0, 52.0), lean=42, curl=10, nod=-6, **ON_THIGHS)
LEAN_BACK = posed(SIT, root=(8.0, 52.0), lean=-20, nod=8, near_arm=reach(26, 62), far_arm=reach(28, 62))
SEAT_TALL = posed(SIT_FRONT, shrug=(0.0, 1.0))
TALL_SIDE = posed(SIT, root=(-4.0, 52.0), lean=0)
RISEN = posed(STAND, root=(35.0, None), near_leg=foot(38), far_leg=foot(34))
UPWARD = (Prop("arrow", x=52, y=84, w=24), Prop("arrow", x=-52, y=84, w=24))

FOUR_LEG = Limb(swing=82, bend=178, out=52, fold=8)
FOUR = posed(SIT_FRONT, near_leg=FOUR_LEG, near_arm=reach(38, 62), far_arm=reach(-30, 58))
FOUR_OTHER = posed(SIT_FRONT, far_leg=FOUR_LEG, near_arm=reach(30, 58), far_arm=reach(-38, 62))

REACH_NEAR = posed(REST, lean=8, shrug=(4.0, 2.0), near_arm=hang(128, 6), far_arm=hang(-12, 84))
REACH_FAR = posed(REST, lean=8, shrug=(4.0, 2.0), far_arm=hang(128, 6), near_arm=hang(-12, 84))
ACROSS_NEAR = posed(REST, lean=14, shrug=(5.0, 0.0), near_arm=hang(104, 4), far_arm=hang(-14, 84))
ACROSS_FAR = posed(REST, lean=14, shrug=(5.0, 0.0), far_arm=hang(104, 4), near_arm=hang(-14, 84))

HUG = {"near_arm": hang(22, -128, out=20, fold=24), "far_arm": hang(22, -128, out=20, fold=24)}
CROSSED = posed(SIT_FRONT, **HUG)
TURN_RIGHT, TURN_LEFT = posed(CROSSED, turn=64, gaze=14, sight=24), posed(CROSSED, turn=-64, gaze=-14, sight=24)
ABOUT = (Prop("orbit", y=94, w=36),)

ROUNDED = posed(SIT, lean=-14, curl=62, nod=26)
GROWN = posed(SIT, lean=8, curl=-14, nod=-8)

LOOSE = posed(SIT, near_arm=hang(2, 14), far_arm=hang(8, 14))
SQUEEZE = posed(SIT, lean=4, curl=-10, shrug=(-7.0, -1.0), near_arm=hang(-66, 118), far_arm=hang(-60, 118))
BACKWARD = (Prop("inward", x=-46, y=112, w=22),)


def palms(swing: float, bend: float, out: float = 0.0) -> Pose:
    """Palms before the chest, elbows out."""
    return posed(SIT_FRONT, near_arm=hang(swing, bend, out=out, fold=1), far_arm=hang(swing, bend, out=out, fold=1))


PALMS, PRESS = palms(40, -158), palms(21, -142)
HIGHER, HIGHER_PRESS = palms(52, -172, out=30), palms(31, -156, out=38)
INWARD = (Prop("inward", x=58, y=94, w=20), Prop("inward", x=-58, y=94, w=-20))
CHEST, ELBOWS = (0.0, 92.0, 122.0), (-4.0, 96.0, 126.0)
SHAKE = (
    posed(SIT_FRONT, near_arm=hang(44, -46), far_arm=hang(24, 16)),
    posed(SIT_FRONT, near_arm=hang(24, 16), far_arm=hang(44, -46)),
)
LOOK_RIGHT, LOOK_LEFT = posed(SIT_FRONT, gaze=66, turn=12, sight=30), posed(SIT_FRONT, gaze=-66, turn=-12, sight=30)
EAR_RIGHT, EAR_LEFT = posed(SIT_FRONT, nod=36), posed(SIT_FRONT, nod=-36)
TO_FAR, TO_NEAR = posed(SIT, sight=44, nod=-4), posed(SIT, sight=14, nod=8, near_arm=reach(38, 104))
YAWN = posed(SIT_FRONT, nod=9, curl=-7, shrug=(0.0, 6.0), near_arm=hang(146, 28), far_arm=hang(132, 66))
SET_DOWN = posed(SIT_FRONT, shrug=(0.0, -2.0))
BESIDE = {"near_arm": reach(30, 55), "far_arm": reach(-30, 55)}
HANDS_BESIDE = posed(SIT_FRONT, **BESIDE)
PRESS_UP = settled(posed(HANDS_BESIDE, root=(0.0, 66.0), shrug=(0.0, -2.0)))

SEATED = {
    "shift-seat": Figure(
        (
            hold(onto(1), down_at(1), CHAIR_FRONT),
            hold(onto(-1), down_at(-1), CHAIR_FRONT),
            hold(TALL_SIDE, chair(), view=View.SIDE),
            hold(FOREARMS, chair(), view=View.SIDE),
            hold(LEAN_BACK, chair(), view=View.SIDE),
            hold(RISEN, chair(), view=View.SIDE),
        ),
        view=View.FRONT,
        frame=(8.0, 84.0, 188.0),
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
            *close(
                ELBOWS,
                loop((LOOSE, 2.6), (SQUEEZE, 3.6), props=(SEAT, *BACKWARD)),
                hold(LOOSE, SEAT),
                loop((LOOSE, 2.6), (SQUEEZE, 3.6), props=(SEAT, *BACKWARD)),
            ),
            hold(LOOSE),
        ),
        props=(SEAT,),
        frame=SIDE_FRAME,
    ),
    "sit-pushaway": Figure(
        (
            hold(PALMS),
            *close(
                CHEST,
                loop((PALMS, 2.4), (PRESS, 3.4), props=INWARD),
                hold(SIT_FRONT),
                loop((HIGHER, 2.4), (HIGHER_PRESS, 3.4), props=INWARD),
            ),
            loop((SHAKE[0], 0.3), (SHAKE[1], 0.3), home=SIT_FRONT),
            hold(SIT_FRONT),
        ),
        view=View.FRONT,
        props=(SEAT_FRONT,),
        frame=FRONT_FRAME,
    ),
    "sit-necklook": Figure(
        (
            hold(SIT_FRONT, SEAT_FRONT),
            *close(
                HEAD_AND_SHOULDERS,
                loop((LOOK_RIGHT, 2.2), (LOOK_LEFT, 2.2), home=SIT_FRONT, props=(SEAT_FRONT,)),
                loop(
                    (EAR_RIGHT, 2.6),
                    (SIT_FRONT, 1.6),
                    (EAR_LEFT, 2.6),
                    (SIT_FRONT, 1.6),
                    home=SIT_FRONT,
                    props=(SEAT_FRONT,),
                ),
            ),
            loop((TO_FAR, 3.0), (TO_NEAR, 3.0), home=SIT, props=(SEAT,), view=View.SIDE),
            hold(SIT_FRONT, SEAT_FRONT),
        ),
        view=View.FRONT,
        frame=FRONT_FRAME,
    ),
    "sit-yawn": Figure(
        (
            hold(SET_DOWN),
            once((SET_DOWN, 6.0), (YAWN, 1.0)),
            once((YAWN, 17.0), (SET_DOWN, 1.0), home=SET_DOWN),
            hold(SET_DOWN),
            once((SET_DOWN, 6.0), (YAWN, 1.0)),
            once((YAWN, 17.0), (SET_DOWN, 1.0), home=SET_DOWN),
            hold(SET_DOWN),
        ),
        view=View.FRONT,
        props=(SEAT_FRONT,),
        frame=(0.0, 82.0, 184.0),
    ),
    "sit-shift": Figure(
        (
            hold(propped(1), down_at(1), SEAT_FRONT),
            hold(propped(-1), down_at(-1), SEAT_FRONT),
            hold(FOREARMS, SEAT, view=View.SIDE),
            hold(LEAN_BACK, SEAT, view=View.SIDE),
            loop((HANDS_BESIDE, 2.0), (PRESS_UP, 2.6), props=(SEAT_FRONT, *UPWARD)),
            hold(SEAT_TALL, SEAT_FRONT),
        ),
        view=View.FRONT,
        frame=(4.0, 76.0, 172.0),
    ),
}
