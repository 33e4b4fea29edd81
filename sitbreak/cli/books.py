"""The history for commands: opened to be read, or to be changed while no program runs; and what is meant by a day.

What is said without the program is taken as it would: the machine is woken from its memory, told since when nobody
watched and what was said, and its memory is kept; the next start goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from datetime import date, timedelta

from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.history import HistoryReader, SqliteHistory
from sitbreak.adapters.history.merged_history import BodyHistory
from sitbreak.adapters.movement_catalogue import CatalogueDamaged, load_catalogue
from sitbreak.cli.client import SILENT, NotReached, NotRunning
from sitbreak.cli.output import complain
from sitbreak.core.effects import Effect
from sitbreak.core.events import Stopped
from sitbreak.core.frozen import frozen
from sitbreak.core.machine import Machine
from sitbreak.core.movements import Chooser
from sitbreak.core.text import NotDone
from sitbreak.core.timeline import ZERO, Instant
from sitbreak.daemon import book_clock, history_changes, words
from sitbreak.daemon.book_clock import System, remember
from sitbreak.daemon.day_figures import Today
from sitbreak.daemon.event_queue import Item
from sitbreak.daemon.history_changes import UPKEEP, Reply, Request, Upkeep
from sitbreak.daemon.loop import Loop
from sitbreak.daemon.requests import Requests
from sitbreak.daemon.rules_in_force import PromptPace
from sitbreak.daemon.single_instance import AlreadyRunning, RunsElsewhere, hold
from sitbreak.language import N_, _, paragraph, sentence
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


def change_here(request: Mapping[str, object]) -> dict[str, object]:
    """Changes the history with the file in hand, where no program does. Raises NotDone."""
    paths = find_paths()
    make_folders(paths)
    if request.get("do") not in UPKEEP and not paths.history_file.exists():
        raise NotRunning(_(NOT_BEGUN))
    with ExitStack() as held:
        try:
            for lock in hold(paths):
                held.callback(lock.release)
        except AlreadyRunning as error:
            raise NotReached(str(error) if isinstance(error, RunsElsewhere) else _(SILENT)) from error
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


ONCE_STARTED = N_("sitbreak does not run now; it goes by this when it is started.")


class _Nobody:
    """Nothing is shown, and nothing comes."""

    def perform(self, effect: Effect, at: Instant) -> None:
        """Shows nothing."""

    def refresh(self, machine: Machine, at: Instant) -> None:
        """There is no tray."""

    def kept(self) -> None:
        """Nobody looks at the day."""

    def receive(self, until: timedelta) -> Iterator[Item]:
        """Nothing comes."""
        return iter(())


def said(books: Upkeep, request: Request, system: System | None = None) -> Reply:
    """Does what `request` says with the history in hand, and keeps the memory; what is answered.

    Only for what needs nobody at the desk (`core.events.UNATTENDED`) and for `history_changes.UPKEEP`.
    """
    if str(request.get("do")) in history_changes.UPKEEP:
        return history_changes.answer(books, request)
    clocks = SystemClock() if system is None else system
    history, kept, nobody = books.history, books.history.snapshot(), _Nobody()
    rules = PromptPace(history, kept, books.books).rules(books.settings, books.today)
    opened = book_clock.open_books(clocks, history, history.ends(), rules, Chooser((), books.settings.movements.wishes))
    boot = clocks.boot_id()
    loop = Loop(
        opened.machine, opened.clock, nobody, history, nobody, ZERO, checkpoint=None,
        remember=lambda machine: {**(kept or {}), **remember(machine, opened.clock, boot)},
    )  # fmt: skip
    if opened.last_seen is not None:
        loop.apply(Stopped(), opened.last_seen)
    at = opened.clock.now()
    answer = Requests(loop, Today(books.books, books.settings), lambda *given: {}, {}).answer(request, at)
    if loop.trouble:
        return {"error": paragraph(loop.trouble, _("Nothing was noted."))}
    if "ok" in answer and request.get("do") == "pause":
        return {"ok": paragraph(sentence(words.why(opened.machine.status(at))), _(ONCE_STARTED))}
    return answer
