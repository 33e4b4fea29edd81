"""Lockers, run for real: the small ones tell nobody, and are noticed all the same; a desktop's own tells the bus."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress

import pytest

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.context.probe import Options, Wiring
from sitbreak.adapters.context.session_linux import LOCKERS, SOUGHT, Lockers, MateSaver
from sitbreak.adapters.context.worker import Slow
from sitbreak.adapters.running_programs import LinuxPrograms
from sitbreak.ports import Env, NotViable, Viable, Watcher
from tests.contracts.session_contract import SessionContract, SessionHands
from tests.desktop.children import Children
from tests.desktop.desk import Desk
from tests.desktop.program import Program
from tests.desktop.sway import UNPRIVILEGED, Sway
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("i3lock")


def lockers(running: Callable[[], set[str]], variables: Mapping[str, str] | None = None) -> Lockers:
    """A probe that looks often enough for a test."""
    return Lockers(Wiring(Env("linux", variables or {}), Options(), Slow(0.05)), running)


class LockedDesk:
    """A desk that i3lock locks; it looks often enough for a test."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._locker: subprocess.Popen[bytes] | None = None
        self._looked = 0

    def lock(self, on: bool) -> None:
        """Starts the locker, or ends it as a password does."""
        if on and self._locker is None:
            self._locker = self._desk.start("i3lock", "--nofork")
            wait_until(lambda: LinuxPrograms(only=LOCKERS)(), what="i3lock")
            self.settle()
        elif not on and self._locker is not None:
            self._locker.terminate()
            self._locker.wait()
            self._locker = None
            self.settle()

    def suspend(self, on: bool) -> None:
        """A locker does not know of sleep."""

    def watcher(self) -> Watcher:
        """One that counts its looks."""
        return lockers(self._looking)

    def settle(self) -> None:
        """Two more looks have ended, if it looks at all."""
        before = self._looked
        with suppress(AssertionError):
            wait_until(lambda: self._looked >= before + 2, limit_s=1.0)

    def _looking(self) -> set[str]:
        found = LinuxPrograms(only=LOCKERS)()
        self._looked += 1
        return found


class TestLockers(SessionContract):
    """i3lock on an X desktop keeps the contract, but for sleep, of which it cannot know."""

    sleeps = False

    @pytest.fixture(autouse=True)
    def _on(self, desk: Desk) -> None:
        self._desk = desk

    @contextmanager
    def hands(self) -> Iterator[SessionHands]:
        """A desk, unlocked."""
        locked = LockedDesk(self._desk)
        yield locked
        locked.lock(False)


def test_the_program_knows_of_it(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    """While i3lock runs, the status says that it is locked, and no reminder can come over it."""
    program = Program(desk, tmp_path_factory.mktemp("home"))
    program.start()
    locker = desk.start("i3lock", "--nofork")
    wait_until(lambda: "lock" in program.status()["holds"], 10.0, "the lock")
    locker.terminate()
    locker.wait()
    wait_until(lambda: "lock" not in program.status()["holds"], 10.0, "the end of the lock")


@pytest.mark.desktop("swaylock")
def test_swaylock_is_seen(sway: Sway) -> None:
    """On a Wayland desktop whose lock no bus knows."""
    posted: list[str] = []
    locker = sway.children.start(["swaylock", "--no-unlock-indicator"], sway.env)
    watcher = lockers(LinuxPrograms(user=sway.children.uid, only=SOUGHT))
    watcher.start(lambda event: posted.append(type(event).__name__))
    wait_until(lambda: posted == ["Locked"], what="the lock")
    locker.kill()
    wait_until(lambda: posted == ["Locked", "Unlocked"], what="the end of the lock")
    watcher.close()


XSCREENSAVER = "lock: True\nlockTimeout: 0:00:00\nmode: blank\n"


@pytest.mark.desktop("xscreensaver", "xscreensaver-command")
def test_xscreensaver_is_seen(desk: Desk) -> None:
    """It runs all day; only while it has locked the display there is a lock, and killed it leaves none behind."""
    posted: list[str] = []
    people = Children(pwd.getpwnam(UNPRIVILEGED).pw_uid if os.geteuid() == 0 else None)  # it locks nothing for root
    env = {**desk.env, "HOME": str(people.folder)}
    (people.folder / ".xscreensaver").write_text(XSCREENSAVER, "utf-8")
    if people.uid is not None:
        shutil.chown(people.folder, people.uid, people.uid)
    locker = people.start(["xscreensaver", "--no-splash"], env)
    watcher = lockers(LinuxPrograms(user=people.uid, only=SOUGHT), desk.env)
    try:
        asked = ["xscreensaver-command", "-time"]
        wait_until(lambda: subprocess.run(asked, env=env, capture_output=True, check=False).returncode == 0, 15.0)
        watcher.start(lambda event: posted.append(type(event).__name__))
        wait_until(lambda: watcher.sees, what="a look")
        desk.run("xscreensaver-command", "-lock")
        wait_until(lambda: posted == ["Locked"], what="the lock")
        locker.kill()
        wait_until(lambda: posted == ["Locked", "Unlocked"], what="the end of the lock")
    finally:
        watcher.close()
        people.stop()


@pytest.mark.desktop("mate-screensaver", "mate-screensaver-command")
def test_mates_own_locker_is_seen(desk: Desk) -> None:
    """It says on the bus when it locks the display and when that is over; killed it leaves no lock behind."""
    posted: list[str] = []
    locker = desk.start("mate-screensaver", "--no-daemon")
    desk.bus.wait_for("org.mate.ScreenSaver")
    with closing(BusThread({"session": desk.bus.address})) as thread:
        watcher = MateSaver(Wiring(Env("linux", desk.env), bus=thread))
        watcher.start(lambda event: posted.append(type(event).__name__))
        wait_until(lambda: watcher.sees, what="a look")
        for length, option in ((1, "--lock"), (2, "--deactivate"), (3, "--lock")):
            desk.run("mate-screensaver-command", option)
            wait_until(lambda length=length: len(posted) == length, what=option)  # type: ignore[misc]
        locker.kill()
        wait_until(lambda: posted == ["Locked", "Unlocked"] * 2, what="the end of the lock")
        watcher.close()


def test_desktops_that_tell_themselves_are_left_alone() -> None:
    """Nothing is looked for where the lock is told on a bus."""
    assert isinstance(Lockers.viable(Env("linux", {"XDG_CURRENT_DESKTOP": "ubuntu:GNOME"})), NotViable)
    for desktop in ("sway", "LXQt", "XFCE"):
        assert isinstance(Lockers.viable(Env("linux", {"XDG_CURRENT_DESKTOP": desktop})), Viable)
    assert isinstance(Lockers.viable(Env("linux", {})), Viable)
    assert isinstance(Lockers.viable(Env("win32", {})), NotViable)
