"""The steady axis of the books: it goes on across restarts, and across reboots by the wall clock (spec 1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from sitbreak.core.machine import Machine
from sitbreak.core.memory import Memory, begin, revive
from sitbreak.core.reboot import Boot
from sitbreak.core.rules import Rules
from sitbreak.core.shared_state import MovementChooser
from sitbreak.core.snapshot import decode, encode, zone_of
from sitbreak.core.timeline import MICROSECOND, ZERO, Instant
from sitbreak.ports import Clock, History


class System(Clock, Protocol):
    """The clocks of this system: steady since an unknown moment, and comparable only within one boot."""

    def asleep(self) -> timedelta | None:
        """Total sleep so far; None where nobody can tell."""
        ...

    def boot_id(self) -> str:
        """The mark of this run of the machine."""
        ...


class BookClock:
    """A Clock whose `elapsed` lies on the books' axis: the system's steady clock, shifted."""

    def __init__(self, system: System, shift: timedelta) -> None:
        self._system = system
        self.shift = shift

    def now(self) -> Instant:
        """The present instant on the books' axis."""
        raw = self._system.now()
        return Instant(raw.elapsed + self.shift, raw.utc, raw.zone)

    def asleep(self) -> timedelta | None:
        """Total sleep of the system so far; None where nobody can tell."""
        return self._system.asleep()


@dataclass(slots=True)
class OpenedBooks:
    """The machine as it goes on, the clock of its books, and when the former run was last seen (None: first run)."""

    machine: Machine
    clock: BookClock
    last_seen: Instant | None


def open_books(
    system: System, history: History, ends: tuple[Instant | None, int], rules: Rules, movements: MovementChooser
) -> OpenedBooks:
    """Goes on where the former run stopped, or begins anew; a snapshot that cannot be read is left aside.

    `ends`: where the spans kept end (None: there are none), and the highest prompt number in use.
    """
    kept = history.snapshot()
    state = _decoded(kept)
    raw = system.now()
    end, number = ends
    if state is not None and end is not None and end.elapsed > state.seen.elapsed:
        state = None  # spans reach further than the memory: somebody imported them, or the memory is an old one
    if kept is None or state is None:
        clock = BookClock(system, (_after(end, raw) if end else ZERO) - raw.elapsed)
        fresh = begin(end if end else clock.now(), rules)
        fresh.next_number = number + 1
        return OpenedBooks(Machine(rules, movements, fresh), clock, end)
    state.next_number = max(state.next_number, number + 1)
    shift = _shift(kept, system.boot_id())
    clock = BookClock(system, _after(state.seen, raw) - raw.elapsed if shift is None else shift)
    if not ZERO <= state.seen.elapsed - clock.shift <= raw.elapsed:  # seen before this boot, or later than now
        clock.shift = _after(state.seen, raw) - raw.elapsed
    if shift is None:
        state.boot = Boot(clock.now().elapsed)
    return OpenedBooks(Machine(rules, movements, revive(state)), clock, state.seen)


def remember(machine: Machine, clock: BookClock, boot: str) -> Mapping[str, object]:
    """The snapshot that `open_books` reads."""
    return {"machine": encode(machine.memory()), "boot": boot, "shift": clock.shift // MICROSECOND}


def _decoded(kept: Mapping[str, object] | None) -> Memory | None:
    if kept is None:
        return None
    try:
        state = decode(Memory, kept.get("machine"), lambda name: zone_of(name, _iana))
    except (ValueError, OSError):
        return None
    return state if state.consistent() else None


def _shift(kept: Mapping[str, object], boot: str) -> timedelta | None:
    """Where the axis of the books stands to the steady clock, if the machine was not started anew since."""
    try:
        return decode(timedelta, kept.get("shift"), _iana) if kept.get("boot") == boot else None
    except ValueError:
        return None


def _iana(name: str) -> tzinfo:
    return ZoneInfo(name)


def _after(last: Instant, raw: Instant) -> timedelta:
    """Where the axis stands now, by the wall clock, which never turns it back."""
    return last.elapsed + max(ZERO, raw.utc - last.utc)
