"""Several notifiers as one: the first that can show a note does."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import ClassVar

from sitbreak.ports import Note, Notifier, NotifyFailed

log = logging.getLogger(__name__)


class NotifierChain:
    """Tries each notifier in order. One that fails is tried again with the next note, but spoken of only once."""

    NAME: ClassVar[str] = "chain"

    def __init__(self, notifiers: Sequence[Notifier]) -> None:
        self._notifiers = tuple(notifiers)
        self._dead: set[str] = set()

    @property
    def buttons(self) -> bool:
        """Whether the first notifier that works shows buttons."""
        alive = [notifier for notifier in self._notifiers if notifier.NAME not in self._dead]
        return bool(alive) and alive[0].buttons

    @property
    def failing(self) -> frozenset[str]:
        """The names of those that failed last time."""
        return frozenset(self._dead)

    def show(self, note: Note) -> None:
        """Shows it by the first notifier that can; raises NotifyFailed naming each and why when none can."""
        reasons = []
        for notifier in self._notifiers:
            try:
                notifier.show(note)
            except NotifyFailed as failure:
                reasons.append(f"{notifier.NAME}: {failure}")
                self._mourn(notifier, failure)
                continue
            self._dead.discard(notifier.NAME)
            return
        raise NotifyFailed(" ".join(reasons) or "There is no way to show notifications here.")

    def withdraw(self, tag: str) -> None:
        """Takes it off, whoever shows it."""
        for notifier in self._notifiers:
            notifier.withdraw(tag)

    def close(self) -> None:
        """Closes all of them."""
        for notifier in self._notifiers:
            notifier.close()

    def _mourn(self, notifier: Notifier, failure: NotifyFailed) -> None:
        if notifier.NAME not in self._dead:
            self._dead.add(notifier.NAME)
            log.warning("Notifications by %s do not work now: %s", notifier.NAME, failure)
