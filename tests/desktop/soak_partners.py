"""Everything the program talks to ends and comes back, in any order and several at once, under a fast life.

`make soak ARGS="-k come_and_go"`; MINUTES in the environment says for how long.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Generic, Protocol, TypeVar

import pytest

from sitbreak.adapters.clock import SystemClock
from tests.adapters.context_worlds import managed
from tests.desktop.bus import Bus, CallFailed, listens
from tests.desktop.children import Children, end
from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import NOTIFICATIONS, WATCHER, Desk
from tests.desktop.gnome import Gnome
from tests.desktop.held import held
from tests.desktop.needs import GNOME
from tests.desktop.program import Place, Program, ProgramOn
from tests.desktop.soak_faults import FAST, MINUTES, live
from tests.desktop.sway import Sway
from tests.waiting import wait_until

pytestmark = pytest.mark.soak

FOUND_WITHIN_S = 60.0
BUSY = 0.25  # the share of one processor that would be a loop without a pause, at this pace of life
PULSE = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm"]
STARTS = 3
SLOW = 3  # how often, on a machine with other work, what runs may not answer in time
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
            for _ in range(STARTS):  # one that found a server half started ends, or waits for ever
                if name in self.running:
                    end(self.running[name])
                self.running[name] = self.desk.start(*self.again[name])
                with suppress(AssertionError):
                    wait_until(works, 15.0)
                    break
            assert works(), f"{name}: {self.desk.children.last_words()}"

    def _displayed(self) -> bool:
        asked = subprocess.run(["xdotool", "getmouselocation"], env=self.desk.env, capture_output=True, check=False)
        return asked.returncode == 0


class OnSway:
    """sway with its usual bar and notes, which end with it; what is tested runs as the tests do."""

    def __init__(self) -> None:
        self.sway, self._programs = Sway(), Children()
        self.env, self.bus = self.sway.env, self.sway.bus
        self._bar = self.sway.children.folder / "waybar.json"
        self._bar.write_text(json.dumps({"layer": "top", "modules-right": ["tray"]}), "utf-8")
        self._begin_the_rest()

    def start(self, *command: str, extra_env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Starts a program there."""
        return self._programs.start(command, {**self.env, **(extra_env or {})})

    def type_key(self) -> None:
        """Input, as far as sway is concerned."""
        self.sway.move_pointer()

    def kill(self, how: signal.Signals) -> None:
        """sway ends, and what needs it."""
        self.sway.kill(how)
        for each in self._rest:
            each.wait(10)

    def revive(self) -> None:
        """All of it starts again."""
        self.env.update(self.sway.begin())
        self._begin_the_rest()

    def stop(self) -> None:
        """Ends all of it."""
        self._programs.stop()
        self.sway.stop()

    def _begin_the_rest(self) -> None:
        commands = (["waybar", "-c", str(self._bar)], ["mako"])
        self._rest = [self.sway.children.start(command, self.env) for command in commands]
        for name in (WATCHER, NOTIFICATIONS):
            self.bus.wait_for(name, 30.0)


class OnGnome(Gnome):
    """GNOME with the extension that gives it a tray."""

    def __init__(self) -> None:
        super().__init__()
        self.enable("ubuntu-appindicators@ubuntu.com")
        self.bus.wait_for(WATCHER, 30.0)

    def kill(self, how: signal.Signals = signal.SIGTERM) -> None:
        """The Shell ends, and its tray and notes with it."""
        os.killpg(self.shell.pid, how)
        super().kill()

    def revive(self) -> None:
        """It starts again."""
        self.begin()
        self.bus.wait_for(WATCHER, 30.0)


class WithBus(Place, Protocol):
    """A desktop whose bus can be asked."""

    bus: Bus


P = TypeVar("P", bound=WithBus)


class Course(Generic[P]):
    """A program among partners that end and start again, under input, for so many minutes, and what that came to."""

    def __init__(self, program: ProgramOn[P]) -> None:
        program.start()
        assert program.process is not None
        self.program, self.pid = program, program.process.pid
        self.killed, self._longest, self._clock = Counter[str](), timedelta(), SystemClock()
        self._began, self._first = self._clock.now(), held(self.pid)
        self._warm = self._first

    def run(
        self,
        kill: Callable[[], list[str]],
        revive: Callable[[], None],
        live: Callable[[], None],
        steady: Callable[[], None] = lambda: None,
    ) -> None:
        """Has some partners ended, started again and found again, and some seconds lived, until the time is over.

        `steady` starts again what ended by itself meanwhile.
        """
        while self._passed() < timedelta(minutes=MINUTES):
            names = kill()
            self.killed.update(names)
            for _ in range(len(names)):
                assert self.program.status()["running"], f"{names} gone"
            revive()
            revived = self._clock.now()
            wait_until(lambda: self._found(steady), FOUND_WITHIN_S, f"tray and input after {names}")
            self._longest = max(self._longest, self._clock.now().since(revived))
            live()
            print(self.killed.total(), *names, held(self.pid), self._longest, flush=True)
            self._warm = held(self.pid) if self._passed() < timedelta(minutes=MINUTES / 5) else self._warm

    def judge(self) -> None:
        """It lives, was never busy, holds no more than at the beginning, says each loss once, and its books add up."""
        assert self.program.process is not None
        assert self.program.process.poll() is None
        now, busy = held(self.pid), _seconds_of_work(self.pid) / self._passed().total_seconds()
        trouble, spans = self.program.status()["trouble"], _add_up(self.program)
        log = (self.program.home / "sitbreak.log").read_text("utf-8")
        blind, sees = log.count("no activity is seen"), log.count("input is seen through")
        print(f"{self.killed.total()} killed {dict(self.killed)}; found again after {self._longest} at most;")
        print(f"{busy:.1%} of a processor; {self._first} -> {self._warm} -> {now}; trouble {trouble!r}; {spans} spans;")
        print(f"the log says {blind} times that nothing is seen, {sees} times what sees")
        assert now["descriptors"] <= self._warm["descriptors"] + 8
        assert now["threads"] <= self._warm["threads"] + 4
        assert busy < BUSY
        assert self._longest < timedelta(seconds=FOUND_WITHIN_S)
        assert sees == blind + 1
        assert blind <= self.killed.total() + SLOW
        assert self.program.cli("stop").returncode == 0

    def _found(self, steady: Callable[[], None]) -> bool:
        steady()
        return _found(self.program)

    def _passed(self) -> timedelta:
        return self._clock.now().since(self._began)


