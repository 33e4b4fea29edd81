"""A day played live in a terminal: how fast it goes by, and when it is drawn anew."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import timedelta
from threading import Event
from typing import TYPE_CHECKING

from sitbreak.core.machine import Machine
from sitbreak.core.status import status
from sitbreak.core.timeline import ZERO, Instant
from sitbreak.ports import Clock, History
from sitbreak.replay.picture import DemoFrame, picture

if TYPE_CHECKING:
    from rich.live import Live

FRAMES_A_SECOND = 12
# A prompt would flash by: the day stands still for a moment at each, for this share of the time in all at most.
LINGER_S, LINGER_SHARE = 0.9, 0.4


class DemoPace:
    """Lets a played day of the given length take `seconds` in all, standing still at each of `stops` for a moment."""

    def __init__(self, timer: Clock, seconds: float, length: timedelta, stops: Sequence[timedelta] = ()) -> None:
        """`timer` tells the real time; `stops` are moments since the start of the played day, ascending."""
        self._timer = timer
        self._stops = stops
        self._linger = min(LINGER_S, LINGER_SHARE * seconds / len(stops)) if stops else 0.0
        self._moving = seconds - self._linger * len(stops)
        self._length = length
        self._begun = timer.now().elapsed
        self._nobody = Event()  # never set: to wait for it is to let time pass, and Ctrl-C ends that
        self.frame = length / max(1.0, self._moving * FRAMES_A_SECOND)

    def reach(self, moment: timedelta) -> None:
        """Waits until it is time to show the played day at `moment` since its start."""
        share = moment / self._length if self._length else 1.0
        due = timedelta(seconds=self._moving * share + self._linger * bisect_left(self._stops, moment))
        wait = self._begun + due - self._timer.now().elapsed
        if wait > ZERO:
            self._nobody.wait(wait.total_seconds())


class Screen:
    """Looks on while a day is played into `history`, and draws it."""

    def __init__(self, live: Live, history: History, frame: DemoFrame, pace: DemoPace) -> None:
        self._live = live
        self._history = history
        self._frame = frame
        self._pace = pace
        self._next = ZERO
        self._drawn: object = None

    def look(self, machine: Machine, at: Instant) -> None:
        """Draws the present, unless the last picture is younger than a frame and no prompt came or went since."""
        moment = at.since(self._frame.begin)
        now = status(machine, at)
        prompting = (now.last_shown, now.shown_for is None, now.break_left is None)
        if moment < self._next and prompting == self._drawn:
            return
        self._next, self._drawn = moment + self._pace.frame, prompting
        self._history.keep(machine.checkpoint(at))  # what the books know by now, the open span too
        self._pace.reach(moment)
        self._live.update(picture(self._frame, self._history, machine, at), refresh=True)
