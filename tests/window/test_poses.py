"""Every movement of the catalogue as the figure shows it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import hypot, isfinite
from typing import Any

import pytest

from sitbreak.window.motion import CHANGE, Clip, PoseFrame, mix, solved
from sitbreak.window.movement_figures import MOVEMENTS, TYPES, figure_for
from sitbreak.window.performance import Performance, step_at
from sitbreak.window.skeleton import RADIUS, SIDES, View, solve
from tests.window.figures import BY_ID, CATALOGUE, frames, lengths_of

GROUND = RADIUS - 2.5  # a joint may sink this little: the mat is drawn there
FROM_ABOVE = {"pattern-roll"}  # seen from above, where there is no ground
REACH = 7.0  # how far a hand may stay from where it was to be
ALL = pytest.mark.parametrize("movement", CATALOGUE, ids=lambda movement: str(movement["id"]))


@ALL
def test_every_movement_has_a_figure_with_a_clip_for_every_step(movement: dict[str, Any]) -> None:
    """None of the built-in movements needs the figure made for any movement."""
    assert movement["id"] in MOVEMENTS
    assert len(figure_for(movement["id"]).clips) == len(movement["steps"])


@ALL
@pytest.mark.parametrize("level", ["easier", "shown", "harder"])
def test_no_joint_is_nowhere_or_under_the_ground(movement: dict[str, Any], level: str) -> None:
    """At every level and every moment the figure is whole and on the ground."""
    for at, frame in frames(movement, level):
        points = frame.body.joints.values()
        assert all(isfinite(number) for point in points for number in point), at
        if movement["id"] not in FROM_ABOVE:
            assert frame.body.lowest() > GROUND, (at, frame.body.lowest())


@ALL
def test_hands_and_feet_are_where_they_hold_and_stand(movement: dict[str, Any]) -> None:
    """What a pose reaches for is within reach: no hand beside the wall it leans on."""
    figure = figure_for(movement["id"])
    far = [
        (number, side, part)
        for number, clip in enumerate(figure.clips)
        for key in clip.keys
        for side in SIDES
        for part, joint in (("arm", "wrist"), ("leg", "ankle"))
        if (place := key.pose.limb(side, part).at) is not None
        and away(solved(key.pose, figure.view if clip.view is None else clip.view).flat(f"{side}_{joint}"), place)
        > REACH
    ]
    assert far == []


def away(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points."""
    return hypot(one[0] - other[0], one[1] - other[1])


def outside(frame: PoseFrame, names: Iterable[str]) -> list[str]:
    """Those of some joints that are out of the picture."""
    x, y, size = frame.window
    half = size / 2 + 8
    places = {name: frame.body.flat(name) for name in names}
    return [name for name, (px, py) in places.items() if abs(px - x) > half or abs(py - y) > half]


@ALL
def test_the_figure_stays_in_the_picture(movement: dict[str, Any]) -> None:
    """No head or foot is cut off at the edge, but where only what moves is shown, from nearby."""
    performance = Performance(figure := figure_for(movement["id"]), lengths_of(movement))
    lost = set()
    for at, frame in frames(movement, "harder"):
        step = step_at(performance.lengths, at)
        clip = performance.clip(step.number)
        if clip.frame is None and step.into >= CHANGE:
            lost |= set(outside(frame, frame.body.joints))
        elif step.into >= CHANGE:
            lost |= set(outside(frame, moving(clip, figure.view_of(clip))))
    assert lost == set()


def moving(clip: Clip, view: View) -> set[str]:
    """What of the trunk moves during a clip: a close-up is of that."""
    bodies = [solved(key.pose, view) for key in clip.keys]
    return {
        name
        for name in ("nose", "waist", "near_shoulder", "far_shoulder")
        if max(away(body.flat(name), bodies[0].flat(name)) for body in bodies) > 3
    }


@ALL
def test_a_movement_is_large_enough_to_be_seen(movement: dict[str, Any]) -> None:
    """Something of the body crosses a sixteenth of the picture; where it goes less far, the picture is a close-up."""
    figure = figure_for(movement["id"])
    for clip in figure.clips:
        view, size = figure.view_of(clip), (clip.frame or figure.frame)[2]
        bodies = [solved(key.pose, view) for key in clip.keys]
        far = max(away(one.flat(name), bodies[0].flat(name)) for one in bodies for name in one.joints)
        assert len(clip.keys) == 1 or far > size / 16


