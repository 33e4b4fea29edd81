"""`sitbreak baseline` and `sitbreak goal`: what you compare with, and what you aim for."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from sitbreak.cli import with_verbs
from sitbreak.cli.books import open_books
from sitbreak.cli.client import change, confirmed, tell
from sitbreak.cli.output import say, say_json, wrapped
from sitbreak.core.records import GOALS
from sitbreak.core.text import NotDone
from sitbreak.daemon import baseline_goal
from sitbreak.language import N_, _

REDO = N_(
    "Measure your usual days anew from today? Prompts stop meanwhile; the baseline so far is used until "
    "the new one has 5 valid days."
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds both commands."""
    verb = with_verbs(subparsers.add_parser("baseline"), _show_baseline)
    verb("status", _show_baseline, _("where it stands (the default)"))
    verb("start", _measure, _("measure usual days; no prompts meanwhile"))
    verb("stop", _measure, _("end the measurement; prompts come again"))
    past = verb("days", _measure, _("compare with days that are in the books already"))
    past.add_argument("first", metavar=_("FIRST"), help=_("a date such as 2026-03-02"))
    past.add_argument("last", metavar=_("LAST"))
    redo = verb("redo", _measure, _("measure anew from today"))
    redo.add_argument("--yes", action="store_true", help=_("do not ask first"))
    verb = with_verbs(subparsers.add_parser("goal"), _show_goal)
    verb("show", _show_goal, _("the goal, and the next one (the default)"))
    verb("next", lambda args: _aim("next", args), _("one step up the ladder 10, 20, 40, 60"))
    new = verb("set", lambda args: _aim(_minutes(args.minutes), args), _("any other figure"))
    new.add_argument("minutes", metavar="N", help=_("minutes, {goals} to {goals2}", goals=GOALS[0], goals2=GOALS[-1]))


def _measure(args: argparse.Namespace) -> int:
    if args.verb == "redo" and not confirmed(_(REDO), args.yes):
        say(_("Nothing was changed."))
        return 0
    days = {"first": args.first, "last": args.last} if args.verb == "days" else {}
    return tell(change({"do": "baseline", "verb": args.verb, **days}), args.json)


def _aim(wanted: int | str, args: argparse.Namespace) -> int:
    return tell(change({"do": "goal", "minutes": wanted}), args.json)


def _show_goal(args: argparse.Namespace) -> int:
    with open_books() as books:
        aim = baseline_goal.goal(books.history, books.settings, books.terms.today)
    return _show(asdict(aim), baseline_goal.goal_words(aim, books.settings.movements.seated_mode), args)


def _show_baseline(args: argparse.Namespace) -> int:
    with open_books() as books:
        found = baseline_goal.measured(books.history, books.settings, books.terms.today)
    return _show(baseline_goal.baseline_facts(found), baseline_goal.baseline_words(found), args)


def _show(facts: dict[str, object], said: str, args: argparse.Namespace) -> int:
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
