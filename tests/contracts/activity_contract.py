"""What every activity source must do; each implementation runs this suite."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields
from datetime import timedelta
from typing import Protocol

from sitbreak.adapters.activity.reconnecting import Stirring
from sitbreak.adapters.clock import SystemClock
from sitbreak.core.events import InputKind
from sitbreak.core.timeline import Instant
from sitbreak.ports import ActivitySource, Clock, Observed, SourceUnreadable
from tests.waiting import wait_until

KEYCODE_OF_Q, FAR_X, FAR_Y = 24, 3137, 2711  # what must not be found in a source after it was typed or pointed at


class ActivityHands(Protocol):
    """What a suite does to the input of a machine."""

    @property
    def clock(self) -> Clock:
        """The clock that the source is given."""
        ...

    def source(self) -> ActivitySource:
        """A source that reads this machine's input."""
        ...

    def act(self, kind: InputKind) -> None:
        """Makes one input: the key q, a click, a wheel step, or motion towards FAR_X, FAR_Y."""
        ...

    def let_pass(self, duration: timedelta) -> None:
        """Lets time pass without input."""
        ...

    def reset_idle(self) -> None:
        """Does what media players do to keep the screen awake; nothing where a source is known to be fooled."""
        ...

    def kill(self) -> bool:
        """Ends what the source reads; False where it cannot end."""
        ...

    def revive(self) -> bool:
        """Starts it again at the same place; False where that cannot be done."""
        ...


class RealTime:
    """Hands on something real, where time passes by itself."""

    def __init__(self) -> None:
        self.clock = SystemClock()

    def let_pass(self, duration: timedelta) -> None:
        """Waits."""
        start = self.clock.now()
        wait_until(lambda: self.clock.now().since(start) >= duration, duration.total_seconds() + 5)


class Ahead(SystemClock):
    """A clock that goes, and can be put so much ahead that a test need not wait."""

    ahead = timedelta()

    def now(self) -> Instant:
        """The present instant, as far ahead as it was put."""
        return super().now().plus(self.ahead)


