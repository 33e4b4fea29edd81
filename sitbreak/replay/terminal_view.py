"""A day played live in a terminal: how fast it goes by, and when it is drawn anew."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from math import ceil
from threading import Event
from typing import TYPE_CHECKING

from sitbreak.core.frozen import frozen
from sitbreak.core.machine import Machine
from sitbreak.core.records import Outcome, PromptRecord
from sitbreak.core.rounding import full
from sitbreak.core.timeline import ZERO, Instant
from sitbreak.daemon import words
from sitbreak.ports import Clock, History
from sitbreak.review import terminal
from sitbreak.review.build import Terms, review
from sitbreak.review.dates import clock
from sitbreak.review.day import DayView, Names, prompt_line
from sitbreak.review.strip import Mark
from sitbreak.review.words import when_it_came

if TYPE_CHECKING:
    from rich.console import Group
    from rich.text import Text
if TYPE_CHECKING:
    from rich.live import Live


PROMPTS_SHOWN = 5
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
TITLE_WIDTH = 40
STYLES: dict[Outcome | None, str] = {None: "bold yellow", Outcome.TAKEN: "bold green", Outcome.STRETCHED: "green"}


@frozen
class DemoFrame:
    """What stays the same from picture to picture. `plain`: for a terminal without Unicode."""

    title: str
    begin: Instant
    length: timedelta
    names: Names
    plain: bool = False


def picture(frame: DemoFrame, history: History, machine: Machine, at: Instant) -> Group:
    """The picture at `at`; `history` holds what is booked by then."""
    from rich.console import Group
    from rich.text import Text

    rules = machine.rules
    view = review(
        history, at.day(rules.day_start), Terms(at.day(rules.day_start), rules.day_start, names=frame.names)
    ).day
    now = machine.status(at)
    head = _one_line(f"{frame.title:<{terminal.WIDTH - 5}}{clock(at.local)}", "bold")
    present = [_one_line(words.sitting(now)), _one_line(words.why(now), "dim")]
    blocks = [[head], present, _strip(frame, view, at), [_confirmed(view)], _prompts(frame, view)]
    return Group(*(line for block in blocks for line in (*block, Text())))


def _one_line(text: str, style: str = "") -> Text:
    from rich.text import Text

    line = Text(terminal.INDENT, no_wrap=True, overflow="ellipsis").append(text, style)
    line.truncate(terminal.WIDTH + len(terminal.INDENT), overflow="ellipsis")
    return line


def _strip(frame: DemoFrame, view: DayView, at: Instant) -> list[Text]:
    """The strip so far, under it the hours of the whole day, and a legend of what there is."""
    from rich.text import Text

    if view.strip is None:
        return [Text(), Text(), Text()]
    each = frame.length / MINUTE / terminal.WIDTH
    count = max(1, min(terminal.WIDTH, ceil(at.since(frame.begin) / MINUTE / each)))
    whole = replace(view.strip, length=each * terminal.WIDTH, hours=tuple(_hours(frame)))
    bar, _, *legend = terminal.strip_lines(replace(whole, length=each * count), frame.plain, count)
    return [bar, terminal.strip_lines(whole, frame.plain)[1], *legend]


def _hours(frame: DemoFrame) -> list[Mark]:
    local = frame.begin.local
    first = (HOUR - timedelta(minutes=local.minute, seconds=local.second)) % HOUR
    count = max(0, (frame.length - first) // HOUR + 1)
    begun = frame.begin.plus(first).local.hour
    return [Mark((first + n * HOUR) / MINUTE, f"{(begun + n) % 24:02}") for n in range(count)]


def _confirmed(view: DayView) -> Text:
    reduced = view.summary.reduced if view.summary is not None else 0.0
    return _one_line(words.today(full(reduced), view.goal, seated_mode=False))


def _prompts(frame: DemoFrame, view: DayView) -> list[Text]:
    """The latest prompts, two lines each; empty lines keep the picture's height until there are as many."""
    from rich.text import Text

    shown = view.summary.prompts[-PROMPTS_SHOWN:] if view.summary is not None else ()
    lines = [line for record in shown for line in _prompt(record, frame.names)]
    return lines + [Text()] * (2 * PROMPTS_SHOWN - len(lines))


def _prompt(record: PromptRecord, names: Names) -> list[Text]:
    from rich.cells import set_cell_size

    told = prompt_line(record, names)
    open_yet = record.outcome is None
    line = _one_line(f"{told.time}  {set_cell_size(told.movement, TITLE_WIDTH)}  ", "bold" if open_yet else "")
    line.append(told.outcome, STYLES.get(record.outcome, "default"))
    return [line, _one_line(f"{'':{len(told.time)}}  {when_it_came(told.reason, told.bout)}", "dim")]


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
        now = machine.status(at)
        prompting = (now.last_shown, now.shown_for is None, now.break_left is None)
        if moment < self._next and prompting == self._drawn:
            return
        self._next, self._drawn = moment + self._pace.frame, prompting
        self._history.keep(machine.checkpoint(at))  # what the books know by now, the open span too
        self._pace.reach(moment)
        self._live.update(picture(self._frame, self._history, machine, at), refresh=True)
