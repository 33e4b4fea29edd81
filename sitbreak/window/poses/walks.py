"""Walks: out of the chair and away."""

from __future__ import annotations

from dataclasses import replace

from sitbreak.window.motion import Clip, Figure, Key, Prop
from sitbreak.window.poses.base import STAND, close, foot, hang, hold, leg, loop, posed, reach, tiptoe, walking
from sitbreak.window.skeleton import Limb, Pose

DOORS = (Prop("doors"),)
CUP = Prop("cup", held="near_wrist")
PAPER = Prop("paper", held="near_wrist")
PHONE = Prop("phone", held="near_wrist")
CARRY = hang(8, 72)
CALLING = reach(9, 157)


def march(lift: float, arms: float, **held: Limb) -> tuple[Pose, ...]:
    """Both legs lifted in turn, thigh to `lift` degrees, arms swinging `arms` degrees or `held` where they are."""
    up, down = leg(lift, lift * 1.15 + 5), foot(1)
    poses = (
        posed(STAND, near_leg=up, far_leg=foot(-2), near_arm=hang(-arms, 25 + arms), far_arm=hang(arms, 25 + arms)),
        posed(STAND, near_leg=down, far_leg=foot(-2), near_arm=hang(0, 20), far_arm=hang(0, 20)),
        posed(STAND, near_leg=down, far_leg=up, near_arm=hang(arms, 25 + arms), far_arm=hang(-arms, 25 + arms)),
        posed(STAND, near_leg=foot(-1), far_leg=foot(1), near_arm=hang(0, 20), far_arm=hang(0, 20)),
    )
    return tuple(posed(pose, **held) for pose in poses)


def marching(lift: float, arms: float, seconds: float, **held: Limb) -> Clip:
    """A march on the spot, `seconds` a round."""
    return loop(*((pose, seconds / 4) for pose in march(lift, arms, **held)), home=posed(STAND, **held))


BACKREST = {"near_arm": reach(45, 101), "far_arm": reach(46, 101)}


RISE, RUN = 18.0, 38.0


def climbing(rise: float, seconds: float) -> Clip:
    """Up (rise > 0) or down a flight: the stairs pass under the figure, which stays in the picture."""
    high, low = max(rise, 0.0), max(-rise, 0.0)
    front, back = (18.0, high), (18.0 - RUN, low)
    middle, over = (1.0, (high + low) / 2), (4.0, max(high, low) + (16.0 if rise > 0 else 10.0))
    ahead, behind = foot(front[0], front[1]), tiptoe(back[0], 8.0 if rise > 0 else 4.0)
    behind = replace(behind, at=(behind.at[0], behind.at[1] + low)) if behind.at else behind
    on, swing = foot(*middle), foot(over[0], over[1], toe=-15)
    root, lean = (0.0, 87.0 if rise > 0 else 92.0), 8.0 if rise > 0 else 1.0
    base = posed(STAND, root=root, lean=lean)
    poses = (
        posed(base, near_leg=ahead, far_leg=behind, near_arm=hang(-18, 25), far_arm=hang(18, 25)),
        posed(base, near_leg=on, far_leg=swing),
        posed(base, near_leg=behind, far_leg=ahead, near_arm=hang(18, 25), far_arm=hang(-18, 25)),
        posed(base, near_leg=swing, far_leg=on),
    )
    stairs = (Prop("stairs", x=18.0, w=RUN, h=rise),)
    keys = tuple(Key(pose, seconds / 4) for pose in poses)
    return Clip(keys, flow=True, travel=2 * RUN / seconds, home=base, props=stairs)


FILLING = posed(STAND, lean=8, near_arm=reach(33, 101), far_arm=hang(-4, 12))
TAP = Prop("tap", x=40.0)
FAR_LOOK = posed(STAND, sight=18, nod=-4)
WINDOW = Prop("window", x=72.0)
TABLE = Prop("desk", x=26.0)
PICK = posed(STAND, lean=16, near_arm=reach(44, 85))
SHOULDERS, ROLLING_ARROW = (0.0, 126.0, 112.0), Prop("circle", x=0, y=127, w=25, h=-1)
ROLLED = [(x, y) for x, y in ((0, 8), (-7, 2), (0, -4), (6, 2))]

WALKS = {
    "walk-corridor": Figure(
        (hold(STAND), walking(props=DOORS), walking(mirror=True, props=DOORS), hold(STAND)),
    ),
    "walk-water": Figure(
        (
            hold(PICK, TABLE, CUP),
            walking(props=(CUP,), near_arm=CARRY),
            hold(FILLING, TAP, CUP),
            walking(mirror=True, props=(CUP,), near_arm=CARRY),
        ),
    ),
    "walk-stairs": Figure(
        (walking(), climbing(RISE, 2.0), climbing(-RISE, 2.0), walking(mirror=True)),
    ),
    "walk-march": Figure(
        (
            hold(posed(STAND, **BACKREST)),
            marching(52, 8, 2.0, **BACKREST),
            marching(58, 32, 1.8),
            marching(35, 12, 2.6, **BACKREST),
        ),
        props=(Prop("chair", x=73.0),),
        frame=(18.0, 88.0, 196.0),
    ),
    "walk-errand": Figure(
        (
            hold(posed(PICK, near_arm=reach(42, 84)), TABLE, PAPER),
            walking(props=(PAPER, *DOORS), near_arm=hang(12, 76)),
            walking(mirror=True),
            *close(SHOULDERS, loop(*((posed(STAND, shrug=shrug), 0.6) for shrug in ROLLED), props=(ROLLING_ARROW,))),
        ),
    ),
    "walk-pace": Figure(
        (walking(0.9), walking(1.5, swing=38.0, elbow=62.0, props=(Prop("speed", x=-30.0),)), walking(0.9))
    ),
    "walk-talk": Figure(
        (
            hold(posed(STAND, near_arm=CALLING), PHONE),
            walking(0.75, props=(PHONE,), near_arm=CALLING),
            hold(STAND, PHONE),
        ),
    ),
    "walk-window": Figure(
        (walking(), hold(FAR_LOOK, WINDOW), walking(mirror=True)),
        frame=(16.0, 88.0, 196.0),
    ),
}
