"""The Wayland source against a compositor of our own, which speaks ext_idle_notifier_v1 of either version."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from sitbreak.adapters.activity.wayland_idle import RESTLESS, SAME, WaylandIdleSource
from sitbreak.adapters.activity.waylandwire import socket_path
from sitbreak.adapters.clock import SystemClock
from sitbreak.core.events import InputKind
from sitbreak.ports import ActivitySource, Env, NotViable, SourceUnreadable, Viable
from tests.adapters.activity.fake_compositor import FakeCompositor
from tests.contracts.activity_contract import ActivityContract, ActivityHands, Ahead, RealTime, unreadable
from tests.waiting import wait_until

pytestmark = pytest.mark.unix("Unix sockets")


class Compositor(RealTime):
    """A compositor at a place where it can be started again."""

    def __init__(self, folder: Path, version: int) -> None:
        super().__init__()
        self.path = folder / "wayland"
        self.version = version
        self.running: FakeCompositor | None = FakeCompositor(self.path, version)

    def source(self) -> ActivitySource:
        """A source at this compositor; what follows its start at once is not told apart from it."""
        made = WaylandIdleSource(self.clock, str(self.path))
        self.let_pass(2 * SAME)
        return made

    def act(self, kind: InputKind) -> None:
        """Any input is the same to it."""
        assert self.running is not None
        self.running.input()

    def reset_idle(self) -> None:
        """A player takes an inhibitor; version 1 honours it, which is a stated limit."""
        if self.version >= 2 and self.running is not None:
            self.running.inhibit()

    def kill(self) -> bool:
        """Ends the compositor."""
        if self.running is not None:
            self.running.stop()
        self.running = None
        self.path.unlink(missing_ok=True)
        return True

    def revive(self) -> bool:
        """Starts it again."""
        self.running = FakeCompositor(self.path, self.version)
        return True


@contextmanager
def compositor(version: int) -> Iterator[Compositor]:
    """A compositor in a short-named folder."""
    with tempfile.TemporaryDirectory(prefix="sb-") as folder:
        made = Compositor(Path(folder), version)
        try:
            yield made
        finally:
            made.kill()


class WaylandContract(ActivityContract):
    """What all Wayland protocols have in common: no kinds, and an end of input that shows a second later."""

    kinds = (InputKind.KEY,)
    tells_kinds = False
    settled = timedelta(seconds=1.3)


class TestVersion2(WaylandContract):
    """The input notification of version 2 keeps the contract, inhibitors included."""

    @contextmanager
    def hands(self) -> Iterator[ActivityHands]:
        """A compositor with version 2."""
        with compositor(2) as made:
            yield made


class TestVersion1(WaylandContract):
    """The notification of version 1 keeps the contract as long as nobody holds an inhibitor."""

    @contextmanager
    def hands(self) -> Iterator[ActivityHands]:
        """A compositor with version 1."""
        with compositor(1) as made:
            yield made


def test_activity_before_the_first_pause_is_told() -> None:
    """Somebody who types without a pause since before the start is seen all the same."""
    with compositor(2) as made:
        source = made.source()
        for _ in range(8):
            made.act(InputKind.KEY)
            made.let_pass(timedelta(seconds=0.3))
        assert source.poll()
        source.close()


def test_an_inhibitor_is_not_taken_for_a_person() -> None:
    """Somebody who never rests for a second is a player that keeps the screen awake; after its end input is seen."""
    with compositor(1) as made:
        clock = Ahead()
        source = WaylandIdleSource(clock, str(made.path))
        assert made.running is not None
        made.act(InputKind.KEY)
        made.running.inhibit()
        wait_until(source.poll, what="what looks like input")
        made.let_pass(2 * SAME)  # so that the compositor has shown that it lives
        assert source.trouble == ""
        clock.ahead = RESTLESS
        assert not source.poll()
        assert "while a program keeps the screen awake" in source.trouble
        made.running.release()
        made.let_pass(timedelta(seconds=1.3))
        assert not source.poll()
        made.act(InputKind.KEY)
        wait_until(source.poll, what="the input")
        source.close()


def test_a_compositor_that_hangs_is_no_input() -> None:
    """Stopped amid input it can say no more that nobody types; that is told as blindness, and not as typing."""
    with compositor(2) as made:
        source = made.source()
        made.act(InputKind.KEY)
        assert made.running is not None
        made.running.hang()
        wait_until(lambda: unreadable(source), what="blindness")
        made.running.go_on()
        wait_until(lambda: not unreadable(source), what="sight")
        source.close()


def test_no_compositor_is_a_sentence() -> None:
    """Without a compositor the source refuses with a sentence."""
    with pytest.raises(SourceUnreadable, match="no compositor at none"):
        WaylandIdleSource(SystemClock(), "/nonexistent/none")


def test_socket_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """The socket is looked for where Wayland says; a full path is taken as it is."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert socket_path() == "/run/user/1/wayland-7"
    assert socket_path("/x/y") == "/x/y"


def test_viable_in_wayland_sessions_only() -> None:
    """It offers itself by the session's type."""
    assert isinstance(WaylandIdleSource.viable(Env("linux", {"WAYLAND_DISPLAY": "w"})), Viable)
    assert isinstance(WaylandIdleSource.viable(Env("linux", {"DISPLAY": ":0"})), NotViable)
