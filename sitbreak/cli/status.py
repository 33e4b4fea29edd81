"""`sitbreak status`: the present in three lines."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sitbreak.cli.client import NotRunning, ask
from sitbreak.cli.output import complain, say, say_json

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    parser = subparsers.add_parser("status", help="how long you have been sitting, and why there is or is no prompt")
    parser.add_argument("--json", action="store_true", help="everything known about the present, for other programs")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the status; returns 1 when the program does not run."""
    try:
        reply = ask({"do": "status"})
    except NotRunning as error:
        say_json({"running": False}) if args.json else complain(error)
        return 1
    if args.json:
        say_json({"running": True, **reply})
        return 1 if "error" in reply else 0
    if "error" in reply:  # it runs, and is too busy to say more
        complain(reply["error"])
        return 1
    first = str(reply["first_line"])
    end = "" if first.endswith(("?", ".")) else "."
    more = (str(reply.get(name, "")) for name in ("sitting_today", "last_prompt", "not_counted", "trouble"))
    lines = [f"{first}{end}", f"{reply['today_line']}.", *more]
    say(*(line for line in lines if line))
    return 0
