"""How long an 8-hour day of about 30,000 inputs takes to replay. Run with: pytest -m bench -s."""

from __future__ import annotations

import time

import pytest

from sitbreak.core.movements import Chooser, Wishes
from sitbreak.core.rules import Rules
from sitbreak.replay.log import read
from sitbreak.replay.player import answer, play
from tests.fakes.day import START, busy_day
from tests.scenarios.lines import log_text
from tests.scenarios.telling import catalogue

MOST_S = 1.0  # of CPU time, reading the log included


def test_a_working_day() -> None:
    """A busy day is read, played and added up in well under a second of CPU time."""
    text = log_text({"start": START, "tz": "Europe/Berlin"}, busy_day())
    movements = Chooser(catalogue(), Wishes())
    spent = []
    for _ in range(3):
        begun = time.process_time()
        log = read(text)
        lines_read = time.process_time()
        told = answer(play(log, Rules(), movements))
        ended = time.process_time()
        spent.append((lines_read - begun, ended - lines_read))
    reading, playing = min(spent, key=sum)
    print(f"\n{len(text)} lines: {reading:.2f} s to read, {playing:.2f} s to play, of CPU time")
    assert told["prompts"]
    assert reading + playing < MOST_S


pytestmark = pytest.mark.bench
