"""Several notifiers as one: the first that can show a note does, and of its answers only the first counts."""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, Protocol, runtime_checkable

from sitbreak.adapters.choose import Backend, choose
from sitbreak.language import _, named, paragraph
from sitbreak.ports import Choice, Env, Note, Notifier, NotifyFailed, NotViable, Viable

log = logging.getLogger(__name__)


class ChosenNotifier(Notifier, Backend, Protocol):
    """A notifier that can be asked whether it can work here now. `ANSWERS`: what it shows can be answered there."""

    ANSWERS: ClassVar[bool]


@runtime_checkable
class ReturningNotifier(Protocol):
    """A notifier that finds out by itself that it can show notes again, and calls `come` then, on any thread."""

    come: Callable[[], None]


class NotifierChain:
    """Tries each notifier in order, anew with each note; one that fails is spoken of only once."""

    NAME: ClassVar[str] = "chain"

    def __init__(self, env: Env, notifiers: Sequence[ChosenNotifier], card: bool = False) -> None:
        """`card`: there is one, so a note that asks something goes there before it goes where nobody can answer."""
        self._env = env
        self._notifiers = tuple(notifiers)
        self._asking = tuple(each for each in notifiers if each.ANSWERS or not card)
        self.failing: dict[str, str] = {}  # why, by name: those that failed when they were last tried
        for each in notifiers:
            if isinstance(each, ReturningNotifier):
                each.come = partial(self._works, each.NAME)

    def show(self, note: Note) -> None:
        """Shows it by the first notifier that can; raises NotifyFailed naming each and why when none can."""
        reasons = []
        for notifier in self._notifiers:
            if note.actions and notifier not in self._asking:
                continue
            verdict = notifier.viable(self._env)
            try:
                if isinstance(verdict, NotViable):
                    raise NotifyFailed(verdict.reason)
                notifier.show(note)
            except NotifyFailed as failure:
                reasons.append(named(notifier.NAME, failure))
                if notifier.NAME not in self.failing and isinstance(verdict, Viable):
                    log.warning("Notifications by %s do not work now: %s", notifier.NAME, failure)
                self.failing[notifier.NAME] = str(failure)
                continue
            self._works(notifier.NAME)
            return
        raise NotifyFailed(paragraph(*reasons) or _("There is no way to show notifications here."))

    def _works(self, name: str) -> None:
        if self.failing.pop(name, ""):
            log.info("Notifications by %s work again.", name)

    @property
    def trouble(self) -> str:
        """That nothing could show the last reminder, as a sentence; empty while one may, or none was tried."""
        if not self.failing or not all(each.NAME in self.failing for each in self._asking):
            return ""
        return _("Nothing here shows notifications, so reminders come as a card; `sitbreak doctor` tells why.")

    @property
    def choice(self) -> Choice[ChosenNotifier]:
        """What the next note is tried with, and why not with the others."""
        known = {type(each): each for each in self._notifiers}

        def working(candidate: type[ChosenNotifier]) -> ChosenNotifier:
            if candidate.NAME in self.failing:
                raise NotifyFailed(self.failing[candidate.NAME])
            return known[candidate]

        return choose("notifications", tuple(known), self._env, build=working)

    def withdraw(self, tag: str) -> None:
        """Takes it off, whoever shows it."""
        for notifier in self._notifiers:
            notifier.withdraw(tag)

    def close(self) -> None:
        """Closes all of them."""
        for notifier in self._notifiers:
            notifier.close()


Chosen = Callable[[str, str], None]
Dismissed = Callable[[str], None]


class Answers:
    """Which notes may still be answered. Each showing has a ticket; only the newest of a tag counts, and only once."""

    def __init__(self, chosen: Chosen, dismissed: Dismissed) -> None:
        self._chosen = chosen
        self._dismissed = dismissed
        self._guard = threading.Lock()
        self._tickets = itertools.count(1)
        self._open: dict[str, int] = {}

    def open(self, tag: str) -> int:
        """The ticket of a new showing; earlier ones of the tag count no more."""
        with self._guard:
            self._open[tag] = next(self._tickets)
            return self._open[tag]

    def choose(self, tag: str, ticket: int, key: str) -> None:
        """An action was picked."""
        if self._taken(tag, ticket):
            self._chosen(tag, key)

    def dismiss(self, tag: str, ticket: int) -> None:
        """The note was closed by the user."""
        if self._taken(tag, ticket):
            self._dismissed(tag)

    def forget(self, tag: str) -> None:
        """No answer is wanted any more."""
        with self._guard:
            self._open.pop(tag, None)

    def tags(self) -> list[str]:
        """The tags that may still be answered."""
        with self._guard:
            return list(self._open)

    def _taken(self, tag: str, ticket: int) -> bool:
        with self._guard:
            if self._open.get(tag) != ticket:
                return False
            del self._open[tag]
            return True
