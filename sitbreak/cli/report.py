"""`sitbreak report`: the report of a day, a week or four weeks as one HTML file."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from sitbreak.cli.open_history import NotDone, OpenBooks, open_books, read_day
from sitbreak.cli.output import complain, say
from sitbreak.language import _
from sitbreak.review.build import INDEX, Scope, render, render_index, report_name, review
from sitbreak.settings.files import make_parents
from sitbreak.settings.installation import apart

if TYPE_CHECKING:
    from argparse import _SubParsersAction

REFUSED_WITHIN_S = 4.0  # a browser that cannot start says so sooner


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    parser = subparsers.add_parser("report", help=_("the day, the week or four weeks as a page for your browser"))
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
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Writes the report and says where. Returns 0, or 2 when it cannot be made."""
    try:
        with open_books() as books:
            path = make(books, args)
    except NotDone as refused:
        complain(refused)
        return 2
    say(path)
    if args.open and not _open(path):
        complain(_("no browser could be started; the report is written, open it by hand."))
    return 0


def make(books: OpenBooks, args: argparse.Namespace) -> Path:
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
        write_private(path, page)
        if index:
            write_private(folder / INDEX, render_index(each.name for each in folder.glob("*.html")))
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


def write_private(path: Path, text: str) -> None:
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


def _open(path: Path) -> bool:
    """Whether a browser took the page: one that ends at once with an error (Chromium as root, say) did not."""
    opener = shutil.which("xdg-open") if sys.platform not in ("win32", "darwin") else None
    if opener is None:
        return webbrowser.open(path.as_uri())
    quiet = subprocess.DEVNULL
    try:
        opened = subprocess.Popen([opener, path.as_uri()], stdin=quiet, stdout=quiet, stderr=quiet, **apart())
        return opened.wait(REFUSED_WITHIN_S) == 0
    except OSError:
        return False
    except subprocess.TimeoutExpired:
        opened.returncode = 0  # the browser is this process: it runs on, and nobody waits for its end
        return True
