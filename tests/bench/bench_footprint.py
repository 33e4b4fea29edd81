"""Memory, CPU and wake-ups of the whole program beside its peers, in one run on one desktop (`-m bench -s`).

Each program starts in turn on the same desktop (window manager, panel with a tray, notifications). What it weighs is
the sum over its process and all that it started there. Peers that are not installed are named and left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest
from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from sitbreak.adapters.tray.glyph import SIZES, STEPS, pixels
from tests.desktop.conftest import desk_factory, full_desk
from tests.desktop.desk import Desk

pytestmark = [pytest.mark.bench, pytest.mark.desktop("xfce4-panel", "xfce4-notifyd")]
__all__ = ["desk_factory", "full_desk"]  # fixtures

TICKS = os.sysconf("SC_CLK_TCK")
SECONDS = float(os.environ.get("BENCH_SECONDS", "60"))  # of each measurement
REST_S, START_LIMIT_S = 3.0, 60.0
KEY_RATE = 8
CHOSEN = "[prompt]\nlatest_minutes = 44\n"  # something was: where nothing is, the first start opens a window
RATES = (0, 125, 1000)
FLOORS = (
    "sys",
    "asyncio, sqlite3",
    "asyncio, sqlite3, dbus_fast.aio, apscheduler.schedulers.background, Xlib.display, pulsectl",
    "sitbreak.adapters.memory_saving as use; use.load_lean(); import sqlite3, dbus_fast.aio, Xlib.display, pulsectl",
)
PROGRAMS = {
    "sitbreak": (sys.executable, "-m", "sitbreak", "run"),
    "Workrave": ("workrave",),
    "RSIBreak": ("rsibreak",),
    "Safe Eyes": ("safeeyes",),
}


@dataclass(frozen=True)
class Weight:
    """What one program costs: MB, CPU seconds until its tray rests, and per input rate the CPU share in %."""

    pss: float
    uss: float
    start_cpu: float
    wakeups: float
    cpu: tuple[float, ...]


def tree(root: int) -> list[int]:
    """A process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text("utf-8", "replace").rsplit(")", 1)[1].split()
            except OSError:  # it ended meanwhile
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, fresh = [root], [root]
    while fresh:
        fresh = [child for parent in fresh for child in parents.get(parent, [])]
        found += fresh
    return found


def cpu_seconds(root: int) -> float:
    """CPU time that a process, its descendants and its ended children have used."""
    spent = 0
    for pid in tree(root):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rsplit(")", 1)[1].split()
        except OSError:
            continue
        spent += sum(map(int, fields[11:15] if pid == root else fields[11:13]))
    return spent / TICKS


def memory_mb(root: int) -> tuple[float, float]:
    """Proportional and private memory of a process and its descendants."""
    pss = uss = 0.0
    for pid in tree(root):
        proportional, private = told_mb(Path(f"/proc/{pid}/smaps_rollup").read_text("ascii"))
        pss, uss = pss + proportional, uss + private
    return pss, uss


def told_mb(rollup: str) -> tuple[float, float]:
    """Proportional and private memory as the kernel tells them."""
    sizes = {line.split(":")[0]: float(line.split()[1]) / 1024 for line in rollup.strip().splitlines()[1:]}
    return sizes["Pss"], sizes["Private_Clean"] + sizes["Private_Dirty"]


def wakeups(root: int) -> int:
    """How often the threads of a process and its descendants went to sleep and were woken."""
    count = 0
    for pid in tree(root):
        for task in Path(f"/proc/{pid}/task").iterdir():
            text = (task / "status").read_text("ascii", "replace")
            count += int(text.split("voluntary_ctxt_switches:")[1].split()[0])
    return count


def hands(display_name: str, rate: int, done: threading.Event) -> None:
    """Moves the pointer `rate` times a second and types eight keys a second until `done`."""
    display = Display(display_name)
    key = display.keysym_to_keycode(XK.string_to_keysym("Shift_L"))
    turn, carry = 0, 0.0
    while rate and not done.wait(0.008):
        turn, carry = turn + 1, carry + rate * 0.008
        for _ in range(int(carry)):
            xtest.fake_input(display, X.MotionNotify, detail=True, x=1 if turn % 2 else -1, y=0)
        carry -= int(carry)
        if turn % round(1 / 0.008 / KEY_RATE) == 0:
            xtest.fake_input(display, X.KeyPress, key)
            xtest.fake_input(display, X.KeyRelease, key)
        display.flush()
    display.close()


def rested(root: int) -> float:
    """CPU seconds until it used less than a twentieth of a core for three seconds."""
    begun = time.perf_counter()
    time.sleep(2.0)
    while time.perf_counter() - begun < START_LIMIT_S:
        before = cpu_seconds(root)
        time.sleep(REST_S)
        if cpu_seconds(root) - before < REST_S / 20:
            return before
    return cpu_seconds(root)


