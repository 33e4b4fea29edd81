"""Waiting for a condition, with a limit: the only way a test lets time pass."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TypeVar

T = TypeVar("T")

STEP_S = 0.02
COMMAND_ENDS_S = 300.0  # for a program that is started and hangs; under Wine on a busy machine `doctor` takes 100


def wait_until(condition: Callable[[], T], limit_s: float = 10.0, what: str = "") -> T:
    """Ask `condition` every 20 ms until it answers something true, and return that answer.

    Raises AssertionError naming `what` (or the condition) once about `limit_s` seconds of waiting have passed.
    """
    pause = Event()
    for _ in range(max(1, round(limit_s / STEP_S))):
        answer = condition()
        if answer:
            return answer
        pause.wait(STEP_S)
    answer = condition()
    if answer:
        return answer
    raise AssertionError(f"not within {limit_s:g} s: {what or getattr(condition, '__qualname__', condition)}")
