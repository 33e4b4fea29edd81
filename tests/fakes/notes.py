"""Notifications that nobody sees: kept in a list, and answered by the test."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.notify.chain import Answers, Chosen, Dismissed
from sitbreak.ports import Env, Note, NotifyFailed, Viable


class NullNotes:
    """Keeps what it was shown. With `failure` set, showing raises NotifyFailed with that sentence."""

    NAME: ClassVar[str] = "none"
    ANSWERS: ClassVar[bool] = True

    def __init__(
        self, chosen: Chosen, dismissed: Dismissed, thread: BusThread | None = None, icon: Path | None = None
    ) -> None:
        self.notes: list[Note] = []  # everything that was shown, in order
        self.visible: dict[str, Note] = {}  # what is on show, by tag
        self.failure = ""
        self._answers = Answers(chosen, dismissed)
        self._tickets: dict[str, int] = {}

    @classmethod
    def viable(cls, env: Env) -> Viable:
        """Works everywhere."""
        return Viable()

    def show(self, note: Note) -> None:
        """Keeps it."""
        if self.failure:
            raise NotifyFailed(self.failure)
        self._tickets[note.tag] = self._answers.open(note.tag)
        self.notes.append(note)
        self.visible[note.tag] = note

    def choose(self, tag: str, key: str) -> None:
        """Acts as if the user had picked this action."""
        self.visible.pop(tag, None)
        self._answers.choose(tag, self._tickets.get(tag, 0), key)

    def dismiss(self, tag: str) -> None:
        """Acts as if the user had closed the note."""
        self.visible.pop(tag, None)
        self._answers.dismiss(tag, self._tickets.get(tag, 0))

    def withdraw(self, tag: str) -> None:
        """Takes it off."""
        self.visible.pop(tag, None)
        self._answers.forget(tag)

    def close(self) -> None:
        """Takes everything off."""
        for tag in list(self.visible):
            self.withdraw(tag)
