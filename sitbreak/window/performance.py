"""A movement in time: which step it is, and the frame to paint. Pure: seconds since the start are an argument."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sitbreak.window.motion import CHANGE, Clip, Figure, PoseFrame, Prop, breathing, ease, mix, pose_in, scaled
from sitbreak.window.skeleton import RADIUS, Pose, View, solve

PASSING = {"doors", "arrow", "inward", "sway", "orbit", "circle", "arc"}
STILL_SECONDS = 4.0  # how long each key pose stands under reduced motion
LEAP = 26.0  # centimetres the hips may move from one step to the next; beyond, the new step fades in
REST_SECONDS = 15  # a figure for any movement rests in steps up to this long


@dataclass(frozen=True, slots=True)
class ShownStep:
    """Where a timeline is: the step's number, the seconds into it, and its length."""

    number: int
    into: float
    length: float


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


def places(clip: Clip) -> list[Prop]:
    """The things of a clip that stand somewhere; what is held, passes by or only points may come and go."""
    return [prop for prop in clip.props if not prop.held and prop.kind not in PASSING]


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
        clip = self.clip(step.number)
        view = self._view(clip)
        pose = self._still(clip, step.into, level, view) if still else self._moving(step, clip, level, view)
        travelled = 0.0 if still else clip.travel * step.into
        frame = PoseFrame(solve(pose, view), self.figure.props + clip.props, travelled, clip.mirror)
        return frame if still else self._appearing(frame, step, level)

    def _appearing(self, frame: PoseFrame, step: ShownStep, level: str) -> PoseFrame:
        """At the start of a step that begins elsewhere, the frame over the last one of the step before."""
        if step.into >= CHANGE or not step.number or self._joined(step, level) is not None:
            return frame
        before, view, pose = self._last(step.number - 1, level)
        props = self.figure.props + before.props
        old = PoseFrame(solve(pose, view), props, before.travel * self.lengths[step.number - 1], before.mirror)
        return replace(frame, before=old, shown=ease(step.into / CHANGE))

    def _view(self, clip: Clip) -> View:
        return self.figure.view if clip.view is None else clip.view

    def _last(self, number: int, level: str) -> tuple[Clip, View, Pose]:
        clip = self.clip(number)
        view = self._view(clip)
        return clip, view, pose_in(clip, self.lengths[number], level, view)

    def _joined(self, step: ShownStep, level: str) -> Pose | None:
        """The last pose of the step before, if the figure can move on from it without a leap."""
        clip = self.clip(step.number)
        before, view, last = self._last(step.number - 1, level)
        if view is not self._view(clip) or before.mirror != clip.mirror or places(before) != places(clip):
            return None
        first = pose_in(clip, 0.0, level, view)
        (x0, y0), (x1, y1) = (solve(pose, view).flat("pelvis") for pose in (last, first))
        near = abs(x1 - x0) < LEAP and abs(y1 - y0) < LEAP and abs(first.lean - last.lean) < 2 * LEAP
        return last if near and (first.anchor is None) == (last.anchor is None) else None

    def _still(self, clip: Clip, into: float, level: str, view: View) -> Pose:
        key = clip.keys[int(into / STILL_SECONDS) % len(clip.keys)]
        return scaled(clip, key.pose, 1.0 if level == "shown" else 0.8, view)

    def _moving(self, step: ShownStep, clip: Clip, level: str, view: View) -> Pose:
        pose = pose_in(clip, step.into, level, view)
        if len(clip.keys) == 1:
            pose = breathing(pose, step.into)
        last = self._joined(step, level) if step.number and step.into < CHANGE else None
        if last is None:
            return pose
        u = ease(step.into / CHANGE)
        return grounded(mix((last, pose), (1 - u, u), view), view)
