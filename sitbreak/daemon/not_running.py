"""What is said while no program runs: a pause, a walk, a gap, a correction, taken as the program would, and kept.

The machine is woken from its memory, told since when nobody watched and what was said, and its memory is kept: the
next start goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sitbreak.adapters.clock import SystemClock
from sitbreak.core.effects import Effect
from sitbreak.core.events import Stopped
from sitbreak.core.machine import Machine
from sitbreak.core.movements import Chooser
from sitbreak.core.timeline import ZERO, Instant
from sitbreak.daemon import history_changes, words
from sitbreak.daemon.book_clock import System, open_books, remember
from sitbreak.daemon.day_figures import Today
from sitbreak.daemon.event_queue import Item
from sitbreak.daemon.history_changes import Reply, Request, Upkeep
from sitbreak.daemon.loop import Loop
from sitbreak.daemon.requests import Requests
from sitbreak.daemon.rules_in_force import PromptPace
from sitbreak.language import N_, _, paragraph, sentence

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
    opened = open_books(clocks, history, history.ends(), rules, Chooser((), books.settings.movements.wishes))
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
