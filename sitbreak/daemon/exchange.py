"""One pass over the shared folder: what is new of ours goes out, what is new of others comes in.

It works on a connection and a thread of its own, in short transactions, so that nothing waits for a slow folder. What
fails is left for the next pass; a pass that is cut short at any point loses nothing and counts nothing twice.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from sitbreak.adapters.history import others
from sitbreak.adapters.history.fact_columns import day_of
from sitbreak.adapters.history.formats import (
    SAID,
    BadLine,
    JournalLine,
    device_of_header,
    journal_header,
    journal_line,
    read_journal_line,
)
from sitbreak.adapters.history.others import Device, Outgoing
from sitbreak.adapters.history.queries import transaction
from sitbreak.adapters.shared_folder import Card, Chunk, SharedFolder
from sitbreak.core.device_books import TOLERANCE
from sitbreak.core.timeline import logical_day
from sitbreak.language import _, named

TOO_FAR = timedelta(days=1)  # a line from further ahead is not waited for
SLICES = 20  # of our rows told in one pass
CHUNKS = 8  # read in one pass
MARKS = 50
SAID_WITHIN = timedelta(days=1)


Said = tuple[datetime, Mapping[str, object]]  # what the person said to a device, as core/event_messages.py has it


@dataclass(slots=True)
class Exchanged:
    """What a pass did: how many facts of others were news, how many of ours were told; what was said to others within
    the last day, and sentences for the person.
    """

    news: int = 0
    told: int = 0
    said: list[Said] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


def new_id() -> str:
    """An identity for a device."""
    return os.urandom(6).hex()


class Exchange:
    """`now`: the wall clock, local; `mark`: of this run, `name`: for a device that has none yet."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        folder: SharedFolder,
        now: datetime,
        day_start: time,
        name: str,
        mark: str,
        new_id: Callable[[], str] = new_id,
        said: Sequence[Said] = (),
    ) -> None:
        self._connection, self._folder, self._now, self._day_start = connection, folder, now, day_start
        self._name, self._mark, self._new_id, self._said = name, mark, new_id, said
        self._done, self._chunks = Exchanged(), CHUNKS

    def run(self) -> Exchanged:
        """The whole pass. Raises FolderTrouble or sqlite3.Error where it had to end early."""
        self._folder.check()
        here = self._folder.devices()
        cards = {each: card for each in here if (card := self._folder.card(each)) is not None}
        me = self._myself(cards)
        self._obey(me, here, cards)
        self._introduce(me, cards.get(me.id))
        self._tell(me)
        for device in self._others(me, here, cards):
            self._listen(device)
        return self._done

    # -- who is who

    def _myself(self, cards: dict[str, Card]) -> Device:
        """This device; a new one at first, and where another one writes under the same identity."""
        me = others.own_device(self._connection)
        if me is None:
            return self._anew(self._name, None)
        card = cards.get(me.id)
        if card is not None and card.mark not in me.marks:
            self._done.sentences.append(
                _(
                    "Another computer writes to the shared folder under the identity of this one, as happens when a "
                    "disk was copied: this one has a new identity from now on, and is called {name} as before.",
                    name=me.name,
                )
            )
            return self._anew(me.name, replace(me, own=False, files={}))
        teller = next((card for card in cards.values() if me.id in card.forgotten), None)
        if teller is not None:
            self._done.sentences.append(
                _(
                    "On {other} this computer's records were told to be forgotten by all: they stay here, and what is "
                    "recorded from today on is shared anew.",
                    other=teller.name,
                )
            )
            today = logical_day(self._now, self._day_start).isoformat()
            return self._anew(me.name, replace(me, own=False, forgotten=True), today)
        if self._mark not in me.marks:
            me = others.keep_device(self._connection, replace(me, marks=(*me.marks, self._mark)[-MARKS:]))
        if not others.sharing(self._connection):
            self._share_all()
        return me

    def _anew(self, name: str, former: Device | None, since: str = "") -> Device:
        with transaction(self._connection):
            if former is not None:
                others.keep_device(self._connection, former)
            since = since or (former.since if former is not None else "")
            me = Device(0, self._new_id(), name, own=True, marks=(self._mark,), since=since)
            me = others.keep_device(self._connection, me)
            others.share_from_now_on(self._connection)
        return me

    def _share_all(self) -> None:
        with transaction(self._connection):
            others.share_from_now_on(self._connection)

    def _obey(self, me: Device, here: list[str], cards: dict[str, Card]) -> None:
        """Forgets whom others were told to forget, and sees to it that nothing of those is left in the folder."""
        known = {each.id: each for each in others.devices(self._connection)}
        for gone in {each for card in cards.values() for each in card.forgotten} - {me.id}:
            device = known.get(gone)
            if device is None:
                others.keep_device(self._connection, Device(0, gone, gone, forgotten=True))
            elif not device.forgotten:
                self._done.news += others.forget_device(self._connection, device)
        for device in others.devices(self._connection):
            if device.forgotten and device.id in here:
                self._folder.remove(device.id)

    def _introduce(self, me: Device, card: Card | None) -> None:
        """Writes our card where it says something else."""
        known = others.devices(self._connection)
        ahead = {d.id: round(d.ahead / 30) * 30.0 for d in known if d.ahead >= TOLERANCE.total_seconds()}
        mine = Card(me.id, me.name, self._mark, tuple(sorted(d.id for d in known if d.forgotten)), ahead)
        if card != mine:
            self._folder.write_card(mine)

    # -- what we tell

    def _tell(self, me: Device) -> None:
        lost = [journal for journal, place in me.files.items() if not self._folder.known(me.id, journal, place)]
        if lost:  # somebody took our journal away, or put an older one in its place: everything is told again
            me = others.keep_device(self._connection, replace(me, files={}))
            self._share_all()
        for when, message in self._said:
            fields = {"kind": SAID, "at": when.isoformat(), **message}
            row = Outgoing(others.next_number(self._connection), fields, None)
            me = self._append(me, self._journal_of(None), [row])
        for _slice in range(SLICES):
            rows = others.outgoing(self._connection, self._day_start, me.since)
            if not rows:
                return
            for journal, group in groupby(sorted(rows, key=self._journal), self._journal):
                me = self._append(me, journal, list(group))

    def _journal(self, row: Outgoing) -> str:
        return self._journal_of(row.day)

    def _journal_of(self, day: date | None) -> str:
        return f"{day or logical_day(self._now, self._day_start):%Y-%m}.jsonl"

    def _append(self, me: Device, journal: str, rows: list[Outgoing]) -> Device:
        lines = [journal_line(row.number, row.fields) for row in rows if row.fields]
        if lines:
            place = self._folder.append(me.id, journal, journal_header(me.id), lines)
            me = replace(me, files={**me.files, journal: place})
        with transaction(self._connection):
            others.told(self._connection, rows)
            others.keep_device(self._connection, me)
        self._done.told += len(lines)
        return me

    # -- what we are told

    def _others(self, me: Device, here: list[str], cards: dict[str, Card]) -> Iterator[Device]:
        known = {each.id: each for each in others.devices(self._connection)}
        for id_ in here:
            device = known.get(id_) or Device(0, id_, id_)
            if device.own or device.forgotten:
                continue
            card = cards.get(id_)
            told = device if card is None else replace(device, name=card.name, ahead=self._off(device, card, me))
            if told != device or not device.number:
                told = others.keep_device(self._connection, self._astray(told))
            yield told

    def _off(self, device: Device, card: Card, me: Device) -> float:
        """How far its clock is ahead: as we see it, else how far it sees us ahead."""
        seen = card.ahead.get(me.id, 0.0)
        return -seen if seen >= TOLERANCE.total_seconds() else max(0.0, device.ahead)

    def _astray(self, device: Device) -> Device:
        if abs(device.ahead) < TOLERANCE.total_seconds():
            return device
        return replace(device, astray=device.astray | {logical_day(self._now, self._day_start)})

    def _listen(self, device: Device) -> None:
        """Reads on in each of its journals; what is too much for one pass is left for the next."""
        for journal in self._folder.journals(device.id):
            while self._chunks:
                before = device.files.get(journal, ())
                device = self._hear(device, journal, self._folder.read(device.id, journal, before))
                if device.files.get(journal, ()) == before:
                    break
                self._chunks -= 1

    def _hear(self, device: Device, journal: str, chunk: Chunk) -> Device:
        """Takes in what can be taken of a chunk; what is from the future, or of a newer version, waits in its file."""
        try:
            if chunk.first and device_of_header(chunk.first) != device.id:
                raise BadLine(_("it is the journal of another device"))
        except BadLine as bad:
            why = named(journal, bad)
            return device if device.why == why else others.keep_device(self._connection, replace(device, why=why))
        lines, end = list[JournalLine](), chunk.end
        apart, why = (1, _("a line is too long")) if chunk.dropped else (0, "")
        waits, ahead = False, timedelta(0)
        for text, start in chunk.lines:
            try:
                told = read_journal_line(text) if text else None
            except BadLine as bad:
                told, apart, why = None, apart + 1, why or str(bad)
            if told is None or told.until is None:
                lines += [told] if told is not None and not waits else []
                continue
            early = told.until - self._now
            if early > TOO_FAR:
                apart, why = apart + 1, why or _("it is from the future")
                continue
            ahead = max(ahead, early)
            if early > TOLERANCE and not waits:
                waits, end = True, start
            lines += [] if waits else [told]
        return self._taken(device, journal, lines, end, (apart, why), ahead)

    def _taken(
        self,
        device: Device,
        journal: str,
        lines: list[JournalLine],
        end: int,
        apart: tuple[int, str],
        ahead: timedelta,
    ) -> Device:
        number, why = apart
        before = device.why.startswith(named(journal, "").rstrip())
        readable = not device.apart and before  # now, and was not then
        told = (not readable and device.why) or (why and named(journal, why))
        off = ahead.total_seconds() if ahead > TOLERANCE else min(0.0, device.ahead) if lines else device.ahead
        files = {**device.files, journal: self._folder.place(device.id, journal, end)}
        heard = replace(device, files=files, apart=device.apart + number, why=told, ahead=off)
        if ahead > TOLERANCE:
            days = {day for each in lines if each.fact and (day := day_of(each.fact, self._day_start)) is not None}
            heard = self._astray(replace(heard, astray=heard.astray | days))
        if heard == device:
            return device
        for first in range(0, len(lines), others.SLICE):
            with transaction(self._connection):
                some = lines[first : first + others.SLICE]
                pairs = [(each.number, each.fact) for each in some if each.fact is not None]
                self._done.news += others.take(self._connection, device, pairs, self._day_start)
        said = [(each.until, each.said) for each in lines if each.said is not None and each.until is not None]
        self._done.said += [each for each in said if self._now - each[0] < SAID_WITHIN]
        return others.keep_device(self._connection, heard)
