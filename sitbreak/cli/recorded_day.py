"""`sitbreak replay` and `demo`: a recorded day through the loop, machine and books of the program; nothing is kept."""

from __future__ import annotations

import argparse
import json
import math
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sitbreak.cli.output import say
from sitbreak.core.text import NotDone
from sitbreak.language import N_, _, aside, named

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from rich.console import Console

    from sitbreak.ports import History
    from sitbreak.replay.log import Log
    from sitbreak.replay.player import Look, Played
    from sitbreak.review.day import Names

SECONDS = 20.0
MOST_SECONDS = 3600.0
LEAST_WIDTH = 78  # columns a picture needs
INTERRUPTED = 130
CLOSING = N_("A made-up day; nothing was kept. Yours begins with `sitbreak run`.")
STOPPED = N_("Stopped. It was a made-up day; nothing was kept.")


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds both commands."""
    parser = subparsers.add_parser("replay")
    parser.add_argument("log", metavar=_("LOG"), help=_("the log; - for standard input"))
    parser.add_argument("--json", action="store_true", help=_("spans, prompts and days as one object"))
    parser.set_defaults(run=_replay)
    parser = subparsers.add_parser("demo")
    how_long = parser.add_mutually_exclusive_group()
    how_long.add_argument(
        "--seconds", metavar="S", type=_seconds, help=_("how long it takes ({seconds:g}; in a pipe 0)", seconds=SECONDS)
    )
    how_long.add_argument("--fast", action="store_true", help=_("without any waiting"))
    parser.set_defaults(run=_demo)


def _seconds(text: str) -> float:
    """Seconds from 0 to an hour. Raises ArgumentTypeError."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(
            _("takes a number from 0 to {most_seconds:g}, not {text!r}", most_seconds=MOST_SECONDS, text=text)
        )
    return seconds


def _demo(args: argparse.Namespace) -> int:
    """Shows it. Returns 0, or 130 when stopped."""
    if args.fast:
        return show(0.0)
    return show() if args.seconds is None else show(args.seconds, args.seconds)


def demo_day() -> Log:
    """The day that is shown: it has lulls, a call that holds a prompt, prompts put off, and breaks taken and not."""
    from importlib.resources import files

    from sitbreak.replay.log import read

    return read((files("sitbreak.replay") / "demo_day.jsonl").read_text("utf-8").splitlines())


def show(seconds: float = SECONDS, piped_seconds: float = 0.0) -> int:
    """Shows the day in a terminal within `seconds`, elsewhere its reminders line by line within `piped_seconds`.

    Returns 0, or 130 when the person at the terminal stopped it.
    """
    from sitbreak.review import terminal

    to = terminal.console(sys.stdout)
    day = demo_day()
    try:
        if not to.is_terminal:
            _lines(to, day, piped_seconds)
        elif to.is_dumb_terminal or to.width < LEAST_WIDTH:
            _lines(to, day, seconds)
        else:
            _live(to, day, seconds)
    except KeyboardInterrupt:
        to.print(_(STOPPED))
        return INTERRUPTED
    return 0


def _live(to: Console, day: Log, seconds: float) -> None:
    """The day as a picture that grows, then its summary."""
    from rich.live import Live

    from sitbreak.adapters.clock import SystemClock
    from sitbreak.adapters.history.memory import MemoryHistory
    from sitbreak.core.timeline import ZERO, Instant
    from sitbreak.replay.terminal_view import DemoFrame, DemoPace, Screen
    from sitbreak.review.dates import day_name

    foreseen = _play(day, MemoryHistory())
    length = timedelta(seconds=day.end)
    pace = DemoPace(SystemClock(), seconds, length, [record.shown.elapsed for record in foreseen.facts.prompts])
    text = N_("A made-up {weekday} in {seconds:g} seconds") if seconds >= 1 else N_("A made-up {weekday}")
    title = _(text, weekday=day_name(day.start.weekday()), seconds=seconds)
    begin = Instant(ZERO, day.start, day.zone)
    frame = DemoFrame(title, begin, length, _names(), not to.encoding.lower().startswith("utf"))
    history = MemoryHistory()
    with Live(console=to, auto_refresh=False, transient=True) as live:
        _play(day, history, Screen(live, history, frame, pace).look)
    _summary(to, day, history)


def _lines(to: Console, day: Log, seconds: float) -> None:
    """The day's reminders, then its summary: for a pipe, a log, or a terminal that cannot draw."""
    from sitbreak.adapters.clock import SystemClock
    from sitbreak.adapters.history.memory import MemoryHistory
    from sitbreak.replay.terminal_view import DemoPace
    from sitbreak.review.day import prompt_line
    from sitbreak.review.words import when_it_came

    history = MemoryHistory()
    names = _names()
    told = [prompt_line(record, names) for record in _play(day, history).facts.prompts]
    pace = DemoPace(SystemClock(), seconds, timedelta(minutes=len(told)))  # a line a minute
    for number, each in enumerate(told, 1):
        line = f"{each.time}  {aside(named(each.movement, each.outcome), when_it_came(each.reason, each.bout))}"
        say(line, flush=seconds > 0)
        pace.reach(timedelta(minutes=number))
    say("", flush=True)
    _summary(to, day, history)


def _play(day: Log, history: History, look: Look | None = None) -> Played:
    from sitbreak.replay.player import play_log

    return play_log(day, history, look=look)


def _names() -> Names:
    from sitbreak.adapters.movement_catalogue import load_catalogue
    from sitbreak.review.day import names_of

    return names_of(load_catalogue().movements)


def _summary(to: Console, day: Log, history: History) -> None:
    """As `sitbreak summary` shows a day that is over."""
    from sitbreak.review import terminal
    from sitbreak.review.build import Terms, review

    date = day.start.date()
    terminal.show_day(to, review(history, date, Terms(date + timedelta(days=1), names=_names())))
    to.print(f"\n{_(CLOSING)}")


if TYPE_CHECKING:
    from argparse import _SubParsersAction


def _replay(args: argparse.Namespace) -> int:
    """Prints the transcript or the answer. Raises NotDone for a log that is malformed or cannot be read."""
    from sitbreak.replay.log import BadLog, read
    from sitbreak.replay.player import answer, play_log
    from sitbreak.replay.transcript import transcript

    try:
        text = sys.stdin.read() if args.log == "-" else Path(args.log).read_text(encoding="utf-8")
        log = read(text.splitlines())
        played = play_log(log)
    except (OSError, UnicodeDecodeError) as error:
        raise NotDone(_("{log} cannot be read: {error}.", log=args.log, error=error)) from error
    except BadLog as error:
        raise NotDone(named(args.log, error)) from error
    if args.json:
        say(json.dumps(answer(played)))
    else:
        for line in transcript(played):
            say(line)
    return 0
