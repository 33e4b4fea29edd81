"""The D-Bus watchers against a mocked logind and a screen saver of our own, each on a private bus."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from sitbreak.adapters.bus import BusThread, call
from sitbreak.adapters.context.probe import Wiring
from sitbreak.adapters.context.session_linux import SAVERS, LogindLock, LogindSleep
from sitbreak.core.events import Event, Locked, Unlocked
from sitbreak.ports import Env, Watcher
from tests.contracts.session_contract import SessionContract, SessionHands, Together
from tests.desktop.bus import Bus
from tests.desktop.children import Children
from tests.desktop.desk import private_env
from tests.desktop.login import LOGIN, SYSTEM_PYTHON, MockedSystemBus
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("dbus-daemon", "dbusmock")
DAEMON = "org.freedesktop.DBus"
SAVER = "org.gnome.ScreenSaver"
SAVER_PATH = "/org/gnome/ScreenSaver"


class Listening:
    """Waits until a bus thread has subscribed: a marker of ours reached it by the same connection."""

    def __init__(self, address: str, kind: str) -> None:
        self.thread = BusThread({"session": address, "system": address})
        self.wiring = Wiring(Env("linux", {"XDG_SESSION_ID": "c1"}), bus=self.thread)
        self.kind = kind

    async def _asked(self) -> None:
        bus = await (self.thread.session() if self.kind == "session" else self.thread.system())
        await call(bus, DAEMON, "/org/freedesktop/DBus", DAEMON, "GetId")

    def round_trip(self) -> None:
        """Returns once what was sent before has arrived."""
        self.thread.run(self._asked(), 5.0)


class LogindSession(Listening):
    """A session of a mocked logind."""

    def __init__(self, mocked: MockedSystemBus) -> None:
        super().__init__(mocked.address, "system")
        self.mocked = mocked
        self.path = mocked.add_session("c1")
        self.started = False

    def lock(self, on: bool) -> None:
        """As lockers do: the signal, and the hint."""
        self.mocked.lock(self.path, on)

    def suspend(self, on: bool) -> None:
        """Announces sleep."""
        self.mocked.suspend(on)

    def watcher(self) -> Watcher:
        """A watcher of session c1."""
        self.started = True
        self.made = Together(LogindLock(self.wiring), LogindSleep(self.wiring))
        return self.made

    def settle(self) -> None:
        """Waits for the first looks."""
        if self.started:
            wait_until(lambda: all(probe.sees for probe in self.made.probes), what="the first looks")
        self.started = False
        self.round_trip()


@contextmanager
def logind_session() -> Iterator[LogindSession]:
    """A mocked logind with one session."""
    mocked = MockedSystemBus()
    session = LogindSession(mocked)
    try:
        yield session
    finally:
        session.thread.close()
        mocked.stop()


class TestLogind(SessionContract):
    """The logind watcher keeps the contract."""

    @contextmanager
    def hands(self) -> Iterator[SessionHands]:
        """A mocked logind."""
        with logind_session() as session:
            yield session

    def test_a_switched_session_counts_as_locked(self) -> None:
        """Another session in front is a lock until ours is back."""
        with self.watched() as (session, _, posted):
            assert isinstance(session, LogindSession)
            for active in (False, True):
                session.mocked.set(session.path, f"{LOGIN}.Session", "Active", "b", active)
            wait_until(lambda: posted == [Locked(), Unlocked()], what="the switch")

    def test_a_request_to_lock_is_no_lock(self) -> None:
        """The Lock signal alone is not believed: no unlock might ever follow it."""
        with self.watched() as (session, _, posted):
            assert isinstance(session, LogindSession)
            session.mocked.emit(session.path, f"{LOGIN}.Session", "Lock")
            session.settle()
            assert posted == []

    def test_the_bus_dies_while_locked(self, caplog: pytest.LogCaptureFixture) -> None:
        """One log line, the lock is taken back, and nothing is raised."""
        with self.watched(locked=True) as (session, _, posted):
            wait_until(lambda: posted == [Locked()], what="Locked")
            assert isinstance(session, LogindSession)
            session.mocked.stop()
            wait_until(lambda: posted == [Locked(), Unlocked()], what="the lock taken back")
            assert len([record for record in caplog.records if record.name.startswith("sitbreak")]) == 1


class SaverSession(Listening):
    """A mocked GNOME screen saver on a private session bus."""

    def __init__(self, children: Children, env: Mapping[str, str]) -> None:
        self.bus = Bus(children, Path(env["XDG_RUNTIME_DIR"]), env)
        super().__init__(self.bus.address, "session")
        self.started = False
        command = [SYSTEM_PYTHON, "-m", "dbusmock", "--template", "gnome_screensaver"]
        self.saver = children.start(command, {**env, "DBUS_SESSION_BUS_ADDRESS": self.bus.address})
        self.bus.wait_for(SAVER)

    def bus_daemon(self, children: Children) -> subprocess.Popen[bytes]:
        """The bus itself, which was started first."""
        return children.running[0]

    def lock(self, on: bool) -> None:
        """Switches the saver; it says so each time, even when nothing changes."""
        self.bus.call(SAVER, SAVER_PATH, SAVER, "SetActive", "b", [on])

    def suspend(self, on: bool) -> None:
        """A screen saver knows nothing of sleep."""

    def watcher(self) -> Watcher:
        """A watcher of this bus."""
        self.started = True
        self.made = Together(*(saver(self.wiring) for saver in SAVERS))
        return self.made

    def settle(self) -> None:
        """Waits for the first looks."""
        if self.started:
            wait_until(lambda: all(probe.sees for probe in self.made.probes), what="the first looks")
        self.started = False
        self.round_trip()


class TestScreenSaver(SessionContract):
    """The screen saver watcher keeps the contract."""

    sleeps = False

    @contextmanager
    def hands(self) -> Iterator[SessionHands]:
        """A mocked screen saver."""
        children = Children()
        with children.stopped_on_error():
            session = SaverSession(children, private_env(children.folder))
            yield session
            session.thread.close()
            children.stop()

    def test_a_locker_that_dies_is_no_lock(self) -> None:
        """When the locker leaves the bus the session counts as unlocked."""
        with self.watched(locked=True) as (session, _, posted):
            wait_until(lambda: posted == [Locked()], what="Locked")
            assert isinstance(session, SaverSession)
            session.saver.terminate()
            wait_until(lambda: posted == [Locked(), Unlocked()], what="Unlocked")


def test_a_bus_that_comes_back_is_watched_again() -> None:
    """After the bus was started anew at the same address its locker is heard again."""
    children, posted = Children(), list[Event]()
    with children.stopped_on_error():
        env = private_env(children.folder)
        first = SaverSession(children, env)
        watcher = first.watcher()
        watcher.start(posted.append)
        first.settle()
        for child in (first.saver, first.bus_daemon(children)):
            child.terminate()
            child.wait(5)
        Path(first.bus.address.removeprefix("unix:path=")).unlink(missing_ok=True)
        SaverSession(children, env).lock(True)
        wait_until(lambda: posted == [Locked()], 15, "the lock on the new bus")
        watcher.close()
        first.thread.close()
    children.stop()


def test_no_logind_is_waited_for(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    """Without a system bus there is one log line and no error; closing ends the waiting."""
    thread = BusThread({"system": f"unix:path={tmp_path}/none"})
    watcher = LogindLock(Wiring(Env("linux", {}), bus=thread))
    watcher.start(list[Event]().append)
    wait_until(lambda: caplog.records, what="the log line")
    assert "cannot look now" in caplog.records[0].getMessage()
    watcher.close()
    thread.close()
