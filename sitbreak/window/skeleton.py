"""The figure as geometry: 15 joints, poses, and how a pose becomes points. Pure: no Qt, no clock.

Units are centimetres and degrees, x to the right, y up, the ground at 0. A person is about 174 cm tall. In the side
view the figure faces right; in the front view it faces the reader. An angle of 0 hangs straight down; positive swings
forward (side view) or outward (front view). A third coordinate, towards the reader, keeps limb lengths true where a
limb is foreshortened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from math import acos, asin, atan2, cos, degrees, hypot, radians, sin, sqrt

from sitbreak.core.frozen import frozen

Point = tuple[float, float]
Point3 = tuple[float, float, float]

RADIUS = 6.0  # half the width of every limb: a joint that rests on the ground is this high
SPINE_LOW, SPINE_HIGH, NECK = 24.0, 27.0, 21.0  # pelvis to waist, waist to neck, neck to the middle of the head
HEAD, NOSE = 12.5, 3.6  # radius of the head, and how far the nose stands out of it
UPPER_ARM, FOREARM = 28.0, 28.0
THIGH, SHANK, FOOT = 42.0, 42.0, 16.0
SHOULDER, HIP = 15.0, 8.0  # half widths, seen from the front
FAR_UP = 300.0  # where a pose is tried before the ground is known
SIDES = ("near", "far")  # in the front view: right and left of the picture


class View(StrEnum):
    """Where the reader stands."""

    SIDE = "side"
    FRONT = "front"


@frozen
class Limb:
    """An arm or a leg: two angles, or where the wrist or ankle is to be (`at`), solved to angles.

    `swing`: the upper part from hanging. `bend`: elbow or knee. `out`, `fold`: upper and lower part tipped towards the
    reader. `toe`: the foot's pitch, 0 flat, positive toes up. `flip`: elbow or knee to the other side when solved.
    """

    swing: float = 0.0
    bend: float = 0.0
    at: Point | None = None
    out: float = 0.0
    fold: float = 0.0
    toe: float = 0.0
    flip: bool = False


@frozen
class Pose:
    """One key pose. `root`: where the pelvis is; a height of None lets the lowest foot find the ground.

    `lean`: the low spine from upright; `curl`: the high spine on top of it; `nod`: the head on top of that. `turn`: the
    shoulders about the spine (front view). `pitch`: the trunk tipped towards the reader; `tilt`: the hips, positive
    with the right of the picture lower (both front view). `shrug`: the shoulders moved forward and up, in centimetres.
    """

    root: tuple[float, float | None] = (0.0, None)
    lean: float = 0.0
    curl: float = 0.0
    nod: float = 0.0
    turn: float = 0.0
    pitch: float = 0.0
    tilt: float = 0.0
    gaze: float = 0.0  # the head about the neck, on top of `turn`; positive to the right of the picture
    sight: float = 0.0  # length of the line of sight, in centimetres; 0: not drawn
    roll: float = 0.0  # the whole body about its long axis, seen from the front or from above
    shrug: Point = (0.0, 0.0)
    anchor: tuple[str, Point] | None = None  # the joint that stays where it is; the pelvis follows from it
    near_arm: Limb = field(default_factory=Limb)
    far_arm: Limb = field(default_factory=Limb)
    near_leg: Limb = field(default_factory=Limb)
    far_leg: Limb = field(default_factory=Limb)

    def limb(self, side: str, part: str) -> Limb:
        """The limb `part` ("arm", "leg") of a side ("near", "far")."""
        found: Limb = getattr(self, f"{side}_{part}")
        return found


@frozen
class Body:
    """A solved pose: where the 15 joints, the pelvis, the toes and the tip of the nose are, in centimetres."""

    view: View
    joints: Mapping[str, Point3]
    sight: float = 0.0

    def flat(self, name: str) -> Point:
        """Where a joint is on the picture."""
        x, y, _ = self.joints[name]
        return x, y

    def lowest(self) -> float:
        """The height of its lowest joint."""
        return min(y for name, (_, y, _) in self.joints.items() if name != "nose")


def toward(start: Point3, angle: float, length: float, out: float = 0.0) -> Point3:
    """The end of a segment that hangs at `angle`, tipped `out` towards the reader."""
    reach = length * cos(radians(out))
    x, y, z = start
    return x + reach * sin(radians(angle)), y - reach * cos(radians(angle)), z + length * sin(radians(out))


def turned(start: Point3, end: Point3, turn: float) -> Point3:
    """The end of a segment after a turn about the upright through its start; positive to the right of the picture."""
    (x, _, z), (to_x, to_y, to_z) = start, end
    across, out, angle = to_x - x, to_z - z, radians(turn)
    return x + across * cos(angle) + out * sin(angle), to_y, z + out * cos(angle) - across * sin(angle)


def two_bones(start: Point, end: Point, upper: float, lower: float, sign: float) -> tuple[float, float]:
    """Angle of the upper bone and the bend between both, so that they reach from start to end or as far as they can.

    `sign` is +1 or -1: to which side of the line the joint between them goes.
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    span = min(max(hypot(dx, dy), abs(upper - lower) + 0.5), upper + lower - 0.01)
    line = degrees(atan2(dx, -dy))
    at_start = degrees(acos((upper**2 + span**2 - lower**2) / (2 * upper * span)))
    between = degrees(acos((upper**2 + lower**2 - span**2) / (2 * upper * lower)))
    return line + sign * at_start, 180.0 - between


