"""How soon a break window is on the screen, new and prepared, and what it costs. Run with: pytest -m bench -s."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

import pytest

from sitbreak.adapters.breakwindow import QtWindow
from tests.contracts.breakwindow_contract import REQUEST
from tests.desktop.conftest import desk, desk_factory
from tests.desktop.desk import Desk
from tests.waiting import wait_until

pytestmark = [pytest.mark.bench, pytest.mark.desktop("Qt")]
__all__ = ["desk", "desk_factory"]  # fixtures

ROUNDS = 7
TICKS = os.sysconf("SC_CLK_TCK")


def window_on(desk: Desk) -> QtWindow:
    """A window on that desktop."""
    env = {**desk.env, "PYTHONPATH": os.pathsep.join(sys.path), "QT_QPA_PLATFORM": "xcb"}
    return QtWindow(lambda message: None, env, shown_within_s=30.0)


def opened_ms(window: QtWindow, request: Mapping[str, object] = REQUEST) -> float:
    """Milliseconds from asking for the window until it says it is shown."""
    begun = time.perf_counter()
    window.open(request)
    return (time.perf_counter() - begun) * 1000


def memory_mb(pid: int) -> tuple[float, float]:
    """Resident and proportional memory of a process."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    sizes = {line.split(":")[0]: float(line.split()[1]) / 1024 for line in rollup[1:]}
    return sizes["Rss"], sizes["Pss"]


def cpu_seconds(pid: int) -> float:
    """CPU time a process has used."""
    return sum(map(int, Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[11:13])) / TICKS


def pid_of(window: QtWindow) -> int:
    """The process of the open window."""
    assert window._child is not None
    return window._child._process.pid


def test_time_to_the_screen(desk: Desk) -> None:
    """A new process, and one prepared while the prompt was on show: at most 300 ms for the latter."""
    cold, warm = [], []
    for _ in range(ROUNDS):
        window = window_on(desk)
        cold.append(opened_ms(window))
        window._close_now()
        window = window_on(desk)
        window.prepare()
        assert window._warm is not None
        pid = window._warm._process.pid
        wait_until(lambda pid=pid: settled(pid), 30, "the prepared process")  # type: ignore[misc]
        warm.append(opened_ms(window))
        window._close_now()
    print(f"\nnew process: {median(cold):.0f} ms ({min(cold):.0f} to {max(cold):.0f})")
    print(f"prepared:    {median(warm):.0f} ms ({min(warm):.0f} to {max(warm):.0f})")
    assert median(warm) < 300


def settled(pid: int) -> bool:
    """Whether the process waits for its request: 0.2 s without using the CPU."""
    before = cpu_seconds(pid)
    time.sleep(0.2)
    return before > 0.1 and cpu_seconds(pid) == before


def test_memory_and_cpu(desk: Desk) -> None:
    """An open card, its figure walking: under 110 MB and under a tenth of a core."""
    window = window_on(desk)
    window.open(REQUEST)
    pid = pid_of(window)
    time.sleep(1)
    before = cpu_seconds(pid)
    time.sleep(5)
    share = (cpu_seconds(pid) - before) / 5 * 100
    resident, proportional = memory_mb(pid)
    window._close_now()
    print(
        f"\nmemory: {resident:.0f} MB resident, {proportional:.0f} MB proportional; CPU while it moves: {share:.1f} %"
    )
    assert resident < 110
    assert share < 10
