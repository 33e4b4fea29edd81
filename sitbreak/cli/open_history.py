"""What `summary` and `report` share: opening the history for reading, and what a person means by a day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.history import HistoryDamaged, HistoryReader, HistoryTooNew, HistoryUnwritable
from sitbreak.adapters.history.merged_history import BodyHistory
from sitbreak.adapters.movement_catalogue import CatalogueDamaged, load_catalogue
from sitbreak.cli.output import complain
from sitbreak.core.frozen import frozen
from sitbreak.language import _
from sitbreak.ports import History
from sitbreak.review.build import Terms
from sitbreak.review.day import Names, names_of
from sitbreak.settings.load import load
from sitbreak.settings.model import Settings
from sitbreak.settings.paths import Paths, find_paths


class NotDone(Exception):
    """What was asked for cannot be done; the message is one sentence for people."""


@frozen
class OpenBooks:
    """The history, open for reading, and what the review has to know."""

    history: History
    terms: Terms
    paths: Paths


@contextmanager
def open_books() -> Iterator[OpenBooks]:
    """The books of this user; raises NotDone when the history cannot be read."""
    paths = find_paths()
    settings = load(paths.config_file).settings
    try:
        history = HistoryReader(paths.history_file)
        try:
            body = BodyHistory(history, paths.history_file, settings.day.start)
            yield OpenBooks(body, terms(settings, names(paths)), paths)
        finally:
            history.close()
            for notice in history.notices:
                complain(notice)
    except (HistoryDamaged, HistoryTooNew, HistoryUnwritable) as error:
        raise NotDone(str(error)) from error


def terms(settings: Settings, names: Names | None = None) -> Terms:
    """The terms under these settings, today."""
    now = SystemClock().now()
    return Terms.under(settings, now.day(settings.day.start), now.local.date(), names)


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
