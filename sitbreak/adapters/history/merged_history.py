"""The history as the body has it: our own facts together with what other devices told, merged as they are read.

Every figure comes through here. Where no other device told anything, the facts are our own as they are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any, ClassVar

from sitbreak.adapters.history.fact_columns import KINDS, day_of
from sitbreak.adapters.history.history_file import open_to_read, reading
from sitbreak.adapters.history.others import devices, own_id, told_books, told_days
from sitbreak.adapters.history.queries import collector_paused, widened
from sitbreak.core.accounting import of_day
from sitbreak.core.device_books import DeviceBooks
from sitbreak.core.events import BodySeen
from sitbreak.core.merging import BodyBooks, Stay, body_now, merged
from sitbreak.core.records import Fact, Facts, GapAnswer, Outcome
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import DAY_START, Instant
from sitbreak.ports import History


class BodyHistory:
    """Implements ports.History over another one; `path` is the file in which both our facts and the others' are."""

    NAME: ClassVar[str] = "all devices"

    def __init__(self, own: History, path: Path, day_start: time = DAY_START) -> None:
        self._own, self._path, self._rules = own, path, Rules(day_start=day_start)
        self._last: tuple[tuple[date, date], BodyBooks | None] = ((date.max, date.min), None)

    def over(self, own: History) -> BodyHistory:
        """The same books, read through another connection."""
        return BodyHistory(own, self._path, self._rules.day_start)

    def facts(self, first: date, last: date, *, margin_days: int = 0) -> Facts:
        """The facts of the body. Raises what our own history raises."""
        whole = self._merged(first, last, margin_days)
        self._last = ((first, last), whole)  # whoever asks for a day soon asks where it was spent
        return self._own.facts(first, last, margin_days=margin_days) if whole is None else whole.facts

    def stays(self, first: date, last: date) -> Mapping[date, Sequence[Stay]]:
        """Where the body was on each day, by the devices' names; empty where no other one told anything."""
        (key, whole), self._last = self._last, ((date.max, date.min), None)
        whole = whole if key == (first, last) else self._merged(first, last, 0)
        if whole is None:
            return {}
        with self._file() as file:
            names = {} if file is None else {each.id: each.name for each in devices(file)}
        return of_day(replace(stay, devices=frozenset(names.get(d, d) for d in stay.devices)) for stay in whole.stays)

    def now(self, at: Instant) -> BodySeen | None:
        """How it stands with the body at `at`, for this device; None where the others told nothing of late."""
        day = at.day(self._rules.day_start)
        books = self._books(*widened(day, day, 1))
        if not any(each.facts.spans for each in books[1:]):
            return None
        return body_now(books, books[0].device, at, self._rules)

    @contextmanager
    def _file(self) -> Iterator[sqlite3.Connection | None]:
        """The file that holds what others told, for a short while; None where there is none yet."""
        with reading(self._path):
            connection = open_to_read(self._path)
            with nullcontext() if connection is None else closing(connection):
                yield connection

    def _books(self, first: date, last: date) -> list[DeviceBooks]:
        """The books of all devices for those days, ours first; empty where no other one told anything."""
        with self._file() as file:
            told, me = ([], "") if file is None else (told_books(file, first, last), own_id(file))
        return [DeviceBooks(me, self._own.facts(first, last)), *told] if told else []

    def _merged(self, first: date, last: date, margin_days: int) -> BodyBooks | None:
        """The books of the body around those days, cut to them; None where no other device told anything."""
        books = self._books(*widened(first, last, margin_days + 1))  # a run is placed by its beginning
        if not books:
            return None
        with collector_paused():
            whole = merged(books, self._rules)
        stays = tuple(stay for stay in whole.stays if first <= stay.day <= last)
        return BodyBooks(self._cut(whole.facts, first, last, margin_days), stays)

    def _cut(self, facts: Facts, first: date, last: date, margin_days: int) -> Facts:
        low, high = widened(first, last, margin_days)
        groups: dict[str, tuple[Any, ...]] = {}
        for kind in KINDS:
            found = getattr(facts, kind.table)
            days = (low, high) if kind.table == "spans" else (first, last)
            groups[kind.table] = tuple(fact for fact in found if self._within(fact, *days)) if kind.moment else found
        return Facts(**groups)

    def _within(self, fact: Fact, first: date, last: date) -> bool:
        day = day_of(fact, self._rules.day_start)
        return day is None or first <= day <= last

    def days(self) -> list[date]:
        """The logical days on which any device saw something."""
        with self._file() as file:
            told = [] if file is None else told_days(file)
        return sorted({*self._own.days(), *told})

    def answers(self) -> list[GapAnswer]:
        """What was said on this device about gaps."""
        return self._own.answers()

    def outcomes(self) -> list[Outcome]:
        """What became of the latest prompts of this device."""
        return self._own.outcomes()

    def keep(self, facts: Iterable[Fact], snapshot: Mapping[str, object] | None = None) -> None:
        """Stores our own facts."""
        self._own.keep(facts, snapshot)

    def snapshot(self) -> Mapping[str, object] | None:
        """The last snapshot of this device."""
        return self._own.snapshot()

    def close(self) -> None:
        """Closes our own."""
        self._own.close()
