"""The login session on macOS: the notifications of the screen lock, of sleep, and of fast user switching.

They arrive while the main thread runs its run loop, which the tray does.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

from sitbreak.adapters.session.edges import SessionEdges
from sitbreak.ports import Env, NotViable, Post, Viable

LOCK, SWITCH = "macos: locked", "macos: another session"


class Subject(NamedTuple):
    """A notification: which centre sends it, and what it says of which state ("" is sleep)."""

    workspace: bool
    name: str
    state: str
    on: bool


SUBJECTS = (
    Subject(False, "com.apple.screenIsLocked", LOCK, True),
    Subject(False, "com.apple.screenIsUnlocked", LOCK, False),
    Subject(True, "NSWorkspaceWillSleepNotification", "", True),
    Subject(True, "NSWorkspaceDidWakeNotification", "", False),
    Subject(True, "NSWorkspaceSessionDidResignActiveNotification", SWITCH, True),
    Subject(True, "NSWorkspaceSessionDidBecomeActiveNotification", SWITCH, False),
)


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


class MacOSWatcher:
    """Posts Locked, Unlocked, Slept and Woke on macOS."""

    NAME: ClassVar[str] = "macos"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable on macOS with pyobjc."""
        if env.platform != "darwin":
            return NotViable("this is not macOS")
        if importlib.util.find_spec("Quartz") is None:
            return NotViable("pyobjc is not installed", "pip install pyobjc-framework-Quartz")
        return Viable()

    def __init__(self, centres: Centres | None = None) -> None:
        """`centres` stands in for the system in tests."""
        self._centres = system_centres() if centres is None else centres
        self._tokens: list[tuple[Any, Any]] = []

    def start(self, post: Post) -> None:
        """Begins to watch; posts Locked first when the screen is locked."""
        edges = SessionEdges(post)
        for subject in SUBJECTS:
            centre = self._centres.workspace if subject.workspace else self._centres.distributed
            token = centre.addObserverForName_object_queue_usingBlock_(subject.name, None, None, _block(edges, subject))
            self._tokens.append((centre, token))
        edges.locked(LOCK, self._centres.locked_now())

    def close(self) -> None:
        """Stops watching."""
        for centre, token in self._tokens:
            centre.removeObserver_(token)
        self._tokens.clear()


def _block(edges: SessionEdges, subject: Subject) -> Callable[[object], None]:
    """A plain function of one argument, which is what the bridge can make a block of."""

    def told(_notification: object) -> None:
        if subject.state:
            edges.locked(subject.state, subject.on)
        else:
            edges.asleep(subject.on)

    return told
