"""Lock and sleep on macOS: the notifications of the screen lock, of sleep, and of fast user switching.

They arrive while the main thread runs its run loop, which the tray does.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, ClassVar, NamedTuple

from sitbreak.adapters.context.edges import Session
from sitbreak.adapters.context.probe import Probe, Wiring
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable
from sitbreak.settings.installation import how_to_get

LOCK, SWITCH, SLEEP = "the lock", "another session", "sleep"


class Turn(NamedTuple):
    """A notification: which centre sends it, and what it says of which state."""

    workspace: bool
    name: str
    state: str
    on: bool


class Centres(NamedTuple):
    """The distributed centre, the workspace's centre, and what says whether the screen is locked now."""

    distributed: Any
    workspace: Any
    locked_now: Callable[[], bool]


def system_centres() -> Centres:
    """The centres of this system; raises ImportError without pyobjc."""
    import AppKit
    import Foundation
    import Quartz

    def locked_now() -> bool:
        session = Quartz.CGSessionCopyCurrentDictionary()
        return bool(session and session.get("CGSSessionScreenIsLocked"))

    distributed = Foundation.NSDistributedNotificationCenter.defaultCenter()
    return Centres(distributed, AppKit.NSWorkspace.sharedWorkspace().notificationCenter(), locked_now)


class _Notified(Probe):
    """A state told by notifications that begin and end it."""

    SUBJECTS: ClassVar[tuple[Turn, ...]]

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable on macOS with pyobjc."""
        elsewhere = env.only_on("darwin")
        if elsewhere is None and find_spec("Quartz") is None:
            return NotViable(_("pyobjc is not installed"), how_to_get("pyobjc-framework-Quartz"))
        return elsewhere or Viable()

    def __init__(self, wiring: Wiring, centres: Centres | None = None) -> None:
        """`centres` stands in for the system in tests."""
        super().__init__(wiring)
        self._centres = system_centres() if centres is None else centres
        self._tokens: list[tuple[Any, Any]] = []
        self._on: set[str] = set()

    def _begin(self) -> None:
        for subject in self.SUBJECTS:
            centre = self._centres.workspace if subject.workspace else self._centres.distributed
            block = self._block(subject)
            token = centre.addObserverForName_object_queue_usingBlock_(subject.name, None, None, block)
            self._tokens.append((centre, token))
        self._trouble.over()

    def _end(self) -> None:
        for centre, token in self._tokens:
            centre.removeObserver_(token)
        self._tokens.clear()

    def _block(self, subject: Turn) -> Callable[[object], None]:
        """A plain function of one argument, which is what the bridge can make a block of."""

        def told(_notification: object) -> None:
            self._turn(subject.state, subject.on)

        return told

    def _turn(self, state: str, on: bool) -> None:
        (self._on.add if on else self._on.discard)(state)
        self.hold(sorted(self._on))


class MacLock(_Notified):
    """The screen is locked, or another user's session is in front."""

    NAME: ClassVar[str] = "lock-macos"
    SIGNAL: ClassVar[Session] = Session.LOCK
    SUBJECTS: ClassVar[tuple[Turn, ...]] = (
        Turn(False, "com.apple.screenIsLocked", LOCK, True),
        Turn(False, "com.apple.screenIsUnlocked", LOCK, False),
        Turn(True, "NSWorkspaceSessionDidResignActiveNotification", SWITCH, True),
        Turn(True, "NSWorkspaceSessionDidBecomeActiveNotification", SWITCH, False),
    )

    def _begin(self) -> None:
        super()._begin()
        self._turn(LOCK, self._centres.locked_now())


class MacSleep(_Notified):
    """The machine is about to sleep, or has woken up."""

    NAME: ClassVar[str] = "sleep-macos"
    SIGNAL: ClassVar[Session] = Session.SLEEP
    SUBJECTS: ClassVar[tuple[Turn, ...]] = (
        Turn(True, "NSWorkspaceWillSleepNotification", SLEEP, True),
        Turn(True, "NSWorkspaceDidWakeNotification", SLEEP, False),
    )
