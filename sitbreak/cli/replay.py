"""`sitbreak replay LOG`: a recorded event log through the very loop, machine and books of the program."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sitbreak.cli.output import complain, say
from sitbreak.language import _, named

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    parser = subparsers.add_parser("replay", help=_("play a recorded event log"))
    parser.add_argument("log", metavar=_("LOG"), help=_("the log; - for standard input"))
    parser.add_argument("--json", action="store_true", help=_("spans, prompts and days as one object"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the transcript or the answer; returns 2 for a log that is malformed or cannot be read."""
    from sitbreak.replay.log import BadLog, read
    from sitbreak.replay.player import answer, play_log
    from sitbreak.replay.transcript import transcript

    try:
        text = sys.stdin.read() if args.log == "-" else Path(args.log).read_text(encoding="utf-8")
        log = read(text.splitlines())
        played = play_log(log)
    except (OSError, UnicodeDecodeError) as error:
        complain(_("{log} cannot be read: {error}.", log=args.log, error=error))
        return 2
    except BadLog as error:
        complain(named(args.log, error))
        return 2
    if args.json:
        say(json.dumps(answer(played)))
    else:
        for line in transcript(played):
            say(line)
    return 0
