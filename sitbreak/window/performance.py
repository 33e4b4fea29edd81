"""A movement in time: which step it is, and the frame to paint. Pure: seconds since the start are an argument."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QElapsedTimer

from sitbreak.core.frozen import frozen
from sitbreak.window.motion import CHANGE, Clip, Figure, PoseFrame, Prop, breathing, ease, mix, pose_in, scaled
from sitbreak.window.protocol import BreakRequest
from sitbreak.window.skeleton import RADIUS, Pose, View, solve

MOVING_MS = 60  # between two frames of a figure that moves
STILL_SECONDS = 4.0  # how long each key pose stands under reduced motion
LEAP = 26.0  # centimetres the hips may move from one step to the next; beyond, the figure goes and comes again
BOW = 70.0  # degrees it may bow on the way there
REST_SECONDS = 15  # a figure for any movement rests in steps up to this long


@frozen
class ShownStep:
    """Where a timeline is: the step's number, the seconds into it, and its length."""

    number: int
    into: float
    length: float

    @property
    def change(self) -> float:
        """Seconds at its start in which the figure comes from the step before; its clip begins after them."""
        return CHANGE if self.number else 0.0

    @property
    def begun(self) -> float:
        """Seconds since its clip began."""
        return max(0.0, self.into - self.change)


def step_at(lengths: Sequence[float], seconds: float) -> ShownStep:
    """The step at some seconds after the start; after the end it stays in the last one."""
    left = max(0.0, seconds)
    for number, length in enumerate(lengths):
        if left < length or number == len(lengths) - 1:
            return ShownStep(number, left, length)
        left -= length
    return ShownStep(0, left, 0.0)


def grounded(pose: Pose, view: View) -> Pose:
    """The pose raised as far as its lowest joint was under the ground: halfway between two poses it may be."""
    body = solve(pose, view)
    under = RADIUS - body.lowest()
    if under <= 0 or pose.anchor is not None:
        return pose
    x, y = body.flat("pelvis")
    return replace(pose, root=(x, y + under))


def joined(old: PoseFrame, new: PoseFrame, poses: Sequence[Pose]) -> bool:
    """Whether the figure can move on from the last pose of a step to the next step's first without a leap."""
    if old.body.view is not new.body.view or old.mirror != new.mirror:
        return False
    (x0, y0), (x1, y1) = old.body.flat("pelvis"), new.body.flat("pelvis")
    last, first = poses
    near = abs(x1 - x0) < LEAP and abs(y1 - y0) < LEAP and abs(first.lean - last.lean) < BOW
    return near and (first.anchor is None) == (last.anchor is None)


def changing(old: PoseFrame, new: PoseFrame, part: float) -> tuple[Prop, ...]:
    """The things of two steps while one gives way to the other: what is in both stays, the others go, then come."""
    if old.mirror != new.mirror:
        return faded(old.props, 1 - 2 * part) if part < 0.5 else faded(new.props, 2 * part - 1)
    going = faded([prop for prop in old.props if prop not in new.props], 1 - 2 * part)
    coming = faded([prop for prop in new.props if prop not in old.props], 2 * part - 1)
    return (*(prop for prop in old.props if prop in new.props), *going, *coming)


def faded(props: Sequence[Prop], shown: float) -> tuple[Prop, ...]:
    """Things as far as they have appeared; none that have not begun to."""
    return tuple(replace(prop, shown=shown) for prop in props) if shown > 0 else ()


class Performance:
    """A figure going through a movement's steps."""

    def __init__(self, figure: Figure, lengths: Sequence[float]) -> None:
        """Takes the figure and the length of each step in seconds."""
        self.figure, self.lengths = figure, tuple(lengths)

    def clip(self, number: int) -> Clip:
        """The clip of a step: its own; a figure made for any movement rests in short steps and moves in long ones."""
        clips = self.figure.clips
        if len(clips) == len(self.lengths) or len(clips) == 1:
            return clips[min(number, len(clips) - 1)]
        return clips[0] if self.lengths[number] <= REST_SECONDS else clips[1]

    def at(self, seconds: float, level: str = "shown", still: bool = False) -> PoseFrame:
        """The frame at some seconds after the start. `still`: key poses one after the other, without motion."""
        step = step_at(self.lengths, seconds)
        if still:
            clip = self.clip(step.number)
            return replace(self._frame(clip, self._still(clip, step.into, level), 0.0), travelled=0.0)
        if step.into < step.change:
            return self._changing(step, level)
        return self._frame(self.clip(step.number), self._pose(step, level), step.begun)

    def _frame(self, clip: Clip, pose: Pose, into: float) -> PoseFrame:
        body, props = solve(pose, self.figure.view_of(clip)), self.figure.props_of(clip)
        window = self.figure.frame if clip.frame is None else clip.frame
        return PoseFrame(body, props, clip.travel * into, clip.mirror, window)

    def _pose(self, step: ShownStep, level: str) -> Pose:
        clip = self.clip(step.number)
        seconds = step.begun * clip.tempo(step.length - step.change, level)
        pose = pose_in(clip, seconds, level, self.figure.view_of(clip))
        return breathing(pose, step.into) if len(clip.keys) == 1 else pose

    def _changing(self, step: ShownStep, level: str) -> PoseFrame:
        """At the start of a step: on from the last pose of the step before, if the figure can go on from there.

        If it cannot, it goes before it comes again: there are never two of it.
        """
        length = self.lengths[step.number - 1]
        ends = (ShownStep(step.number - 1, length, length), step)
        poses = [self._pose(each, level) for each in ends]
        old, new = (
            self._frame(self.clip(each.number), pose, each.begun) for each, pose in zip(ends, poses, strict=True)
        )
        part = step.into / CHANGE
        if not joined(old, new, poses):
            frame = old if part < 0.5 else new
            return replace(frame, props=changing(old, new, part), shown=ease(abs(2 * part - 1)))
        part = ease(part)
        view, weights = new.body.view, (1 - part, part)
        pose = grounded(mix(poses, weights, view), view)
        x, y, size = (a + (b - a) * part for a, b in zip(old.window, new.window, strict=True))
        return replace(new, body=solve(pose, view), window=(x, y, size), props=changing(old, new, part))

    def _still(self, clip: Clip, into: float, level: str) -> Pose:
        key = clip.keys[int(into / STILL_SECONDS) % len(clip.keys)]
        return scaled(clip, key.pose, 1.0 if level == "shown" else 0.8, self.figure.view_of(clip))


class Progress:
    """How far the break is: runs on from the request's elapsed time; shared by the views of several monitors."""

    def __init__(self, request: BreakRequest) -> None:
        """Starts at the request's elapsed time, unless it is still a prompt."""
        self.request, self.length = request, request.length_s
        self.running = request.kind != "prompt"
        self.level = request.level
        self._base, self._timer = request.elapsed_s, QElapsedTimer()
        self._timer.start()

    def begin(self, length: float) -> None:
        """The break begins now and takes `length` seconds."""
        self.length, self.running, self._base = length, True, 0.0
        self._timer.restart()

    def follow(self, request: BreakRequest) -> None:
        """Keeps to what the daemon says of the break: its length, how far it is, its level."""
        self.length, self.level, self._base = request.length_s, request.level, request.elapsed_s
        self._timer.restart()

    @property
    def elapsed(self) -> float:
        """Seconds since the break began; before it begins, seconds the prompt has been on show (its preview)."""
        return self._base + self._timer.elapsed() / 1000.0

    @property
    def left(self) -> float:
        """Seconds left; below zero after the end."""
        return self.length - self.elapsed if self.running else self.length