@pytest.mark.desktop("dunst", "xfce4-panel", "pulseaudio", "pipewire")
def test_partners_come_and_go_and_it_goes_on(desk_factory: DeskFactory, tmp_path: Path) -> None:
    """It answers throughout, finds each again within a minute, holds no more than before, and its books add up."""
    partners, random = Partners(desk_factory(panel="xfce", notifier="dunst")), Random(5)
    course = Course(Program(partners.desk, tmp_path / "home", FAST.format(window="notification")))

    def kill() -> list[str]:
        names = random.sample([name for name in partners.works if name not in HELPERS], random.randrange(1, 4))
        for name in names:
            partners.kill(name, random.choice([signal.SIGTERM, signal.SIGKILL]))
        return names

    def live_on() -> None:
        for _ in range(random.randrange(1, 5)):
            live(course.program, random)

    course.run(kill, partners.revive, live_on, partners.revive)
    wait_until(lambda: _hears(course.program), 12.0, "microphone and screen sharing")  # each look takes seconds
    wait_until(lambda: _prompted(course.program), 30.0, "a prompt")
    course.judge()


SWAY, GNOME_SHELL = ("sway", "swaymsg", "waybar", "mako"), (*GNOME, "ubuntu-appindicators@ubuntu.com")


@pytest.mark.parametrize(
    "compositor",
    [
        pytest.param(OnSway, id="sway", marks=pytest.mark.desktop(*SWAY)),
        pytest.param(OnGnome, id="GNOME", marks=pytest.mark.desktop(*GNOME_SHELL)),
    ],
)
def test_a_compositor_comes_and_goes_and_it_goes_on(compositor: type[OnSway | OnGnome], tmp_path: Path) -> None:
    """With its tray and its notes; the same is asked of the program as of the partners on X."""
    random, place = Random(6), compositor()
    try:
        course = Course(ProgramOn(place, tmp_path / "home", FAST.format(window="notification")))

        def kill() -> list[str]:
            place.kill(random.choice([signal.SIGTERM, signal.SIGKILL]))
            return [compositor.__name__]

        def live_on() -> None:
            for _ in range(random.randrange(1, 12)):
                place.type_key()
                if course.program.status()["state"] == "shown" and random.random() < 0.7:
                    course.program.cli("answer", random.choice(["start", "not-now"]))
                elif random.random() < 0.1:
                    course.program.cli("break", "0.05")

        course.run(kill, place.revive, live_on)
        course.judge()
    finally:
        place.stop()


def _found(program: ProgramOn[P]) -> bool:
    """Whether the panel has its icon, a key is seen, and nothing is said to be amiss, as notes that nobody shows."""
    place = (WATCHER, "/StatusNotifierWatcher", "org.freedesktop.DBus.Properties", "Get")
    try:
        (items,) = program.desk.bus.call(*place, "ss", [WATCHER, "RegisteredStatusNotifierItems"])
    except CallFailed:
        return False  # the panel has ended by itself
    program.desk.type_key()
    status = program.status()
    return bool(items.value) and not status["blind"] and status["idle"] < 5.0 and not status["trouble"]


def _hears(program: ProgramOn[P]) -> bool:
    """Whether the sound server and PipeWire are asked again."""
    limits = [limit for port in program.ask("doctor", "--json")["ports"] for limit in port["limits"]]
    return not any(limit.startswith(("microphone-pulse:", "sharing-pipewire:")) for limit in limits)


def _prompted(program: ProgramOn[P]) -> bool:
    """Whether a prompt comes in the pause after a key."""
    program.desk.type_key()
    return any(program.status()["state"] == "shown" for _ in range(8))


def _seconds_of_work(pid: int) -> float:
    """What the process has used of a processor, its ended children not counted."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _add_up(program: ProgramOn[P]) -> int:
    """The number of spans that are kept; AssertionError where one does not begin as the one before it ends."""
    lines = map(json.loads, program.cli("export", "--format", "jsonl").stdout.splitlines()[1:])
    spans = sorted((row["start"], row["end"]) for row in lines if row["kind"] == "span")
    for (_, former), (start, _) in pairwise(spans):
        assert abs(datetime.fromisoformat(start) - datetime.fromisoformat(former)) < timedelta(seconds=0.01), former
    return len(spans)