def weighed(desk: Desk, command: tuple[str, ...], env: dict[str, str]) -> Weight:
    """Start a program, let it come to rest, and measure it still and under a person's hands."""
    process = desk.start(*command, extra_env=env)
    try:
        start_cpu = rested(process.pid)
        shares, woken = [], 0.0
        for rate in RATES:
            done = threading.Event()
            mover = threading.Thread(target=hands, args=(desk.env["DISPLAY"], rate, done))
            mover.start()
            before, woken_before = cpu_seconds(process.pid), wakeups(process.pid)
            time.sleep(SECONDS)
            shares.append((cpu_seconds(process.pid) - before) / SECONDS * 100)
            if not rate:
                woken = (wakeups(process.pid) - woken_before) * 60 / SECONDS
            done.set()
            mover.join()
        return Weight(*memory_mb(process.pid), start_cpu, woken, tuple(shares))
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture
def programs() -> dict[str, tuple[str, ...]]:
    """What is installed here; says what is not."""
    missing = [name for name, command in PROGRAMS.items() if not shutil.which(command[0])]
    if missing:
        print(f"\nnot installed, so not measured: {', '.join(missing)}")
    return {name: command for name, command in PROGRAMS.items() if name not in missing}


def test_footprint_beside_the_peers(full_desk: Desk, programs: dict[str, tuple[str, ...]], tmp_path: Path) -> None:
    """Prints a table, and each figure of a peer as a ratio to ours."""
    env = {"SITBREAK_HOME": str(tmp_path / "home"), "PYTHONPATH": os.getcwd(), "XDG_CURRENT_DESKTOP": "XFCE"}
    (tmp_path / "home").mkdir()
    (tmp_path / "home/sitbreak.toml").write_text(CHOSEN, "utf-8")
    found = {name: weighed(full_desk, command, env) for name, command in programs.items()}
    print(f"\n{'':>10} {'PSS MB':>8} {'USS MB':>8} {'start CPU s':>12} {'wake-ups/min':>13}", end="")
    print("".join(f" {f'CPU % {rate} Hz':>14}" for rate in RATES))
    for name, weight in found.items():
        row = f"{name:>10} {weight.pss:8.1f} {weight.uss:8.1f} {weight.start_cpu:12.2f} {weight.wakeups:13.0f}"
        print(row + "".join(f" {share:14.3f}" for share in weight.cpu))
    ours = found.pop("sitbreak")
    for name, weight in found.items():
        shares = zip(RATES, weight.cpu, ours.cpu, strict=True)
        loads = ", ".join(f"{rate} Hz {share / max(own, 0.001):.1f}" for rate, share, own in shares)
        start = weight.start_cpu / ours.start_cpu
        print(f"{name} / sitbreak: PSS {weight.pss / ours.pss:.2f}, start {start:.2f}, {loads}")
    assert ours.pss > 0


@pytest.mark.parametrize("libraries", FLOORS)
def test_the_floor(libraries: str) -> None:
    """What Python weighs with the libraries that the daemon is built on, and nothing of ours."""
    code = f"import {libraries}; print(open('/proc/self/smaps_rollup').read(), end='')"
    told = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True).stdout
    pss, uss = told_mb(told)
    print(f"\nPSS {pss:.1f}, USS {uss:.1f} MB: Python with {libraries}")


def test_a_step_of_the_ring() -> None:
    """The tray's ring moves while a person sits: a step is made of the empty and the full ring, not drawn anew."""
    drawn, moved = (
        sum(drawing_s(step / STEPS) for step in steps) / len(steps) for steps in ((0, STEPS), range(1, STEPS))
    )
    print(f"\nthe ring in {len(SIZES)} sizes: drawn in {drawn * 1000:.1f} ms of CPU, moved on in {moved * 1000:.1f}")
    assert moved < drawn / 2


def drawing_s(progress: float) -> float:
    """CPU seconds for the ring in every size."""
    begun = time.thread_time()
    for size in SIZES:
        pixels("sitting", progress, size, "dark")
    return time.thread_time() - begun


def test_a_command_beside_the_interpreter(tmp_path: Path) -> None:
    """How long `sitbreak status` takes, nothing running, beside Python doing nothing."""
    env = {**os.environ, "SITBREAK_HOME": str(tmp_path)}
    ours = median(seconds((sys.executable, "-m", "sitbreak", "status"), env) for _ in range(15))
    bare = median(seconds((sys.executable, "-c", "pass"), env) for _ in range(15))
    print(f"\nsitbreak status {ours * 1000:.0f} ms, python -c pass {bare * 1000:.0f} ms: {ours / bare:.1f} x")
    assert ours > bare


def seconds(command: tuple[str, ...], env: dict[str, str]) -> float:
    """How long a command runs."""
    begun = time.perf_counter()
    subprocess.run(command, env=env, capture_output=True, check=False)
    return time.perf_counter() - begun
