"""Every movement's figure, read from movement_figures.toml: its head says how poses, things and steps are written."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from math import acos, atan2, cos, degrees, hypot, radians
from pathlib import Path
from typing import Any

from sitbreak.window.motion import NUMBERS, Clip, Figure, Key, Prop, Window
from sitbreak.window.skeleton import RADIUS, SHANK, SIDES, THIGH, Limb, Pose, View, solve

FILE: Mapping[str, Mapping[str, str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
MOVEMENTS, TYPES = tuple(FILE["figures"]), tuple(FILE["types"])  # those with a figure: ids, with rests and home goals
SHIN_OUT, FEET_APART = 10.0, 19.0  # seen from the front, seated: the shin's tip towards the reader, and each foot
BACK_FOOT = 180.0


def hang(swing: float = 0.0, bend: float = 0.0, out: float = 0.0, fold: float = 0.0) -> Limb:
    """An arm or a leg by its angles."""
    return Limb(swing=swing, bend=bend, out=out, fold=fold)


def leg(swing: float = 0.0, bend: float = 0.0, toe: float | None = None) -> Limb:
    """A leg by its angles; the foot is square to the shank unless `toe` gives its pitch."""
    return Limb(swing=swing, bend=bend, toe=swing - bend if toe is None else toe)


def reach(x: float, y: float) -> Limb:
    """An arm whose hand is at a place."""
    return Limb(at=(x, y))


def reach_across(x: float, y: float) -> Limb:
    """A limb whose end is at a place, its joint to the other side."""
    return Limb(at=(x, y), flip=True)


def foot(x: float, y: float = 0.0, toe: float = 0.0) -> Limb:
    """A leg whose foot stands at x, its sole y above the ground."""
    return Limb(at=(x, y + RADIUS), toe=toe)


def tiptoe(x: float, lift: float = 10.0) -> Limb:
    """A leg on its toes: the heel `lift` above the ground, the toes where they were."""
    return Limb(at=(x + lift * 0.2, RADIUS + lift), toe=-4.2 * lift)


def kneel(swing: float) -> Limb:
    """A leg on its knee with the shank flat behind; `swing` is the thigh's angle."""
    return Limb(swing=swing, bend=90 + swing, toe=-BACK_FOOT)


LIMBS: dict[str, Callable[..., Limb]] = {
    each.__name__: each for each in (hang, leg, reach, reach_across, foot, tiptoe, kneel)
}


def limbs(words: list[str]) -> dict[str, Any]:
    """The limbs of a part such as "near_arm hang -3 9" or "legs foot 4", by their names."""
    which, kind, *numbers = words
    made = LIMBS[kind](*map(float, numbers))
    names = [f"{side}_{which[:-1]}" for side in SIDES] if which in ("arms", "legs") else [which]
    return dict.fromkeys(names, made)


def settled(pose: Pose) -> Pose:
    """A pose seated and seen from the front, its hips anywhere, its knees and feet in their places."""
    hips, legs = solve(pose, View.FRONT), dict[str, Any]()
    for side in SIDES:
        x, y = hips.flat(f"{side}_hip")
        across = FEET_APART - (x if side == "near" else -x)
        down = y - RADIUS - SHANK * cos(radians(SHIN_OUT))
        swing, out = degrees(atan2(across, down)), degrees(acos(min(1.0, hypot(across, down) / THIGH)))
        legs[f"{side}_leg"] = Limb(swing=swing, bend=swing, out=out, fold=SHIN_OUT)
    return replace(pose, **legs)


def stride(near: tuple[float, float], far: tuple[float, float], arm: float, elbow: float, held: Any) -> Pose:
    """A walking pose: (swing, bend) of both legs, and how far the arms swing against them."""
    arms = {"near_arm": hang(-arm, elbow), "far_arm": hang(arm, elbow), **held}
    return Pose(lean=4, near_leg=leg(*near), far_leg=leg(*far), **arms)


