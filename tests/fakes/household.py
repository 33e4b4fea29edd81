"""Several computers of one person, each with a home, a clock and its own copy of the shared folder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sitbreak.adapters.history import SqliteHistory
from sitbreak.adapters.history.memory import all_of
from sitbreak.adapters.history.merged_history import BodyHistory
from sitbreak.adapters.history.others import Device, devices, opened
from sitbreak.adapters.shared_folder import SharedFolder
from sitbreak.core.records import Evidence, Facts, Span, SpanClass
from sitbreak.core.timeline import Instant
from sitbreak.daemon.exchange import Exchange, Exchanged

DAY_START = time(4, 0)
LATE = datetime(2027, 1, 1, tzinfo=UTC)  # after all that these days hold


class Computer:
    """One of them. `folder` is its own copy; others' files come and go as `replicate` has it."""

    def __init__(self, home: Path, name: str, now: datetime = LATE) -> None:
        self.name, self.now = name, now
        self.folder = home / "shared"
        self.folder.mkdir(parents=True)
        self.file = home / "history.db"
        self.mark = f"run of {name}"
        self.history = SqliteHistory(self.file, now, DAY_START)
        self.body = BodyHistory(self.history, self.file, DAY_START)

    def keep(self, facts: Facts) -> None:
        """Records these."""
        self.history.keep(all_of(facts))

    def exchange(self) -> Exchanged:
        """One pass over its copy of the folder."""
        with opened(self.file) as connection:
            folder = SharedFolder(self.folder)
            return Exchange(connection, folder, self.now, DAY_START, self.name, self.mark).run()

    def settle(self) -> None:
        """Passes until nothing is news."""
        while (done := self.exchange()).news or done.told:
            pass

    def facts(self) -> Facts:
        """The books of the body, as this computer has them."""
        return self.body.facts(date(2026, 1, 1), date(2026, 12, 31))

    def known(self) -> list[Device]:
        """The devices it knows, itself first."""
        with opened(self.file) as connection:
            return devices(connection)

    @property
    def id(self) -> str:
        """Its identity."""
        return next(each.id for each in self.known() if each.own)

    def journals(self) -> list[Path]:
        """Its own journals."""
        return sorted((self.folder / self.id).glob("*.jsonl"))

    def close(self) -> None:
        """Closes its history."""
        self.history.close()


def replicate(source: Computer, target: Computer, most: int | None = None) -> None:
    """Copies what `source` wrote to `target`; of each journal `most` bytes, while the other program is not done."""
    for path in sorted((source.folder / source.id).iterdir()):
        copied = target.folder / source.id / path.name
        copied.parent.mkdir(exist_ok=True)
        content = path.read_bytes()
        if path.suffix == ".jsonl" and most is not None:
            content = content[:most]
        copied.write_bytes(content)


def replicate_all(computers: Iterable[Computer]) -> None:
    """Everybody has what everybody wrote, and has read it."""
    found = list(computers)
    for each in found:
        each.settle()
    for source in found:
        for target in found:
            if source is not target:
                replicate(source, target)
    for each in found:
        each.settle()


START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(minutes: float) -> Instant:
    """So many minutes after the start."""
    return Instant(minutes * MINUTE, START + minutes * MINUTE)


def sat(low: float, high: float) -> Span:
    """A stretch at the desk, in minutes after the start."""
    return Span(at(low), at(high), SpanClass.SEATED, None, frozenset({Evidence.INPUT}), START.date())


def minutes_of(computer: Computer) -> float:
    """Minutes at the desk, by the books of the body as that computer has them."""
    seated = [span.duration for span in computer.facts().spans if span.kind is SpanClass.SEATED]
    return sum(seated, timedelta(0)) / MINUTE
