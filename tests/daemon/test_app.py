"""The program as a whole, on fakes: whatever fails or hangs at start, while running or at stop, it runs and ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest

from sitbreak.adapters.clock import SystemClock
from sitbreak.core.effects import Effect
from sitbreak.core.events import Event
from sitbreak.core.machine import Machine
from sitbreak.core.memory import Memory, begin
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import Instant
from sitbreak.daemon.app import FAILED, App, Outside, Parts
from sitbreak.daemon.day_change import Calendar
from sitbreak.daemon.day_figures import Today
from sitbreak.daemon.event_queue import LiveFeed
from sitbreak.daemon.history_changes import ASIDE
from sitbreak.daemon.logfile import CrashNote
from sitbreak.daemon.loop import EffectPerformer, Loop
from sitbreak.daemon.requests import Requests
from sitbreak.ports import ActivitySource, History, Observed, Tray, Watcher
from sitbreak.settings.model import Settings
from tests.fakes.machine import SECOND, Walks
from tests.fakes.ports import FakeHistory, FakePerformer, methods
from tests.waiting import wait_until

PORTS = {"source": ActivitySource, "watcher": Watcher, "tray": Tray, "history": History, "performer": EffectPerformer}
METHODS = [f"{part}.{name}" for part, port in PORTS.items() for name in methods(port)]
METHODS += ["control.start", "control.close", "calendar.start", "calendar.close", "closer", "ended"]


class Anything:
    """A part of the program; `do` is called with the name of each method that is called."""

    NAME: ClassVar[str] = "anything"

    def __init__(self, part: str, do: Callable[[str], None], real: object = None) -> None:
        self._part, self._do, self._real = part, do, real

    def __getattr__(self, name: str) -> Any:
        def call(*given: Any, **named: Any) -> Any:
            self._do(f"{self._part}.{name}")
            return getattr(self._real, name)(*given, **named) if self._real is not None else None

        return call


class Source:
    """Sees nothing."""

    def poll(self) -> list[Observed]:
        """No input."""
        return []

    def close(self) -> None:
        """Nothing to let go of."""


class StayingTray:
    """Stays until it is closed."""

    def __init__(self) -> None:
        self.closed = threading.Event()

    def run(self) -> None:
        """Blocks."""
        self.closed.wait(20)

    def close(self) -> None:
        """Lets `run` return."""
        self.closed.set()


class Whole:
    """A program; `misbehave` is called with the name of each call of a part."""

    def __init__(
        self,
        misbehave: Callable[[str], None],
        note: Path,
        make: Callable[[Rules, Walks, Memory], Machine] = Machine,
    ) -> None:
        clock = SystemClock()
        self.called: list[str] = []

        def met(name: str) -> None:
            self.called.append(name)
            misbehave(name)

        def part(name: str, real: object = None) -> Any:
            return Anything(name, met, real)

        rules = Rules()
        self.machine = make(rules, Walks(), begin(clock.now(), rules))
        self.feed = LiveFeed(clock, part("source", Source()))
        self.history = part("history", FakeHistory())
        performer = part("performer", FakePerformer())
        self.loop = Loop(self.machine, clock, self.feed, self.history, performer, SECOND / 20, checkpoint=SECOND / 20)
        today = Today(self.history, Settings())
        self.note, self.left = CrashNote(note), list[bool]()
        parts = Parts(
            self.loop, self.feed, part("presenter"), part("panel"), today, part("tray", StayingTray()),
            part("calendar", Calendar(clock.now)), part("watcher"), None, [], "", lambda at: None,
            closers=[lambda: met("closer"), self.feed._source.close], last=[self.history.close],
            crashed=self.note.keep, ended=lambda: met("ended"),
        )  # fmt: skip
        self.upkeep: Callable[..., Mapping[str, object]] = lambda request, at, loop: {"ok": "kept up"}
        requests = partial(Requests, self.loop, today, lambda *asked: dict(self.upkeep(*asked)))
        self.app = App(parts, Outside(), requests, lambda answer: part("control"), self.left.append)
        self.ended_well: list[bool] = []
        self.thread = threading.Thread(target=lambda: self.ended_well.append(self.app.run()), daemon=True)
        self.thread.start()

    def ask(self, **request: object) -> Mapping[str, object]:
        """What a client is told."""
        return self.app.request(request)

    def stop(self) -> bool:
        """Stops it; whether it ended well, or was left."""
        self.app.stop()
        wait_until(lambda: self.ended_well or self.left, 15.0, "the end")
        return [*self.ended_well, *self.left][0]


@pytest.mark.parametrize("error", [RuntimeError("gone"), OSError(5, "I/O error")], ids=repr)
@pytest.mark.parametrize("method", METHODS)
def test_a_part_that_fails_ends_nothing(method: str, error: Exception, tmp_path: Path) -> None:
    """It answers, and a stop ends it in good order with every other part closed."""

    def fail(name: str) -> None:
        if name == method:
            raise error

    whole = Whole(fail, tmp_path / "sitbreak.log")
    assert "first_line" in whole.ask(do="status")
    assert whole.stop()
    closed = {"tray.close", "control.close", "calendar.close", "watcher.close", "source.close", "history.close"}
    assert closed <= set(whole.called)
    assert "closer" in whole.called


@pytest.mark.parametrize("method", [name for name in METHODS if name.split(".")[0] in ("watcher", "tray", "closer")])
def test_a_part_that_hangs_keeps_nothing_from_ending(method: str, tmp_path: Path) -> None:
    """It answers meanwhile, and the stop leaves behind what does not come back; the books are closed all the same."""
    free = threading.Event()

    def hang(name: str) -> None:
        if name == method:
            free.wait(30)

    whole = Whole(hang, tmp_path / "sitbreak.log")
    assert "first_line" in whole.ask(do="status")
    assert whole.stop()
    assert "history.close" in whole.called
    free.set()


class Broken(Machine):
    """A machine with a bug: it breaks at the first thing it hears of."""

    def handle(self, event: Event, at: Instant) -> list[Effect]:
        """Raises."""
        raise RuntimeError("a bug of the core")


def test_a_crash_of_the_loop_is_noted_for_the_next_start(tmp_path: Path) -> None:
    """What it was and when; the program ends, and not well."""
    whole = Whole(lambda name: None, tmp_path / "sitbreak.log", Broken)
    wait_until(lambda: whole.ended_well, 10.0, "the end")
    assert whole.ended_well == [False]
    assert "RuntimeError: a bug of the core" in whole.note.sentence()
    whole.note.clear()
    assert whole.note.sentence() == ""


def test_a_click_that_is_refused_is_told(tmp_path: Path) -> None:
    """By a notification: a click has no other answer."""
    whole = Whole(lambda name: None, tmp_path / "sitbreak.log")
    whole.app.key("gap:sat")  # nothing was asked
    wait_until(lambda: "presenter.tell" in whole.called, 5.0, "the word of the refusal")
    whole.stop()


@pytest.mark.parametrize("works", [True, False])
def test_what_takes_long_is_done_aside(tmp_path: Path, works: bool) -> None:
    """An import of years holds up nobody else; what comes of it is told on the loop, a failure in a sentence."""
    whole, gate, told = Whole(lambda name: None, tmp_path / "sitbreak.log"), threading.Event(), list[str]()

    def aside() -> Callable[[], Mapping[str, object]]:
        assert gate.wait(10)
        if not works:
            raise RuntimeError("the disk went away")
        return lambda: {"ok": threading.current_thread().name}

    whole.upkeep = lambda request, at, loop: {ASIDE: aside}
    client = threading.Thread(target=lambda: told.append(str(whole.ask(do="import"))))
    client.start()
    assert "state" in whole.ask(do="status")
    assert told == []
    gate.set()
    client.join(10)
    assert told == [str({"ok": "loop"} if works else {"error": FAILED})]
    whole.stop()
