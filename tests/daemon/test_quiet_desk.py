"""A desk that nobody touches: how seldom the loop wakes there."""

from __future__ import annotations

from sitbreak.adapters.clock import SimulatedClock
from sitbreak.daemon.loop import CHECKPOINT, Loop
from tests.fakes.machine import KEY, MINUTE, SECOND, ScriptedFeed, after, machine_at
from tests.fakes.ports import FakeHistory, FakePerformer

POLL = 5 * SECOND
MINUTES = 20


def steps(quiet: bool) -> tuple[int, FakeHistory]:
    """How often a loop steps in twenty minutes after one key, and what it kept."""
    clock, history = SimulatedClock(), FakeHistory()
    feed = ScriptedFeed(clock)
    loop = Loop(machine_at(), clock, feed, history, FakePerformer(), POLL, quiet=lambda: quiet)
    feed.plan(1, KEY)
    while clock.now().elapsed < after(MINUTES).elapsed:
        loop.step()
    return len(feed.waits), history


def test_where_everything_wakes_the_loop_it_does_not_poll() -> None:
    """It steps for deadlines and to keep the open span, which is as often kept as ever."""
    taken, history = steps(quiet=True)
    assert taken <= MINUTES * MINUTE / CHECKPOINT + 5
    assert len(history.keeps) >= MINUTES * MINUTE / CHECKPOINT - 1


def test_a_source_that_does_not_stir_is_polled_all_the_time() -> None:
    """Every five seconds."""
    taken, _ = steps(quiet=False)
    assert taken >= MINUTES * MINUTE / POLL
