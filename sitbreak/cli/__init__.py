"""The command line: one file per command, loaded only when it is the one asked for."""

from __future__ import annotations

import argparse
import errno
import gettext
import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from sitbreak import __version__, language
from sitbreak.cli.output import complain
from sitbreak.core.text import NotDone, nearest
from sitbreak.language import N_, _, begun, named, sentence

Run = Callable[[argparse.Namespace], int]

# What people do with it: each command with the module that implements it, and one line about it.
GROUPS: dict[str, dict[str, tuple[str, str]]] = {
    N_("start and stop"): {
        "run": ("run", N_("start sitbreak in the tray")),
        "stop": ("live_commands", N_("end the program that runs in the tray")),
        "restart": ("run", N_("end it and start it again, in the background")),
        "autostart": ("desktop", N_("start sitbreak when you log in: on, off, status")),
        "desktop": ("desktop", N_("put sitbreak into the menu of the desktop, with its icon, or take it out")),
    },
    N_("look"): {
        "today": ("live_commands", N_("the Today window: the day so far, other days, and what can be done")),
        "status": ("status", N_("how long you have been sitting, and why there is or is no reminder")),
        "summary": ("day_reports", N_("the day, the week or several days, in figures")),
        "report": ("day_reports", N_("the day, week or month as a page for the browser")),
        "demo": ("recorded_day", N_("a day in twenty seconds")),
    },
    N_("answer"): {
        "answer": ("live_commands", N_("answer the reminder: start, long, snooze, standing or not-now")),
        "break": ("live_commands", N_("start a break now")),
        "up": ("live_commands", N_("answer whether you were up: yes or no")),
        "gap": ("live_commands", N_("answer the open question about a silent gap")),
    },
    N_("say"): {
        "pause": ("live_commands", N_("no reminders for a while; the books go on")),
        "resume": ("live_commands", N_("reminders may come again")),
        "standing": ("live_commands", N_("say that the desk is raised (on) or lowered (off)")),
        "meeting": ("live_commands", N_("say that you are in a meeting at this desk (on, off)")),
        "reading": ("live_commands", N_("say that you are reading (on, off)")),
        "correct": ("live_commands", N_("correct a stretch of the past")),
        "log": ("live_commands", N_("note a walk (what the program logs: `doctor --log`)")),
    },
    N_("review"): {
        "goal": ("baseline_goal", N_("the daily goal, and the next one")),
        "baseline": ("baseline_goal", N_("measure your usual days, to compare with")),
        "answers": ("given_answers", N_("what you told about silent gaps: list, change, take back")),
        "movements": ("movements", N_("the two-minute movements: list, show, try, off, on")),
        "plan": ("exercise_plan", N_("walking ladder and other plans outside the two minutes")),
    },
    N_("set up"): {
        "settings": ("live_commands", N_("the settings window")),
        "config": ("config", N_("show and change settings")),
        "welcome": ("live_commands", N_("the window of the first start, again")),
        "doctor": ("doctor", N_("what works here, what does not, and what to do")),
        "help": ("help", N_("what is counted, and what cannot be known")),
    },
    N_("your data"): {
        "export": ("transfer", N_("the history as CSV or JSON lines")),
        "import": ("transfer", N_("take in an exported history")),
        "forget": ("transfer", N_("really remove history")),
        "devices": ("devices", N_("your computers that share a folder: list, name, forget")),
        "replay": ("recorded_day", N_("play a recorded event log through the books")),
    },
}
COMMANDS = {name: known for group in GROUPS.values() for name, known in group.items()}


# What argparse itself says; it looks these up as we do (`_speak`).
ARGPARSE = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        told = _("{sentence}; `{prog} --help` shows what is possible.", sentence=begun(message), prog=self.prog)
        complain(told)
        sys.exit(2)


