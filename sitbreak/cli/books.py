"""The history for commands: opened to be read, or to be changed while no program runs; and what is meant by a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from datetime import date, timedelta

from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.history import HistoryReader, SqliteHistory
from sitbreak.adapters.history.merged_history import BodyHistory
from sitbreak.adapters.movement_catalogue import CatalogueDamaged, load_catalogue
from sitbreak.cli.client import NotRunning
from sitbreak.cli.output import complain
from sitbreak.core.frozen import frozen
from sitbreak.core.text import NotDone
from sitbreak.daemon.history_changes import UPKEEP, Upkeep
from sitbreak.daemon.not_running import said
from sitbreak.daemon.single_instance import AlreadyRunning, hold
from sitbreak.language import N_, _
from sitbreak.ports import History
from sitbreak.review.build import Terms
from sitbreak.review.day import Names, names_of
from sitbreak.settings.load import load
from sitbreak.settings.model import Settings
from sitbreak.settings.paths import Paths, find_paths, make_folders

NOT_BEGUN = N_("sitbreak has not run here yet, so there is nothing to add to; `sitbreak run` starts it.")


@frozen
class OpenBooks:
    """The history, open for reading, and what the review has to know."""

    history: History
    settings: Settings
    terms: Terms
    paths: Paths


@contextmanager
def open_books() -> Iterator[OpenBooks]:
    """The books of this user. Raises NotDone when the history cannot be read."""
    paths = find_paths()
    settings, now = load(paths.config_file).settings, SystemClock().now()
    terms = Terms.under(settings, now.day(settings.day.start), now.local.date(), names(paths))
    history = HistoryReader(paths.history_file)
    try:
        yield OpenBooks(BodyHistory(history, paths.history_file, settings.day.start), settings, terms, paths)
    finally:
        history.close()
        for notice in history.notices:
            complain(notice)


def change_here(request: Mapping[str, object], silence: str) -> dict[str, object]:
    """Changes the history with the file in hand; `silence` is why no program did. Raises NotDone."""
    paths = find_paths()
    make_folders(paths)
    if request.get("do") not in UPKEEP and not paths.history_file.exists():
        raise NotRunning(_(NOT_BEGUN))
    with ExitStack() as held:
        try:
            for lock in hold(paths):
                held.callback(lock.release)
        except AlreadyRunning as error:
            raise NotRunning(_("{error} It does not answer ({silence})", error=error, silence=silence)) from error
        settings, at = load(paths.config_file).settings, SystemClock().now()
        history = held.enter_context(closing(SqliteHistory(paths.history_file, at.utc, settings.day.start)))
        for notice in history.notices:
            complain(notice)
        return said(Upkeep(history, settings, at, paths=paths), request)


def names(paths: Paths) -> Names:
    """What people call the movements; where the catalogue cannot be read their ids have to do."""
    try:
        catalogue = load_catalogue(paths.movements_dir)
    except CatalogueDamaged as error:
        complain(error)
        return {}
    return names_of(catalogue.movements)


def read_day(text: str, today: date) -> date:
    """The day meant by "today", "yesterday" or an ISO date. Raises NotDone."""
    near = {"today": today, "yesterday": today - timedelta(days=1)}
    if text.strip().lower() in near:
        return near[text.strip().lower()]
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        raise NotDone(
            _(
                "{text!r} is no day; say today, yesterday, or a date such as {isoformat}.",
                text=text,
                isoformat=today.isoformat(),
            )
        ) from None
    if found > today:
        raise NotDone(
            _("{isoformat} is still to come; the latest day there is to show is today.", isoformat=found.isoformat())
        )
    if found.year < 2000:
        raise NotDone(_("{isoformat} is before any record; say a later date.", isoformat=found.isoformat()))
    return found
