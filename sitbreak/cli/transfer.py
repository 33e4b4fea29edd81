"""`sitbreak export`, `import` and `forget`: the history is yours to take out, to bring in, and to remove for good."""

from __future__ import annotations

import argparse
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.history import HistoryReader
from sitbreak.adapters.history.formats import write_jsonl
from sitbreak.adapters.history.transfer import NotActivityWatch, export, read_activitywatch
from sitbreak.cli.books import open_books, read_day
from sitbreak.cli.client import change, confirmed, tell
from sitbreak.cli.output import say
from sitbreak.core.records import Span
from sitbreak.core.text import NotDone
from sitbreak.daemon.history_changes import MOST_IMPORTED
from sitbreak.language import N_, _, ngettext
from sitbreak.ports import History
from sitbreak.review import study
from sitbreak.review.build import Books
from sitbreak.review.words import days_counted, stretches
from sitbreak.settings.files import read_regular
from sitbreak.settings.load import load
from sitbreak.settings.paths import find_paths

FORMATS = ("csv", "jsonl", "activitywatch", "study")
SOURCES = ("activitywatch", "workrave")
NO_TIMES = N_(
    "Workrave keeps when a day began and ended, and totals of what lies between: it does not know when you sat. So "
    "there is nothing to take in from it."
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds all three."""
    day = _("today, yesterday, or a date such as 2026-03-02")
    out = subparsers.add_parser("export")
    out.add_argument(
        "--format", choices=FORMATS, help=_("default: csv or jsonl as FILE is named, else jsonl; study: a row a day")
    )
    out.add_argument("--from", dest="first", metavar="D", help=_("the first day: {day} (default: all)", day=day))
    out.add_argument("--to", dest="last", metavar="D", help=_("the last day (default: today)"))
    out.add_argument(
        "--merged", action="store_true", help=_("the books of all your computers together; this one's are the default")
    )
    out.add_argument("-o", "--output", metavar=_("FILE"), help=_("where to write it (default: standard output)"))
    out.set_defaults(run=_export)
    into = subparsers.add_parser("import")
    into.add_argument("file", metavar=_("FILE"), help=_("a .csv or .jsonl file of an export"))
    into.add_argument("--from", dest="source", choices=SOURCES, help=_("another program whose export FILE is"))
    into.add_argument("--json", action="store_true", help=_("answer as JSON"))
    into.set_defaults(run=_import)
    gone = subparsers.add_parser("forget")
    what = gone.add_mutually_exclusive_group(required=True)
    what.add_argument("--before", metavar="D", help=_("all days before this one: {day}", day=day))
    what.add_argument("--all", action="store_true", help=_("everything"))
    gone.add_argument("--yes", action="store_true", help=_("do not ask first"))
    gone.add_argument("--json", action="store_true", help=_("answer as JSON"))
    gone.set_defaults(run=_forget)


def _today() -> date:
    return SystemClock().now().day(load(find_paths().config_file).settings.day.start)


# -- export


def _export(args: argparse.Namespace) -> int:
    today = _today()
    first = date.min if args.first is None else read_day(args.first, today)
    last = today if args.last is None else read_day(args.last, today)
    if first > last:
        raise NotDone(
            _(
                "--from {isoformat} is after --to {isoformat2}; swap them.",
                isoformat=first.isoformat(),
                isoformat2=last.isoformat(),
            )
        )
    fmt = args.format if args.format is not None else _format_of(args.output)
    if fmt == "study":
        return _study(first, last, args.output)
    if args.merged:
        with open_books() as books:
            _written(books.history, fmt, first, last, args.output)
        return 0
    with closing(HistoryReader(find_paths().history_file)) as history:
        _written(history, fmt, first, last, args.output)
    return 0


def _written(history: History, fmt: str, first: date, last: date, output: str | None) -> None:
    """Writes them to a file, and says how many; or to the standard output."""
    if output is None:
        export(history, fmt, first, last, _standard_output())
        return
    number = _to_file(Path(output), lambda out: export(history, fmt, first, last, out))
    say(
        ngettext("{count} record written to {file}.", "{count} records written to {file}.", number, file=output),
        to=sys.stderr,
    )


def _study(first: date, last: date, output: str | None) -> int:
    """A row a day, and beside a file the code book of its columns."""
    with open_books() as books:
        known = [day for day in books.history.days() if first <= day <= last]
        found = Books(books.history, last, books.terms, (last - known[0]).days if known else 0)
        views = [found.view(day) for day in known]
    if output is None:
        study.write(views, _standard_output())
        return 0
    file = Path(output)
    book = file.with_name(f"{file.stem}-codebook.csv")
    number = _to_file(file, lambda out: study.write(views, out))
    _to_file(book, study.write_code_book)
    say(
        _("{days} written to {file}, the code book to {book}.", days=days_counted(number), file=file, book=book),
        to=sys.stderr,
    )
    return 0


def _format_of(name: str | None) -> str:
    """As the file is named."""
    return "csv" if name is not None and name.lower().endswith(".csv") else "jsonl"


def _standard_output() -> TextIO:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # what `import` reads, whatever the terminal's encoding
    return sys.stdout


def _to_file(file: Path, write: Callable[[TextIO], int]) -> int:
    """Writes a file that only this user can read: complete, or the former one is left as it was. Raises NotDone."""
    if file.exists() and not stat.S_ISREG(file.stat().st_mode):  # a pipe or device takes what comes
        try:
            with file.open("w", encoding="utf-8", newline="\n") as out:
                return write(out)
        except OSError as error:
            raise _unwritten(file, error) from error
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            number = write(out)
        part.replace(file)
    except OSError as error:
        raise _unwritten(file, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return number


def _unwritten(file: Path, error: OSError) -> NotDone:
    why = (error.strerror or str(error)).lower()
    return NotDone(
        _(
            "{file} could not be written ({why}); nothing was exported, please name another place with -o.",
            file=file,
            why=why,
        )
    )


# -- import


def _import(args: argparse.Namespace) -> int:
    file = Path(args.file).expanduser().absolute()
    if args.source == "workrave":
        raise NotDone(_(NO_TIMES))
    if file.is_dir():
        raise NotDone(_("{file} is a folder; name the file that `sitbreak export` wrote.", file=file))
    if not file.exists():
        raise NotDone(_("There is no file {file}; name the one that `sitbreak export` wrote.", file=file))
    if args.source is not None:
        return _import_foreign(file, args.json)
    if not args.json and sys.stderr.isatty():
        say(_("Reading {lines} lines of {file} ...", lines=_lines(file), file=file), to=sys.stderr)
    return tell(change({"do": "import", "file": str(file)}), args.json)


def _import_foreign(file: Path, as_json: bool) -> int:
    """Brings in another program's days, as far as none of our own are there: ours know more of a day."""
    paths, now = find_paths(), SystemClock().now()
    day_start = load(paths.config_file).settings.day.start
    try:
        spans = read_activitywatch(read_regular(file, MOST_IMPORTED).decode("utf-8"), now.zone, day_start)
    except OSError as error:
        raise NotDone(
            _("{file} could not be read ({value}).", file=file, value=(error.strerror or str(error)).lower())
        ) from error
    except UnicodeDecodeError as error:
        raise NotDone(
            _("{file} is no export of ActivityWatch: it is no text ({reason}).", file=file, reason=error.reason)
        ) from error
    except NotActivityWatch as error:
        raise NotDone(_("{file} is no export of ActivityWatch: {error}.", file=file, error=error)) from error
    with open_books() as books:
        ours = books.history.days()
    # A gap at the edge of a day reaches into its neighbour, so the day before one of ours is left out, too.
    earliest = min(ours) if ours else date.max
    facts = [span for span in spans if span.day < earliest and span.end.day(day_start) < earliest]
    if not facts:
        raise NotDone(
            _("Nothing of {file} is from before the days that are here already; nothing was imported.", file=file)
        )
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "import.jsonl"
        with part.open("w", encoding="utf-8") as out:
            write_jsonl(facts, out)
        reply = change({"do": "import", "file": str(part)})
    if "added" in reply:
        reply["ok"] = _added(file, facts, int(str(reply["added"])))
    return tell(reply, as_json)


def _added(file: Path, facts: Sequence[Span], number: int) -> str:
    """What came in from another program, and what that means."""
    days = [span.day for span in facts]
    added = _(
        "{stretches} on {days} added from {file}, as "
        "ActivityWatch saw them: input counts on for 3 min there, and nothing of it is a confirmed minute.",
        stretches=stretches(number),
        days=days_counted(len(set(days))),
        file=file,
    )
    compared = _("`sitbreak baseline days {first} {last}` compares with them.", first=min(days), last=max(days))
    return f"{added}\n{compared}"


def _lines(file: Path) -> int:
    try:
        with file.open("rb") as lines:
            return sum(1 for __ in lines)
    except OSError as error:
        raise NotDone(
            _("{file} could not be read ({value}).", file=file, value=(error.strerror or str(error)).lower())
        ) from error


# -- forget


def _forget(args: argparse.Namespace) -> int:
    before = None if args.all else read_day(args.before, _today())
    if before is None:
        sure = _("Everything will be removed for good, and every copy of the history. Go on?")
    else:
        text = N_("Every day before {day} will be removed for good, and every copy of the history. Go on?")
        sure = _(text, day=before.isoformat())
    if not find_paths().history_file.exists():
        reply: dict[str, object] = {"ok": _("There is no history, so there is nothing to forget."), "records": 0}
        return tell(reply, args.json)
    if not confirmed(sure, args.yes):
        say(_("Nothing was removed."))
        return 0
    request = {"do": "forget", "before": None if before is None else before.isoformat()}
    reply = change(request)
    return tell(reply, args.json)
