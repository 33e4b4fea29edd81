"""Lock and sleep on macOS, with the notification centres faked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self

from sitbreak.adapters.context.session_macos import Centres, MacLock, MacSleep
from sitbreak.core.events import Event, Locked, Unlocked
from sitbreak.ports import Env, Viable
from tests.adapters.context_worlds import wiring
from tests.contracts.session_contract import SessionContract, SessionHands, Together

Block = Callable[[object], None]


class FakeObject:
    """NSObject: two steps make one."""

    @classmethod
    def alloc(cls) -> Self:
        """Room for one."""
        return cls()

    def init(self) -> Self:
        """Itself."""
        return self


class FakeCentre:
    """A notification centre."""

    def __init__(self) -> None:
        self.blocks: dict[object, tuple[str, Block]] = {}

    def addObserverForName_object_queue_usingBlock_(self, name: str, _sender: None, _queue: None, block: Block) -> int:
        """Registers a block."""
        token = id(block)
        self.blocks[token] = (name, block)
        return token

    def removeObserver_(self, token: object) -> None:
        """Removes a block."""
        del self.blocks[token]

    def send(self, name: str) -> None:
        """Sends a notification."""
        for wanted, block in list(self.blocks.values()):
            if wanted == name:
                block(object())


class FakeDistributed(FakeCentre):
    """The centre of all programs, as AppKit has it in one never in front: held back, unless wanted at once."""

    def addObserver_selector_name_object_suspensionBehavior_(
        self, observer: object, selector: str, name: str, _sender: None, behaviour: int
    ) -> None:
        """Registers an object's selector."""
        if behaviour == 4:
            self.blocks[observer] = (name, getattr(observer, selector.replace(":", "_")))

    def addObserverForName_object_queue_usingBlock_(self, name: str, _sender: None, _queue: None, block: Block) -> int:
        """Registers a block, which hears nothing."""
        return 0


class MacSession:
    """A session that locks and sleeps by notifications."""

    def __init__(self) -> None:
        self.distributed, self.workspace = FakeDistributed(), FakeCentre()
        self.locked = False

    def lock(self, on: bool) -> None:
        """Locks or unlocks."""
        self.locked = on
        self.distributed.send("com.apple.screenIsLocked" if on else "com.apple.screenIsUnlocked")

    def suspend(self, on: bool) -> None:
        """Sleeps or wakes."""
        self.workspace.send("NSWorkspaceWillSleepNotification" if on else "NSWorkspaceDidWakeNotification")

    def watcher(self) -> Together:
        """Lock and sleep by these centres."""
        centres = Centres(self.distributed, self.workspace, FakeObject, lambda: self.locked)
        return Together(MacLock(wiring(), centres), MacSleep(wiring(), centres))

    def settle(self) -> None:
        """Notifications are delivered at once here."""


class TestMacSession(SessionContract):
    """Lock and sleep on macOS keep the contract."""

    @contextmanager
    def hands(self) -> Iterator[SessionHands]:
        """A session of fake notifications."""
        yield MacSession()


def test_fast_user_switching() -> None:
    """A session that is switched away from counts as locked until it is back."""
    session, posted = MacSession(), list[Event]()
    watcher = session.watcher()
    watcher.start(posted.append)
    session.workspace.send("NSWorkspaceSessionDidResignActiveNotification")
    session.workspace.send("NSWorkspaceSessionDidBecomeActiveNotification")
    assert posted == [Locked(), Unlocked()]


def test_close_removes_every_observer() -> None:
    """Nothing stays registered."""
    session = MacSession()
    watcher = session.watcher()
    watcher.start(list[Event]().append)
    assert len(session.distributed.blocks) + len(session.workspace.blocks) == len(MacLock.SUBJECTS + MacSleep.SUBJECTS)
    watcher.close()
    assert session.distributed.blocks == session.workspace.blocks == {}


def test_not_viable_elsewhere() -> None:
    """It does not offer itself off macOS."""
    assert not isinstance(MacLock.viable(Env("linux", {})), Viable)
