"""`sitbreak summary`: the day, a week or several days in the terminal, or as exact figures."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, TextIO

from sitbreak.adapters.plans_store import plan_line
from sitbreak.cli.open_history import NotDone, OpenBooks, open_books, read_day
from sitbreak.cli.output import complain
from sitbreak.language import _
from sitbreak.review import as_json, terminal
from sitbreak.review.build import review, several_days

if TYPE_CHECKING:
    from argparse import _SubParsersAction

MOST_DAYS = 366


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    parser = subparsers.add_parser("summary", help=_("the day so far, or other days, in a few lines"))
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--day", metavar="D", help=_("today (default), yesterday, or a date such as 2026-03-02"))
    which.add_argument("--week", action="store_true", help=_("the days of this week"))
    which.add_argument("--days", metavar="N", help=_("the last N days (1 to {most_days})", most_days=MOST_DAYS))
    parser.add_argument("--details", action="store_true", help=_("also each prompt, break, and what is not sure"))
    parser.add_argument("--json", action="store_true", help=_("exact figures in minutes, for other programs"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the summary asked for. Returns 0, or 2 when it was not clear what to show or cannot be read."""
    try:
        with open_books() as books:
            show(books, args, sys.stdout)
    except NotDone as refused:
        complain(refused)
        return 2
    return 0


def show(books: OpenBooks, args: argparse.Namespace, out: TextIO) -> None:
    """Writes the summary to `out`; raises NotDone."""
    day = read_day("today" if args.day is None else args.day, books.terms.today)
    count = None if args.days is None else _count(args.days)
    if args.json:
        json.dump(_exact(books, args, count), out, indent=2)
        out.write("\n")
        return
    to = terminal.console(out)
    if not books.history.days():
        to.print(_(terminal.EMPTY))
        return
    if count is not None:
        terminal.show_days(to, several_days(books.history, day, count, books.terms))
        return
    found = review(books.history, day, books.terms)
    if args.week:
        terminal.show_week(to, found, args.details)
    else:
        terminal.show_day(to, found, args.details)
        plans = plan_line(books.paths.plans_file, books.terms.today) if day == books.terms.today else ""
        if plans:
            to.print(f"\n{plans}", markup=False)


def _exact(books: OpenBooks, args: argparse.Namespace, count: int | None) -> dict[str, object]:
    day = read_day("today" if args.day is None else args.day, books.terms.today)
    if count is not None:
        return {"days": as_json.exact_days(several_days(books.history, day, count, books.terms))}
    found = review(books.history, day, books.terms)
    views = found.week.days if args.week else (found.day,)
    week = {"week": as_json.exact_week(found.week)} if args.week else {}
    return {"days": as_json.exact_days(views), **week, **as_json.exact_review(found)}


def _count(text: str) -> int:
    """The number of days meant. Raises NotDone."""
    if not text.isascii() or not text.isdigit() or len(text) > 3 or not 1 <= int(text) <= MOST_DAYS:
        raise NotDone(
            _("--days takes a whole number from 1 to {most_days}, not {text!r}.", most_days=MOST_DAYS, text=text)
        )
    return int(text)
