"""The slow pace, at which probes look that can only poll: one thread for all, and rest while nobody is there."""

from __future__ import annotations

import threading
from queue import Empty, SimpleQueue

import pytest

from sitbreak.adapters.context import Options
from sitbreak.adapters.context.probe import Wiring
from sitbreak.adapters.context.quiet_apps import QuietApps
from sitbreak.adapters.context.worker import STILL, Slow
from sitbreak.core.events import Event, Signal, SignalChanged
from sitbreak.ports import Env
from tests.waiting import wait_until


def test_the_slow_pace_has_a_thread_only_while_it_is_needed() -> None:
    """Each look is called at once and again; the thread ends with the last of them and begins anew."""
    slow = Slow(0.01)
    called: SimpleQueue[int] = SimpleQueue()
    for _ in range(2):
        ends = [slow.add(lambda: called.put(1)), slow.add(lambda: called.put(2))]
        assert {called.get(timeout=5) for _ in range(6)} == {1, 2}
        for end in ends:
            end()
        assert not [thread for thread in threading.enumerate() if thread.name == "context-slow"]


def test_the_slow_pace_rests_while_nobody_touches_anything() -> None:
    """A while after the last input it looks seldom, and at once when somebody does again; the start counts as one."""
    called: SimpleQueue[int] = SimpleQueue()
    quiet = True
    slow = Slow(0.01, lambda: quiet, still_s=300.0)
    end = slow.add(lambda: called.put(1))
    wait_until(lambda: slow.resting, what="the first rest")
    for _ in range(STILL):
        called.get(timeout=5)
    with pytest.raises(Empty):
        called.get(timeout=0.2)
    quiet = False
    slow.hurry()
    for _ in range(2 * STILL):
        called.get(timeout=5)
    quiet = True
    wait_until(lambda: slow.resting, what="rest")
    end()


def test_a_look_that_fails_stops_no_other() -> None:
    """Whatever one slow probe raises is its own trouble; the others on that thread go on."""
    wiring = Wiring(Env("linux", {}), Options(quiet_apps=("film",)), Slow(0.01))

    def broken() -> set[str]:
        raise KeyError("a name that nobody foresaw")

    posted: SimpleQueue[Event] = SimpleQueue()
    probes = [QuietApps(wiring, broken), QuietApps(wiring, lambda: {"film"})]
    for probe in probes:
        probe.start(posted.put)
    assert posted.get(timeout=5) == SignalChanged(Signal.QUIET_APP, True, "film")
    assert "nobody foresaw" in probes[0].trouble
    for probe in probes:
        probe.close()