@ALL
def test_the_figure_moves_without_leaps(movement: dict[str, Any]) -> None:
    """Within one picture no joint goes further than 40 cm in a thirtieth of a second."""
    performance = Performance(figure_for(movement["id"]), lengths_of(movement))
    for tenth in range(0, 1190, 3):
        one, other = performance.at(tenth / 10), performance.at(tenth / 10 + 1 / 30)
        if one.body.view is not other.body.view or one.mirror != other.mirror or min(one.shown, other.shown) < 1:
            continue
        assert max(away(one.body.flat(n), other.body.flat(n)) for n in one.body.joints) < 40, tenth / 10


@ALL
def test_a_step_ends_with_a_whole_round(movement: dict[str, Any]) -> None:
    """Nobody is cut off halfway down: what repeats is back at its first pose, and what does not is at its last."""
    performance = Performance(figure_for(movement["id"]), [length * 1.7 for length in lengths_of(movement)])
    for number, length in enumerate(performance.lengths):
        clip, end = performance.clip(number), sum(performance.lengths[: number + 1]) - 1e-6
        body = performance.at(end, "shown").body
        last = solved(clip.keys[-1 if clip.once else 0].pose, body.view)
        assert len(clip.keys) == 1 or away(body.flat("head"), last.flat("head")) < 0.5, (number, length)


@ALL
def test_a_step_begins_with_its_first_pose(movement: dict[str, Any]) -> None:
    """The figure comes to it whole before it goes on: no first turn or reach is lost on the way there."""
    performance = Performance(figure_for(movement["id"]), lengths_of(movement))
    for number in range(1, len(performance.lengths)):
        clip, begun = performance.clip(number), sum(performance.lengths[:number]) + CHANGE
        body = performance.at(begun).body
        first = solved(clip.keys[0].pose, body.view)
        assert away(body.flat("head"), first.flat("head")) < 4, number


@ALL
def test_feet_on_the_ground_do_not_slide(movement: dict[str, Any]) -> None:
    """An ankle with the same place in two key poses is there halfway between them as well."""
    figure = figure_for(movement["id"])
    for clip in figure.clips:
        view = figure.view if clip.view is None else clip.view
        for one, other in pairwise(key.pose for key in clip.keys):
            halfway = solve(mix((one, other), (0.5, 0.5), view), view)
            for side in SIDES:
                place = one.limb(side, "leg").at
                if place is not None and place == other.limb(side, "leg").at:
                    assert away(halfway.flat(f"{side}_ankle"), place) < 2


def test_levels_change_how_far_it_goes() -> None:
    """Easier is a smaller movement, harder a larger one."""
    performance = Performance(figure_for("mob-hinge"), [15, 40, 20, 35, 10])
    lows = {level: performance.at(18.2, level).body.flat("head")[1] for level in ("easier", "shown", "harder")}
    assert lows["easier"] > lows["shown"] + 5
    assert lows["harder"] < lows["shown"]


def test_an_item_of_ones_own_gets_the_figure_of_its_type() -> None:
    """Every type of the catalogue has one, seated items get a seated one, and an unknown type still gets a figure."""
    assert {movement["type"] for movement in CATALOGUE} <= set(TYPES)
    assert figure_for("my-own", "strength") is figure_for("another", "strength")
    assert figure_for("my-own", "strength", seated=True).props[0].kind == "seat"
    assert figure_for("my-own", "juggling") is figure_for("another", "walk")


def test_a_figure_for_any_movement_rests_in_short_steps_and_moves_in_long_ones() -> None:
    """An own item with other steps than the figure has clips."""
    performance = Performance(figure_for("another", "walk"), [10, 100, 10])
    assert [performance.clip(number).travel > 0 for number in range(3)] == [False, True, False]


def test_seated_figures_have_a_seat_and_no_desk_chair() -> None:
    """Seated mode speaks of no chair and draws no office chair."""
    for movement in CATALOGUE:
        if movement["seated_mode"]:
            kinds = {prop.kind for clip in figure_for(movement["id"]).clips for prop in clip.props}
            kinds |= {prop.kind for prop in figure_for(movement["id"]).props}
            assert kinds & {"seat", "seat-front"}
            assert "chair" not in kinds


def test_under_reduced_motion_the_key_poses_are_stills() -> None:
    """Nothing moves between two changes of the picture, and no step fades in."""
    movement = BY_ID["pattern-sitstand"]
    performance = Performance(figure_for(movement["id"]), lengths_of(movement))
    one, other = (performance.at(12.0 + shift, still=True) for shift in (0.0, 1.5))
    assert one.body.joints == other.body.joints
    assert performance.at(10.1, still=True).shown == 1


def test_both_views_are_used() -> None:
    """Some movements are only clear from the front."""
    assert {figure_for(each).view for each in MOVEMENTS} == set(View)
