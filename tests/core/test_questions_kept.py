"""What becomes of an open question when the program is started anew."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sitbreak.core.effects import AskWereYouUp, WithdrawQuestion
from sitbreak.core.events import Locked, Unlocked
from sitbreak.core.machine import Machine
from sitbreak.core.memory import Memory
from sitbreak.core.snapshot import decode, encode, zone_of
from tests.fakes.machine import KEY, Walks, after, machine_at, typing


def test_a_question_behind_a_lock_outlives_a_restart() -> None:
    """The program was started anew while the screen was locked: after the lock the question is asked again."""
    machine = machine_at()
    typing(machine, 0, 44 + 59 / 60, every=1 / 60)
    assert AskWereYouUp in map(type, machine.handle(KEY, after(46.5)))
    assert WithdrawQuestion in map(type, machine.handle(Locked(), after(46.6)))
    kept = decode(Memory, encode(machine.memory()), lambda name: zone_of(name, ZoneInfo))
    again = Machine(machine.rules, Walks(), kept)
    assert AskWereYouUp in map(type, again.handle(Unlocked(), after(47.5)))
