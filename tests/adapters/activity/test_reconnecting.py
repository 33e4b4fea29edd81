"""The activity source that is looked for again, over sources that come, fail and go."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from sitbreak.adapters.activity.reconnecting import UNASKED, SoughtSource
from sitbreak.adapters.choose import choose
from sitbreak.adapters.clock import SystemClock
from sitbreak.core.events import InputKind
from sitbreak.ports import Choice, Clock, Env, Observed, SourceUnreadable, Viable
from tests.fakes.scripted_source import ScriptedSource
from tests.waiting import wait_until

MISSING = "The server cannot be reached."
AGAIN_S = (0.01,)


class Place:
    """Where a source may be found: not while `missing`; `failure` is what its polls raise."""

    def __init__(self, missing: bool = False) -> None:
        self.missing = missing
        self.failure: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.looks = 0
        self.made: list[ScriptedSource] = []
        self.closed: list[ScriptedSource] = []

    def choose(self) -> Choice[ScriptedSource]:
        """A look."""
        self.looks += 1
        env, candidates = Env("linux", {}), (self._candidate(),)
        return choose("activity", candidates, env, build=lambda candidate: candidate(SystemClock()))

    def _candidate(self) -> type[ScriptedSource]:
        place = self

        class Found(ScriptedSource):
            NAME = "found"

            @classmethod
            def viable(cls, env: Env) -> Viable:
                return Viable()

            def __init__(self, clock: Clock) -> None:
                if place.missing:
                    raise SourceUnreadable(MISSING)
                super().__init__(clock)
                place.made.append(self)

            def poll(self) -> list[Observed]:
                place.gate.wait()
                if place.failure is not None:
                    raise place.failure
                return list(super().poll())

            def close(self) -> None:
                place.closed.append(self)

        return Found


@contextmanager
def sought(place: Place) -> Iterator[SoughtSource]:
    """A source that looks at this place every 10 ms."""
    source = SoughtSource(place.choose, AGAIN_S)
    try:
        yield source
    finally:
        place.gate.set()
        source.close()


def sees(source: SoughtSource) -> bool:
    """Whether a poll is answered."""
    try:
        source.poll()
    except SourceUnreadable:
        return False
    return True


def test_what_is_there_is_used_from_the_start() -> None:
    """The very first poll is answered, and an input is told once."""
    place = Place()
    with sought(place) as source:
        assert list(source.poll()) == []
        place.made[0].add(InputKind.KEY)
        assert [seen.kind for seen in source.poll()] == [InputKind.KEY]
        assert list(source.poll()) == []
        assert source.using == "found"


def test_what_was_missing_is_found(caplog: pytest.LogCaptureFixture) -> None:
    """While nothing is there polls say why; once it is there input is seen, and one line of the log says so."""
    caplog.set_level(logging.INFO)
    place = Place(missing=True)
    with sought(place) as source:
        with pytest.raises(SourceUnreadable, match=MISSING):
            source.poll()
        assert source.using == f"none: {MISSING}"
        wait_until(lambda: place.looks > 2, what="more looks")
        place.missing = False
        wait_until(lambda: sees(source), what="a source")
        place.made[-1].add(InputKind.KEY)
        assert [seen.kind for seen in source.poll()] == [InputKind.KEY]
    assert [record.message for record in caplog.records] == ["input is seen through found"]


@pytest.mark.parametrize("failure", [SourceUnreadable("It is gone."), KeyError("a library's own")])
def test_a_source_that_failed_is_not_kept(failure: Exception) -> None:
    """Whatever a poll raises, that source is closed and a new one is used."""
    place = Place()
    with sought(place) as source:
        place.failure = failure
        wait_until(lambda: not sees(source), what="the failure")
        place.failure = None
        wait_until(lambda: sees(source), what="another source")
        assert place.closed == place.made[:-1]
        assert len(place.made) > 1


def test_a_source_that_hangs_holds_no_poll() -> None:
    """A poll returns within a moment; what was seen meanwhile is told by a later one."""
    place, clock = Place(), SystemClock()
    with sought(place) as source:
        place.gate.clear()
        began = clock.now()
        assert list(source.poll()) == []
        assert clock.now().since(began).total_seconds() < 1
        place.made[0].add(InputKind.CLICK)
        place.gate.set()
        wait_until(source.poll, what="the click")


class Bell(ScriptedSource):
    """A source that stirs when the test rings. `asked`: how often it was polled."""

    NAME = "bell"
    silent, asked = False, 0

    def stirs(self, stir: Callable[[], None]) -> None:
        """Has `stir` called by `ring`."""
        self._stir = stir

    def ring(self) -> None:
        """A key is pressed."""
        self.add(InputKind.KEY)
        self.silent = False
        self._stir()

    def poll(self) -> list[Observed]:
        """See ActivitySource."""
        self.asked += 1
        seen = list(super().poll())
        self.silent = not seen
        return seen


@contextmanager
def belled() -> Iterator[tuple[SoughtSource, Bell]]:
    """A source that stirs by itself, found at the first look."""
    bell = Bell(SystemClock())
    source = SoughtSource(lambda: Choice("activity", (bell,)), AGAIN_S)
    try:
        yield source, bell
    finally:
        source.close()


def test_one_that_stirs_is_quiet_after_a_poll_without_input() -> None:
    """While input comes it has to be polled; after a poll without any it says itself when there is some."""
    with belled() as (source, bell):
        bell.ring()
        assert source.poll()
        assert not source.poll()
        assert source.quiet
        rung: list[int] = []
        source.stirs(lambda: rung.append(1))
        bell.ring()
        assert rung == [1]
        wait_until(source.poll, what="the key")


def test_one_that_is_silent_is_asked_now_and_then() -> None:
    """Asking wakes threads for nothing; whether its server still answers is seen all the same."""
    with belled() as (source, bell):
        wait_until(lambda: source.quiet, what="silence")
        before = bell.asked
        for _ in range(UNASKED):
            assert not source.poll()
        assert bell.asked == before
        source.poll()
        assert bell.asked == before + 1


def test_a_silent_one_that_can_see_no_more_says_so_at_once() -> None:
    """Its end stirs, and is no silence."""
    with belled() as (source, bell):
        wait_until(lambda: source.quiet, what="silence")
        bell.lose()
        bell.ring()
        with pytest.raises(SourceUnreadable):
            wait_until(source.poll, what="the failure")


def test_one_that_has_to_be_polled_is_never_quiet() -> None:
    """Nobody would say that there is input."""
    with sought(Place()) as source:
        assert not source.poll()
        assert not source.quiet


def test_closing_ends_the_thread_and_the_source() -> None:
    """No thread is left, and what was found is closed."""
    place, before = Place(), threading.active_count()
    with sought(place):
        pass
    assert threading.active_count() == before
    assert place.closed == place.made


def test_a_look_that_raises_is_followed_by_another() -> None:
    """Even an error in looking itself ends nothing."""
    place = Place()
    looks: list[int] = []

    def look() -> Choice[ScriptedSource]:
        looks.append(1)
        if len(looks) == 1:
            raise RuntimeError("the look failed")
        return place.choose()

    source = SoughtSource(look, AGAIN_S)
    wait_until(lambda: sees(source), what="a source")
    source.close()
