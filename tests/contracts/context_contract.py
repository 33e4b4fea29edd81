"""What every context probe keeps to, whatever it looks at. A probe's suite is a subclass with a stage of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from typing import Protocol

import pytest

from sitbreak.adapters.context.probe import Probe
from sitbreak.core.events import SignalChanged
from tests.adapters.context_worlds import Run
from tests.waiting import wait_until


class Stage(Protocol):
    """A world in which the signal can be turned on and off, and what is watched can be lost and found again."""

    def probe(self) -> Probe:
        """A new probe, not started."""
        ...

    def turn(self, on: bool) -> None:
        """The signal goes on or off."""
        ...

    def lose(self) -> None:
        """What the probe asks is gone; the signal is off with it."""
        ...

    def find(self) -> None:
        """It is back, with the signal off."""
        ...


class ProbeContract:
    """The suite. Subclasses give the fixture `stage`."""

    @pytest.fixture
    def stage(self) -> Iterator[Stage] | Stage:
        """The world of this probe."""
        raise NotImplementedError

    def test_it_posts_edges_only(self, stage: Stage) -> None:
        """On, off and on again are three events with the probe's own signal, however often it looks."""
        with Run(stage.probe()) as run:
            run.looked()
            assert run.posted.events == []
            for count, on in enumerate((True, False, True), start=1):
                stage.turn(on)
                run.posted.reached(count)
            assert [on for on, _holder in run.posted.edges] == [True, False, True]
            signals = {event.signal for event in run.posted.events if isinstance(event, SignalChanged)}
            assert signals == {run.probe.SIGNAL}

    def test_close_turns_it_off_and_ends_it(self, stage: Stage) -> None:
        """After close the signal is off, nothing is posted any more, and no thread of the probe is left."""
        before = threading.active_count()
        with Run(stage.probe()) as run:
            run.looked()
            stage.turn(True)
            wait_until(lambda: run.posted.events)
        assert [on for on, _holder in run.posted.edges] == [True, False]
        own = [thread for thread in threading.enumerate() if thread.name.startswith("context-")]
        assert own == []
        assert threading.active_count() <= before + 1  # the D-Bus thread is shared, and stays
        stage.turn(False)
        with Run(stage.probe()) as other:
            other.looked()
        assert len(run.posted.events) == 2

    def test_a_loss_is_one_log_line_and_mended(self, stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
        """A loss turns the signal off with at most one warning and no exception; afterwards the probe sees again."""
        with caplog.at_level(logging.WARNING), Run(stage.probe()) as run:
            run.looked()
            stage.turn(True)
            wait_until(lambda: len(run.posted.events) == 1)
            stage.lose()
            wait_until(lambda: len(run.posted.events) == 2, what="the end of the signal")
            stage.find()
            run.looked()
            stage.turn(True)
            wait_until(lambda: len(run.posted.events) == 3, what="the signal again")
            assert [on for on, _holder in run.posted.edges] == [True, False, True]
            assert run.probe.trouble == ""
        assert len([record for record in caplog.records if "cannot look now" in record.getMessage()]) <= 1

    def test_it_can_be_closed_while_lost(self, stage: Stage) -> None:
        """Close works, and works quickly, while there is nothing to watch."""
        stage.lose()
        with Run(stage.probe()) as run:
            pass
        assert run.posted.events == []
        stage.find()