def walking(speed: float, swing: float = 24.0, elbow: float = 18.0, **held: Any) -> Clip:
    """A walk; `speed` 1 is easy. A hand that carries something is given as near_arm or far_arm."""
    wide, period = 0.75 + 0.25 * speed, 1.25 / speed
    ahead, behind, up, on = (25 * wide, 6.0), (-20 * wide, 12.0), (14.0, 58.0), (2.0, 7.0)
    poses = (
        stride(ahead, behind, swing * wide, elbow, held),
        stride(on, up, 0, elbow, held),
        stride(behind, ahead, -swing * wide, elbow, held),
        stride(up, on, 0, elbow, held),
    )
    keys = tuple(Key(pose, period / 4) for pose in poses)
    return Clip(keys, flow=True, travel=128 * wide / period, home=replace(pose_named("stand"), **held))


def parts_of(line: str) -> list[list[str]]:
    """The parts of a line, each as its words."""
    return [part.split() for part in line.split(";")]


@cache
def pose_named(name: str) -> Pose:
    """A pose of the file. Raises KeyError."""
    pose, change = Pose(), dict[str, Any]()
    for word, *rest in parts_of(FILE["poses"][name]):
        if word == "from":
            pose, change = pose_named(rest[0]), {}
        elif word == "settled":
            pose, change = settled(pose), {}
        elif word == "root":
            change = {"root": (float(rest[0]), None if rest[1] == "-" else float(rest[1]))}
        elif word == "anchor":
            change = {"anchor": None if rest == ["none"] else (rest[0], (float(rest[1]), float(rest[2])))}
        elif word == "shrug":
            change = {"shrug": (float(rest[0]), float(rest[1]))}
        else:
            change = {word: float(rest[0])} if word in NUMBERS else limbs([word, *rest])
        pose = replace(pose, **change)
    return pose


@cache
def thing_named(name: str) -> Prop:
    """A thing of the file. Raises KeyError."""
    kind, *rest = FILE["things"][name].split()
    given = dict(each.split("=") for each in rest)
    held = given.pop("held", "")
    return Prop(kind, held=held, **{key: float(value) for key, value in given.items()})


def things(names: Iterable[str]) -> tuple[Prop, ...]:
    """Some things of the file."""
    return tuple(map(thing_named, names))


def window(numbers: list[str]) -> Window:
    """What is seen: the middle and the size of the picture."""
    x, y, size = map(float, numbers)
    return x, y, size


def step(line: str) -> Clip:
    """A step as it is written in the file."""
    (how, *rest), *more = parts_of(line)
    options = {word: values for word, *values in more}
    if how == "walk":
        held = {arm: limbs([arm, *options[arm]])[arm] for arm in ("near_arm", "far_arm") if arm in options}
        clip = walking(*map(float, rest), **held)
    elif how == "flow":
        period, travel = (float(options.get(word, ["0"])[0]) for word in ("period", "travel"))
        keys = tuple(Key(pose_named(name), period / len(rest)) for name in rest)
        clip = Clip(keys, flow=True, travel=travel)
    else:
        seconds = map(float, rest[1::2] or ["1"])
        clip = Clip(tuple(map(Key, map(pose_named, rest[::2]), seconds)), once=how == "once")
    return replace(
        clip,
        home=pose_named(options["home"][0]) if "home" in options else clip.home,
        mirror="mirror" in options,
        view=View(options["view"][0]) if "view" in options else None,
        frame=window(options["seen"]) if "seen" in options else None,
        props=things(options.get("with", ())),
    )


@cache
def _figure(table: str, name: str) -> Figure:
    first, *steps = FILE[table][name].strip().splitlines()
    figure = Figure(tuple(map(step, steps)))
    for word, *values in parts_of(first):
        if word == "view":
            figure = replace(figure, view=View(values[0]))
        elif word == "with":
            figure = replace(figure, props=things(values))
        else:
            figure = replace(figure, frame=window(values))
    return figure


def figure_for(movement: str, kind: str = "walk", seated: bool = False) -> Figure:
    """The figure of a movement id; for an item of a person's own, that of its type (or a seated one)."""
    if movement in MOVEMENTS:
        return _figure("figures", movement)
    kind = "seated" if seated else kind
    return _figure("types", kind if kind in TYPES else "walk")
