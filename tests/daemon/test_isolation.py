"""What fails ends nothing else: parts are isolated, retired, tried again, and named."""

from __future__ import annotations

import logging

import pytest

from sitbreak.adapters.clock import A_MORNING
from sitbreak.boundary import Failure, attempt
from sitbreak.daemon.isolation import LONGEST_REST, REST, STRIKES, Isolation
from tests.fakes.machine import SECOND


class Part:
    """Something that fails while `broken`, and counts how often it was tried."""

    def __init__(self) -> None:
        self.broken = True
        self.tries = 0

    def do(self) -> str:
        """Its work."""
        self.tries += 1
        if self.broken:
            raise RuntimeError("gone")
        return "done"


def test_a_failure_goes_no_further_and_is_named() -> None:
    """The caller gets the other value, and whoever asks is told which part it was and why."""
    isolation = Isolation()
    assert isolation.run("part", Part().do, A_MORNING, "otherwise") == "otherwise"
    assert isolation.troubles() == {"part": "RuntimeError: gone"}


def test_a_part_that_fails_again_and_again_is_retired_with_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """Within its rest it is not tried any more; the log has the first failure and the retirement."""
    isolation, part = Isolation(), Part()
    with caplog.at_level(logging.INFO, "sitbreak"):
        for second in range(50):
            isolation.run("part", part.do, A_MORNING.plus(second * SECOND), "")
    assert part.tries == STRIKES
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR"]


def test_a_retired_part_is_tried_again_ever_less_often_and_comes_back() -> None:
    """After a minute, then two; once it works nothing is wrong with it any more."""
    isolation, part = Isolation(), Part()
    at = A_MORNING
    for _ in range(STRIKES):
        isolation.run("part", part.do, at, "")
    for rest in (REST, 2 * REST, 4 * REST):
        assert isolation.run("part", part.do, at.plus(rest - SECOND), "left alone") == "left alone"
        before, at = part.tries, at.plus(rest)
        isolation.run("part", part.do, at, "")
        assert part.tries == before + 1
    part.broken = False
    assert isolation.run("part", part.do, at.plus(LONGEST_REST), "") == "done"
    assert isolation.troubles() == {}


def test_what_a_person_asks_for_is_tried_every_time() -> None:
    """Three failed commands do not refuse the fourth."""
    isolation, part = Isolation(), Part()
    for _ in range(10):
        isolation.run("a request", part.do, A_MORNING, "", retire=False)
    assert part.tries == 10


def test_a_failure_becomes_a_value() -> None:
    """The boundary gives what was asked for, or the failure in its own words; one without words goes by its name."""
    assert attempt(lambda: 7) == 7
    failed = attempt(lambda: [][7])
    assert isinstance(failed, Failure)
    assert isinstance(failed.error, IndexError)
    assert str(Failure(OSError("the disk is full"))) == "the disk is full"
    assert str(Failure(KeyError())) == "KeyError"


def test_the_end_of_the_program_is_no_failure() -> None:
    """Ctrl+C passes through the boundary."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        attempt(interrupted)
