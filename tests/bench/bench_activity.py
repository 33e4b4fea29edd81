"""What the X11 sources cost: CPU time of each at 0, 100 and 1000 motion events a second (printed; use `-m bench -s`).

The source runs in a process of its own, so that making the motion is not counted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from Xlib import X
from Xlib.display import Display
from Xlib.ext import xtest

from tests.desktop.desk import Desk

pytestmark = [pytest.mark.bench, pytest.mark.desktop("Xvfb")]
SECONDS, POLL_S = 20, 2.0
RATES = (0, 100, 1000)
SOURCES = {
    "xinput2": "sitbreak.adapters.activity.xinput2:XInput2Source",
    "pynput": "sitbreak.adapters.activity.pynput_source:PynputSource",
}
# Says "ready", polls until it has been SECONDS, and prints the CPU seconds spent since "ready".
READER = """
import importlib, sys, threading, time
from sitbreak.adapters.clock import SystemClock
module, name = sys.argv[1].split(":")
source = getattr(importlib.import_module(module), name)(SystemClock())
source.poll()
print("ready", flush=True)
spent, pause, seen = time.process_time(), threading.Event(), 0
for _ in range(round(float(sys.argv[2]) / float(sys.argv[3]))):
    pause.wait(float(sys.argv[3]))
    seen += len(source.poll())
print(time.process_time() - spent, seen, flush=True)
source.close()
"""


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """One X server for all measurements."""
    made = Desk()
    yield made
    made.stop()


def measured(desk: Desk, source: str, rate: int) -> tuple[float, int]:
    """CPU seconds and observations of a source while the pointer moves `rate` times a second."""
    env = {**desk.env, "PYTHONPATH": os.getcwd()}
    command = [sys.executable, "-c", READER, SOURCES[source], str(SECONDS), str(POLL_S)]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
        done = threading.Event()
        mover = threading.Thread(target=move, args=(desk.env["DISPLAY"], rate, done))
        mover.start()
        spent, seen = reader.stdout.readline().split()
        done.set()
        mover.join()
    return float(spent), int(seen)


def move(name: str, rate: int, done: threading.Event) -> None:
    """Moves the pointer to and fro until `done`: in ticks of 10 ms, with as many events in each as the rate asks."""
    display = Display(name)
    while rate and not done.wait(0.01):
        for step in range(rate // 100):
            xtest.fake_input(display, X.MotionNotify, detail=True, x=1 if step % 2 else -1, y=0)
        display.flush()
    display.close()


def test_cost_is_flat_in_the_event_rate(desk: Desk) -> None:
    """XInput 2 costs about the same at any rate; pynput grows with it."""
    found = {(source, rate): measured(desk, source, rate) for source in SOURCES for rate in RATES}
    print(f"\n{'motion/s':>8} {'xinput2 ms/min':>15} {'pynput ms/min':>15} {'ratio':>8}")
    for rate in RATES:
        ours, theirs = (found[source, rate][0] * 60_000 / SECONDS for source in SOURCES)
        print(f"{rate:>8} {ours:>15.1f} {theirs:>15.1f} {theirs / max(ours, 0.1):>8.1f}")
    assert all(found[source, rate][1] > 0 for source in SOURCES for rate in RATES if rate)
    flat = found["xinput2", RATES[-1]][0]
    assert flat < found["pynput", RATES[-1]][0] / 10
    assert flat < 0.01 * SECONDS  # under one percent of a core
