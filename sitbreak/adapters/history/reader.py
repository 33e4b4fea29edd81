"""The history as other processes see it: opened for reading only, never made, never held up by the writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar

from sitbreak.adapters.history.errors import HistoryUnwritable
from sitbreak.adapters.history.opening import open_to_read, reading
from sitbreak.adapters.history.queries import read_days, read_facts, read_snapshot
from sitbreak.core.records import Fact, Facts


class HistoryReader:
    """Implements ports.History for reading; empty where there is no file yet."""

    NAME: ClassVar[str] = "sqlite, read only"

    def __init__(self, path: Path) -> None:
        """Opens the file. Raises HistoryTooNew, HistoryDamaged or HistoryUnwritable (it may not be opened)."""
        self.path = path
        self._connection: sqlite3.Connection | None = open_to_read(path)

    def keep(self, facts: Iterable[Fact], snapshot: Mapping[str, object] | None = None) -> None:
        """Raises HistoryUnwritable, always."""
        raise HistoryUnwritable(f"The history {self.path} is open for reading only; nothing was changed.")

    def snapshot(self) -> Mapping[str, object] | None:
        """The last snapshot kept, or None. Raises HistoryDamaged, as do the next two."""
        with reading(self.path):
            return None if self._connection is None else read_snapshot(self._connection)

    def facts(self, first: date, last: date, *, margin_days: int = 0) -> Facts:
        """The facts of the logical days first to last; spans of `margin_days` more days at either end."""
        with reading(self.path):
            return Facts() if self._connection is None else read_facts(self._connection, first, last, margin_days)

    def days(self) -> list[date]:
        """The logical days that have spans, ascending."""
        with reading(self.path):
            return [] if self._connection is None else read_days(self._connection)

    def close(self) -> None:
        """Closes the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
