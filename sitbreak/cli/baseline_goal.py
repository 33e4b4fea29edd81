"""`sitbreak baseline` and `sitbreak goal`: what you compare with, and what you aim for."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.history import HistoryDamaged, HistoryReader, HistoryTooNew, HistoryUnwritable
from sitbreak.adapters.history.merged_history import BodyHistory
from sitbreak.cli.history_changes import change, confirmed, tell
from sitbreak.cli.open_history import NotDone
from sitbreak.cli.output import complain, say, say_json
from sitbreak.cli.table import wrapped
from sitbreak.core.records import GOALS
from sitbreak.daemon import baseline_goal
from sitbreak.language import N_, _
from sitbreak.settings.load import load
from sitbreak.settings.paths import find_paths

REDO = N_(
    "Measure your usual days anew from today? Prompts stop meanwhile; the baseline so far is used until "
    "the new one has 5 valid days."
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds both commands."""
    json_too = argparse.ArgumentParser(add_help=False)
    json_too.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=_("answer as JSON"))
    parser = subparsers.add_parser("baseline", help=_("measure your usual days first, to compare with"))
    parser.add_argument("--json", action="store_true", help=_("answer as JSON"))
    verbs = parser.add_subparsers(dest="verb", metavar=_("VERB"))
    verbs.add_parser("status", parents=[json_too], help=_("where it stands (the default)"))
    verbs.add_parser("start", parents=[json_too], help=_("measure usual days; no prompts meanwhile"))
    verbs.add_parser("stop", parents=[json_too], help=_("end the measurement; prompts come again"))
    past = verbs.add_parser("days", parents=[json_too], help=_("compare with days that are in the books already"))
    past.add_argument("first", metavar=_("FIRST"), help=_("a date such as 2026-03-02"))
    past.add_argument("last", metavar=_("LAST"))
    redo = verbs.add_parser("redo", parents=[json_too], help=_("measure anew from today"))
    redo.add_argument("--yes", action="store_true", help=_("do not ask first"))
    parser.set_defaults(run=run)
    aim = subparsers.add_parser("goal", help=_("minutes out of the chair that you aim for in a day"))
    aim.add_argument("--json", action="store_true", help=_("answer as JSON"))
    kinds = aim.add_subparsers(dest="verb", metavar=_("VERB"))
    kinds.add_parser("show", parents=[json_too], help=_("the goal, and the next one (the default)"))
    kinds.add_parser("next", parents=[json_too], help=_("one step up the ladder 10, 20, 40, 60"))
    new = kinds.add_parser("set", parents=[json_too], help=_("any other figure"))
    new.add_argument("minutes", metavar="N", help=_("minutes, {goals} to {goals2}", goals=GOALS[0], goals2=GOALS[-1]))
    aim.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Does what was asked; returns 0, 1 when it cannot be done now, 2 when it was not clear what is meant."""
    try:
        return _goal(args) if args.command == "goal" else _baseline(args)
    except NotDone as refused:
        complain(refused)
        return 2


def _baseline(args: argparse.Namespace) -> int:
    if args.verb in (None, "status"):
        return _show(args)
    if args.verb == "redo" and not confirmed(_(REDO), args.yes):
        say(_("Nothing was changed."))
        return 0
    days = {"first": args.first, "last": args.last} if args.verb == "days" else {}
    return tell(change({"do": "baseline", "verb": args.verb, **days}), args.json)


def _goal(args: argparse.Namespace) -> int:
    if args.verb in (None, "show"):
        return _show(args)
    wanted = "next" if args.verb == "next" else _minutes(args.minutes)
    return tell(change({"do": "goal", "minutes": wanted}), args.json)


def _show(args: argparse.Namespace) -> int:
    """Reads what is shown from the file; the program need not run. Raises NotDone."""
    paths = find_paths()
    settings = load(paths.config_file).settings
    today = SystemClock().now().day(settings.day.start)
    try:
        reader = HistoryReader(paths.history_file)
        history = BodyHistory(reader, paths.history_file, settings.day.start)
        try:
            if args.command == "goal":
                aim = baseline_goal.goal(history, settings, today)
                facts, said = asdict(aim), baseline_goal.goal_words(aim, settings.movements.seated_mode)
            else:
                found = baseline_goal.measured(history, settings, today)
                facts, said = baseline_goal.baseline_facts(found), baseline_goal.baseline_words(found)
        finally:
            reader.close()
    except (HistoryDamaged, HistoryTooNew, HistoryUnwritable) as error:
        raise NotDone(str(error)) from error
    say_json(facts) if args.json else say(wrapped(said))
    return 0


def _minutes(text: str) -> int:
    """The goal meant; raises NotDone."""
    if not (text.isascii() and text.isdigit() and len(text) < 5 and int(text) in GOALS):
        raise NotDone(
            _(
                "{text!r} is no goal; say a whole number of minutes from {goals} to {goals2}.",
                text=text,
                goals=GOALS[0],
                goals2=GOALS[-1],
            )
        )
    return int(text)
