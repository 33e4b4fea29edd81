"""What wakes a thread of the context that waits for descriptors."""

from __future__ import annotations

import os

import pytest

from sitbreak.adapters.context.worker import Pipe
from tests.waiting import wait_until


@pytest.mark.unix("pipes that can be waited for")
def test_a_full_pipe_wakes_too() -> None:
    """Waking more often than a pipe holds is no error, and the next wait ends at once."""
    pipe = Pipe()
    never, silent = os.pipe()
    for _ in range(70_000):
        pipe.wake()
    assert not pipe.wait(never, 300)
    os.write(silent, b".")
    wait_until(lambda: pipe.wait(never, 5))
    pipe.close()
    os.close(never)
    os.close(silent)
