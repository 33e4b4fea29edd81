"""Lock and sleep on macOS: the notifications of the screen lock, of sleep, and of fast user switching.

They arrive while the main thread runs its run loop, which the tray does. Those of other programs, the lock among them,
AppKit holds back from a program that is not in front, which ours never is, unless its observer wants them at once; only
an object with a selector can want that, and no block (NSDistributedNotificationCenter, `suspensionBehavior`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, ClassVar, NamedTuple

from sitbreak.adapters.context.edges import Session
from sitbreak.adapters.context.probe import Probe, Wiring
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable
from sitbreak.settings.installation import how_to_get

LOCK, SWITCH, SLEEP = "the lock", "another session", "sleep"
AT_ONCE = 4  # NSNotificationSuspensionBehaviorDeliverImmediately

Told = Callable[[object], None]


class Turn(NamedTuple):
    """A notification: which centre sends it, and what it says of which state."""

    workspace: bool
    name: str
    state: str
    on: bool


class Centres(NamedTuple):
    """The distributed and the workspace's centre, the class of all objects, and whether the screen is locked now."""

    distributed: Any
    workspace: Any
    nsobject: type
    locked_now: Callable[[], bool]


@lru_cache(maxsize=1)  # the system knows classes by their names
def observer_class(nsobject: type) -> Any:
    """Of objects whose selector `told:` calls what was put at `does`."""

    def told_(self: Any, notification: object) -> None:
        self.does(notification)

    return type("SitbreakObserver", (nsobject,), {"told_": told_})


def system_centres() -> Centres:
    """The centres of this system; raises ImportError without pyobjc."""
    import AppKit
    import Foundation
    import Quartz

    def locked_now() -> bool:
        session = Quartz.CGSessionCopyCurrentDictionary()
        return bool(session and session.get("CGSSessionScreenIsLocked"))

    distributed = Foundation.NSDistributedNotificationCenter.defaultCenter()
    workspace = AppKit.NSWorkspace.sharedWorkspace().notificationCenter()
    return Centres(distributed, workspace, Foundation.NSObject, locked_now)


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
            told = self._told(subject)
            if subject.workspace:
                centre = self._centres.workspace
                token = centre.addObserverForName_object_queue_usingBlock_(subject.name, None, None, told)
            else:
                centre = self._centres.distributed
                token = observer_class(self._centres.nsobject).alloc().init()
                token.does = told
                centre.addObserver_selector_name_object_suspensionBehavior_(token, "told:", subject.name, None, AT_ONCE)
            self._tokens.append((centre, token))
        self._trouble.over()

    def _end(self) -> None:
        for centre, token in self._tokens:
            centre.removeObserver_(token)
        self._tokens.clear()

    def _told(self, subject: Turn) -> Told:
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