class ActivityContract:
    """Subclasses say how to get hands on a machine and what their source can tell."""

    kinds: tuple[InputKind, ...] = (InputKind.KEY, InputKind.CLICK, InputKind.WHEEL, InputKind.MOTION)
    tells_kinds = True
    tolerance = timedelta(seconds=0.25)  # generous for a loaded machine
    settled = timedelta(seconds=0.4)  # by then a source has told all that it will tell of one input

    def hands(self) -> AbstractContextManager[ActivityHands]:
        """A machine that nobody touches."""
        raise NotImplementedError

    @contextmanager
    def watched(self) -> Iterator[tuple[ActivityHands, ActivitySource]]:
        """A machine and a source that reads it."""
        with self.hands() as machine:
            source = machine.source()
            try:
                yield machine, source
            finally:
                source.close()

    def after(self, machine: ActivityHands, source: ActivitySource, *inputs: InputKind) -> list[Observed]:
        """What the source tells of these inputs, polled twice."""
        for kind in inputs:
            machine.act(kind)
        seen = list(wait_until(source.poll, what=f"one of {inputs}"))
        machine.let_pass(self.settled)
        return seen + list(source.poll())

    def test_silence_is_silent(self) -> None:
        """Without input nothing is told, from the start on."""
        with self.watched() as (machine, source):
            assert list(source.poll()) == []
            machine.let_pass(2 * self.settled)
            assert list(source.poll()) == []

    def test_each_kind_is_seen_with_its_time(self) -> None:
        """Each kind of input is told with its kind, or as unknown, and with the time it happened."""
        with self.watched() as (machine, source):
            for kind in self.kinds:
                start = machine.clock.now()
                machine.act(kind)
                end = machine.clock.now()
                seen = wait_until(source.poll, what=kind)
                assert [each.kind for each in seen] == [kind if self.tells_kinds else InputKind.UNKNOWN] * len(seen)
                assert seen[0].at.since(start) > -self.tolerance
                assert seen[-1].at.since(end) < self.tolerance
                machine.let_pass(self.settled)
                source.poll()

    def test_motion_alone_is_motion(self) -> None:
        """A pointer that moves for a while is told as motion and nothing else, where kinds are told."""
        with self.watched() as (machine, source):
            if InputKind.MOTION in self.kinds:
                seen = self.after(machine, source, *[InputKind.MOTION] * 5)
                assert {each.kind for each in seen} <= {InputKind.MOTION, InputKind.UNKNOWN}

    def test_motion_does_not_mask_other_input(self) -> None:
        """A click and a key amid motion are told as such, where kinds are told."""
        with self.watched() as (machine, source):
            if self.tells_kinds:
                mixed = (InputKind.MOTION, InputKind.KEY, InputKind.MOTION, InputKind.CLICK)
                assert {each.kind for each in self.after(machine, source, *mixed)} >= set(mixed)

    def test_nothing_is_told_twice(self) -> None:
        """An input that was told is not told again, however often the source is asked."""
        with self.watched() as (machine, source):
            self.after(machine, source, InputKind.KEY)
            for _ in range(3):
                machine.let_pass(self.settled)
                assert list(source.poll()) == []

    def test_the_order_is_that_of_time(self) -> None:
        """Inputs come oldest first, within a poll and from one to the next."""
        with self.watched() as (machine, source):
            told: list[Observed] = []
            for _ in range(3):
                told += self.after(machine, source, *self.kinds)
            elapsed = [each.at.elapsed for each in told]
            assert elapsed == sorted(elapsed)

    def test_the_last_input_is_timed(self) -> None:
        """After input that went on for a while the newest time told is that of the last one."""
        with self.watched() as (machine, source):
            machine.act(InputKind.KEY)
            machine.let_pass(self.settled)
            machine.act(InputKind.KEY)
            end = machine.clock.now()
            machine.let_pass(3 * self.settled)
            newest = list(source.poll())[-1]
            assert abs(newest.at.since(end)) < self.tolerance

    def test_keeping_the_screen_awake_is_no_input(self) -> None:
        """A player that resets the idle counter does not count as input."""
        with self.watched() as (machine, source):
            machine.reset_idle()
            machine.let_pass(self.settled)
            assert list(source.poll()) == []

    def test_close_ends_the_threads(self) -> None:
        """No thread is left behind, and closing twice is harmless."""
        with self.hands() as machine:
            before = threading.active_count()
            source = machine.source()
            source.poll()
            source.close()
            source.close()
            wait_until(lambda: threading.active_count() <= before, what="the threads' end")

    def test_what_dies_is_unreadable_and_may_come_back(self) -> None:
        """When the server dies polls say so, without any other error; once it is back input is seen again."""
        with self.watched() as (machine, source):
            if not machine.kill():
                return
            wait_until(lambda: unreadable(source), what="SourceUnreadable")
            for _ in range(3):
                assert unreadable(source)
            if machine.revive():
                wait_until(lambda: not unreadable(source), what="a source that reads again")
                machine.let_pass(self.settled)
                assert self.after(machine, source, InputKind.KEY)

    def test_one_that_stirs_does_so_at_the_first_input_after_silence(self) -> None:
        """After a poll without any the next input stirs it at once, and what goes on does not stir it again."""
        with self.watched() as (machine, source):
            if not isinstance(source, Stirring):
                return
            stirs: list[int] = []
            source.stirs(lambda: stirs.append(1))
            wait_until(lambda: not source.poll(), what="silence")
            machine.act(InputKind.KEY)
            wait_until(lambda: stirs, what="the stir")
            machine.act(InputKind.CLICK)
            machine.let_pass(self.settled)
            assert source.poll()
            assert stirs == [1]

    def test_one_that_stirs_does_so_when_its_server_dies(self) -> None:
        """Nobody has to ask to learn that nothing is seen any more."""
        with self.watched() as (machine, source):
            if not isinstance(source, Stirring):
                return
            stirs: list[int] = []
            source.stirs(lambda: stirs.append(1))
            wait_until(lambda: not source.poll(), what="silence")
            if machine.kill():
                wait_until(lambda: stirs, what="the stir")
                machine.revive()

    def test_nothing_but_kind_and_time_is_kept(self) -> None:
        """After typing and pointing no key code, character or position is found anywhere in the source."""
        with self.watched() as (machine, source):
            for kind in self.kinds:
                machine.act(kind)
            machine.let_pass(self.settled)
            kept = set(leaves(source)) | {leaf for seen in source.poll() for leaf in leaves(seen)}
            assert kept.isdisjoint({KEYCODE_OF_Q, FAR_X, FAR_Y, "q"})
            assert [field.name for field in fields(Observed)] == ["kind", "at"]


def unreadable(source: ActivitySource) -> bool:
    """Whether a poll says that the source cannot be read; any other error is one."""
    try:
        source.poll()
    except SourceUnreadable:
        return True
    return False


def leaves(root: object, depth: int = 12) -> Iterator[object]:
    """The numbers and texts that can be reached from an object of ours through attributes and containers."""
    if isinstance(root, int | str | float):
        yield root
    elif depth == 0:
        return
    elif isinstance(root, list | tuple | set | frozenset):
        for item in root:
            yield from leaves(item, depth - 1)
    elif isinstance(root, dict):
        yield from leaves([*root.keys(), *root.values()], depth - 1)
    elif type(root).__module__.startswith("sitbreak"):
        names = [*getattr(root, "__dict__", {}), *getattr(type(root), "__slots__", ())]
        yield from leaves([getattr(root, name) for name in names], depth - 1)