def _listing() -> argparse.ArgumentParser:
    lines = []
    for group, commands in GROUPS.items():
        listed = (f"  {name:<11}{_(about)}" for name, (_module, about) in commands.items())
        lines += ["", named(_(group), "").rstrip(), *listed]
    parser = _Parser(
        prog="sitbreak",
        usage=_("sitbreak COMMAND [OPTION ...]"),
        description=_("Finds a good moment to get out of the chair."),
        epilog="\n".join([*lines[1:], "", _("`sitbreak COMMAND --help` tells about one.")]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shown = _("show program's version number and exit")
    parser.add_argument("-V", "--version", action="version", version=f"sitbreak {__version__}", help=shown)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code: 0, 1 for what cannot be done now, 2 for what was not understood."""
    words = meant(list(sys.argv[1:] if argv is None else argv))
    try:
        if words[:1] == ["window"]:  # not for people: the process of a window, which adapters/breakwindow starts
            return _window(words[1:])
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # one without the characters still gets the words
                stream.reconfigure(errors="replace")
        _speak()
        try:
            return _run(words)
        except NotDone as refused:
            complain(refused)
            return refused.exit_code
        finally:
            if sys.stdout is not None:  # None in a program without a console on Windows
                sys.stdout.flush()
    except (OSError, SystemExit) as error:
        # rich ends the program with 1 where it finds that nobody reads
        if not _unread(error.__context__ if isinstance(error, SystemExit) else error):
            raise
        # the reader of our output has seen enough; Python would flush once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def meant(words: list[str], nobody_reads: bool | None = None) -> list[str]:
    """The words, or those of a double click, which has none: there nobody would read a help.

    That is Windows' program without a console, and an application that macOS opened.
    """
    if words:
        return words
    if nobody_reads is None:
        bundled = sys.platform == "darwin" and hasattr(sys, "frozen")
        nobody_reads = sys.stdout is None or (bundled and os.path.samestat(os.fstat(1), os.stat(os.devnull)))
    return ["run", "--window"] if nobody_reads else []


def _unread(error: BaseException | None) -> bool:
    """Whether nobody reads our output any more; Windows says "invalid argument" then."""
    return isinstance(error, BrokenPipeError) or (
        sys.platform == "win32"
        and isinstance(error, OSError)
        and error.errno == errno.EINVAL
        and error.filename is None
    )


def _window(words: list[str]) -> int:
    from sitbreak.window.__main__ import main as window

    window(words)
    return 0


def _speak() -> None:
    """Chooses the language, for argparse's own words and for windows that are started, too."""
    from sitbreak.settings.paths import find_paths
    from sitbreak.settings.toml import language_in

    os.environ["LANGUAGE"] = language.choose(language_in(find_paths().config_file))
    gettext.bindtextdomain(language.DOMAIN, str(language.FOLDER))
    gettext.textdomain(language.DOMAIN)


def _run(words: list[str]) -> int:
    name = words[0] if words else ""
    if name not in COMMANDS:
        return _without_command(words)
    module, about = COMMANDS[name]
    parser = _Parser(prog="sitbreak")
    commands = parser.add_subparsers(dest="command", required=True)
    importlib.import_module(f"sitbreak.cli.{module}").add_parser(commands)
    commands.choices[name].description = sentence(begun(_(about)))
    args = parser.parse_args(words)
    return int(args.run(args))


def with_verbs(parser: argparse.ArgumentParser, run: Run) -> Callable[[str, Run, str], argparse.ArgumentParser]:
    """Adds --json, before a verb and behind it; returned is what adds a verb: its name, what does it, and a line.

    `run` does what is asked for without a verb.
    """
    json_too = argparse.ArgumentParser(add_help=False)
    for each, default in ((parser, False), (json_too, argparse.SUPPRESS)):
        each.add_argument("--json", action="store_true", default=default, help=_("answer as JSON"))
    parser.set_defaults(run=run, verb=None)
    verbs = parser.add_subparsers(dest="verb", metavar=_("VERB"))

    def add(name: str, run: Run, about: str) -> argparse.ArgumentParser:
        below = verbs.add_parser(name, parents=[json_too], help=about)
        below.set_defaults(run=run)
        return below

    return add


def _without_command(words: list[str]) -> int:
    parser = _listing()
    if not words:
        parser.print_help()
        return 0
    if not words[0].startswith("-"):
        near = nearest(words[0], COMMANDS)
        if near:
            text = N_("{word!r} is not a command; did you mean {near}? `sitbreak --help` lists them all.")
        else:
            text = N_("{word!r} is not a command; `sitbreak --help` lists them all.")
        complain(_(text, word=words[0], near=near or ""))
        return 2
    parser.parse_args(words)
    return 0
