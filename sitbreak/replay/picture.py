"""One picture of a day that is being played: the hour, the present in a line, the strip so far, the prompts so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sitbreak.core.machine import Machine
from sitbreak.core.records import Outcome, PromptRecord
from sitbreak.core.status import status
from sitbreak.core.timeline import Instant
from sitbreak.daemon import words
from sitbreak.ports import History
from sitbreak.review import terminal
from sitbreak.review.build import Terms, review
from sitbreak.review.day import DayView, Names, prompt_line
from sitbreak.review.strip import Mark, Strip
from sitbreak.review.words import clock, full

if TYPE_CHECKING:
    from rich.console import Group
    from rich.text import Text

PROMPTS_SHOWN = 5
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
INDENT = terminal.INDENT
TIME_WIDTH = len("09:00  ")
STYLES: dict[Outcome | None, str] = {None: "bold yellow", Outcome.TAKEN: "bold green", Outcome.STRETCHED: "green"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What stays the same from picture to picture. `plain`: for a terminal without Unicode."""

    title: str
    begin: Instant
    length: timedelta
    names: Names
    plain: bool = False


def picture(frame: Frame, history: History, machine: Machine, at: Instant) -> Group:
    """The picture at `at`; `history` holds what is booked by then."""
    from rich.console import Group
    from rich.text import Text

    day = at.day(machine.desk.rules.day_start)
    view = review(history, day, Terms(day, machine.desk.rules.day_start, names=frame.names)).day
    head = Text(f"{frame.title:<{terminal.WIDTH - 3}}", "bold").append(clock(at.local), "bold")
    present = _one_line(INDENT + words.first_line(status(machine, at)))
    return Group(
        head, present, Text(), *_strip(frame, view, at), Text(), _confirmed(view), Text(), *_prompts(frame, view)
    )


def _one_line(text: str, style: str = "") -> Text:
    from rich.text import Text

    line = Text(text, style, no_wrap=True, overflow="ellipsis")
    line.truncate(terminal.WIDTH + len(INDENT), overflow="ellipsis")
    return line


def _strip(frame: Frame, view: DayView, at: Instant) -> list[Text]:
    """The strip in its place in the whole day; what is still to come stays empty."""
    from rich.text import Text

    if view.strip is None:
        return [Text(), Text(), Text()]
    whole = replace(view.strip, length=frame.length / MINUTE, hours=tuple(_hours(frame)))
    bar, *rest = terminal.strip_lines(whole, frame.plain)
    cells = round(terminal.WIDTH * min(1.0, at.since(frame.begin) / frame.length))
    return [bar[: len(INDENT) + cells], *rest]


def _hours(frame: Frame) -> list[Mark]:
    local = frame.begin.local
    first = (HOUR - timedelta(minutes=local.minute, seconds=local.second)) % HOUR
    count = (frame.length - first) // HOUR + 1
    return [
        Mark((first + n * HOUR) / MINUTE, f"{frame.begin.plus(first + n * HOUR).local.hour:02}") for n in range(count)
    ]


def _confirmed(view: DayView) -> Text:
    reduced = view.summary.reduced if view.summary is not None else 0.0
    return _one_line(INDENT + words.today(full(reduced), view.goal))


def _prompts(frame: Frame, view: DayView) -> list[Text]:
    """The latest prompts, two lines each, then as many empty ones as there may be more: the picture keeps its height."""
    from rich.text import Text

    shown = view.summary.prompts[-PROMPTS_SHOWN:] if view.summary is not None else ()
    lines = [line for record in shown for line in _prompt(record, frame.names)]
    return lines + [Text()] * (2 * PROMPTS_SHOWN - len(lines))


def _prompt(record: PromptRecord, names: Names) -> list[Text]:
    told = prompt_line(record, names)
    outcome = "on show" if record.outcome is None else told.outcome
    line = _one_line(f"{INDENT}{told.time}  {told.movement}", "bold" if record.outcome is None else "")
    line.append(f"  {outcome}", STYLES.get(record.outcome, "dim"))
    return [line, _one_line(f"{INDENT}{'':<{TIME_WIDTH}}{told.reason}, {told.bout} in", "dim")]


__all__ = ["Frame", "Strip", "picture"]
