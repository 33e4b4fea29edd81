"""The history in one SQLite file in WAL mode: the daemon writes it, other processes read it meanwhile.

A kill at any moment loses at most what was not yet given to `keep`. What cannot be written now waits in memory. What
is forgotten is gone from the file, its free pages, its log and every copy beside it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import ClassVar

from sitbreak.adapters.history.fact_columns import identity
from sitbreak.adapters.history.history_file import (
    KEEP,
    FileMark,
    Forgotten,
    copy_to,
    daily_copy,
    file_mark,
    forget,
    open_history,
    open_to_read,
    reading,
)
from sitbreak.adapters.history.memory import MemoryHistory, all_of
from sitbreak.adapters.history.queries import (
    Batch,
    parse_snapshot,
    read_answers,
    read_days,
    read_ends,
    read_facts,
    read_outcomes,
    read_snapshot,
    store,
    transaction,
    widened,
)
from sitbreak.adapters.history.rows import BadRow, count_aside, encode, left_out, put_aside
from sitbreak.adapters.history.schema import (
    MOVED,
    NOT_CLEARED,
    NOT_COPIED,
    NOT_COPIED_TO,
    READING,
    HistoryUnwritable,
    SpansOverlap,
    damaged_notice,
    is_damage,
    reason_of,
    set_aside,
    unwritable,
)
from sitbreak.core.records import Fact, Facts, GapAnswer, Outcome, Span
from sitbreak.core.timeline import DAY_START, Instant
from sitbreak.language import _
from sitbreak.ports import HistoryDamaged


class HistoryReader:
    """Implements ports.History for reading: as other processes see it, never made, never held up by the writer.

    Empty where there is no file yet. `notices` are sentences for the user.
    """

    NAME: ClassVar[str] = "sqlite, read only"

    def __init__(self, path: Path) -> None:
        """Opens the file. Raises HistoryTooNew, HistoryDamaged or HistoryUnwritable (it may not be opened)."""
        self.path = path
        self.notices: list[str] = []
        self._connection: sqlite3.Connection | None = open_to_read(path)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        with reading(self.path):
            yield self._connection

    def _left_out(self, bad: list[BadRow]) -> None:
        """Tells of rows that make no sense, once."""
        if bad and not self.notices:
            self.notices.append(left_out(bad, kept=False))

    def keep(self, facts: Iterable[Fact], snapshot: Mapping[str, object] | None = None) -> None:
        """Raises HistoryUnwritable, always."""
        raise HistoryUnwritable(_("The history {path} is open for reading only; nothing was changed.", path=self.path))

    def snapshot(self) -> Mapping[str, object] | None:
        """The last snapshot kept, or None. All that follows raises HistoryDamaged where the file cannot be read."""
        try:
            with self._reading() as source:
                return None if source is None else read_snapshot(source)
        except HistoryDamaged:
            return None

    def facts(self, first: date, last: date, *, margin_days: int = 0) -> Facts:
        """The facts of the logical days first to last; spans of `margin_days` more days at either end.

        Baselines and goals always in full.
        """
        bad: list[BadRow] = []
        with self._reading() as source:
            facts = Facts() if source is None else read_facts(source, first, last, margin_days, bad)
        self._left_out(bad)
        return facts

    def days(self) -> list[date]:
        """The logical days that have spans, ascending."""
        with self._reading() as source:
            return [] if source is None else read_days(source)

    def answers(self) -> list[GapAnswer]:
        """What was said about gaps, of all days."""
        bad: list[BadRow] = []
        with self._reading() as source:
            answers = [] if source is None else read_answers(source, bad)
        self._left_out(bad)
        return answers

    def outcomes(self) -> list[Outcome]:
        """What became of the latest prompts that were answered, the latest first; what waits is not among them yet."""
        with self._reading() as source:
            return [] if source is None else read_outcomes(source)

    def kept_apart(self) -> int:
        """How many records were found that cannot be true, and are kept where no figure comes from."""
        with self._reading() as source:
            return 0 if source is None else count_aside(source)

    def close(self) -> None:
        """Closes the file; what still waits to be written is lost with the process."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class SqliteHistory(HistoryReader):
    """Implements ports.History over a file that is written, too. `trouble`: what hinders writing."""

    NAME: ClassVar[str] = "sqlite"

    def __init__(self, path: Path, at: datetime, day_start: time = DAY_START, patience_s: float = 2.0) -> None:
        """Opens or makes the file; `at` stamps what must be set aside. Raises HistoryTooNew.

        Where the file cannot be written, `trouble` says so and everything kept waits in memory.
        """
        self.path = path
        self.trouble = ""
        self.notices: list[str] = []
        self._at = at
        self._day_start = day_start
        self._patience_s = patience_s
        self._pending: list[Batch] = []
        self._connection: sqlite3.Connection | None = None
        self._file: FileMark = None
        try:
            self._open()
        except HistoryUnwritable as error:
            self.trouble = str(error)

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None and file_mark(self.path) != self._file:
            self.close()
            self._notice(_(MOVED, path=self.path))
        if self._connection is None:
            opened = open_history(self.path, self._at, self._patience_s)
            self._connection, self._file = opened.connection, file_mark(self.path)
            self.notices += opened.notices
        return self._connection

    @property
    def waiting(self) -> int:
        """How many calls of `keep` wait in memory to be written."""
        return len(self._pending)

    def keep(self, facts: Iterable[Fact], snapshot: Mapping[str, object] | None = None) -> None:
        """Stores facts over those with the same key, and the snapshot, with all that waits, in one transaction.

        Raises HistoryUnwritable when it cannot be done now: the facts wait for the next call. Raises SpansOverlap (or
        sqlite3.IntegrityError) for facts that can never be stored: nothing of that call is, and nothing of it waits.
        """
        given = tuple(facts)
        body = None if snapshot is None else json.dumps(snapshot, separators=(",", ":"))
        keys = frozenset(identity(fact) for fact in given)
        waiting = [batch.without(keys, snapshot=body is not None) for batch in self._pending]
        self._pending = [batch for batch in waiting if batch is not None]  # only what is still news waits
        self._pending.append(Batch(given, tuple(encode(fact, self._day_start) for fact in given), body))
        self._flush()

    def _flush(self) -> None:
        try:
            refused = self._attempt()
        except (sqlite3.Error, OSError) as error:
            raise self._troubled(unwritable(self.path, error)) from error
        except HistoryUnwritable as error:
            raise self._troubled(error) from error
        self._pending.clear()
        self.trouble = ""
        if refused is not None:
            raise refused

    def _troubled(self, error: HistoryUnwritable) -> HistoryUnwritable:
        self.trouble = str(error)
        return error

    def _attempt(self) -> SpansOverlap | sqlite3.IntegrityError | None:
        try:
            return self._write(self._open())
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            self._abandon()
        return self._write(self._open())

    def _write(self, connection: sqlite3.Connection) -> SpansOverlap | sqlite3.IntegrityError | None:
        refused: SpansOverlap | sqlite3.IntegrityError | None = None
        with transaction(connection):
            for batch in self._pending:
                try:
                    store(connection, batch)
                except (SpansOverlap, sqlite3.IntegrityError) as error:
                    refused = error
        return refused

    def _abandon(self) -> None:
        """Sets the file aside that broke under our hands; the next `_open` begins a new one."""
        self.close()
        self.notices.append(damaged_notice(set_aside(self.path, self._at)))

    def snapshot(self) -> Mapping[str, object] | None:
        """The last snapshot kept (JSON values); None where there is none, or none that can be read."""
        for batch in reversed(self._pending):
            if batch.snapshot is not None:
                return parse_snapshot(batch.snapshot)
        with self._reading() as source:
            try:
                return None if source is None else read_snapshot(source)
            except HistoryDamaged as error:
                self._notice(
                    _("{error} Pauses and the stretch under way begin anew; every record is kept.", error=error)
                )
                return None

    def facts(self, first: date, last: date, *, margin_days: int = 0) -> Facts:
        """See HistoryReader; what waits to be written is included."""
        if not self._pending:
            return super().facts(first, last, margin_days=margin_days)
        shown = MemoryHistory(self._day_start)
        shown.keep(all_of(super().facts(*widened(first, last, margin_days + 1))))
        return self._overlay(shown).facts(first, last, margin_days=margin_days)

    def _left_out(self, bad: list[BadRow]) -> None:
        """Moves rows that make no sense out of the way, where the file can be written, and tells of it."""
        if not bad:
            return
        try:
            with transaction(self._open()) as connection:
                put_aside(connection, bad, self._at.date())
            self._notice(left_out(bad, kept=True))
        except (sqlite3.Error, HistoryUnwritable):
            self._notice(left_out(bad, kept=False))

    def _notice(self, sentence: str) -> None:
        if sentence not in self.notices:
            self.notices.append(sentence)

    def days(self) -> list[date]:
        """See HistoryReader; what waits is included, here and in the next."""
        waiting = {fact.day for batch in self._pending for fact in batch.facts if isinstance(fact, Span)}
        return sorted(waiting.union(super().days()))

    def answers(self) -> list[GapAnswer]:
        """What was said about gaps, of all days."""
        waiting = [fact for batch in self._pending for fact in batch.facts if isinstance(fact, GapAnswer)]
        found = {identity(answer): answer for answer in (*super().answers(), *waiting)}
        return sorted(found.values(), key=lambda answer: answer.start.elapsed)

    def ends(self) -> tuple[Instant | None, int]:
        """Where the books end on their axis (None: nothing yet), and the highest prompt number (0: none)."""
        bad: list[BadRow] = []
        with self._reading() as source:
            last, number = (None, 0) if source is None else read_ends(source, bad)
        self._left_out(bad)
        waiting = MemoryHistory(self._day_start)
        if last is not None:
            waiting.keep([last])
        end, highest = self._overlay(waiting).ends()
        return end, max(number, highest)

    def _overlay(self, shown: MemoryHistory) -> MemoryHistory:
        for batch in self._pending:
            try:
                shown.keep(batch.facts)
            except SpansOverlap:
                continue  # the flush that can write reports it
        return shown

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """The open file; where it cannot be written, the same for reading; None where there is none."""
        source = self._connection
        lent = source is None
        try:
            if source is None:
                source = open_to_read(self.path)
            yield source
        except READING as error:
            if isinstance(error, sqlite3.Error) and not is_damage(error):
                raise unwritable(self.path, error) from error
            self._abandon()
            raise HistoryDamaged(self.notices[-1]) from error
        finally:
            if lent and source is not None:
                source.close()

    def backup(self, path: Path) -> None:
        """A complete copy at `path`. Raises HistoryUnwritable; nothing half-made is left under that name."""
        with self._guarded(NOT_COPIED_TO, path) as connection:
            copy_to(connection, path)

    def daily_backup(self, day: date, keep: int = KEEP) -> Path:
        """The copy of that day in the folder `backups`, of which the latest `keep` stay. Raises HistoryUnwritable."""
        with self._guarded(NOT_COPIED) as connection:
            return daily_copy(connection, self.path, day, keep)

    def forget(self, before: date | None = None) -> Forgotten:
        """Removes every record before that day (None: everything) from the disk, and all copies of the file.

        Raises HistoryUnwritable where that is not possible now; asked again, it finishes what is left.
        """
        if self._pending:
            self._flush()
        with self._guarded(NOT_CLEARED) as connection:
            return forget(connection, self.path, before)

    @contextmanager
    def _guarded(self, failure: str, target: Path | None = None) -> Iterator[sqlite3.Connection]:
        try:
            yield self._open()
        except (sqlite3.Error, OSError) as error:
            raise HistoryUnwritable(_(failure, path=self.path, target=target, why=reason_of(error))) from error
