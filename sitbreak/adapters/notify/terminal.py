"""Notes in the terminal the program was started from, else in the one that was used last: without a desktop."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import ClassVar, TextIO

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.notify.first_answer import Chosen, Dismissed
from sitbreak.adapters.ttys import PLACES, last_used, own_terminal
from sitbreak.core.text import printable
from sitbreak.language import _
from sitbreak.ports import Env, Note, NotifyFailed, NotViable, Viable

BELL = "\a"


class TerminalNotes:
    """Writes each note to a terminal, with a bell unless the note is silent. `stream` stands in for it in tests."""

    NAME: ClassVar[str] = "terminal"
    ANSWERS: ClassVar[bool] = True  # a command answers

    def __init__(
        self,
        chosen: Chosen,
        dismissed: Dismissed,
        thread: BusThread | None = None,
        icon: Path | None = None,
        stream: TextIO | None = None,
        places: Sequence[str] = PLACES,
    ) -> None:
        """`places`: patterns of where terminals are."""
        self._stream, self._places = stream, places

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works when standard error is a terminal, and in every login without a display."""
        if not (own_terminal() or env.in_terminal):
            return NotViable(_("It was not started from a terminal."))
        return Viable((_("notes appear as lines in the terminal; answer with `sitbreak`"),))

    def show(self, note: Note) -> None:
        """Writes it; raises NotifyFailed when the terminal is gone."""
        bell = "" if note.silent else BELL
        how = [_("Answer with `sitbreak answer start`, snooze or not-now.")] if _asks(note) else []
        lines = "".join(f"  {printable(line)}\n" for line in (*note.body.splitlines(), *how))
        try:
            with self._opened() as stream:
                stream.write(f"\n{bell}{printable(note.title)}\n{lines}")
                stream.flush()
        except (OSError, ValueError) as error:
            raise NotifyFailed(_("The terminal is gone ({error}).", error=error)) from error

    def _opened(self) -> AbstractContextManager[TextIO]:
        if self._stream is not None or own_terminal():
            return nullcontext(self._stream or sys.stderr)
        return _last_used(self._places)

    def withdraw(self, tag: str) -> None:
        """Nothing: what is written stays."""

    def close(self) -> None:
        """Nothing is held."""


def _asks(note: Note) -> bool:
    """Whether it offers a break."""
    return any(action.key == "start" for action in note.actions)


def _last_used(places: Sequence[str]) -> TextIO:
    """The terminal that was used last; one that is held (Ctrl+S) is not waited for. Raises OSError."""
    used = last_used(places)
    if used is None:
        raise FileNotFoundError("none is open")
    return os.fdopen(os.open(used.path, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK), "w", encoding="utf-8")
