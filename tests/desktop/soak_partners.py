"""Everything the program talks to ends and comes back, in any order and several at once, under a fast life.

`make soak ARGS="-k come_and_go"`; MINUTES in the environment says for how long.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from sitbreak.adapters.clock import SystemClock
from tests.adapters.context_worlds import managed
from tests.desktop.bus import listens
from tests.desktop.children import end
from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import NOTIFICATIONS, WATCHER, Desk
from tests.desktop.held import held
from tests.desktop.program import Program
from tests.desktop.soak_faults import FAST, MINUTES, live
from tests.waiting import wait_until

pytestmark = [pytest.mark.desktop("dunst", "xfce4-panel", "pulseaudio", "pipewire"), pytest.mark.soak]

FOUND_WITHIN_S = 60.0
BUSY = 0.25  # the share of one processor that would be a loop without a pause, at this pace of life
PULSE = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm"]
HELPERS = ("xfconfd",)  # not killed for themselves


class Partners:
    """The programs that the desktop consists of, by name, in the order in which they start."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        runtime = Path(desk.env["XDG_RUNTIME_DIR"])
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.again: dict[str, list[str]] = {}
        for child in desk.children.running:
            command = [str(word) for word in child.args]  # type: ignore[union-attr]
            command = command[command.index("--") + 1 :]
            name = Path(command[0]).name
            self.running[name], self.again[name] = child, command
        screen = self.again["Xvfb"][1:4]
        self.again["Xvfb"] = ["Xvfb", desk.env["DISPLAY"], *screen, "-nolisten", "tcp", "-ac", "-noreset"]
        (runtime / "pulse").mkdir()
        sound = f"module-native-protocol-unix socket={runtime}/pulse/native auth-anonymous=1"
        self.again["pulseaudio"] = [*PULSE, "-L", sound, "-L", "module-null-sink"]
        self.again["pipewire"] = ["pipewire"]
        self.works: dict[str, Callable[[], bool]] = {
            "dbus-daemon": lambda: listens(runtime / "session-bus"),
            "Xvfb": self._displayed,
            "openbox": lambda: managed(desk.env["DISPLAY"]),
            "xfconfd": lambda: desk.bus.owned("org.xfce.Xfconf"),
            "xfce4-panel": lambda: desk.bus.owned(WATCHER),
            "dunst": lambda: desk.bus.owned(NOTIFICATIONS),
            "pulseaudio": lambda: listens(runtime / "pulse/native"),
            "pipewire": lambda: listens(runtime / "pipewire-0"),
        }
        self.revive()

    def kill(self, name: str, how: signal.Signals) -> None:
        """Ends one; those that cannot be without it end by themselves."""
        with suppress(ProcessLookupError):
            os.killpg(self.running[name].pid, how)
        self.running[name].wait(10)

    def revive(self) -> None:
        """Starts those that are gone, or run and are of no use, and waits until each can be used."""
        for name, works in self.works.items():
            if name in self.running and self.running[name].poll() is None and works():
                continue
            if name in self.running:
                end(self.running[name])
            self.running[name] = self.desk.start(*self.again[name])
            wait_until(works, 30.0, name)

    def _displayed(self) -> bool:
        asked = subprocess.run(["xdotool", "getmouselocation"], env=self.desk.env, capture_output=True, check=False)
        return asked.returncode == 0


def test_partners_come_and_go_and_it_goes_on(desk_factory: DeskFactory, tmp_path: Path) -> None:
    """It answers throughout, finds each again within a minute, holds no more than before, and its books add up."""
    partners, random, clock = Partners(desk_factory(panel="xfce", notifier="dunst")), Random(5), SystemClock()
    program = Program(partners.desk, tmp_path / "home", FAST.format(window="notification"))
    program.start()
    assert program.process is not None
    pid, killed, first = program.process.pid, Counter[str](), held(program.process.pid)
    began, longest, warm = clock.now(), timedelta(), held(program.process.pid)
    while clock.now().since(began) < timedelta(minutes=MINUTES):
        names = random.sample([name for name in partners.works if name not in HELPERS], random.randrange(1, 4))
        for name in names:
            partners.kill(name, random.choice([signal.SIGTERM, signal.SIGKILL]))
        killed.update(names)
        for _ in range(random.randrange(3)):
            assert program.status()["running"], f"{names} gone"
        partners.revive()
        revived = clock.now()
        wait_until(lambda: _found(program), FOUND_WITHIN_S, f"tray and input after {names}")
        longest = max(longest, clock.now().since(revived))
        for _ in range(random.randrange(1, 5)):
            live(program, random)
        print(killed.total(), *names, held(pid), longest, flush=True)
        warm = held(pid) if clock.now().since(began) < timedelta(minutes=MINUTES / 5) else warm
    assert program.process.poll() is None
    wait_until(lambda: _hears(program), 12.0, "microphone and screen sharing")  # each look takes seconds
    wait_until(lambda: _prompted(program), 30.0, "a prompt")
    now, busy = held(pid), _seconds_of_work(pid) / clock.now().since(began).total_seconds()
    trouble = program.status()["trouble"]
    print(f"{killed.total()} killed {dict(killed)}; found again after {longest} at most; {busy:.1%} of a processor;")
    print(f"{first} -> {warm} -> {now}; trouble {trouble!r}; {_add_up(program)} spans")
    assert now["descriptors"] <= warm["descriptors"] + 8
    assert now["threads"] <= warm["threads"] + 4
    assert busy < BUSY
    assert program.cli("stop").returncode == 0


def _found(program: Program) -> bool:
    """Whether the panel has its icon, and a key is seen."""
    place = (WATCHER, "/StatusNotifierWatcher", "org.freedesktop.DBus.Properties", "Get")
    (items,) = program.desk.bus.call(*place, "ss", [WATCHER, "RegisteredStatusNotifierItems"])
    program.desk.type_key()
    status = program.status()
    return bool(items.value) and not status["blind"] and status["idle"] < 5.0


def _hears(program: Program) -> bool:
    """Whether the sound server and PipeWire are asked again."""
    limits = [limit for port in program.ask("doctor", "--json")["ports"] for limit in port["limits"]]
    return not any(limit.startswith(("microphone-pulse:", "sharing-pipewire:")) for limit in limits)


def _prompted(program: Program) -> bool:
    """Whether a prompt comes in the pause after a key."""
    program.desk.type_key()
    return any(program.status()["state"] == "shown" for _ in range(8))


def _seconds_of_work(pid: int) -> float:
    """What the process has used of a processor, its ended children not counted."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _add_up(program: Program) -> int:
    """The number of spans that are kept; AssertionError where one does not begin as the one before it ends."""
    lines = map(json.loads, program.cli("export", "--format", "jsonl").stdout.splitlines()[1:])
    spans = sorted((row["start"], row["end"]) for row in lines if row["kind"] == "span")
    for (_, former), (start, _) in pairwise(spans):
        assert abs(datetime.fromisoformat(start) - datetime.fromisoformat(former)) < timedelta(seconds=0.01), former
    return len(spans)
