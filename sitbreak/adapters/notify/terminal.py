"""Notes in the terminal the program was started from: for machines without a desktop."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar, TextIO

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.notify.answers import Chosen, Dismissed
from sitbreak.core.text import printable
from sitbreak.language import _
from sitbreak.ports import Env, Note, NotifyFailed, NotViable, Viable

BELL = "\a"


class TerminalNotes:
    """Writes each note to `stream`, standard error unless given, with a bell unless the note is silent."""

    NAME: ClassVar[str] = "terminal"

    def __init__(
        self,
        chosen: Chosen,
        dismissed: Dismissed,
        thread: BusThread | None = None,
        icon: Path | None = None,
        stream: TextIO | None = None,
    ) -> None:
        self._stream = sys.stderr if stream is None else stream

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works when standard error is a terminal."""
        if sys.stderr is None or sys.stderr.closed or not sys.stderr.isatty():
            return NotViable(_("It was not started from a terminal."))
        return Viable((_("notes appear as lines in the terminal; answer with `sitbreak`"),))

    def show(self, note: Note) -> None:
        """Writes it; raises NotifyFailed when the terminal is gone."""
        bell = "" if note.silent else BELL
        lines = "".join(f"  {printable(line)}\n" for line in note.body.splitlines())
        try:
            self._stream.write(f"\n{bell}{printable(note.title)}\n{lines}")
            self._stream.flush()
        except (OSError, ValueError) as error:
            raise NotifyFailed(_("The terminal it was started from is gone ({error}).", error=error)) from error

    def withdraw(self, tag: str) -> None:
        """Nothing: what is written stays."""

    def close(self) -> None:
        """Nothing is held."""
