"""From key poses to the pose at a time: blending, loops and levels. Pure: time is an argument."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from math import cos, hypot, pi, sin
from typing import Any

from sitbreak.core.frozen import frozen
from sitbreak.window.skeleton import Body, Limb, Pose, View, solve

LIMBS = ("near_arm", "far_arm", "near_leg", "far_leg")
NUMBERS = ("lean", "curl", "nod", "turn", "pitch", "tilt", "gaze", "sight", "roll")
Window = tuple[float, float, float]  # what is seen of the plane: its middle (x, y) and its size, in centimetres
WHOLE: Window = (0.0, 88.0, 196.0)
CHANGE = 0.9  # seconds from the last pose of a step to the first of the next
BREATH = 4.5  # seconds of one breath of a figure that stands still
AMPLITUDE = {"easier": 0.6, "shown": 1.0, "harder": 1.15}
TEMPO = {"easier": 0.85, "shown": 1.0, "harder": 1.0}


@frozen
class Prop:
    """A thing drawn as thin line: what, where (centimetres), how large, and the joint that holds it, if any."""

    kind: str
    x: float = 0.0
    y: float = 0.0
    w: float = 0.0
    h: float = 0.0
    held: str = ""
    shown: float = 1.0  # how far it has appeared: things come and go softly


@frozen
class Key:
    """A key pose and the seconds from it to the next."""

    pose: Pose
    seconds: float = 1.0


@frozen
class Clip:
    """What the figure does during one step: 1 to 8 key poses, repeated.

    `once`: it stays in the last pose instead. `flow`: one even curve through all poses (walking) instead of resting at
    each. `travel`: speed of the ground, cm/s. `home`: the pose an easier version keeps closer to. `mirror`: facing
    left. `view`, `frame`: its own, if any.
    """

    keys: tuple[Key, ...]
    once: bool = False
    flow: bool = False
    travel: float = 0.0
    home: Pose | None = None
    mirror: bool = False
    props: tuple[Prop, ...] = ()
    view: View | None = None
    frame: Window | None = None

    @property
    def period(self) -> float:
        """Seconds of one round."""
        return sum(key.seconds for key in self.keys)

    def tempo(self, length: float, level: str) -> float:
        """How fast it goes in a step of that length, 1 as written: the last of its rounds ends with the step."""
        tempo = TEMPO.get(level, 1.0)
        if self.once or length <= 0:
            return tempo
        return max(1, round(length * tempo / self.period)) * self.period / length


@frozen
class Figure:
    """A movement as a figure: a clip for each step, what stands there all the time, and what is seen of the plane."""

    clips: tuple[Clip, ...]
    view: View = View.SIDE
    props: tuple[Prop, ...] = ()
    frame: Window = WHOLE

    def view_of(self, clip: Clip) -> View:
        """Where the reader of a clip stands."""
        return self.view if clip.view is None else clip.view

    def props_of(self, clip: Clip) -> tuple[Prop, ...]:
        """What is to be seen during a clip: who walks off leaves behind what stands there."""
        return clip.props if clip.travel else self.props + clip.props


@frozen
class PoseFrame:
    """What to paint at one moment.

    `travelled`: how far the ground has moved. `mirror`: facing left. `window`: what is seen of the plane. `shown`: how
    far the body has appeared, 0 to 1.
    """

    body: Body
    props: tuple[Prop, ...]
    travelled: float
    mirror: bool
    window: Window = WHOLE
    shown: float = 1.0


def mix(poses: Sequence[Pose], weights: Sequence[float], view: View) -> Pose:
    """The weighted mean of poses; the weights add up to 1 (and may lie outside 0 to 1, to go further than shown)."""
    numbers = {name: sum(w * getattr(p, name) for p, w in zip(poses, weights, strict=True)) for name in NUMBERS}
    limbs: dict[str, Any] = {name: _mix_limb(poses, weights, view, name) for name in LIMBS}
    shrug = _mix_points([p.shrug for p in poses], weights)
    anchors = {p.anchor[0]: p.anchor for p in poses if p.anchor is not None}
    shared = len(anchors) == 1 and all(p.anchor is not None for p in poses)
    anchor, root = None, _mix_root(poses, weights, view)
    if shared:
        joint = next(iter(anchors))
        anchor = (joint, _mix_points([p.anchor[1] for p in poses if p.anchor is not None], weights))
    return Pose(root=root, shrug=shrug, anchor=anchor, **numbers, **limbs)


def _mix_points(points: Sequence[tuple[float, float]], weights: Sequence[float]) -> tuple[float, float]:
    pairs = list(zip(points, weights, strict=True))
    return sum(w * p[0] for p, w in pairs), sum(w * p[1] for p, w in pairs)


def _mix_root(poses: Sequence[Pose], weights: Sequence[float], view: View) -> tuple[float, float | None]:
    if all(p.root[1] is None and p.anchor is None for p in poses):
        return sum(w * p.root[0] for p, w in zip(poses, weights, strict=True)), None
    return _mix_points([solved(p, view).flat("pelvis") for p in poses], weights)


def _mix_limb(poses: Sequence[Pose], weights: Sequence[float], view: View, name: str) -> Limb:
    limbs: list[Limb] = [getattr(p, name) for p in poses]
    places = [limb.at for limb in limbs if limb.at is not None]
    toe = sum(w * limb.toe for limb, w in zip(limbs, weights, strict=True))
    if len(places) == len(limbs) and len({limb.flip for limb in limbs}) == 1:
        at = _mix_points(places, weights)
        return replace(limbs[0], at=(at[0], at[1] + _lift(places, weights, name)), toe=toe)
    if places:
        limbs = [angled(p, name, view) for p in poses]
        limbs = [limbs[0], *(_nearest(limb, limbs[0]) for limb in limbs[1:])]
    fields = ("swing", "bend", "out", "fold")
    return Limb(toe=toe, **{f: sum(w * getattr(x, f) for x, w in zip(limbs, weights, strict=True)) for f in fields})


def _lift(places: Sequence[tuple[float, float]], weights: Sequence[float], name: str) -> float:
    """How high a foot is raised while it steps from one place on the ground to another; 0 for one that stays."""
    if not name.endswith("leg") or len(places) != 2:
        return 0.0
    (x0, y0), (x1, y1) = places
    far = hypot(x1 - x0, y1 - y0)
    return 0.0 if far < 5 else max(0.0, 4 * weights[0] * weights[1]) * min(9.0, far * 0.3)


def _nearest(limb: Limb, other: Limb) -> Limb:
    return replace(limb, swing=other.swing + (limb.swing - other.swing + 180) % 360 - 180)


@lru_cache(maxsize=512)
def solved(pose: Pose, view: View) -> Body:
    """The body of a key pose; remembered, for key poses are few."""
    return solve(pose, view)


def angled(pose: Pose, name: str, view: View) -> Limb:
    """A limb of a pose as angles, whether it was given as angles or as a place."""
    limb: Limb = getattr(pose, name)
    if limb.at is None:
        return limb
    return _as_angles(solved(pose, view), limb, name, view)


def _as_angles(body: Body, limb: Limb, name: str, view: View) -> Limb:
    from sitbreak.window.skeleton import Solver

    side, part = name.split("_")
    solver = Solver(Pose(), view)
    mirror = -1.0 if view is View.FRONT and side == "far" else 1.0
    if part == "arm":
        swing, bend = solver.arm_angles(limb, body.joints[f"{side}_shoulder"], mirror)
    else:
        swing, bend = solver.leg_angles(limb, body.joints[f"{side}_hip"], mirror)
    return replace(limb, at=None, swing=swing, bend=bend)


def ease(u: float) -> float:
    """A soft start and a soft stop: 0 to 1 over 0 to 1."""
    return 0.5 - 0.5 * cos(pi * min(max(u, 0.0), 1.0))


def _curve(u: float) -> tuple[float, float, float, float]:
    """Catmull-Rom weights of the pose before, both around, and the one after."""
    return (
        (-u + 2 * u**2 - u**3) / 2,
        (2 - 5 * u**2 + 3 * u**3) / 2,
        (u + 4 * u**2 - 3 * u**3) / 2,
        (-(u**2) + u**3) / 2,
    )


def pose_in(clip: Clip, seconds: float, level: str, view: View) -> Pose:
    """The pose of a clip some seconds into its keys, at a level ("easier", "shown", "harder")."""
    reach = AMPLITUDE.get(level, 1.0)
    if len(clip.keys) == 1:
        return scaled(clip, clip.keys[0].pose, reach, view)
    index, u = _locate(clip, seconds)
    count = len(clip.keys)
    around = (-1, 0, 1, 2) if clip.flow else (0, 1)
    poses = [scaled(clip, clip.keys[(index + offset) % count].pose, reach, view) for offset in around]
    return mix(poses, _curve(u) if clip.flow else (1 - ease(u), ease(u)), view)


def _locate(clip: Clip, seconds: float) -> tuple[int, float]:
    left = min(seconds, clip.period - clip.keys[-1].seconds) if clip.once else seconds % clip.period
    for index, key in enumerate(clip.keys):
        if left < key.seconds:
            return index, left / key.seconds
        left -= key.seconds
    return 0, 0.0


def scaled(clip: Clip, pose: Pose, reach: float, view: View) -> Pose:
    """A key pose brought nearer to the clip's home pose (reach under 1), or further from it."""
    home = clip.keys[0].pose if clip.home is None else clip.home
    return pose if reach == 1.0 or pose is home else _between(home, pose, reach, view)


@lru_cache(maxsize=512)
def _between(home: Pose, pose: Pose, reach: float, view: View) -> Pose:
    return mix((home, pose), (1 - reach, reach), view)


def breathing(pose: Pose, seconds: float) -> Pose:
    """The pose with a little breath in it, so that a figure at rest is alive."""
    breath = sin(2 * pi * seconds / BREATH)
    x, y = pose.shrug
    return replace(pose, curl=pose.curl - 0.7 * breath, shrug=(x, y + 0.7 * breath))