def lowest_pitch(ankle: float) -> float:
    """How far the toes may point down, in degrees, with the ankle at this height, before they enter the ground."""
    return degrees(asin(min(1.0, max(-1.0, (RADIUS - ankle) / FOOT))))


class Solver:
    """Turns one pose into a body; made anew for every pose."""

    def __init__(self, pose: Pose, view: View) -> None:
        """Takes the pose and where the reader stands."""
        self.pose, self.view = pose, view
        self.joints: dict[str, Point3] = {}

    def body(self) -> Body:
        """The solved body: anchored where the pose says so, else standing as tall as its feet let it."""
        x, height = self.pose.root
        self._place(x, FAR_UP if height is None else height)
        if self.pose.anchor is not None:
            joint, (to_x, to_y) = self.pose.anchor
            at_x, at_y, _ = self.joints[joint]
            root_x, root_y, _ = self.joints["pelvis"]
            self._place(root_x + to_x - at_x, root_y + to_y - at_y)
        else:
            self._place(x, min(self._tallest(), 999.0 if height is None else height))
        return Body(self.view, self.joints, self.pose.sight)

    def _tallest(self) -> float:
        """The greatest height of the pelvis at which every foot with a place of its own still reaches it."""
        heights: list[float] = [self._reach(side) for side in SIDES if self.pose.limb(side, "leg").at is not None]
        if heights:
            return min(heights)
        lowest = min(self.joints[f"{side}_{part}"][1] for side in SIDES for part in ("ankle", "toe"))
        return self.joints["pelvis"][1] + RADIUS - lowest if self.pose.root[1] is None else 999.0

    def _reach(self, side: str) -> float:
        foot = self.pose.limb(side, "leg").at
        hip, pelvis = self.joints[f"{side}_hip"], self.joints["pelvis"]
        across, length = (foot[0] if foot else 0.0) - hip[0], THIGH + SHANK - 0.1
        above = sqrt(length**2 - min(abs(across), length) ** 2)
        return (foot[1] if foot else 0.0) + above + pelvis[1] - hip[1]

    def _place(self, x: float, y: float) -> None:
        pose = self.pose
        self.joints = {"pelvis": (x, y, 0.0)}
        high = pose.lean + pose.curl
        out = pose.pitch if self.view is View.FRONT else 0.0
        self.joints["waist"] = toward((x, y, 0.0), 180 - pose.lean, SPINE_LOW, out)
        self.joints["neck"] = toward(self.joints["waist"], 180 - high, SPINE_HIGH, out)
        self.joints["head"] = toward(self.joints["neck"], 180 - high - pose.nod, NECK, out)
        self.joints["nose"] = self._nose(radians(high + pose.nod), radians(out))
        for side in SIDES:
            self._arm(side, high)
            self._leg(side)

    def _nose(self, tip: float, out: float) -> Point3:
        """The tip of the nose: square to the line from neck to head, to where the head is turned."""
        (x, y, z), length = self.joints["head"], HEAD + NOSE
        if self.view is View.SIDE:
            across, ahead = sin(radians(self.pose.gaze)), cos(radians(self.pose.gaze))
            return x + length * ahead * cos(tip), y - length * ahead * sin(tip), z + length * across
        yaw = radians(self.pose.turn + self.pose.gaze + self.pose.roll)
        across, ahead = length * sin(yaw), length * cos(yaw)
        return x + across * cos(tip), y - across * sin(tip) - ahead * sin(out), z + ahead * cos(out)

    def _mirror(self, side: str) -> float:
        return -1.0 if self.view is View.FRONT and side == "far" else 1.0

    def _shoulder(self, side: str, high: float) -> Point3:
        forward, up = self.pose.shrug
        x, y, z = toward(self.joints["neck"], -high, 4.0 - up)  # a little below the neck, along the spine
        if self.view is View.SIDE:
            return x + forward * cos(radians(high)), y - forward * sin(radians(high)), 0.0
        half, yaw = SHOULDER * self._mirror(side), radians(self.pose.roll - self.pose.turn)
        wide = half * cos(yaw)
        return x + wide * cos(radians(high)), y - wide * sin(radians(high)), z + half * sin(yaw)

    def _hip(self, side: str) -> Point3:
        x, y, _ = self.joints["pelvis"]
        if self.view is View.SIDE:
            return x, y, 0.0
        half, tilt = (
            HIP * self._mirror(side) * cos(radians(self.pose.roll)),
            radians(self.pose.lean * 0.25 + self.pose.tilt),
        )
        return x + half * cos(tilt), y - half * sin(tilt), 0.0

    def _arm(self, side: str, high: float) -> None:
        limb, mirror = self.pose.limb(side, "arm"), self._mirror(side)
        shoulder = self.joints[f"{side}_shoulder"] = self._shoulder(side, high)
        swing, bend = self.arm_angles(limb, shoulder, mirror)
        turn = self.pose.turn if self.view is View.FRONT and limb.at is None else 0.0
        elbow = turned(shoulder, toward(shoulder, mirror * swing, UPPER_ARM, limb.out), turn)
        self.joints[f"{side}_elbow"] = elbow
        wrist = toward(elbow, mirror * (swing + bend), FOREARM, limb.fold)
        self.joints[f"{side}_wrist"] = turned(elbow, wrist, turn)

    def arm_angles(self, limb: Limb, shoulder: Point3, mirror: float) -> tuple[float, float]:
        """Swing and bend of an arm, solved where it has a place to reach."""
        if limb.at is None:
            return limb.swing, limb.bend
        side = (1.0 if self.view is View.FRONT else -1.0) * (-1.0 if limb.flip else 1.0)
        start, end = (mirror * shoulder[0], shoulder[1]), (mirror * limb.at[0], limb.at[1])
        swing, bend = two_bones(start, end, UPPER_ARM, FOREARM, side)
        return swing, -side * bend

    def _leg(self, side: str) -> None:
        limb, mirror = self.pose.limb(side, "leg"), self._mirror(side)
        hip = self.joints[f"{side}_hip"] = self._hip(side)
        swing, bend = self.leg_angles(limb, hip, mirror)
        knee = self.joints[f"{side}_knee"] = toward(hip, mirror * swing, THIGH, limb.out)
        ankle = self.joints[f"{side}_ankle"] = toward(knee, mirror * (swing - bend), SHANK, limb.fold)
        length = FOOT if self.view is View.SIDE else FOOT * 0.35
        toe = max(limb.toe, lowest_pitch(ankle[1])) if -90 < limb.toe < 90 else limb.toe
        self.joints[f"{side}_toe"] = toward(ankle, mirror * (90 + toe), length)

    def leg_angles(self, limb: Limb, hip: Point3, mirror: float) -> tuple[float, float]:
        """Swing and bend of a leg, solved where its foot has a place to stand."""
        if limb.at is None:
            return limb.swing, limb.bend
        sign = -1.0 if limb.flip else 1.0
        swing, bend = two_bones((mirror * hip[0], hip[1]), (mirror * limb.at[0], limb.at[1]), THIGH, SHANK, sign)
        return swing, sign * bend


def solve(pose: Pose, view: View) -> Body:
    """Where every joint of a pose is."""
    return Solver(pose, view).body()
