"""The history as other processes see it: opened for reading only, never made, never held up by the writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar

from sitbreak.adapters.history.errors import HistoryDamaged, HistoryUnwritable
from sitbreak.adapters.history.opening import open_to_read, reading
from sitbreak.adapters.history.queries import read_answers, read_days, read_facts, read_outcomes, read_snapshot
from sitbreak.adapters.history.rows import BadRow, count_aside, left_out
from sitbreak.core.records import Fact, Facts, GapAnswer, Outcome
from sitbreak.language import _


class HistoryReader:
    """Implements ports.History for reading; empty where there is no file yet."""

    NAME: ClassVar[str] = "sqlite, read only"

    def __init__(self, path: Path) -> None:
        """Opens the file. Raises HistoryTooNew, HistoryDamaged or HistoryUnwritable (it may not be opened)."""
        self.path = path
        self.notices: list[str] = []
        self._connection: sqlite3.Connection | None = open_to_read(path)

    def keep(self, facts: Iterable[Fact], snapshot: Mapping[str, object] | None = None) -> None:
        """Raises HistoryUnwritable, always."""
        raise HistoryUnwritable(_("The history {path} is open for reading only; nothing was changed.", path=self.path))

    def snapshot(self) -> Mapping[str, object] | None:
        """The last snapshot kept, or None. The next two raise HistoryDamaged."""
        try:
            with reading(self.path):
                return None if self._connection is None else read_snapshot(self._connection)
        except HistoryDamaged:
            return None

    def facts(self, first: date, last: date, *, margin_days: int = 0) -> Facts:
        """The facts of the logical days first to last; spans of `margin_days` more days at either end."""
        if self._connection is None:
            return Facts()
        bad: list[BadRow] = []
        with reading(self.path):
            facts = read_facts(self._connection, first, last, margin_days, bad)
        if bad and not self.notices:
            self.notices.append(left_out(bad, kept=False))
        return facts

    def days(self) -> list[date]:
        """The logical days that have spans, ascending."""
        with reading(self.path):
            return [] if self._connection is None else read_days(self._connection)

    def answers(self) -> list[GapAnswer]:
        """What was said about gaps, of all days. Raises HistoryDamaged."""
        if self._connection is None:
            return []
        with reading(self.path):
            return read_answers(self._connection, [])

    def outcomes(self) -> list[Outcome]:
        """What became of the latest prompts that were answered. Raises HistoryDamaged."""
        if self._connection is None:
            return []
        with reading(self.path):
            return read_outcomes(self._connection)

    def kept_apart(self) -> int:
        """How many records were found that cannot be true, and are kept where no figure comes from."""
        if self._connection is None:
            return 0
        with reading(self.path):
            return count_aside(self._connection)

    def close(self) -> None:
        """Closes the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
