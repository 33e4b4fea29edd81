"""`sitbreak summary` and `report`: the day, a week or several days in the terminal, in exact figures, or as a page."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from sitbreak.adapters.exercise_plans_store import plan_line
from sitbreak.cli.books import OpenBooks, open_books, read_day
from sitbreak.cli.output import complain, say
from sitbreak.core.text import NotDone
from sitbreak.language import _
from sitbreak.review import as_json, terminal
from sitbreak.review.build import INDEX, Scope, render, render_index, report_name, review, several_days
from sitbreak.settings.files import make_parents
from sitbreak.settings.installation import apart

if TYPE_CHECKING:
    from argparse import _SubParsersAction

MOST_DAYS = 366


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds both commands."""
    parser = subparsers.add_parser("summary")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--day", metavar="D", help=_("today (default), yesterday, or a date such as 2026-03-02"))
    which.add_argument("--week", action="store_true", help=_("the days of this week"))
    which.add_argument("--days", metavar="N", help=_("the last N days (1 to {most_days})", most_days=MOST_DAYS))
    parser.add_argument("--details", action="store_true", help=_("also each prompt, break, and what is not sure"))
    parser.add_argument("--json", action="store_true", help=_("exact figures in minutes, for other programs"))
    parser.set_defaults(run=_summary)
    parser = subparsers.add_parser("report")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--day",
        metavar="D",
        nargs="?",
        const="today",
        help=_("today (default), yesterday, or a date such as 2026-03-02"),
    )
    which.add_argument("--week", action="store_true", help=_("this week and the four weeks up to today"))
    which.add_argument("--month", action="store_true", help=_("the four weeks up to today"))
    parser.add_argument("--open", action="store_true", help=_("show it in your browser"))
    parser.add_argument("-o", "--output", metavar=_("FILE"), help=_("where to write it (default: your data folder)"))
    parser.set_defaults(run=_report)


def _summary(args: argparse.Namespace) -> int:
    """Prints the summary asked for. Raises NotDone."""
    with open_books() as books:
        _show(books, args, sys.stdout)
    return 0


def _show(books: OpenBooks, args: argparse.Namespace, out: TextIO) -> None:
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


if TYPE_CHECKING:
    from argparse import _SubParsersAction

REFUSED_WITHIN_S = 4.0  # a browser that cannot start says so sooner


# -- as a page


def _report(args: argparse.Namespace) -> int:
    """Writes the report and says where. Raises NotDone."""
    with open_books() as books:
        path = _made(books, args)
    say(path)
    if args.open and not browser_took(path):
        complain(_("no browser could be started; the report is written, open it by hand."))
    return 0


def _made(books: OpenBooks, args: argparse.Namespace) -> Path:
    """Makes the report and returns its file; raises NotDone."""
    scope = Scope.MONTH if args.month else Scope.WEEK if args.week else Scope.DAY
    day = read_day("today" if args.day is None else args.day, books.terms.today)
    index = INDEX if args.output is None else ""
    page = render(review(books.history, day, books.terms), scope, index)
    folder = books.paths.reports_dir
    path = folder / report_name(scope, day) if index else Path(args.output).expanduser().absolute()
    try:
        if index:
            make_parents(path)
        _write_private(path, page)
        if index:
            _write_private(folder / INDEX, render_index(each.name for each in folder.glob("*.html")))
    except OSError as error:
        reason = error.strerror or str(error)
        raise NotDone(
            _(
                "The report could not be written to {path} ({reason}); name another place with -o.",
                path=path,
                reason=reason,
            )
        ) from error
    return path


def _write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner may read, in one step, so that no half of it is ever seen. Raises OSError."""
    if path.is_dir():
        raise IsADirectoryError(None, _("that is a folder"))
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # made with mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def browser_took(path: Path, refused_within_s: float = REFUSED_WITHIN_S) -> bool:
    """Whether a browser took the page: one that ends with an error (Chromium as root, say) within that time did not."""
    opener = shutil.which("xdg-open") if sys.platform not in ("win32", "darwin") else None
    if opener is None:
        return webbrowser.open(path.as_uri())
    quiet = subprocess.DEVNULL
    try:
        opened = subprocess.Popen([opener, path.as_uri()], stdin=quiet, stdout=quiet, stderr=quiet, **apart())
        return opened.wait(refused_within_s) == 0
    except OSError:
        return False
    except subprocess.TimeoutExpired:
        opened.returncode = 0  # the browser is this process: it runs on, and nobody waits for its end
        return True
