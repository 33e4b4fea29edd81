"""The geometry of the figure: limbs keep their length, feet keep the ground, and a pose always has an answer."""

from __future__ import annotations

from math import dist, isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitbreak.window.skeleton import (
    FOREARM,
    RADIUS,
    SHANK,
    SIDES,
    SPINE_HIGH,
    SPINE_LOW,
    THIGH,
    UPPER_ARM,
    Body,
    Limb,
    Pose,
    View,
    solve,
)

BONES = [("pelvis", "waist", SPINE_LOW), ("waist", "neck", SPINE_HIGH)] + [
    (f"{side}_{start}", f"{side}_{end}", length)
    for side in SIDES
    for start, end, length in (
        ("shoulder", "elbow", UPPER_ARM), ("elbow", "wrist", FOREARM), ("hip", "knee", THIGH), ("knee", "ankle", SHANK),
    )
]  # fmt: skip

angles = st.floats(-180, 180)
places = st.tuples(st.floats(-120, 120), st.floats(0, 200))
limbs = st.builds(
    Limb, swing=angles, bend=angles, at=st.none() | places, out=st.floats(-85, 85), fold=st.floats(-85, 85), toe=angles,
    flip=st.booleans(),
)  # fmt: skip
poses = st.builds(
    Pose,
    root=st.tuples(st.floats(-50, 50), st.none() | st.floats(0, 100)),
    lean=angles, curl=angles, nod=angles, turn=angles, roll=angles,
    shrug=st.tuples(st.floats(-10, 10), st.floats(-10, 10)),
    near_arm=limbs, far_arm=limbs, near_leg=limbs, far_leg=limbs,
)  # fmt: skip


def off(body: Body) -> list[str]:
    """The bones of a body that have not their own length."""
    return [f"{a}-{b}" for a, b, length in BONES if abs(dist(body.joints[a], body.joints[b]) - length) > 0.01]


@given(poses, st.sampled_from(View))
def test_any_pose_keeps_its_limbs_whole(pose: Pose, view: View) -> None:
    """Whatever is asked for, also out of reach, no limb is longer or shorter and no joint is nowhere."""
    body = solve(pose, view)
    assert {"head", *(joint for bone in BONES for joint in bone[:2])} <= set(body.joints)
    assert all(isfinite(number) for point in body.joints.values() for number in point)
    assert off(body) == []


@given(st.floats(-35, 35), st.floats(0, 60), st.floats(-35, 35), st.floats(0, 60))
def test_a_figure_without_a_height_stands_on_its_lower_foot(
    near: float, near_bend: float, far: float, far_bend: float
) -> None:
    """Legs given as angles: the pelvis is as high as the lower foot needs it, never above or under the ground."""
    body = solve(Pose(near_leg=Limb(near, near_bend), far_leg=Limb(far, far_bend)), View.SIDE)
    lowest = min(body.joints[f"{side}_{part}"][1] for side in SIDES for part in ("ankle", "toe"))
    assert lowest == pytest.approx(RADIUS, abs=0.5)


@given(st.floats(-30, 30), st.floats(40, 88), st.floats(-20, 20))
def test_planted_feet_stay_where_they_are(x: float, height: float, foot: float) -> None:
    """A foot with a place of its own is there, and a pelvis too high for it comes down."""
    pose = Pose(root=(x, height), near_leg=Limb(at=(foot, RADIUS)), far_leg=Limb(at=(foot - 8, RADIUS)))
    body = solve(pose, View.SIDE)
    assert body.flat("near_ankle") == pytest.approx((foot, RADIUS), abs=0.5)
    assert body.flat("far_ankle") == pytest.approx((foot - 8, RADIUS), abs=0.5)
    assert body.flat("pelvis")[1] <= height + 0.01


@given(angles, angles)
def test_an_anchored_joint_stays(lean: float, swing: float) -> None:
    """The anchor is fixed and the pelvis follows from it."""
    pose = Pose(anchor=("near_knee", (-20.0, RADIUS)), lean=lean, near_leg=Limb(swing=swing))
    assert solve(pose, View.SIDE).flat("near_knee") == pytest.approx((-20.0, RADIUS))


def test_knees_go_forward_and_elbows_back() -> None:
    """The side view faces right: bent legs point there, bent arms away from it."""
    pose = Pose(root=(0, 60), near_leg=Limb(at=(0, RADIUS)), far_leg=Limb(at=(0, RADIUS)), near_arm=Limb(at=(5, 90)))
    body = solve(pose, View.SIDE)
    assert body.flat("near_knee")[0] > 10
    assert body.flat("near_elbow")[0] < -5


def test_the_front_view_is_a_mirror() -> None:
    """The same angles on both sides make a figure that is the same left and right."""
    limb = Limb(swing=40, bend=60)
    body = solve(Pose(near_arm=limb, far_arm=limb), View.FRONT)
    right, left = body.flat("near_wrist"), body.flat("far_wrist")
    assert right == pytest.approx((-left[0], left[1]))
