"""One answer for each note: the first signal wins, whatever the notification service sends after it."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable

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
