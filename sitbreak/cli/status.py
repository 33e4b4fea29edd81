"""`sitbreak status`: the present in three lines."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, TextIO

from sitbreak.cli.client import NotRunning, ask

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
        print(json.dumps({"running": False}) if args.json else f"sitbreak: {error}", file=_out(args))
        return 1
    if "error" in reply:  # it runs, and is too busy to say more
        print(json.dumps({"running": True, **reply}) if args.json else f"sitbreak: {reply['error']}", file=_out(args))
        return 1
    if args.json:
        print(json.dumps({"running": True, **reply}, indent=2))
        return 0
    first = str(reply["first_line"])
    end = "" if first.endswith(("?", ".")) else "."
    more = (str(reply.get(name, "")) for name in ("last_prompt", "not_counted", "trouble"))
    lines = [f"{first}{end}", f"{reply['today_line']}.", *more]
    print("\n".join(line for line in lines if line))
    return 0


def _out(args: argparse.Namespace) -> TextIO:
    return sys.stdout if args.json else sys.stderr
