"""The command line: one file per command, loaded only when it is the one asked for."""

from __future__ import annotations

import argparse
import gettext
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from sitbreak import __version__, language
from sitbreak.cli.output import complain

# command: the module that implements it, and one line about it
COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("run", "start sitbreak in the tray"),
    "restart": ("background", "end it and start it again, in the background"),
    "status": ("status", "how long you have been sitting, and why there is or is no reminder"),
    "break": ("live_commands", "start a break now"),
    "answer": ("live_commands", "answer the reminder: start, long, snooze, standing or not-now"),
    "pause": ("live_commands", "no reminders for a while; the books go on"),
    "resume": ("live_commands", "reminders may come again"),
    "standing": ("live_commands", "say that the desk is raised (on) or lowered (off)"),
    "meeting": ("live_commands", "say that you are in a meeting at this desk (on, off)"),
    "reading": ("live_commands", "say that you are reading (on, off)"),
    "gap": ("live_commands", "answer the open question about a silent gap"),
    "up": ("live_commands", "answer whether you were up: yes or no"),
    "correct": ("live_commands", "correct a stretch of the past"),
    "log": ("live_commands", "note a walk (what the program logs: `doctor --log`)"),
    "today": ("live_commands", "the Today window: the day so far, other days, and what can be done"),
    "settings": ("live_commands", "the settings window"),
    "welcome": ("live_commands", "the window of the first start, again"),
    "stop": ("live_commands", "end the program that runs in the tray"),
    "summary": ("summary", "the day, the week or several days, in figures"),
    "report": ("report", "the day, week or month as a page for the browser"),
    "baseline": ("baseline", "measure your usual days, to compare with"),
    "answers": ("answers", "what you told about silent gaps: list, change, take back"),
    "goal": ("baseline", "the daily goal, and the next one"),
    "export": ("transfer", "the history as CSV or JSON lines"),
    "import": ("transfer", "take in an exported history"),
    "forget": ("transfer", "really remove history"),
    "movements": ("movements", "the two-minute movements: list, show, try, off, on"),
    "plan": ("plan", "walking ladder and other plans outside the two minutes"),
    "config": ("config", "show and change settings"),
    "autostart": ("autostart", "start sitbreak when you log in: on, off, status"),
    "desktop": ("desktop", "put sitbreak into the menu of the desktop, with its icon, or take it out"),
    "replay": ("replay", "play a recorded event log through the books"),
    "demo": ("demo", "a day in twenty seconds"),
    "doctor": ("doctor", "what works here, what does not, and what to do"),
    "help": ("documentation", "what is counted, and what cannot be known"),
}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        sentence = message[:1].upper() + message[1:]
        complain(f"{sentence}; `{self.prog} --help` shows what is possible.")
        sys.exit(2)


# What people do with them; every command stands in one group.
GROUPS: dict[str, tuple[str, ...]] = {
    "start and stop": ("run", "stop", "restart", "autostart", "desktop"),
    "look": ("today", "status", "summary", "report", "demo"),
    "answer": ("answer", "break", "up", "gap"),
    "say": ("pause", "resume", "standing", "meeting", "reading", "correct", "log"),
    "review": ("goal", "baseline", "answers", "movements", "plan"),
    "set up": ("settings", "config", "welcome", "doctor", "help"),
    "your data": ("export", "import", "forget", "replay"),
}


def _listing() -> argparse.ArgumentParser:
    lines = []
    for group, names in GROUPS.items():
        lines += ["", f"{group}:", *(f"  {name:<11}{COMMANDS[name][1]}" for name in names)]
    parser = _Parser(
        prog="sitbreak",
        usage="sitbreak COMMAND [OPTION ...]",
        description="Finds a good moment to get out of the chair.",
        epilog="\n".join([*lines[1:], "", "`sitbreak COMMAND --help` tells about one."]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("-V", "--version", action="version", version=f"sitbreak {__version__}")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code: 0, 1 for what cannot be done now, 2 for what was not understood."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        if words[:1] == ["window"]:  # not for people: the process of a window, which adapters/breakwindow starts
            return _window(words[1:])
        _speak()
        try:
            return _run(words)
        finally:
            if sys.stdout is not None:  # None in a program without a console on Windows
                sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has seen enough; Python would flush once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _window(words: list[str]) -> int:
    from sitbreak.window.__main__ import main as window

    window(words)
    return 0


def _speak() -> None:
    """Chooses the language, for argparse's own words and for windows that are started, too."""
    from sitbreak.settings.load import language_in
    from sitbreak.settings.paths import find_paths

    os.environ["LANGUAGE"] = language.choose(language_in(find_paths().config_file))
    gettext.bindtextdomain(language.DOMAIN, str(language.FOLDER))
    gettext.textdomain(language.DOMAIN)


def _run(words: list[str]) -> int:
    name = words[0] if words else ""
    if name not in COMMANDS:
        return _without_command(words)
    parser = _Parser(prog="sitbreak")
    module = importlib.import_module(f"sitbreak.cli.{COMMANDS[name][0]}")
    module.add_parser(parser.add_subparsers(dest="command", required=True))
    args = parser.parse_args(words)
    act = args.run if hasattr(args, "run") else module.run
    return int(act(args))


def _without_command(words: list[str]) -> int:
    import difflib

    parser = _listing()
    if not words:
        parser.print_help()
        return 0
    if not words[0].startswith("-"):
        near = difflib.get_close_matches(words[0], COMMANDS, n=1)
        meant = f" did you mean {near[0]}?" if near else ""
        complain(f"{words[0]!r} is not a command;{meant} `sitbreak --help` lists them all.")
        return 2
    parser.parse_args(words)
    return 0
