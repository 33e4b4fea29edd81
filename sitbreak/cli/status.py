"""`sitbreak status`: the present in three lines, or in one word for a status bar."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sitbreak.cli.client import NotRunning, ask, tell
from sitbreak.cli.output import say, say_json
from sitbreak.language import N_, _, sentence

if TYPE_CHECKING:
    from argparse import _SubParsersAction


WATCH_S = 35.0  # longer than the program lets a watcher wait
BARS = ("plain", "waybar", "i3blocks")
ORANGE, GREEN = "#C7762B", "#0E8F6E"
COLOURS = {"due": ORANGE, "break": GREEN}  # i3blocks; waybar has its own by the class, which is the glyph's name
WORDS = {
    "due": N_("break time"),
    "break": N_("on a break"),
    "paused": N_("paused"),
    "withheld": N_("held"),
    "blind": N_("cannot see"),
}


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    parser = subparsers.add_parser("status")
    parser.add_argument("--json", action="store_true", help=_("everything known about the present, for other programs"))
    parser.add_argument("--format", choices=BARS, help=_("a word for a status bar, which asks every few seconds"))
    parser.add_argument(
        "--watch", action="store_true", help=_("a line of JSON now and at each change, until it is ended")
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the status; returns 1 when the program does not run."""
    if args.watch:
        return _watch()
    try:
        reply = ask({"do": "status"})
    except NotRunning as error:
        if args.format:
            _bar(args.format, "", "off", str(error), 0)
            return 0
        if not args.json:
            raise
        say_json({"running": False})
        return 1
    if args.json:
        say_json({"running": True, **reply})
        return 1 if "error" in reply else 0
    if "error" in reply:  # it runs, and is too busy to say more
        return tell(reply)
    if args.format:
        tip = f"{reply['first_line']}\n{reply['today_line']}"
        _bar(args.format, bar_text(reply), str(reply["glyph"]), tip, float(str(reply["progress"])))
        return 0
    more = (
        str(reply.get(name, "")) for name in ("sitting_today", "booked_today", "last_prompt", "not_counted", "trouble")
    )
    lines = [*(sentence(str(reply[name])) for name in ("first_line", "today_line")), *more]
    say(*(line for line in lines if line))
    return 0


def _watch() -> int:
    """A line at each change; ends with a refusal, or once the program does not answer."""
    since: object = None
    while True:
        reply = ask({"do": "watch", "since": since}, WATCH_S)
        if "error" in reply:
            return tell(reply)
        if reply.get("version") != since:
            since = reply.pop("version")
            say(json.dumps({"running": True, **reply}, ensure_ascii=False))
            sys.stdout.flush()


def bar_text(reply: Mapping[str, object]) -> str:
    """The present in a word or two: minutes at the desk, or what else there is; empty for somebody who is away."""
    if reply.get("away"):
        return ""
    sitting = reply.get("sitting")
    glyph = str(reply.get("glyph"))
    if glyph in WORDS:
        return _(WORDS[glyph])
    return _("{sitting} min", sitting=int(sitting // 60)) if isinstance(sitting, int | float) else _("standing")


def _bar(kind: str, text: str, glyph: str, tip: str, progress: float) -> None:
    """Prints it as the bar reads it (waybar-custom(5), i3blocks(1))."""
    if kind == "waybar":
        say(json.dumps({"text": text, "tooltip": tip, "class": glyph, "percentage": round(100 * progress)}))
    elif kind == "i3blocks":
        say(text, text, *([COLOURS[glyph]] if glyph in COLOURS else []))
    else:
        say(text)
